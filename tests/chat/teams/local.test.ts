/** The local Teams is an instrument: before anything is measured with it, it is shown to be right itself. Here: its tokens. */
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import { describe, expect, test, vi } from 'vitest'
import { tokenFor } from '../../support/teams/calls.ts'
import type { Wrong } from '../../support/teams/local.ts'
import { deep, proving } from '../../support/teams/proving.ts'
import { BOT_SCOPE, GRAPH_SCOPE } from '../../support/teams/signing.ts'

const { arrived, bot, calls, general, helpdesk, teams } = proving()

describe('tokens, judged by botbuilder itself', () => {
  const forged: readonly (readonly [string, Wrong | null, boolean])[] = [
    ['a token as the Bot Framework signs it is accepted', {}, true],
    ['no token is refused', null, false],
    ['another audience is refused', { audience: '00000000-0000-4000-8000-000000000000' }, false],
    ['another issuer is refused', { issuer: 'https://api.evil.example' }, false],
    ['an expired one is refused', { expiredFor: 3600 }, false],
    ['one for another service URL is refused', { serviceUrl: 'https://smba.evil.example/' }, false],
    ['one without a service URL is refused', { serviceUrl: null }, false],
    ['a key endorsed for another channel is refused', { key: 'unendorsed' }, false],
    ['a key nobody published is refused', { key: 'unpublished' }, false],
    ['a signature of another key is refused', { key: 'other' }, false],
    ['no algorithm is refused', { algorithm: 'none' }, false],
    ['another algorithm is refused', { algorithm: 'HS256' }, false],
  ]
  test.each(forged)('%s', async (_, wrong, isAccepted) => {
    // botbuilder writes what it refuses, keys and all, to stderr.
    vi.spyOn(console, 'error').mockImplementation(() => {})
    await teams().as('sam').post(helpdesk(), 'hello')
    const [activity] = await arrived()
    await teams().deliver(activity, wrong)
    const [arrival] = bot().arrivals.splice(0)
    const auth = new ConfigurationBotFrameworkAuthentication({
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppId: teams().appId,
      MicrosoftAppPassword: teams().appPassword,
      MicrosoftAppTenantId: teams().tenant,
      ToBotFromChannelOpenIdMetadataUrl: teams().urls.openId,
      ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
      ToChannelFromBotLoginUrl: teams().urls.login,
      ToChannelFromBotOAuthScope: BOT_SCOPE,
      ToBotFromEmulatorOpenIdMetadataUrl: teams().urls.openId,
      OAuthUrl: teams().urls.login,
      CallerId: '',
      ValidateAuthority: 'false',
    })
    const judged = auth.authenticateRequest(deep(arrival?.activity), arrival?.authorization ?? '')
    if (isAccepted) expect((await judged).claimsIdentity.isAuthenticated).toBe(true)
    else await expect(judged).rejects.toThrow()
  })

  test('the bot is given a token for its secret, per service, and none for another secret', async () => {
    const wrong = {
      grant_type: 'client_credentials',
      client_id: teams().appId,
      client_secret: 'guess',
      scope: `${BOT_SCOPE}/.default`,
    }
    const response = await fetch(teams().urls.token, { method: 'POST', body: new URLSearchParams(wrong) })
    expect(response.status).toBe(401)
    const forGraph = await tokenFor(teams(), GRAPH_SCOPE)
    const headers = { authorization: `Bearer ${forGraph}` }
    expect((await fetch(`${teams().urls.graph}/teams/${teams().teamId}`, { headers })).status).toBe(200)
    expect(
      (await fetch(`${teams().urls.connector}v3/conversations/${general()}/members`, { headers })).status,
    ).toBe(401)
  })

  test('an expired token is refused until a new one is fetched', async () => {
    const bare = calls()
    expect((await bare.graph('GET', `/teams/${teams().teamId}`)).status).toBe(200)
    teams().faults.expireTokens()
    expect((await bare.graph('GET', `/teams/${teams().teamId}`)).status).toBe(401)
    expect((await calls().graph('GET', `/teams/${teams().teamId}`)).status).toBe(200)
  })
})
