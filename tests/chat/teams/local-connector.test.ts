/** The local bot API: threads and chats, rosters, and refusals as Teams words them. */
import { describe, expect, test } from 'vitest'
import { localPeople, localPerson } from '../../support/teams/people.ts'
import { asMessage, card, deep, proving } from '../../support/teams/proving.ts'
import type { Json } from '../../support/teams/state.ts'

const { arrived, botPosts, calls, helpdesk, restart, teams } = proving()

describe('the bot API', () => {
  test('a thread is started, answered in, changed and taken away', async () => {
    const room = helpdesk()
    const root = await botPosts(room, card())
    const reply = deep(
      (
        await calls().connector(
          'POST',
          `v3/conversations/${encodeURIComponent(`${room};messageid=${root}`)}/activities`,
          asMessage(card()),
        )
      ).body,
    ).id
    const seen = () =>
      teams()
        .as('sam')
        .everything(room)
        .map(({ id, root: of, isBot, isDeleted }) => ({ id, of, isBot, isDeleted }))
    expect(seen()).toEqual([
      { id: root, of: undefined, isBot: true, isDeleted: false },
      { id: reply, of: root, isBot: true, isDeleted: false },
    ])
    expect((await calls().connector('DELETE', `v3/conversations/${room}/activities/${reply}`)).status).toBe(
      200,
    )
    expect(seen()[1]).toMatchObject({ id: reply, isDeleted: true })
    expect(
      (await calls().connector('PUT', `v3/conversations/${room}/activities/${reply}`, asMessage(card())))
        .status,
    ).toBe(404)
    const sams = await teams().as('sam').post(room, 'mine')
    expect(
      (await calls().connector('PUT', `v3/conversations/${room}/activities/${sams}`, asMessage(card())))
        .status,
    ).toBe(403)
  })

  const chatWith = (who: string, activity?: Json) =>
    calls().connector('POST', 'v3/conversations', {
      isGroup: false,
      bot: { id: `28:${teams().appId}` },
      members: [{ id: who }],
      tenantId: teams().tenant,
      channelData: { tenant: { id: teams().tenant } },
      ...(activity ? { activity } : {}),
    })

  test('a chat is the same one by either id of a person, and only they see it', async () => {
    const { id, member } = teams().as('jo').person
    const first = deep((await chatWith(id)).body).id
    expect(deep((await chatWith(member)).body).id).toBe(first)
    await calls().connector('POST', `v3/conversations/${first}/activities`, {
      type: 'message',
      text: 'hello',
    })
    expect(
      teams()
        .as('jo')
        .everything(first)
        .map(({ text }) => text),
    ).toEqual(['hello'])
    expect(() => teams().as('sam').everything(first)).toThrow('cannot see')
    expect(await arrived()).toEqual([])
  })

  test('who does not have the app, and who blocked the bot, are refused as Teams refuses them', async () => {
    const { id } = teams().as('jo').person
    const chat = deep((await chatWith(id)).body).id
    teams().admin.block('jo')
    const send = () =>
      calls().connector('POST', `v3/conversations/${chat}/activities`, { type: 'message', text: 'hello' })
    expect((await chatWith(id)).status).toBe(201)
    const refused = await send()
    expect(refused.status).toBe(403)
    expect(JSON.parse(deep(refused.body).message).subCode).toBe('MessageWritesBlocked')
    teams().admin.unblock('jo')
    expect((await send()).status).toBe(201)
    teams().admin.uninstallFor('jo')
    expect((await chatWith(id)).body).toMatchObject({ error: { code: 'ForbiddenOperationException' } })
    expect(JSON.parse(deep((await send()).body).message).subCode).toBe('MessageWritesBlocked')
    expect((await arrived()).map(({ type, action }) => [type, action])).toEqual([
      ['installationUpdate', 'remove'],
    ])
  })

  test('text beside a card makes two messages and no id; too much makes none', async () => {
    const to = `v3/conversations/${helpdesk()}/activities`
    expect((await calls().connector('POST', to, { ...asMessage(card()), text: 'both' })).body).toEqual({})
    expect(teams().as('sam').everything(helpdesk())).toHaveLength(2)
    const big = { ...card(), fallbackText: 'x'.repeat(28 * 1024) }
    expect(await calls().connector('POST', to, asMessage(big))).toMatchObject({
      status: 413,
      body: { error: { code: 'MessageSizeTooBig' } },
    })
    expect(teams().as('sam').everything(helpdesk())).toHaveLength(2)
  })

  test('rosters come in pages, people by their member id with objectId and whether they are guests', async () => {
    await restart({ pageSize: 4 })
    const { internalId } = teams().admin.team('Hospital')
    const found: Json[] = []
    let token = ''
    do {
      const { body } = await calls().connector(
        'GET',
        `v3/conversations/${internalId}/pagedmembers?pageSize=500${token && `&continuationToken=${token}`}`,
      )
      expect(deep(body).members.length).toBeLessThanOrEqual(4)
      found.push(...deep(body).members)
      token = deep(body).continuationToken ?? ''
    } while (token)
    expect(found.map(({ id, objectId, userRole }) => [id, objectId, userRole])).toEqual(
      localPeople.map(({ id, member, isGuest }) => [member, id, isGuest ? 'guest' : 'user']),
    )
    const outside = await calls().connector(
      'GET',
      `v3/conversations/${teams().admin.team('Incidents').internalId}/members/${teams().as('victor').id}`,
    )
    expect(outside.status).toBe(404)
    const { body } = await calls().connector('GET', `v3/teams/${internalId}`)
    expect(body).toMatchObject({ aadGroupId: teams().hospitalTeamId, memberCount: 10 })
    expect((await calls().connector('GET', `v3/teams/${teams().hospitalTeamId}`)).status).toBe(404)
  })

  test('a stranger, an archived team, a team without the app and a channel that is gone are refused', async () => {
    teams().admin.addPerson(localPerson('olu', 'Olu Ade', 'Locum'))
    expect((await chatWith(teams().as('olu').id)).status).toBe(403)
    const thread = (room: string) =>
      calls().connector('POST', 'v3/conversations', {
        isGroup: true,
        channelData: { channel: { id: room } },
        activity: asMessage(card()),
      })
    expect((await thread('19:none@thread.tacv2')).status).toBe(404)
    teams().admin.archiveTeam('Hospital')
    expect((await thread(helpdesk())).status).toBe(403)
    teams().admin.unarchiveTeam('Hospital')
    teams().admin.uninstall('Hospital')
    expect((await thread(helpdesk())).body).toMatchObject({ error: { code: 'BotNotInConversationRoster' } })
  })
})
