import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  AuthFailure,
  anonymousVerifier,
  type Verify,
  verifier,
} from '../../../src/chat/teams/serving/auth.ts'
import { type LocalTeams, startLocalTeams, type Wrong } from '../../support/teams/local.ts'
import { botToken } from '../../support/teams/signing.ts'
import { failureOf, identityOf, seamsOf } from './connected.ts'

const wall = () => performance.timeOrigin + performance.now()
let teams: LocalTeams
let verify: Verify
const printed = vi.spyOn(console, 'error').mockImplementation(() => {})

beforeAll(async () => {
  teams = await startLocalTeams({ now: () => new Date('2026-11-20T14:05:00.000Z') })
  verify = verifier(identityOf(teams), seamsOf(teams))
})
afterAll(() => teams.close())
beforeEach(() => printed.mockClear())

const activity = (more: object = {}) => ({
  type: 'message',
  channelId: 'msteams',
  serviceUrl: teams.urls.connector,
  ...more,
})
const header = (wrong: Wrong = {}) => `Bearer ${botToken(wall(), teams.appId, teams.urls.connector, wrong)}`

test('an activity of the Bot Framework for this bot is let in, and says where its tenant is served', async () => {
  expect(await verify(activity(), header())).toEqual({ serviceUrl: teams.urls.connector })
})

describe('nothing else is let in, and nothing of it is printed', () => {
  const rows: [string, () => [object | null | string, string | undefined], string][] = [
    ['no token', () => [activity(), undefined], 'no_token'],
    ['an empty header', () => [activity(), ''], 'no_token'],
    ['blanks for a token', () => [activity(), '   '], 'token_not_valid'],
    ['another scheme', () => [activity(), header().replace('Bearer', 'Basic')], 'token_not_valid'],
    ['no JWT at all', () => [activity(), 'Bearer abc'], 'token_not_valid'],
    ['a JWT of rubbish', () => [activity(), 'Bearer a.b.c'], 'token_not_valid'],
    ['another audience', () => [activity(), header({ audience: teams.tenant })], 'token_not_valid'],
    ['another issuer', () => [activity(), header({ issuer: 'https://evil.example' })], 'token_not_valid'],
    [
      "an emulator's token, though it names this app",
      () => [
        activity(),
        header({
          issuer: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
          claims: { ver: '1.0', appid: teams.appId },
        }),
      ],
      'wrong_issuer',
    ],
    ['an expired token', () => [activity(), header({ expiredFor: 3600 })], 'token_not_valid'],
    ['a token of tomorrow', () => [activity(), header({ notBeforeIn: 86_400 })], 'token_not_valid'],
    ['a key nobody published', () => [activity(), header({ key: 'unpublished' })], 'token_not_valid'],
    ['a signature of another key', () => [activity(), header({ key: 'other' })], 'token_not_valid'],
    [
      'a key endorsed for another channel',
      () => [activity(), header({ key: 'unendorsed' })],
      'token_not_valid',
    ],
    ['no algorithm', () => [activity(), header({ algorithm: 'none' })], 'token_not_valid'],
    ['another algorithm', () => [activity(), header({ algorithm: 'HS256' })], 'token_not_valid'],
    [
      'a token for another service',
      () => [activity(), header({ serviceUrl: 'https://x/' })],
      'token_not_valid',
    ],
    ['a token for no service', () => [activity(), header({ serviceUrl: null })], 'token_not_valid'],
    ['no service address', () => [activity({ serviceUrl: undefined }), header()], 'wrong_service'],
    ['an empty service address', () => [activity({ serviceUrl: '' }), header()], 'wrong_service'],
    [
      'a service in the clear elsewhere',
      () => [
        activity({ serviceUrl: 'http://smba.example/' }),
        header({ serviceUrl: 'http://smba.example/' }),
      ],
      'wrong_service',
    ],
    ['another channel', () => [activity({ channelId: 'webchat' }), header()], 'wrong_channel'],
    ['the channel of App Service', () => [activity({ channelId: 'AseChannel' }), header()], 'wrong_channel'],
    ['no object', () => [null, header()], 'wrong_channel'],
    ['words', () => ['hello', header()], 'wrong_channel'],
  ]
  test.each(rows)('%s', async (_, sent, code) => {
    const [what, authorization] = sent()
    const failure = await failureOf(verify(what, authorization))
    expect(failure).toBeInstanceOf(AuthFailure)
    expect(failure).toMatchObject({ code })
    expect((failure as Error).cause).toBeUndefined()
    expect(printed).not.toHaveBeenCalled()
  })
})

test('what others print while a token is checked is printed', async () => {
  const checking = failureOf(verify(activity(), header({ key: 'other' })))
  console.error('something else')
  await checking
  expect(printed.mock.calls).toEqual([['something else']])
})

test('keys that cannot be fetched let nobody in, and the code says that it is not the token', async () => {
  const elsewhere = { ...seamsOf(teams), openIdUrl: `${teams.urls.openId}/none` }
  expect(await failureOf(verifier(identityOf(teams), elsewhere)(activity(), header()))).toMatchObject({
    code: 'keys_unavailable',
  })
  const down = { ...seamsOf(teams), openIdUrl: 'http://127.0.0.1:9/openid' }
  expect(await failureOf(verifier(identityOf(teams), down)(activity(), header()))).toMatchObject({
    code: 'keys_unavailable',
  })
})

describe('an identity that would let anybody in is refused in a line', () => {
  test.each([
    ['no app id', { appId: '' }, 'no_app_id'],
    ['blanks for an app id', { appId: '  ' }, 'no_app_id'],
    ['no tenant', { tenant: '' }, 'no_tenant'],
    ['a tenant by its name', { tenant: 'common' }, 'no_tenant'],
    ['no secret', { appPassword: '' }, 'no_app_password'],
    ['MultiTenant', { appType: 'MultiTenant' as never }, 'app_type_not_supported'],
    ['no type', { appType: '' as never }, 'app_type_not_supported'],
    [
      'a secret beside a managed identity',
      { appType: 'UserAssignedMSI' as const },
      'password_with_managed_identity',
    ],
  ])('%s', (_, wrong, code) => {
    expect(() => verifier({ ...identityOf(teams), ...wrong }, seamsOf(teams))).toThrow(
      expect.objectContaining({ failure: 'refused', code, message: expect.not.stringContaining('\n') }),
    )
  })
})

describe('the development mode', () => {
  const anyone = anonymousVerifier()

  test('lets in without a token what comes from this machine', async () => {
    const serviceUrl = 'http://localhost:56150/_connector'
    expect(await anyone(activity({ serviceUrl }), undefined)).toEqual({ serviceUrl })
  })

  test.each([
    ['another machine', 'https://smba.trafficmanager.net/teams/'],
    ['a name that looks like this machine', 'https://localhost.evil.example/'],
    ['this machine only as a name to log in with', 'https://127.0.0.1@evil.example/'],
    ['nowhere', ''],
  ])('and nothing that would be answered at %s', async (_, serviceUrl) => {
    expect(await failureOf(anyone(activity({ serviceUrl }), undefined))).toBeInstanceOf(AuthFailure)
  })
})
