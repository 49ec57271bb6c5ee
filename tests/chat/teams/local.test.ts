import { ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { plainBot } from '../../support/teams/bot.ts'
import { botCalls, tokenFor } from '../../support/teams/calls.ts'
import { type LocalTeams, startLocalTeams, type Wrong } from '../../support/teams/local.ts'
import { BOT_SCOPE, GRAPH_SCOPE } from '../../support/teams/signing.ts'
import type { Json } from '../../support/teams/state.ts'

const at = new Date('2026-11-20T14:05:00.000Z')
let teams: LocalTeams
let bot: Awaited<ReturnType<typeof plainBot>>

beforeEach(async () => {
  bot = await plainBot()
  teams = await startLocalTeams({ now: () => at, botUrl: bot.url, retryScale: 0.001 })
})
afterEach(async () => {
  await teams.close()
  await bot.close()
})

const calls = () => botCalls(teams)
// biome-ignore lint/suspicious/noExplicitAny: JSON of any shape, looked into
const deep = (value: unknown): any => value
const arrived = async () => {
  await teams.idle()
  return bot.take().map(deep)
}
const card = (...actions: Json[]): Json => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    { type: 'TextBlock', text: 'Status' },
    { type: 'ActionSet', actions },
  ],
})
const asMessage = (content: Json): Json => ({
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
})
const general = () =>
  teams
    .as('dana')
    .channels()
    .find(({ name }) => name === 'General')?.id ?? ''
const helpdesk = () =>
  teams
    .as('dana')
    .channels()
    .find(({ name }) => name === 'it-helpdesk')?.id ?? ''

async function botPosts(room: string, content: Json): Promise<string> {
  const thread = { isGroup: true, channelData: { channel: { id: room } }, activity: asMessage(content) }
  const { status, body } = await calls().connector('POST', 'v3/conversations', thread)
  expect(status).toBe(201)
  return deep(body).activityId
}

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
    await teams.as('sam').post(helpdesk(), 'hello')
    const [activity] = await arrived()
    await teams.deliver(activity, wrong)
    const [arrival] = bot.arrivals.splice(0)
    const auth = new ConfigurationBotFrameworkAuthentication({
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppId: teams.appId,
      MicrosoftAppPassword: teams.appPassword,
      MicrosoftAppTenantId: teams.tenant,
      ToBotFromChannelOpenIdMetadataUrl: teams.urls.openId,
      ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
      ToChannelFromBotLoginUrl: teams.urls.login,
      ToChannelFromBotOAuthScope: BOT_SCOPE,
      ToBotFromEmulatorOpenIdMetadataUrl: teams.urls.openId,
      OAuthUrl: teams.urls.login,
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
      client_id: teams.appId,
      client_secret: 'guess',
      scope: `${BOT_SCOPE}/.default`,
    }
    const response = await fetch(teams.urls.token, { method: 'POST', body: new URLSearchParams(wrong) })
    expect(response.status).toBe(401)
    const forGraph = await tokenFor(teams, GRAPH_SCOPE)
    const headers = { authorization: `Bearer ${forGraph}` }
    expect((await fetch(`${teams.urls.graph}/teams/${teams.teamId}`, { headers })).status).toBe(200)
    expect(
      (await fetch(`${teams.urls.connector}v3/conversations/${general()}/members`, { headers })).status,
    ).toBe(401)
  })

  test('an expired token is refused until a new one is fetched', async () => {
    const bare = calls()
    expect((await bare.graph('GET', `/teams/${teams.teamId}`)).status).toBe(200)
    teams.faults.expireTokens()
    expect((await bare.graph('GET', `/teams/${teams.teamId}`)).status).toBe(401)
    expect((await calls().graph('GET', `/teams/${teams.teamId}`)).status).toBe(200)
  })
})

describe('what the bot is told', () => {
  test('a post without mention arrives in full', async () => {
    const id = await teams.as('sam').post(helpdesk(), 'laptop <gone> & off')
    const [activity] = await arrived()
    const sam = teams.as('sam').person
    const hospital = teams.admin.team('Hospital')
    expect(activity).toMatchObject({
      type: 'message',
      id,
      channelId: 'msteams',
      serviceUrl: teams.urls.connector,
      timestamp: at.toISOString(),
      textFormat: 'plain',
      text: 'laptop <gone> & off',
      attachments: [{ contentType: 'text/html', content: '<p>laptop &lt;gone&gt; &amp; off</p>' }],
      from: { id: sam.member, aadObjectId: sam.id, name: 'Sam Okafor' },
      recipient: { id: `28:${teams.appId}`, name: 'Wardroom' },
      conversation: {
        isGroup: true,
        conversationType: 'channel',
        tenantId: teams.tenant,
        id: `${helpdesk()};messageid=${id}`,
      },
      channelData: {
        tenant: { id: teams.tenant },
        team: { id: hospital.internalId, aadGroupId: teams.hospitalTeamId },
        channel: { id: helpdesk() },
      },
    })
    expect(activity.recipient.isTargeted).toBeUndefined()
    expect(id).toBe(String(at.getTime()))
  })

  test('ids are milliseconds, never the same twice, also when the clock stands still', async () => {
    const ids = []
    for (const word of ['one', 'two', 'three']) ids.push(Number(await teams.as('sam').post(helpdesk(), word)))
    expect(ids).toEqual([at.getTime(), at.getTime() + 1, at.getTime() + 2])
  })

  test('a mention arrives as <at> with an entity; a typed <at> without', async () => {
    await teams.as('sam').mention(helpdesk(), 'assign scribe @jo')
    await teams.as('sam').post(helpdesk(), '<at>Wardroom</at> declare')
    const [mention, typed] = (await arrived()).sort((one, other) => one.id - other.id)
    expect(mention.text).toBe('<at>Wardroom</at> assign scribe <at>Jo Park</at>')
    expect(mention.entities.filter(({ type }: Json) => type === 'mention')).toEqual([
      {
        type: 'mention',
        mentioned: { id: `28:${teams.appId}`, name: 'Wardroom' },
        text: '<at>Wardroom</at>',
      },
      {
        type: 'mention',
        mentioned: { id: teams.as('jo').person.member, name: 'Jo Park' },
        text: '<at>Jo Park</at>',
      },
    ])
    expect(mention.attachments[0].content).toContain(
      'itemtype="http://schema.skype.com/Mention" itemid="1">Jo Park</span>',
    )
    expect(typed.text).toBe('<at>Wardroom</at> declare')
    expect(typed.entities.some(({ type }: Json) => type === 'mention')).toBe(false)
  })

  test('a reply names its thread; edits, deletions and undeletions are stamped later than in Graph', async () => {
    const sam = teams.as('sam')
    const root = await sam.post(helpdesk(), 'root')
    const reply = await sam.reply(helpdesk(), root, 'reply')
    await sam.edit(helpdesk(), reply, 'reply, edited')
    await sam.remove(helpdesk(), reply)
    await sam.undelete(helpdesk(), reply)
    const told = await arrived()
    const of = (type: string, event?: string) =>
      told.find((each) => each.type === type && each.id === reply && each.channelData.eventType === event)
    for (const each of told.filter(({ id }) => id === reply))
      expect(each.conversation.id).toBe(`${helpdesk()};messageid=${root}`)
    expect(of('message').text).toBe('reply')
    expect(of('messageUpdate', 'editMessage').text).toBe('reply, edited')
    expect(of('messageUpdate', 'undeleteMessage').text).toBe('reply, edited')
    const gone = of('messageDelete', 'softDeleteMessage')
    expect('text' in gone || 'attachments' in gone).toBe(false)
    const { body } = await calls().graph(
      'GET',
      `/teams/${teams.hospitalTeamId}/channels/${helpdesk()}/messages/${root}/replies/${reply}`,
    )
    expect(
      Date.parse(of('messageUpdate', 'editMessage').timestamp) - Date.parse(deep(body).lastEditedDateTime),
    ).toBe(38)
  })

  test('nothing of the bot comes back to it, and of reactions only those on its posts', async () => {
    const own = await botPosts(helpdesk(), card())
    const sams = await teams.as('sam').post(helpdesk(), 'hello')
    await arrived()
    await calls().connector('PUT', `v3/conversations/${helpdesk()}/activities/${own}`, asMessage(card()))
    await teams.as('jo').react(helpdesk(), sams, 'like')
    await teams.as('jo').react(helpdesk(), own, 'like')
    await teams.as('jo').react(helpdesk(), own, 'like')
    await teams.as('jo').unreact(helpdesk(), own, 'like')
    const told = await arrived()
    expect(
      told.map(({ type, replyToId, reactionsAdded, reactionsRemoved }) => ({
        type,
        replyToId,
        reactionsAdded,
        reactionsRemoved,
      })),
    ).toEqual([
      {
        type: 'messageReaction',
        replyToId: own,
        reactionsAdded: [{ type: 'like' }],
        reactionsRemoved: undefined,
      },
      {
        type: 'messageReaction',
        replyToId: own,
        reactionsAdded: undefined,
        reactionsRemoved: [{ type: 'like' }],
      },
    ])
    await calls().connector('DELETE', `v3/conversations/${helpdesk()}/activities/${own}`)
    expect(await arrived()).toEqual([])
  })

  test('where the app is not, nothing arrives; without the grant, only mentions', async () => {
    teams.admin.grant('Hospital', 'ChannelMessage.Read.Group', false)
    await teams.as('sam').post(helpdesk(), 'not for you')
    await teams.as('sam').mention(helpdesk(), 'help')
    expect((await arrived()).map(({ text }) => text)).toEqual(['<at>Wardroom</at> help'])
    const secret = teams.admin.createChannel('Hospital', 'board', 'private')
    await teams.as('sam').mention(secret, 'help')
    expect(await arrived()).toEqual([])
    teams.admin.uninstall('Hospital')
    await arrived()
    await teams.as('sam').mention(helpdesk(), 'help')
    expect(await arrived()).toEqual([])
  })

  test('a file in a channel is an empty mark in the push, and told in Graph', async () => {
    const { message, file } = await teams
      .as('lee')
      .upload(helpdesk(), { name: 'vpn.csv', bytes: 'a,b\n', mime: 'text/csv' }, { text: 'the log' })
    const [pushed] = await arrived()
    expect(pushed.attachments).toEqual([
      { contentType: 'text/html', content: `<p>the log</p><attachment id="${file}"></attachment>` },
    ])
    const row = deep(
      (
        await calls().graph(
          'GET',
          `/teams/${teams.hospitalTeamId}/channels/${helpdesk()}/messages/${message}`,
        )
      ).body,
    )
    expect(row.attachments).toMatchObject([{ id: file, contentType: 'reference', name: 'vpn.csv' }])
    const share = `/shares/u!${Buffer.from(row.attachments[0].contentUrl).toString('base64url')}/driveItem`
    expect((await calls().graph('GET', share)).body).toMatchObject({
      name: 'vpn.csv',
      size: 4,
      file: { mimeType: 'text/csv' },
    })
    const moved = await calls().graph('GET', `${share}/content`)
    expect(moved.status).toBe(302)
    expect(await (await fetch(moved.headers.get('location') ?? '')).text()).toBe('a,b\n')
    teams.admin.grantFiles(false)
    expect((await calls().graph('GET', `${share}/content`)).status).toBe(403)
  })

  test('a slash command is a targeted message that nobody else sees', async () => {
    const id = await teams.as('jo').command(helpdesk(), '/declare a lost phone')
    const [activity] = await arrived()
    expect(activity).toMatchObject({ id, text: 'declare a lost phone', recipient: { isTargeted: true } })
    expect(
      teams
        .as('jo')
        .everything(helpdesk())
        .map((each) => each.id),
    ).toEqual([id])
    expect(teams.as('sam').everything(helpdesk())).toEqual([])
    const { body } = await calls().graph(
      'GET',
      `/teams/${teams.hospitalTeamId}/channels/${helpdesk()}/messages`,
    )
    expect(deep(body).value.map((each: Json) => each.id)).not.toContain(id)
  })

  test('a personal chat has neither team nor group, and its plain words no HTML', async () => {
    await teams.as('sam').direct('list')
    const [install, said] = await arrived()
    expect(install).toMatchObject({
      type: 'installationUpdate',
      action: 'add',
      conversation: { conversationType: 'personal' },
    })
    expect(said).toMatchObject({
      text: 'list',
      attachments: [],
      conversation: { conversationType: 'personal', tenantId: teams.tenant },
    })
    expect(said.conversation.isGroup).toBeUndefined()
    expect(said.channelData.team).toBeUndefined()
  })

  const happenings: readonly (readonly [string, () => void | Promise<void>, Json])[] = [
    [
      'a renamed channel',
      () => teams.admin.renameChannel('it-helpdesk', 'desk'),
      { type: 'conversationUpdate', channelData: { eventType: 'channelRenamed', channel: { name: 'desk' } } },
    ],
    [
      'a deleted channel',
      () => teams.admin.deleteChannel('it-helpdesk'),
      { channelData: { eventType: 'channelDeleted' } },
    ],
    [
      'a new member',
      () => teams.as('dana').addToTeam('Incidents', teams.as('victor').id),
      { channelData: { eventType: 'teamMemberAdded', team: { aadGroupId: 'TEAM' } } },
    ],
    [
      'a member gone',
      () => teams.as('sam').leaveTeam('Incidents'),
      { channelData: { eventType: 'teamMemberRemoved' } },
    ],
    [
      'an archived team',
      () => teams.admin.archiveTeam('Incidents'),
      { channelData: { eventType: 'teamArchived' } },
    ],
    [
      'a deleted team',
      () => teams.admin.deleteTeam('Incidents'),
      { channelData: { eventType: 'teamDeleted' } },
    ],
  ]
  test.each(happenings)('%s is told once', async (_, happens, expected) => {
    await happens()
    const told = await arrived()
    expect(told).toHaveLength(1)
    expect(told[0]).toMatchObject(JSON.parse(JSON.stringify(expected).replace('TEAM', teams.teamId)))
  })
})
