/** What the local Teams tells a bot: every activity in the details that were seen or documented, and nothing else. */
import { describe, expect, test } from 'vitest'
import { asMessage, at, card, deep, proving } from '../../support/teams/proving.ts'
import type { Json } from '../../support/teams/state.ts'

const { arrived, botPosts, calls, helpdesk, restart, teams } = proving()

describe('what the bot is told', () => {
  test('a post without mention arrives in full', async () => {
    const id = await teams().as('sam').post(helpdesk(), 'laptop <gone> & off')
    const [activity] = await arrived()
    const sam = teams().as('sam').person
    const hospital = teams().admin.team('Hospital')
    expect(activity).toMatchObject({
      type: 'message',
      id,
      channelId: 'msteams',
      serviceUrl: teams().urls.connector,
      timestamp: at.toISOString(),
      textFormat: 'plain',
      text: 'laptop <gone> & off',
      attachments: [{ contentType: 'text/html', content: '<p>laptop &lt;gone&gt; &amp; off</p>' }],
      from: { id: sam.member, aadObjectId: sam.id, name: 'Sam Okafor' },
      recipient: { id: `28:${teams().appId}`, name: 'Wardroom' },
      conversation: {
        isGroup: true,
        conversationType: 'channel',
        tenantId: teams().tenant,
        id: `${helpdesk()};messageid=${id}`,
      },
      channelData: {
        tenant: { id: teams().tenant },
        team: { id: hospital.internalId, aadGroupId: teams().hospitalTeamId },
        channel: { id: helpdesk() },
      },
    })
    expect(activity.recipient.isTargeted).toBeUndefined()
    expect(id).toBe(String(at.getTime()))
  })

  test('ids are milliseconds, never the same twice, also when the clock stands still', async () => {
    const ids = []
    for (const word of ['one', 'two', 'three'])
      ids.push(Number(await teams().as('sam').post(helpdesk(), word)))
    expect(ids).toEqual([at.getTime(), at.getTime() + 1, at.getTime() + 2])
  })

  test('a mention arrives as <at> with an entity; a typed <at> without', async () => {
    await teams().as('sam').mention(helpdesk(), 'assign scribe @jo')
    await teams().as('sam').post(helpdesk(), '<at>Wardroom</at> declare')
    const [mention, typed] = await arrived()
    expect(mention.text).toBe('<at>Wardroom</at> assign scribe <at>Jo Park</at>')
    expect(mention.entities.filter(({ type }: Json) => type === 'mention')).toEqual([
      {
        type: 'mention',
        mentioned: { id: `28:${teams().appId}`, name: 'Wardroom' },
        text: '<at>Wardroom</at>',
      },
      {
        type: 'mention',
        mentioned: { id: teams().as('jo').person.member, name: 'Jo Park' },
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
    const sam = teams().as('sam')
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
      `/teams/${teams().hospitalTeamId}/channels/${helpdesk()}/messages/${root}/replies/${reply}`,
    )
    expect(
      Date.parse(of('messageUpdate', 'editMessage').timestamp) - Date.parse(deep(body).lastEditedDateTime),
    ).toBe(38)
  })

  test('nothing of the bot comes back to it, and of reactions only those on its posts', async () => {
    const own = await botPosts(helpdesk(), card())
    const sams = await teams().as('sam').post(helpdesk(), 'hello')
    await arrived()
    await calls().connector('PUT', `v3/conversations/${helpdesk()}/activities/${own}`, asMessage(card()))
    await teams().as('jo').react(helpdesk(), sams, 'like')
    await teams().as('jo').react(helpdesk(), own, 'like')
    await teams().as('jo').react(helpdesk(), own, 'like')
    await teams().as('jo').unreact(helpdesk(), own, 'like')
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
    teams().admin.grant('Hospital', 'ChannelMessage.Read.Group', false)
    await teams().as('sam').post(helpdesk(), 'not for you')
    await teams().as('sam').mention(helpdesk(), 'help')
    expect((await arrived()).map(({ text }) => text)).toEqual(['<at>Wardroom</at> help'])
    const secret = teams().admin.createChannel('Hospital', 'board', 'private')
    await teams().as('sam').mention(secret, 'help')
    expect(await arrived()).toEqual([])
    teams().admin.uninstall('Hospital')
    await arrived()
    await teams().as('sam').mention(helpdesk(), 'help')
    expect(await arrived()).toEqual([])
  })

  test('a file in a channel is an empty mark in the push, and told in Graph', async () => {
    const { message, file } = await teams()
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
          `/teams/${teams().hospitalTeamId}/channels/${helpdesk()}/messages/${message}`,
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
    teams().admin.grantFiles(false)
    expect((await calls().graph('GET', `${share}/content`)).status).toBe(403)
  })

  test('a slash command is a targeted message that nobody else sees', async () => {
    const id = await teams().as('jo').command(helpdesk(), '/declare a lost phone')
    const [activity] = await arrived()
    expect(activity).toMatchObject({ id, text: 'declare a lost phone', recipient: { isTargeted: true } })
    expect(
      teams()
        .as('jo')
        .everything(helpdesk())
        .map((each) => each.id),
    ).toEqual([id])
    expect(teams().as('sam').everything(helpdesk())).toEqual([])
    const { body } = await calls().graph(
      'GET',
      `/teams/${teams().hospitalTeamId}/channels/${helpdesk()}/messages`,
    )
    expect(deep(body).value.map((each: Json) => each.id)).not.toContain(id)
  })

  test('a personal chat has neither team nor group, and its plain words no HTML', async () => {
    await teams().as('sam').direct('list')
    const [install, said] = await arrived()
    expect(install).toMatchObject({
      type: 'installationUpdate',
      action: 'add',
      conversation: { conversationType: 'personal' },
    })
    expect(said).toMatchObject({
      text: 'list',
      attachments: [],
      conversation: { conversationType: 'personal', tenantId: teams().tenant },
    })
    expect(said.conversation.isGroup).toBeUndefined()
    expect(said.channelData.team).toBeUndefined()
  })

  const happenings: readonly (readonly [string, () => void | Promise<void>, Json])[] = [
    [
      'a renamed channel',
      () => teams().admin.renameChannel('it-helpdesk', 'desk'),
      { type: 'conversationUpdate', channelData: { eventType: 'channelRenamed', channel: { name: 'desk' } } },
    ],
    [
      'a deleted channel',
      () => teams().admin.deleteChannel('it-helpdesk'),
      { channelData: { eventType: 'channelDeleted' } },
    ],
    [
      'a new member',
      () => teams().as('dana').addToTeam('Incidents', teams().as('victor').id),
      { channelData: { eventType: 'teamMemberAdded', team: { aadGroupId: 'TEAM' } } },
    ],
    [
      'a member gone',
      () => teams().as('sam').leaveTeam('Incidents'),
      { channelData: { eventType: 'teamMemberRemoved' } },
    ],
    [
      'an archived team',
      () => teams().admin.archiveTeam('Incidents'),
      { channelData: { eventType: 'teamArchived' } },
    ],
    [
      'a deleted team',
      () => teams().admin.deleteTeam('Incidents'),
      { channelData: { eventType: 'teamDeleted' } },
    ],
  ]
  test.each(happenings)('%s is told once', async (_, happens, expected) => {
    await happens()
    const told = await arrived()
    expect(told).toHaveLength(1)
    expect(told[0]).toMatchObject(JSON.parse(JSON.stringify(expected).replace('TEAM', teams().teamId)))
  })

  test('where groups are not named, only a team’s own events name them', async () => {
    await restart({ namesGroups: false })
    await teams().as('sam').post(helpdesk(), 'hello')
    await teams().as('sam').leaveTeam('Hospital')
    const told = await arrived()
    const { internalId, id } = teams().admin.team('Hospital')
    expect(
      told.map(({ type, channelData }) => [type, channelData.team.id, channelData.team.aadGroupId]),
    ).toEqual([
      ['message', internalId, undefined],
      ['conversationUpdate', internalId, id],
    ])
  })
})
