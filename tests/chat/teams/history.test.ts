import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ChatPort, InboundMessage } from '../../../src/chat/port.ts'
import type { Api } from '../../../src/chat/teams/api.ts'
import { activityInbound } from '../../../src/chat/teams/reading/events.ts'
import { rowsSince } from '../../../src/chat/teams/verbs/rows.ts'
import { teamsPort } from '../../../src/chat/teams/verbs.ts'
import type { Card } from '../../../src/views/card.ts'
import { historyOf, partsOf } from '../../support/history.ts'
import { plainBot } from '../../support/teams/bot.ts'
import { type LocalTeams, startLocalTeams } from '../../support/teams/local.ts'
import { connected, failureOf, keptLog, stillTime } from './connected.ts'

const card: Card = { summary: 'Status changed.', blocks: [{ kind: 'lines', lines: ['Contained'] }] }
let at: Date
let bot: Awaited<ReturnType<typeof plainBot>>
let teams: LocalTeams
let api: Api
let port: ChatPort
let room: string
let time: ReturnType<typeof stillTime>

beforeEach(async () => {
  at = new Date('2026-11-20T14:05:00.000Z')
  bot = await plainBot()
  teams = await startLocalTeams({ now: () => at, botUrl: bot.url, skewMs: 38 })
  time = stillTime()
  api = await connected(teams, () => at, keptLog(), time)
  port = teamsPort(api)
  room = (await port.openRoom({ name: 'inc-2026-0007', since: at, keptOut: [] })).room
})
afterEach(async () => {
  await teams.close()
  await bot.close()
})

const since = new Date('2026-11-20T14:00:00.000Z')

const read = (from = since): Promise<InboundMessage[]> => historyOf(port, room, from)
async function pushed(): Promise<InboundMessage[]> {
  await teams.idle()
  const all = bot.take().flatMap((activity) => activityInbound(api.self, api.directory, activity, at))
  return all.filter((each): each is InboundMessage => each.type === 'message')
}
const later = (ms: number) => {
  at = new Date(at.getTime() + ms)
}
const deltas = () => teams.calls.filter(({ op }) => op === 'graph.delta')

test('tells messages and replies, oldest first, with the keys they were pushed with', async () => {
  const root = await teams.as('sam').post(room, 'The laptop is gone')
  await teams.as('dana').reply(room, root, 'Since <when>?')
  await teams.as('sam').post(room, 'Since noon & before')
  const told = await read()
  expect(told.map(({ body, thread }) => [body?.text, thread])).toEqual([
    ['The laptop is gone', undefined],
    ['Since <when>?', root],
    ['Since noon & before', undefined],
  ])
  const live = await pushed()
  expect(told.map(({ key, actor, at }) => [key, actor, at])).toEqual(
    live.map(({ key, actor, at }) => [key, actor, at]),
  )
  expect(told.every(({ recovered }) => recovered)).toBe(true)
})

test('names an edit and a deletion as their push did, though the times differ', async () => {
  const edited = await teams.as('sam').post(room, 'first')
  const deleted = await teams.as('sam').post(room, 'second')
  await pushed()
  later(60_000)
  await teams.as('sam').edit(room, edited, 'first, corrected')
  await teams.as('sam').remove(room, deleted)
  const live = await pushed()
  const told = await read()
  expect(told.map(({ change }) => change)).toEqual(['edited', 'deleted'])
  expect(told.map(({ sameAs }) => sameAs)).toEqual(live.map(({ sameAs }) => sameAs))
  expect(told.every(({ sameAs }) => sameAs !== undefined)).toBe(true)
  expect(told.map(({ key }) => key)).not.toEqual(live.map(({ key }) => key))
  expect(told[1]!.body).toBeUndefined()
})

test('never runs a command it finds', async () => {
  await teams.as('sam').mention(room, 'close')
  const [told] = await read()
  expect(told).toMatchObject({ recovered: true, change: 'posted' })
  expect(told).not.toHaveProperty('line')
})

test('knows our own posts by their delivery', async () => {
  await port.post({ room }, card, 'd1')
  expect(await read()).toMatchObject([{ own: true, delivery: 'd1', change: 'posted' }])
})

test('tells what changed since, and of an old thread only what is new in it', async () => {
  const root = await teams.as('sam').post(room, 'old root')
  await teams.as('sam').reply(room, root, 'old reply')
  const untouched = await teams.as('sam').post(room, 'old and untouched')
  later(3_600_000)
  const since = at
  later(60_000)
  await teams.as('dana').reply(room, root, 'new reply')
  const told = await read(since)
  expect(told.map(({ body }) => body?.text)).toEqual(['new reply'])
  expect(told.some(({ message }) => message === untouched)).toBe(false)
})

test('tells of reactions apart from messages, by whom and when', async () => {
  const { message } = await port.post({ room }, card, 'd1')
  await teams.as('dana').react(room, message, 'like')
  expect((await read()).every(({ type }) => type === 'message')).toBe(true)
  const shown = (await partsOf(port, room, { since })).flatMap(({ reactions }) => reactions)
  const [reacted] = shown.filter(({ reactions }) => reactions.length > 0)
  expect(reacted).toMatchObject({
    message,
    reactions: [{ person: teams.people.find(({ name }) => name === 'dana')!.id, name: 'like' }],
  })
  expect(reacted!.reactions[0]!.at).toBeInstanceOf(Date)
})

describe('over many pages', () => {
  beforeEach(async () => {
    for (let n = 0; n < 120; n++) await teams.as('sam').post(room, `note ${n}`)
  })

  test('leaves nothing out', async () => {
    expect((await read()).map(({ body }) => body?.text)).toEqual(
      Array.from({ length: 120 }, (_, n) => `note ${n}`),
    )
    expect(deltas()).toHaveLength(3)
  })

  test('asks for the page again that it was told to wait for, and for no other', async () => {
    const seen = new Set<string>()
    for await (const { id, messageType } of rowsSince(api, room, since)) {
      if (seen.size === 0)
        teams.faults.failCalls('graph.delta', { kind: 'status', status: 429, retryAfterSeconds: 7 }, 2)
      if (messageType === 'message') seen.add(id)
    }
    expect(seen.size).toBe(120)
    expect(deltas().map(({ status }) => status)).toEqual([200, 429, 429, 200, 200])
    expect(
      new Set(
        deltas()
          .slice(1, 4)
          .map(({ query }) => query.$skiptoken),
      ).size,
    ).toBe(1)
    expect(time.waits.filter((ms) => ms === 7000)).toHaveLength(2)
  })

  test('goes on with its page after a gateway failed on it', async () => {
    const seen = new Set<string>()
    for await (const { id, messageType } of rowsSince(api, room, since)) {
      if (seen.size === 0) teams.faults.failCalls('graph.delta', { kind: 'status', status: 502 }, 2)
      if (messageType === 'message') seen.add(id)
    }
    expect(seen.size).toBe(120)
    expect(deltas().map(({ status }) => status)).toEqual([200, 502, 502, 200, 200])
    expect(time.waits.slice(-3)).toEqual(expect.arrayContaining([1000, 2000]))
  })

  test('does not wait where a post is looked for: its delivery comes again before another may take it', async () => {
    teams.faults.failCalls('graph.delta', { kind: 'status', status: 429, retryAfterSeconds: 60 })
    const failure = await failureOf(port.findPost({ room }, 'd1', since))
    expect(failure).toMatchObject({ failure: 'transient', retryAfterMs: 60_000 })
    expect(time.waits).not.toContain(60_000)
  })

  test('is turned away on a page, and taken up again from there without the ones before', async () => {
    const [first] = await partsOf(port, room, { since })
    const asked = deltas().length
    teams.faults.failCalls('graph.delta', { kind: 'status', status: 429, retryAfterSeconds: 3600 })
    const failed = await failureOf(partsOf(port, room, { since, at: first!.next! }))
    expect(failed).toMatchObject({ failure: 'transient', code: 'ratelimited', retryAfterMs: 3_600_000 })
    expect(time.waits).not.toContain(3_600_000)
    const rest = await partsOf(port, room, { since, at: first!.next! })
    expect(rest.flatMap(({ messages }) => messages)).toHaveLength(120 - first!.messages.length)
    expect(deltas()).toHaveLength(asked + 3)
  })

  test('begins anew where Graph forgot its page', async () => {
    const [first] = await partsOf(port, room, { since })
    const forgotten = first!.next!.replace(/skiptoken=[^"]+/, 'skiptoken=forgotten')
    const parts = await partsOf(port, room, { since, at: forgotten })
    expect(parts.flatMap(({ messages }) => messages)).toHaveLength(120)
  })

  test('shows the room whole when asked to, its roots at the end, and a thread always', async () => {
    const root = await teams.as('sam').post(room, 'root')
    const reply = await teams.as('sam').reply(room, root, 'reply')
    const shownIn = async (whole: boolean) =>
      (await partsOf(port, room, { since, whole })).flatMap(({ shown }) => shown)
    expect(await shownIn(false)).toContainEqual({ thread: root, from: null, until: null, messages: [reply] })
    expect((await shownIn(false)).filter(({ thread }) => thread === '')).toEqual([])
    const roots = (await shownIn(true)).filter(({ thread }) => thread === '')
    expect(roots).toHaveLength(1)
    expect(roots[0]!.messages).toEqual(expect.arrayContaining([root]))
    expect(roots[0]!.messages.length).toBeGreaterThanOrEqual(121)
  })
})

test('of a thread with more replies than one answer holds tells them all', async () => {
  teams.setBot(undefined)
  const root = await teams.as('sam').post(room, 'root')
  for (let n = 0; n < 1030; n++) await teams.as('sam').reply(room, root, `reply ${n}`)
  const told = await read()
  expect(told).toHaveLength(1031)
  expect(new Set(told.map(({ body }) => body?.text)).size).toBe(1031)
})

test('older than Graph tells changes for is read from the whole list', async () => {
  await teams.as('sam').post(room, 'long ago')
  const since = at
  later(300 * 86_400_000)
  await teams.as('sam').post(room, 'today')
  expect((await read(since)).map(({ body }) => body?.text)).toEqual(['long ago', 'today'])
  expect(deltas()).toEqual([])
})

test('of a room just made is refused until Graph knows it, with the time to ask again', async () => {
  teams.faults.hideNewChannels(3)
  room = (await port.openRoom({ name: 'inc-2026-0008', since: at, keptOut: [] })).room
  for (let tries = 0; tries < 3; tries++)
    expect(await failureOf(read())).toMatchObject({ failure: 'transient', retryAfterMs: 3000 })
  expect(await read()).toEqual([])
})

test('without the permission is refused, never empty', async () => {
  teams.admin.grant('Incidents', 'ChannelMessage.Read.Group', false)
  expect(await failureOf(read())).toMatchObject({ failure: 'refused', code: 'no_permission' })
})
