/** What is on the record and no longer in the platform's history: found, once, and never where it need not be missing. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  ChatError,
  type ChatPort,
  type HistoryPart,
  type HistoryWish,
  type InboundMessage,
  type Shown,
} from '../src/chat/port.ts'
import { deliverPass } from '../src/deliver.ts'
import { type EventOf, event } from '../src/domain/events.ts'
import { messageItem, reactionItem } from '../src/evidence/evidence-of.ts'
import { watchOn } from '../src/evidence/watch.ts'
import { readHistory } from '../src/outgoing/deliveries.ts'
import { testDatabase } from './support/database.ts'
import { hurry } from './support/patience.ts'
import { AT, begin, faults, keyOf, type Line, linesOf, PLACE, write } from './support/record.ts'
import { type StillWardroom, stillPlatform, stillWardroom } from './support/still.ts'
import { newRecordKey } from './support/wardroom.ts'

const MINUTE = 60_000
const DAY = 86_400_000
let wardroom: StillWardroom
let recordKey = ''
let incident = ''
let room = ''
let rooms = 0
let base = AT
/** What each call is answered with, in turn. */
let answers: (HistoryPart | ChatError)[] = []

beforeAll(async () => {
  recordKey = newRecordKey()
  wardroom = await stillWardroom(await testDatabase(), stillPlatform(), recordKey)
})
afterAll(async () => {
  expect(await faults(wardroom.store)).toEqual([])
  await wardroom.database.close()
})
beforeEach(async () => {
  rooms += 1
  incident = `inc-2026-${String(rooms).padStart(4, '0')}`
  room = `C0ROOM${rooms}`
  await begin(wardroom.store, incident, room)
  await forget()
  base = wardroom.now()
})

const forget = () => wardroom.database.transaction((tx) => tx.execute(sql`delete from outbox`))

/** Slack's id of a message said so many minutes after the test began. */
const ts = (minutes: number) => `${(base.getTime() + minutes * MINUTE) / 1000}.000100`

const told = (message: string, more: Partial<InboundMessage> = {}): InboundMessage => ({
  type: 'message',
  change: 'posted',
  key: keyOf(room, message),
  ...PLACE,
  room,
  message,
  actor: 'U0SAMOKAFOR',
  actorKind: 'human',
  at: new Date(Number(message) * 1000),
  body: { text: `said at ${message}`, author: 'U0SAMOKAFOR', files: [] },
  ...more,
})

const hear = (message: string, more: Partial<InboundMessage> = {}) =>
  wardroom.delivering.capture(
    messageItem(told(message, more), wardroom.now(), watchOn(wardroom.delivering, 'slack')),
  )

const all = (messages: readonly string[], more: Partial<Shown> = {}): Shown => ({
  thread: '',
  from: null,
  until: null,
  messages,
  ...more,
})
const part = (...shown: Shown[]): HistoryPart => ({ messages: [], reactions: [], shown })

const read = (why: string | undefined, ...given: (HistoryPart | ChatError)[]): Promise<Line[]> =>
  readWith(why, {}, ...given)

async function readWith(
  why: string | undefined,
  more: Readonly<Record<string, unknown>>,
  ...given: (HistoryPart | ChatError)[]
): Promise<Line[]> {
  answers = [...given]
  const before = (await wardroom.store.head(incident))!.seq
  const state = (await wardroom.store.incident(incident))!
  await wardroom.store.write((unit) => unit.enqueue(readHistory(state, AT.toISOString(), why, more)))
  for (let pass = 0; pass < 6; pass += 1) {
    await deliverPass({ ...wardroom.delivering, portOf: () => port }, 'long')
    await hurry(wardroom)
  }
  await forget()
  return (await linesOf(wardroom, incident)).filter(({ seq }) => seq > before)
}

const kinds = (lines: readonly Line[]) => lines.map(({ kind }) => kind)
const gone = (lines: readonly Line[]) =>
  lines.filter(({ kind }) => kind === 'message.vanished').map(({ data }) => data.message as string)
const later = (ms: number) => wardroom.moveTo(new Date(wardroom.now().getTime() + ms))

describe('a message that is no longer there', () => {
  test('has one entry that says so, about its last version, and is told once', async () => {
    for (const at of [1, 2, 3]) await hear(ts(at))
    await hear(ts(2), { change: 'edited', key: `${keyOf(room, ts(2))}:e${ts(5)}` })
    const edit = (await wardroom.store.head(incident))!.seq
    later(10 * MINUTE)
    const lines = await read('sockets_down', part(all([ts(1), ts(3)])))
    expect(kinds(lines)).toEqual(['message.vanished', 'coverage.gap'])
    expect(lines[0]).toMatchObject({
      ref: edit,
      actor: { kind: 'system' },
      text: {},
      data: { room, message: ts(2), thread: null, deletedBy: 'unknown', deletedAt: 'unknown' },
    })
    expect(lines[1]!.data).toMatchObject({ room, recovered: 0, vanished: 1 })
    expect(gone(await read('sweep', part(all([ts(1), ts(3)]))))).toEqual([])
  })

  test('was a reply: found where its thread is shown, and where its root is missing too', async () => {
    for (const at of [1, 2]) await hear(ts(at))
    for (const at of [3, 4]) await hear(ts(at), { thread: ts(1) })
    await hear(ts(5), { thread: ts(2) })
    later(10 * MINUTE)
    const thread = all([ts(4)], { thread: ts(1) })
    expect(gone(await read('sweep', part(all([ts(1)]), thread)))).toEqual([ts(2), ts(5), ts(3)])
  })

  test('is there again: restored, and missing once more when it is', async () => {
    await hear(ts(1))
    later(10 * MINUTE)
    const there = part(all([ts(1)]))
    expect(kinds(await read('sweep', part(all([]))))).toContain('message.vanished')
    expect(kinds(await read('sweep', there))).toEqual(['message.restored'])
    expect(kinds(await read('sweep', there))).toEqual([])
    expect(gone(await read('sweep', part(all([]))))).toEqual([ts(1)])
  })

  test('and whose deletion is told later has both on the record', async () => {
    await hear(ts(1))
    later(10 * MINUTE)
    await read('sweep', part(all([])))
    await hear(ts(1), { change: 'deleted', key: `${keyOf(room, ts(1))}:d`, actor: '', actorKind: 'system' })
    expect((await linesOf(wardroom, incident)).at(-1)!.kind).toBe('message.deleted')
    expect(kinds(await read('sweep', part(all([]))))).toEqual([])
  })
})

describe('nothing is missing', () => {
  test.each([
    [
      'whose deletion is on the record',
      () => hear(ts(1), { change: 'deleted', key: `${keyOf(room, ts(1))}:d` }),
      () => all([]),
    ],
    ['that was said after the platform was asked', () => hear(ts(12)), () => all([ts(1)])],
    ['outside what was shown', async () => {}, () => all([ts(2)], { from: ts(2) })],
    ['that the platform lists under another thread', async () => {}, () => all([], { thread: ts(0) })],
  ] as const)('%s', async (_, then, shown) => {
    await hear(ts(1))
    later(10 * MINUTE)
    await then()
    expect(gone(await read('sweep', part(shown())))).toEqual([])
  })

  test('before the first reading of a room, nor where the platform turns the bot away', async () => {
    await hear(ts(1))
    later(10 * MINUTE)
    expect(await read(undefined, part(all([])))).toEqual([])
    expect(gone(await read('sweep', new ChatError('refused', 'missing_scope')))).toEqual([])
  })

  test('where the platform lets nobody read: that lasts, is said once, and ends with the next reading', async () => {
    const refused = new ChatError('refused', 'missing_scope')
    const gaps = async () => (await wardroom.store.incident(incident))!.gaps
    expect(kinds(await read('sweep', refused))).toEqual(['coverage.gap'])
    expect(await gaps()).toMatchObject([{ to: null, why: 'missing_scope', room, lost: ['all'] }])
    later(60 * MINUTE)
    expect(await read('sweep', refused)).toEqual([])
    later(60 * MINUTE)
    expect(kinds(await read('sweep', part(all([]))))).toEqual(['coverage.gap'])
    expect(await gaps()).toMatchObject([{ to: expect.any(String), why: 'sweep', lost: [] }])
    expect(await gaps()).toHaveLength(1)
  })

  test('in what was not reached: a part that was read is compared, the rest when it is', async () => {
    for (const at of [1, 2, 3]) await hear(ts(at))
    later(10 * MINUTE)
    const first = { ...part(all([ts(3)], { from: ts(2) })), next: 'on' }
    const away = new ChatError('transient', 'ratelimited', { retryAfterMs: 60_000 })
    expect(gone(await read('sweep', first, away))).toEqual([ts(2)])
    expect(gone(await read('sweep', first, away, part(all([], { until: ts(2) }))))).toEqual([ts(1)])
  })
})

describe('a room lost and there again', () => {
  test('within a minute, and nothing was said: the gap has its end', async () => {
    const from = wardroom.now().toISOString()
    const lost: EventOf<'coverage.gap'>['data'] = { from, to: null, why: 'archived', room, lost: ['all'] }
    await write(wardroom.store, incident, [event('coverage.gap', lost)])
    later(MINUTE)
    answers = [part(all([]))]
    const state = (await wardroom.store.incident(incident))!
    await wardroom.store.write((unit) => unit.enqueue(readHistory(state, from, 'restored', { of: room })))
    await deliverPass({ ...wardroom.delivering, portOf: () => port }, 'long')
    await forget()
    expect((await wardroom.store.incident(incident))!.gaps).toMatchObject([
      { from, to: wardroom.now().toISOString(), recovered: 0 },
    ])
  })
})

describe('a start', () => {
  const since = (minutes: number) => new Date(wardroom.now().getTime() - minutes * MINUTE).toISOString()
  const started = async (minutes: number, ...parts: HistoryPart[]) =>
    readWith('restart', { heard: since(minutes) }, ...parts)

  test('after hours in which nobody listened is a gap since then, though nothing is found', async () => {
    const [from, to] = [since(120), since(0)]
    expect((await started(120, part(all([])))).map(({ data }) => data)).toMatchObject([
      { from, to, why: 'restart', recovered: 0 },
    ])
  })

  test('within minutes is none, as long as nothing was missed; what was may have been missed before', async () => {
    expect(await started(5, part(all([])))).toEqual([])
    const found = { messages: [told(ts(1), { recovered: true })], reactions: [], shown: [] }
    expect((await started(5, found)).at(-1)!.data).toMatchObject({ from: AT.toISOString(), recovered: 1 })
  })

  test('finds when each platform was last listened to, whoever said so last', async () => {
    const [early, late] = [new Date(since(9)), new Date(since(3))]
    await wardroom.store.hear(['slack', 'teams'], early)
    await wardroom.store.hear(['slack'], late)
    await wardroom.store.hear(['slack'], early)
    expect(await wardroom.store.lastHeard()).toEqual(
      new Map([
        ['slack', late],
        ['teams', early],
      ]),
    )
  })
})

describe('a reading that stops', () => {
  test('goes on in another process where it stopped, told nothing twice, and adds up what was found', async () => {
    const marks: (string | undefined)[] = []
    const asked = (next: HistoryPart | ChatError) => ({
      ...stillPlatform().port,
      async *history(_: string, { at }: HistoryWish) {
        marks.push(at)
        if (next instanceof ChatError) throw next
        yield next
        if (next.next) throw new ChatError('transient', 'ratelimited', { retryAfterMs: 60_000 })
      },
    })
    const pass = async (next: HistoryPart | ChatError) => {
      const other = await stillWardroom(wardroom.database, stillPlatform(), recordKey)
      await hurry(wardroom)
      await deliverPass({ ...other.delivering, now: wardroom.now, portOf: () => asked(next) }, 'long')
    }
    const state = (await wardroom.store.incident(incident))!
    await wardroom.store.write((unit) => unit.enqueue(readHistory(state, AT.toISOString(), 'restart')))
    const first = { messages: [told(ts(3), { recovered: true })], reactions: [], shown: [], next: 'half way' }
    await pass(first)
    await pass(new ChatError('transient', 'http_503'))
    for (let tries = 0; tries < 4; tries += 1) await pass({ ...first, next: 'nearly' })
    await pass({ messages: [told(ts(1), { recovered: true })], reactions: [], shown: [] })
    expect(marks).toEqual([undefined, 'half way', 'half way', 'nearly', 'nearly', 'nearly', 'nearly'])
    const lines = await linesOf(wardroom, incident)
    expect(lines.filter(({ kind }) => kind === 'message.posted').map(({ data }) => data.message)).toEqual([
      ts(3),
      ts(1),
    ])
    expect(lines.at(-1)).toMatchObject({ kind: 'coverage.gap', data: { recovered: 2 } })
    await forget()
  })
})

describe("a platform's own retention", () => {
  const minutes = Array.from({ length: 12 }, (_, n) => n + 1)

  test('is one gap, however much it took, and goes on where it was', async () => {
    for (const at of [...minutes, 100, 101]) await hear(ts(at))
    later(2 * DAY)
    const lines = await read('sweep', part(all([ts(100), ts(101)])))
    expect(kinds(lines)).toEqual(['coverage.gap'])
    expect(lines[0]!.data).toMatchObject({
      why: 'retention',
      room,
      vanished: 12,
      lost: ['retained'],
      through: ts(12),
      from: new Date(base.getTime() + MINUTE).toISOString(),
      to: new Date(base.getTime() + 12 * MINUTE).toISOString(),
    })
    expect(await read('sweep', part(all([ts(100), ts(101)])))).toEqual([])
    const more = await read('sweep', part(all([ts(101)])))
    expect(more.map(({ kind, data }) => [kind, data.vanished])).toEqual([['coverage.gap', 1]])
    expect((await wardroom.store.incident(incident))!.gaps).toMatchObject([
      { why: 'retention', vanished: 13 },
    ])
  })

  test.each([
    ['younger than a day', minutes, 10 * MINUTE, [100], 12],
    ['so few', minutes.slice(0, 9), 2 * DAY, [100], 9],
    ['with something older left', minutes, 2 * DAY, [1, 100], 11],
  ] as const)('does not delete what is %s: somebody did', async (_, old, age, left, count) => {
    for (const at of [...old, 100]) await hear(ts(at))
    later(age)
    expect(gone(await read('sweep', part(all(left.map(ts)))))).toHaveLength(count)
  })
})

describe('reactions that nobody told of', () => {
  const pinned = (...people: string[]) => ({
    messages: [],
    shown: [],
    reactions: [
      {
        message: ts(1),
        reactions: people.map((person) => ({ person, name: 'pushpin' })),
        partly: [] as string[],
      },
    ],
  })
  const react = (person: string, added: boolean, mark: number) =>
    wardroom.delivering.capture(
      reactionItem(
        {
          type: 'reaction',
          key: `${keyOf(room, ts(1))}:r:${person}:pushpin:${added ? '+' : '-'}:${mark}`,
          ...PLACE,
          ...{ room, message: ts(1), name: 'pushpin', added },
          ...{ actor: person, actorKind: 'human', at: wardroom.now() },
        },
        wardroom.now(),
      ),
    )
  const marks = (lines: readonly Line[]) =>
    lines.flatMap(({ kind, actor }) => (kind.startsWith('message.') ? [`${kind} ${actor.id}`] : []))

  test('are recorded as recovered, without a time, once; and taken back when they are gone', async () => {
    await hear(ts(1))
    await react('U0DANAREYES', true, 1)
    later(10 * MINUTE)
    const found = await read('sweep', pinned('U0DANAREYES', 'U0LEECHAN00'))
    expect(marks(found)).toEqual(['message.marked U0LEECHAN00'])
    expect(found[0]).toMatchObject({ data: { mark: 'pushpin', recovered: true }, source: { ts: null } })
    expect(found.at(-1)!.data).toMatchObject({ recovered: 1 })
    later(10 * MINUTE)
    expect(marks(await read('sweep', pinned('U0DANAREYES', 'U0LEECHAN00')))).toEqual([])
    expect(marks(await read('sweep', pinned('U0DANAREYES')))).toEqual(['message.unmarked U0LEECHAN00'])
    later(10 * MINUTE)
    expect(marks(await read('sweep', pinned('U0DANAREYES', 'U0LEECHAN00')))).toEqual([
      'message.marked U0LEECHAN00',
    ])
  })

  test('are left as they are where not everybody is named, and where they changed a moment ago', async () => {
    await hear(ts(1))
    await react('U0DANAREYES', true, 1)
    expect(marks(await read('sweep', pinned()))).toEqual([])
    later(10 * MINUTE)
    const some = pinned()
    some.reactions[0]!.partly.push('pushpin')
    expect(marks(await read('sweep', some))).toEqual([])
    await react('U0DANAREYES', false, 2)
    expect(marks(await read('sweep', pinned('U0DANAREYES')))).toEqual([])
  })
})

/** A platform whose every call is answered with the next of the answers given. */
const port: ChatPort = {
  ...stillPlatform().port,
  async *history() {
    for (;;) {
      const next = answers.shift()
      if (next instanceof ChatError) throw next
      if (!next) return
      yield next
      if (!next.next) return
    }
  },
}
