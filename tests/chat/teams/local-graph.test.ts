/** The local Graph: the published property names and no others, whole threads, pages, deltas, consent. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { asMessage, card, deep, proving } from '../../support/teams/proving.ts'
import type { Json } from '../../support/teams/state.ts'

const { arrived, botPosts, calls, helpdesk, restart, teams } = proving()

describe('Graph', () => {
  const inHelpdesk = (rest: string) =>
    calls().graph('GET', `/teams/${teams().hospitalTeamId}/channels/${helpdesk()}/messages${rest}`)

  test('a thread has its replies under it, the bot’s card as an attachment, reactions, and a deleted row without a word', async () => {
    const sam = teams().as('sam')
    const root = await botPosts(
      helpdesk(),
      card({ type: 'Action.Execute', title: 'Done', data: { w: { l: 'list' } } }),
    )
    const reply = await sam.reply(helpdesk(), root, 'thanks @dana 🙂')
    const gone = await sam.reply(helpdesk(), root, 'oops')
    await sam.remove(helpdesk(), gone)
    await sam.edit(helpdesk(), reply, 'thanks @dana')
    await teams().as('jo').react(helpdesk(), root, 'like')
    const rows = deep((await inHelpdesk('/delta?$expand=replies')).body).value
    const thread = rows.find(({ id }: Json) => id === root)
    expect(thread).toMatchObject({
      messageType: 'message',
      replyToId: null,
      from: {
        user: null,
        application: { id: teams().appId, displayName: 'Wardroom', applicationIdentityType: 'bot' },
      },
      channelIdentity: { teamId: teams().hospitalTeamId, channelId: helpdesk() },
      reactions: [{ reactionType: 'like', user: { user: { id: teams().as('jo').id } } }],
      'replies@odata.count': 2,
    })
    const [attachment] = thread.attachments
    expect(thread.body).toEqual({
      contentType: 'html',
      content: `<attachment id="${attachment.id}"></attachment>`,
    })
    expect(JSON.parse(attachment.content).body[0].text).toBe('Status')
    const of = (id: string) => thread.replies.find((each: Json) => each.id === id)
    expect(of(gone)).toMatchObject({
      replyToId: root,
      body: { contentType: 'html', content: '' },
      attachments: [],
      mentions: [],
    })
    expect(Date.parse(of(gone).deletedDateTime)).toBeGreaterThan(Number(gone))
    expect(of(reply)).toMatchObject({
      body: { content: '<p>thanks <at id="0">Dana Reyes</at></p>' },
      mentions: [{ id: 0, mentionText: 'Dana Reyes', mentioned: { user: { id: teams().as('dana').id } } }],
      deletedDateTime: null,
    })
    expect(of(reply).etag).toBe(String(Date.parse(of(reply).lastModifiedDateTime)))
    expect(of(reply).lastEditedDateTime).toBe(of(reply).lastModifiedDateTime)
    const plain = deep((await inHelpdesk('/delta')).body).value.find(({ id }: Json) => id === root)
    expect('replies' in plain).toBe(false)
  })

  test('a bot’s update is its row’s edit, under the same id', async () => {
    const id = await botPosts(helpdesk(), card())
    await calls().connector(
      'PUT',
      `v3/conversations/${helpdesk()}/activities/${id}`,
      asMessage({ ...card(), fallbackText: 'new' }),
    )
    const row = deep((await inHelpdesk(`/${id}`)).body)
    expect(JSON.parse(row.attachments[0].content).fallbackText).toBe('new')
    expect(row.lastEditedDateTime).not.toBeNull()
  })

  test('pages lead on to pages and then to a delta link, which brings the threads that changed since, whole', async () => {
    const sam = teams().as('sam')
    const roots: string[] = []
    for (let each = 0; each < 5; each += 1) roots.push(await sam.post(helpdesk(), `post ${each}`))
    const seen: string[] = []
    let link: string | undefined =
      `/teams/${teams().hospitalTeamId}/channels/${helpdesk()}/messages/delta?$expand=replies&$top=2`
    let last = ''
    while (link) {
      const { body } = await calls().graph('GET', link)
      seen.push(...deep(body).value.map(({ id }: Json) => id))
      // A thread that changes while pages are read costs no other its place.
      if (seen.length === 2) await sam.reply(helpdesk(), roots[0] ?? '', 'late')
      last = deep(body)['@odata.deltaLink']
      link = deep(body)['@odata.nextLink']
    }
    expect(seen.slice(0, 5)).toEqual([...roots].reverse())
    const again = deep((await calls().graph('GET', last)).body)
    expect(
      again.value.map(({ id, replies }: { id: string; replies: unknown[] }) => [id, replies.length]),
    ).toEqual([[roots[0], 1]])
    const still = deep((await calls().graph('GET', again['@odata.deltaLink'])).body)
    expect(still.value).toEqual([])
    const filter = encodeURIComponent(`lastModifiedDateTime gt ${new Date(Number(roots[3])).toISOString()}`)
    const filtered = deep((await inHelpdesk(`/delta?$expand=replies&$filter=${filter}`)).body)
    expect(filtered.value.map(({ id }: Json) => id)).toEqual([roots[0], roots[4]])
  })

  test.each([
    '$top=51',
    '$top=0',
    '$filter=createdDateTime gt 2020-01-01T00:00:00Z',
    '$expand=members',
    '$skiptoken=x',
  ])('%s is refused', async (query) => {
    expect((await inHelpdesk(`/delta?${query}`)).status).toBe(400)
  })

  test('replies have pages of their own', async () => {
    const root = await teams().as('sam').post(helpdesk(), 'root')
    const ids: string[] = []
    for (let each = 0; each < 5; each += 1)
      ids.push(await teams().as('jo').reply(helpdesk(), root, `reply ${each}`))
    const first = deep((await inHelpdesk(`/${root}/replies?$top=3`)).body)
    const second = deep((await calls().graph('GET', first['@odata.nextLink'])).body)
    expect([...first.value, ...second.value].map(({ id }: Json) => id)).toEqual(ids.reverse())
    expect(second['@odata.nextLink']).toBeUndefined()
  })

  test('a channel is made, and unknown for as many calls as was asked', async () => {
    const channels = `/teams/${teams().teamId}/channels`
    teams().faults.hideNewChannels(2)
    const made = await calls().graph('POST', channels, {
      displayName: 'inc-2026-0001',
      description: 'd',
      membershipType: 'standard',
    })
    expect(made).toMatchObject({
      status: 201,
      body: { displayName: 'inc-2026-0001', membershipType: 'standard' },
    })
    const one = `${channels}/${deep(made.body).id}`
    expect(
      deep((await calls().graph('GET', channels)).body).value.map(({ displayName }: Json) => displayName),
    ).toEqual(['General'])
    expect([
      (await calls().graph('GET', one)).status,
      (await calls().graph('GET', one)).status,
      (await calls().graph('GET', one)).status,
    ]).toEqual([404, 404, 200])
    expect((await arrived()).map(({ channelData }) => channelData.eventType)).toEqual(['channelCreated'])
    expect((await calls().graph('POST', channels, { displayName: 'INC-2026-0001' })).status).toBe(400)
    expect((await calls().graph('POST', channels, { displayName: 'inc: one' })).status).toBe(400)
    expect(
      (await calls().graph('PATCH', one, { displayName: 'inc-2026-0001-2', description: 'e' })).status,
    ).toBe(204)
    expect((await arrived()).map(({ channelData }) => channelData.eventType)).toEqual(['channelRenamed'])
    const filter = encodeURIComponent("displayName eq 'inc-2026-0001-2'")
    expect(deep((await calls().graph('GET', `${channels}?$filter=${filter}`)).body).value).toHaveLength(1)
    const [told] = deep((await calls().graph('GET', `${one}/messages`)).body).value
    expect(told).toMatchObject({ messageType: 'unknownFutureValue', from: null })
  })

  test('only what was consented to is answered', async () => {
    const grants = deep((await calls().graph('GET', `/teams/${teams().teamId}/permissionGrants`)).body).value
    expect(grants.map(({ permission }: Json) => permission)).toContain('ChannelMessage.Read.Group')
    teams().admin.grant('Hospital', 'ChannelMessage.Read.Group', false)
    expect((await inHelpdesk('/delta')).status).toBe(403)
    teams().admin.uninstall('Incidents')
    expect((await calls().graph('GET', `/teams/${teams().teamId}`)).status).toBe(403)
  })

  test('members come in pages, or one alone', async () => {
    await restart({ pageSize: 3 })
    const found: string[] = []
    let link: string | undefined = `/teams/${teams().teamId}/members?$top=200`
    while (link) {
      const { body } = await calls().graph('GET', link)
      found.push(...deep(body).value.map(({ userId }: Json) => userId))
      link = deep(body)['@odata.nextLink']
    }
    expect(found).toEqual([...teams().admin.team('Incidents').members])
    const filter = (of: string) =>
      `/teams/${teams().hospitalTeamId}/members?$filter=${encodeURIComponent(of)}`
    const one = `(microsoft.graph.aadUserConversationMember/userId eq '${teams().as('gus').id}')`
    const { body } = await calls().graph('GET', filter(one))
    expect(deep(body).value).toMatchObject([
      { displayName: 'Gus Tan', roles: ['guest'], userId: teams().as('gus').id },
    ])
    expect((await calls().graph('GET', filter("displayName eq 'Gus Tan'"))).status).toBe(400)
  })

  const schema = new URL('../../../../shared/schemas/teams/graph-subset-v1.0.csdl.xml', import.meta.url)
  test.runIf(existsSync(schema))('every property it sends is in the published schema', async () => {
    const sam = teams().as('sam')
    const root = await botPosts(helpdesk(), card())
    await sam.reply(helpdesk(), root, '@Wardroom hello @dana')
    await sam.upload(helpdesk(), { name: 'a.txt', bytes: 'a' })
    await sam.react(helpdesk(), root, 'like')
    const made = deep(
      (await calls().graph('POST', `/teams/${teams().teamId}/channels`, { displayName: 'inc' })).body,
    )
    for (const rest of ['', '/members', '/channels', `/channels/${made.id}`, `/channels/${made.id}/messages`])
      await calls().graph('GET', `/teams/${teams().teamId}${rest}`)
    for (const rest of ['/delta?$expand=replies', '', `/${root}`, `/${root}/replies`]) await inHelpdesk(rest)
    const names = propertiesOf(readFileSync(schema, 'utf8'))
    const answers = teams().calls.filter(({ op, status }) => op.startsWith('graph.') && status < 300)
    expect(answers.length).toBeGreaterThan(9)
    const strays = answers.flatMap(({ op, answer }) => strayNames(names, typeOfAnswer[op] ?? '', answer, op))
    expect([...new Set(strays)]).toEqual([])
  })
})

/** What each route answers with, by its type in the schema; a page of rows has them in `value`. */
const typeOfAnswer: Readonly<Record<string, string>> = {
  'graph.team': 'team',
  'graph.members': 'aadUserConversationMember',
  'graph.channels': 'channel',
  'graph.channel': 'channel',
  'graph.createChannel': 'channel',
  'graph.messages': 'chatMessage',
  'graph.message': 'chatMessage',
  'graph.replies': 'chatMessage',
  'graph.delta': 'chatMessage',
}

type Properties = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Type → property → the property's own type, inherited ones included. */
function propertiesOf(xml: string): Properties {
  const types = new Map<string, { base: string; own: Map<string, string> }>()
  for (const [, name = '', rest = '', inner = ''] of xml.matchAll(
    /<(?:ComplexType|EntityType) Name="(\w+)"([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:ComplexType|EntityType)>)/g,
  )) {
    const own = new Map(
      [...inner.matchAll(/<(?:Navigation)?Property Name="(\w+)" Type="([^"]+)"/g)].map(
        ([, property = '', type = '']) => [
          property,
          type.replace(/^Collection\((.*)\)$/, '$1').replace('graph.', ''),
        ],
      ),
    )
    types.set(name, { base: /BaseType="graph\.(\w+)"/.exec(rest)?.[1] ?? '', own })
  }
  const all = (name: string): [string, string][] => {
    const type = types.get(name)
    return type ? [...all(type.base), ...type.own] : []
  }
  return new Map([...types.keys()].map((name) => [name, new Map(all(name))]))
}

function strayNames(names: Properties, type: string, value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => strayNames(names, type, each, path))
  if (typeof value !== 'object' || value === null) return []
  const row = value as Json
  const actual = /^#microsoft\.graph\.(\w+)$/.exec(String(row['@odata.type'] ?? ''))?.[1]
  const own = names.get(actual ?? type) ?? names.get(type)
  if (!own) return [`${path}: no type ${type}`]
  return Object.entries(row).flatMap(([name, inner]) => {
    if (name.includes('@odata.')) return []
    if (name === 'value' && '@odata.context' in row) return strayNames(names, type, inner, path)
    const of = own.get(name)
    if (of === undefined) return [`${path}.${name}`]
    return typeof inner === 'object' ? strayNames(names, of, inner, `${path}.${name}`) : []
  })
}
