/** botbuilder's own credentials against the local login: what would go to Entra by TLS goes to this machine instead. */
import http, { type RequestOptions } from 'node:http'
import https from 'node:https'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { CONNECTOR_SCOPE, GRAPH_SCOPE, tokenSource } from '../../../src/chat/teams/wire/tokens.ts'
import { type LocalTeams, startLocalTeams } from '../../support/teams/local.ts'
import { failureOf, identityOf } from './connected.ts'

let teams: LocalTeams
let asked: string[]

beforeAll(async () => {
  teams = await startLocalTeams({ now: () => new Date() })
})
afterAll(() => teams.close())
beforeEach(() => {
  asked = []
  vi.spyOn(https, 'request').mockImplementation(((options: RequestOptions & { href?: string }) => {
    asked.push(`https://${options.hostname}${options.path}`)
    const { hostname, port } = new URL(teams.urls.login)
    const { method, headers, path } = options
    return http.request({ method, headers, hostname, port, path: `/login${path}` } as RequestOptions)
  }) as never)
})
afterEach(() => vi.restoreAllMocks())

const call = (url: string, token: string) =>
  fetch(url, { headers: { authorization: `Bearer ${token}` } }).then(({ status }) => status)

test('a token is asked of this tenant alone, for either service, kept, and renewed when it was refused', async () => {
  const tokens = tokenSource(identityOf(teams))
  const forGraph = await tokens(GRAPH_SCOPE)
  expect(await call(`${teams.urls.graph}/teams/${teams.teamId}`, forGraph)).toBe(200)
  const forBot = await tokens(CONNECTOR_SCOPE)
  const { internalId } = teams.admin.team('Incidents')
  expect(await call(`${teams.urls.connector}v3/teams/${internalId}`, forBot)).toBe(200)
  expect(await tokens(GRAPH_SCOPE)).toBe(forGraph)
  const login = `https://login.microsoftonline.com/${teams.tenant}/oauth2/v2.0/token`
  expect(asked.map((url) => url.split('?')[0])).toEqual([login, login])
  teams.faults.expireTokens()
  const renewed = await tokens(GRAPH_SCOPE, true)
  expect(await call(`${teams.urls.graph}/teams/${teams.teamId}`, renewed)).toBe(200)
  expect(await tokens(GRAPH_SCOPE)).toBe(renewed)
})

// Tokens are kept for the whole process, by app and service: each test has an app of its own.
test('a wrong secret is told as one, in a code and Entra’s number and nothing else', async () => {
  const wrong = { ...identityOf(teams), appId: teams.tenant, appPassword: 'guess-the-secret' }
  const failure = await failureOf(tokenSource(wrong)(GRAPH_SCOPE))
  expect(failure).toMatchObject({ failure: 'transient', code: 'token_refused', maybeDone: false })
  expect((failure as Error).message).toBe('chat platform: token_refused')
  expect((failure as Error).cause).toBe('AADSTS700016')
})

test('a login that cannot be reached is waited for', async () => {
  await teams.faults.goDown()
  const other = { ...identityOf(teams), appId: teams.teamId }
  expect(await failureOf(tokenSource(other)(GRAPH_SCOPE))).toMatchObject({
    failure: 'transient',
    code: 'token_unavailable',
  })
  await teams.faults.comeBack()
})
