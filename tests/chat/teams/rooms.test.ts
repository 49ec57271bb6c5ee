import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Api } from '../../../src/chat/teams/api.ts'
import { inRoom } from '../../../src/chat/teams/verbs/channels.ts'
import { openRoom } from '../../../src/chat/teams/verbs/open-room.ts'
import { peopleLookup, teamMembers } from '../../../src/chat/teams/verbs/people.ts'
import { dress, invite, roomInfo } from '../../../src/chat/teams/verbs/rooms.ts'
import { type LocalTeams, startLocalTeams } from '../../support/teams/local.ts'
import { connected, failureOf } from './connected.ts'

let at: Date
let teams: LocalTeams
let api: Api

beforeEach(async () => {
  at = new Date('2026-11-20T14:05:00.000Z')
  teams = await startLocalTeams({ now: () => at })
  api = await connected(teams, () => at)
})
afterEach(() => teams.close())

const id = (name: string) => teams.as(name).id
const wanted = (more: object = {}) => ({ name: 'inc-2026-0007', since: at, keptOut: [], ...more })
const later = (ms: number) => {
  at = new Date(at.getTime() + ms)
}
const created = () => teams.calls.filter(({ op }) => op === 'graph.createChannel')
const minutes = 60_000

describe('a room', () => {
  test('is a standard channel of the restricted team, under a name that says nothing', async () => {
    const { room, name } = await openRoom(api, wanted())
    expect(name).toBe('inc-2026-0007')
    expect(created().map(({ body }) => body)).toEqual([
      {
        displayName: 'inc-2026-0007',
        description: 'inc-2026-0007 · opened by Wardroom',
        membershipType: 'standard',
      },
    ])
    expect(await roomInfo(api, room)).toEqual({
      room,
      name: 'inc-2026-0007',
      private: true,
      shared: false,
      archived: false,
      present: true,
      members: [...teams.admin.team('Incidents').members],
    })
  })

  test('that an interrupted attempt made is adopted, by its mark and its age', async () => {
    teams.faults.failCalls('graph.createChannel', { kind: 'cut', done: true })
    expect(await failureOf(openRoom(api, wanted()))).toMatchObject({ failure: 'transient', maybeDone: true })
    const made = teams.admin.channel('inc-2026-0007').id
    expect(await openRoom(api, wanted())).toEqual({ room: made, name: 'inc-2026-0007' })
  })

  test('adopted as the second name, when the attempt had come so far', async () => {
    teams.admin.createChannel('Incidents', 'inc-2026-0007')
    const first = await openRoom(api, wanted())
    expect(first.name).toBe('inc-2026-0007-2')
    expect(await openRoom(api, wanted())).toEqual(first)
  })

  test.each([
    ['somebody else made', 'A place to talk', 0],
    ['was made for another incident', 'inc-2026-00071 · opened by Wardroom', 0],
    ['names us in the middle', 'not inc-2026-0007 · opened by Wardroom', 0],
    ['we made before this incident', 'inc-2026-0007 · opened by Wardroom', -2 * minutes],
  ])('that %s is left alone, and the next name taken', async (_, description, age) => {
    const since = new Date(at.getTime() - age)
    const other = teams.admin.createChannel('Incidents', 'inc-2026-0007')
    teams.admin.channel(other).description = description
    later(-age)
    const { room, name } = await openRoom(api, wanted({ since }))
    expect(name).toBe('inc-2026-0007-2')
    expect(room).not.toBe(other)
  })

  test('of our making that was archived is not opened again', async () => {
    const first = await openRoom(api, wanted())
    teams.admin.archiveChannel(first.room)
    expect((await openRoom(api, wanted())).name).toBe('inc-2026-0007-2')
  })

  test('whose topic was set is still adopted: the mark stays in front', async () => {
    const first = await openRoom(api, wanted())
    await dress(api, first.room, { kind: 'topic', text: 'Status in the pinned post' })
    await dress(api, first.room, { kind: 'topic', text: 'Contained' })
    expect(teams.admin.channel(first.room).description).toBe('inc-2026-0007 · opened by Wardroom · Contained')
    expect(await openRoom(api, wanted())).toEqual(first)
  })

  test('whose topic is long keeps within what Graph takes', async () => {
    const { room } = await openRoom(api, wanted())
    await dress(api, room, { kind: 'topic', text: '📌'.repeat(1000) })
    const { description } = teams.admin.channel(room)
    expect(description.length).toBeLessThanOrEqual(1024)
    expect(description.isWellFormed()).toBe(true)
  })

  test('has no pins', async () => {
    expect(await failureOf(dress(api, 'any', { kind: 'pin', message: '1' }))).toMatchObject({
      failure: 'unsupported',
    })
  })

  test.each([
    ['just now', 0],
    ['for an incident that has waited for hours', 180],
  ])('made by an attempt that nobody lists yet is waited for, not made again: %s', async (_, ago) => {
    const since = new Date(at.getTime() - ago * minutes)
    teams.faults.hideNewChannels(1000)
    teams.faults.failCalls('graph.createChannel', { kind: 'cut', done: true })
    await failureOf(openRoom(api, wanted({ since })))
    expect(await failureOf(openRoom(api, wanted({ since })))).toMatchObject({
      failure: 'transient',
      code: 'channel_not_listed',
    })
    expect(created()).toHaveLength(2)
  })

  test('whose name a deleted channel still holds gets the next one, once nothing can be under way', async () => {
    const since = at
    teams.admin.deleteChannel(teams.admin.createChannel('Incidents', 'inc-2026-0007'))
    expect(await failureOf(openRoom(api, wanted()))).toMatchObject({ code: 'channel_not_listed' })
    later(16 * minutes)
    expect((await openRoom(api, wanted({ since }))).name).toBe('inc-2026-0007-2')
  })

  test('is not taken as private or shared where Graph made it so', async () => {
    const graph = {
      ...api.graph,
      post: async () => ({ id: '19:x@thread.tacv2', membershipType: 'shared' }),
    }
    expect(await failureOf(openRoom({ ...api, graph }, wanted()))).toMatchObject({
      failure: 'refused',
      code: 'wrong_membership',
    })
  })

  test('is not opened in a team that everybody can join', async () => {
    const graph = { ...api.graph, get: async () => ({ id: teams.teamId, visibility: 'public' }) }
    expect(await failureOf(openRoom({ ...api, graph }, wanted()))).toMatchObject({
      failure: 'refused',
      code: 'team_not_private',
    })
    expect(created()).toEqual([])
  })
})

describe('somebody kept out', () => {
  test('who is in the team would see the room, so there is none', async () => {
    const failure = await failureOf(openRoom(api, wanted({ keptOut: [id('dana').toUpperCase()] })))
    expect(failure).toMatchObject({ failure: 'refused', code: 'kept_out_in_audience' })
    expect(created()).toEqual([])
  })

  test('who is not in it is no hindrance', async () => {
    expect((await openRoom(api, wanted({ keptOut: [id('victor')] }))).name).toBe('inc-2026-0007')
  })

  test('who joined a moment ago is seen: nothing is remembered of the team', async () => {
    await openRoom(api, wanted({ name: 'inc-2026-0006', keptOut: [id('victor')] }))
    teams.admin.addToTeam('Incidents', id('victor'))
    expect(await failureOf(openRoom(api, wanted({ keptOut: [id('victor')] })))).toMatchObject({
      code: 'kept_out_in_audience',
    })
  })

  test.each([
    ['may not be read', { kind: 'status', status: 403, code: 'Forbidden' }],
    ['is not answered', { kind: 'status', status: 503 }],
    ['makes no sense', { kind: 'page' }],
  ] as const)('closes the room while the team %s, until it can be', async (_, fault) => {
    teams.faults.failCalls('graph.members', fault)
    const keptOut = [id('victor')]
    expect(await failureOf(openRoom(api, wanted({ keptOut })))).toMatchObject({
      failure: 'transient',
      code: 'audience_unknown',
    })
    expect(created()).toEqual([])
    expect((await openRoom(api, wanted({ keptOut }))).name).toBe('inc-2026-0007')
  })
})

describe('a channel just made', () => {
  test('that Graph does not know yet is not ready, and is no loss', async () => {
    teams.faults.hideNewChannels(2)
    const { room } = await openRoom(api, wanted())
    const soon = { failure: 'transient', code: 'channel_not_ready', retryAfterMs: 3000 }
    expect(await failureOf(roomInfo(api, room))).toMatchObject(soon)
    expect(await failureOf(roomInfo(api, room))).toMatchObject(soon)
    expect((await roomInfo(api, room)).name).toBe('inc-2026-0007')
  })

  test('that the bot API does not know yet is not ready either, for a process that started since', async () => {
    const { room } = await openRoom(api, wanted())
    const restarted = await connected(teams, () => at)
    teams.faults.failCalls('connector.create', { kind: 'status', status: 404 }, 2)
    const post = () =>
      inRoom(restarted, room, () => restarted.connector.start(room, { type: 'message', text: 'x' }))
    expect(await failureOf(post())).toMatchObject({ code: 'channel_not_ready' })
    later(4 * minutes)
    expect(await failureOf(post())).toMatchObject({ failure: 'gone', code: 'channel_not_found' })
  })

  test('is gone when it is still not found after some minutes', async () => {
    const { room } = await openRoom(api, wanted())
    teams.admin.deleteChannel(room)
    later(4 * minutes)
    expect(await failureOf(roomInfo(api, room))).toMatchObject({ failure: 'gone', code: 'channel_not_found' })
  })
})

describe('a look at a room', () => {
  test('tells that it was archived, or its team', async () => {
    const { room } = await openRoom(api, wanted())
    teams.admin.archiveChannel(room)
    expect((await roomInfo(api, room)).archived).toBe(true)
    teams.admin.archiveChannel(room, false)
    teams.admin.archiveTeam('Incidents')
    expect((await roomInfo(api, room)).archived).toBe(true)
  })

  test('tells that the app was taken out of the team', async () => {
    const { room } = await openRoom(api, wanted())
    teams.admin.uninstall('Incidents')
    expect(await roomInfo(api, room)).toMatchObject({ present: false, members: [] })
  })

  test('with a permission missing is refused, and says nothing of who is there', async () => {
    const { room } = await openRoom(api, wanted())
    teams.admin.grant('Incidents', 'TeamMember.Read.Group', false)
    expect(await failureOf(roomInfo(api, room))).toMatchObject({ failure: 'refused', code: 'no_permission' })
  })
})

test('being in the team is being invited; who is not comes back', async () => {
  expect(await invite(api, [id('dana'), id('victor'), id('victor'), id('sam').toUpperCase()])).toEqual([
    { person: id('victor'), code: 'not_in_team' },
  ])
})

describe('a person', () => {
  test('is found in the team, and remembered for five minutes', async () => {
    const look = peopleLookup(api)
    const { person } = teams.as('dana')
    const known = { id: person.id, name: person.realName, kind: 'human', guest: false, deactivated: false }
    expect(await look(person.id.toUpperCase())).toEqual(known)
    const asked = teams.calls.length
    expect(await look(person.id)).toEqual(known)
    expect(teams.calls).toHaveLength(asked)
    later(5 * minutes)
    await look(person.id)
    expect(teams.calls.length).toBeGreaterThan(asked)
  })

  test('whom the list of the team told is not asked about again: a room opens with as many calls for ten as for a thousand', async () => {
    const members = await teamMembers(api)
    const asked = teams.calls.length
    const people = await Promise.all(members.map(peopleLookup(api)))
    expect(people.map(({ name }) => name)).toContain(teams.as('dana').person.realName)
    expect(teams.calls).toHaveLength(asked)
  })

  test('who is in another of our teams only is found there, and a guest told apart', async () => {
    const look = peopleLookup(api)
    expect(await look(id('victor'))).toMatchObject({ name: teams.as('victor').person.realName, guest: false })
    expect(await look(id('gus'))).toMatchObject({ guest: true })
  })

  test('who is a guest is one though an activity of theirs did not say so', async () => {
    const { person } = teams.as('gus')
    api.directory.learn({ id: person.id, name: person.realName, member: person.member, guest: false })
    expect((await peopleLookup(api)(person.id)).guest).toBe(true)
  })

  test('whom no team can be asked about is found by their chat with the bot, a guest as well', async () => {
    for (const team of ['Incidents', 'Hospital']) teams.admin.grant(team, 'TeamMember.Read.Group', false)
    const look = peopleLookup(api)
    expect(await look(id('dana'))).toMatchObject({ name: teams.as('dana').person.realName, guest: false })
    expect((await look(id('gus'))).guest).toBe(true)
  })

  test('nobody knows is gone', async () => {
    expect(await failureOf(peopleLookup(api)(teams.admin.unknownId()))).toMatchObject({
      failure: 'gone',
      code: 'user_not_found',
    })
  })

  test('is not gone because a team could not be read', async () => {
    const look = peopleLookup(api)
    const stranger = teams.admin.unknownId()
    teams.faults.failCalls('graph.members', { kind: 'status', status: 503 })
    expect(await failureOf(look(stranger))).toMatchObject({ failure: 'transient' })
    teams.admin.grant('Incidents', 'TeamMember.Read.Group', false)
    expect(await failureOf(look(stranger))).toMatchObject({ failure: 'refused', code: 'no_permission' })
  })

  test('is never the bot itself', async () => {
    expect(await peopleLookup(api)(`28:${teams.appId}`)).toMatchObject({ kind: 'bot', name: 'Wardroom' })
  })
})
