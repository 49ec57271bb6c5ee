/**
 * What happens in a room while nothing is told, found by history: words changed and changed back, our own posts deleted,
 * the room under another id. Each is said once.
 */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  ChatError,
  type ChatPort,
  type HistoryPart,
  type InboundMessage,
  type InboundRoom,
} from '../src/chat/port.ts'
import { checkpoints } from '../src/checkpoints.ts'
import { deliverPass } from '../src/deliver.ts'
import { event } from '../src/domain/events.ts'
import { messageItem } from '../src/evidence/evidence-of.ts'
import { watchOn } from '../src/evidence/watch.ts'
import { cardKey, post, readHistory, redraw } from '../src/outgoing/deliveries.ts'
import { testDatabase } from './support/database.ts'
import { hurry } from './support/patience.ts'
import { AT, begin, faults, keyOf, type Line, linesOf, PLACE, write } from './support/record.ts'
import { type StillWardroom, stillPlatform, stillWardroom } from './support/still.ts'
import { newRecordKey } from './support/wardroom.ts'

const MINUTE = 60_000
let wardroom: StillWardroom
let incident = ''
let room = ''
let rooms = 0
/** What the room's history shows, one call a read; a code: it is turned away. */
let answer: HistoryPart | string
const read: string[] = []

beforeAll(async () => {
  wardroom = await stillWardroom(await testDatabase(), stillPlatform(), newRecordKey())
})
afterAll(async () => {
  expect(await faults(wardroom.store)).toEqual([])
  await wardroom.database.close()
})
beforeEach(async () => {
  rooms += 1
  incident = `inc-2026-${String(rooms).padStart(4, '0')}`
  room = `C0UNSEEN${rooms}`
  await begin(wardroom.store, incident, room)
  await forget()
})

const forget = () => wardroom.database.transaction((tx) => tx.execute(sql`delete from outbox`))
const later = (minutes: number) => wardroom.moveTo(new Date(wardroom.now().getTime() + minutes * MINUTE))

const port: ChatPort = {
  ...stillPlatform().port,
  async *history(of) {
    read.push(of)
    if (typeof answer === 'string') throw new ChatError('gone', answer)
    yield answer
  },
}
const delivering = () => ({
  ...wardroom.delivering,
  portOf: () => ({ ...wardroom.platform.port, history: port.history }),
})

async function deliver(): Promise<void> {
  for (let pass = 0; pass < 8; pass += 1) {
    await hurry(wardroom)
    if ((await deliverPass(delivering())) === 0) return
  }
}

const told = (message: string, more: Partial<InboundMessage> = {}): InboundMessage => ({
  type: 'message',
  change: 'posted',
  key: keyOf(room, message),
  ...PLACE,
  ...{ room, message, actor: 'U0SAMOKAFOR', actorKind: 'human', at: wardroom.now() },
  body: { text: 'the disk is encrypted', author: 'U0SAMOKAFOR', files: [] },
  ...more,
})
const hear = (inbound: InboundMessage) =>
  wardroom.delivering.capture(messageItem(inbound, wardroom.now(), watchOn(wardroom.delivering, 'slack')))
const shows = (messages: readonly string[], more: Partial<HistoryPart> = {}): HistoryPart => ({
  messages: [],
  reactions: [],
  shown: [{ thread: '', from: null, until: null, messages }],
  ...more,
})

/** The room is read; what that put on the record. */
async function found(given: HistoryPart | string): Promise<Line[]> {
  answer = given
  const before = (await wardroom.store.head(incident))!.seq
  const state = (await wardroom.store.incident(incident))!
  await wardroom.store.write((unit) =>
    unit.enqueue(readHistory(state, AT.toISOString(), 'sockets_down', { whole: true })),
  )
  await deliver()
  return (await linesOf(wardroom, incident)).filter(({ seq, kind }) => seq > before && kind !== 'post.sent')
}
const kinds = (lines: readonly Line[]) =>
  lines.map(({ kind }) => kind).filter((kind) => kind !== 'coverage.gap')

describe('words changed and changed back while nobody listened', () => {
  const edit = (mark: string, words: string | undefined, at: Date) =>
    told('1.1', {
      change: 'edited',
      key: `${keyOf(room, '1.1')}:e${mark}`,
      at,
      ...(words ? { sameAs: `${keyOf(room, '1.1')}:v${words}` } : {}),
    })
  const inSeconds = (seconds: number) => new Date(AT.getTime() + seconds * 1000)
  const history = (inbound: InboundMessage) => shows(['1.1'], { messages: [{ ...inbound, recovered: true }] })

  test.each([
    ['told by the time of the last edit alone', undefined],
    ['though these very words were an edit seen before, where the words tell an edit apart', 'A'],
  ] as const)('%s: an entry at the platform’s time, once', async (_, words) => {
    await hear(told('1.1'))
    await hear(edit('1', words, inSeconds(10)))
    await hear(edit('2', words && 'B', inSeconds(20)))
    later(10)
    expect(kinds(await found(history(edit('2', words && 'B', inSeconds(20)))))).toEqual([])
    const back = history(edit('3', words, inSeconds(300)))
    const lines = await found(back)
    expect(kinds(lines)).toEqual(['message.edited'])
    expect(lines[0]).toMatchObject({
      data: { recovered: true },
      source: { ts: inSeconds(300).toISOString() },
      text: { body: 'the disk is encrypted' },
    })
    expect(kinds(await found(back))).toEqual([])
  })

  test('an edit that was seen as it happened, stamped a little otherwise by history, is the same one', async () => {
    await hear(told('1.1'))
    await hear(edit('1', 'A', inSeconds(10)))
    later(10)
    expect(kinds(await found(history(edit('1b', 'A', inSeconds(12)))))).toEqual([])
  })
})

describe('our own posts', () => {
  /** The cards of a room and a checkpoint under its notice, as they were posted. */
  async function posts() {
    const state = (await wardroom.store.incident(incident))!
    await wardroom.store.write((unit) =>
      unit.enqueue([...post(state, 'notice', {}, 'notice'), ...redraw(state, 'status')]),
    )
    await deliver()
    await write(wardroom.store, incident, [event('note.recorded', {}, { what: 'x' })])
    later(61)
    await checkpoints(wardroom.delivering)
    await deliver()
    return Object.fromEntries(
      (await linesOf(wardroom, incident))
        .filter(({ kind, data }) => kind === 'post.sent' && data.to === null)
        .map(({ seq, data }) => [data.view as string, { seq, message: data.message as string }]),
    ) as Record<'notice' | 'status' | 'checkpoint', { seq: number; message: string }>
  }
  const alarms = async () => (await linesOf(wardroom, incident)).filter(({ kind }) => kind === 'room.alarmed')
  const shown = (roots: readonly string[], root: string, replies: readonly string[]) =>
    shows(roots, {
      shown: [
        { thread: '', from: null, until: null, messages: roots },
        { thread: root, from: null, until: null, messages: replies },
      ],
    })
  const checkpointsPosted = async () =>
    (await linesOf(wardroom, incident)).filter(
      ({ kind, data }) => kind === 'post.sent' && data.view === 'checkpoint' && data.to === null,
    )

  test('deleted unseen are found missing, by what each showed; a checkpoint is an alarm, and posted again', async () => {
    const { notice, status, checkpoint } = await posts()
    later(10)
    expect(
      kinds(await found(shown([notice.message, status.message], notice.message, [checkpoint.message]))),
    ).toEqual([])
    const lines = await found(shown([notice.message], notice.message, []))
    const vanished = lines.filter(({ kind }) => kind === 'message.vanished')
    expect(vanished.map(({ ref, data }) => [data.ownPost, data.thread, ref])).toEqual([
      ['status', null, status.seq],
      ['checkpoint', notice.message, checkpoint.seq],
    ])
    expect((await alarms()).map(({ data }) => data)).toEqual([
      { room, why: 'checkpoint-deleted', person: null },
    ])
    const said = wardroom.platform.posts.filter(({ text }) => text.includes('somebody deleted it'))
    expect(said.map((each) => each.room).sort()).toEqual([room, 'D-U0PRIYANAIR'])
    await checkpoints(wardroom.delivering)
    await deliver()
    expect(await checkpointsPosted()).toHaveLength(2)
    expect(kinds(await found(shown([notice.message], notice.message, [])))).not.toContain('message.vanished')
    expect(await alarms()).toHaveLength(1)
  })

  test('a checkpoint whose deletion is told is an alarm too, once a day however many; another post of ours is none', async () => {
    const { status, checkpoint } = await posts()
    const deleted = (message: string) =>
      wardroom.handle(
        told(message, {
          ...{ change: 'deleted', key: `${keyOf(room, message)}:d`, own: true },
          ...{ actor: '', actorKind: 'system' },
        }),
      )
    await deleted(status.message)
    expect(await alarms()).toEqual([])
    await deleted(checkpoint.message)
    later(2)
    await checkpoints(wardroom.delivering)
    await deliver()
    const [, again] = await checkpointsPosted()
    await deleted(again!.data.message)
    await deleted(again!.data.message)
    expect(await alarms()).toHaveLength(1)
    await checkpoints(wardroom.delivering)
    await deliver()
    expect(await checkpointsPosted()).toHaveLength(3)
  })
})

describe('a room that was given another id', () => {
  const moved = (newRoom: string): InboundRoom => ({
    type: 'room',
    change: 'id-changed',
    key: `slack:${room}:moved`,
    ...PLACE,
    ...{ actor: '', actorKind: 'system', at: wardroom.now(), room, newRoom },
  })

  test('is followed: what was said before is known there, edits are about it, and cards are where they were', async () => {
    const state = (await wardroom.store.incident(incident))!
    await wardroom.store.write((unit) => unit.enqueue(redraw(state, 'status')))
    answer = shows([])
    await deliver()
    for (const message of ['1.1', '1.2', '1.3']) await hear(told(message))
    const seqOf = async (message: string) =>
      (await linesOf(wardroom, incident)).find(
        ({ kind, data }) => kind === 'message.posted' && data.message === message,
      )!.seq
    await wardroom.store.write((unit) => unit.enqueue(redraw(state, 'status')))
    const now = `${room}N`
    later(10)
    read.length = 0
    const status = (await wardroom.store.outbox.cardPlace(cardKey(state, room, 'status')))!.message
    const all = ['1.1', '1.2', '1.3', status]
    answer = shows(all, {
      messages: all.slice(0, 3).map((message) => ({
        ...told(message, { room: now, key: keyOf(now, message) }),
        recovered: true,
      })),
    })
    const before = wardroom.platform.posts.length
    await wardroom.handle(moved(now))
    // Told late, under the id it was said under.
    await hear(told('1.4'))
    await deliver()
    expect(read).toContain(now)
    expect(wardroom.platform.posts).toHaveLength(before)
    expect((await wardroom.store.incident(incident))!.rooms).toMatchObject([{ room: now, formerly: [room] }])
    const edit = told('1.2', { room: now, key: `${keyOf(now, '1.2')}:e9`, change: 'edited' })
    await hear(edit)
    expect((await linesOf(wardroom, incident)).at(-1)).toMatchObject({
      kind: 'message.edited',
      ref: await seqOf('1.2'),
    })
    later(10)
    const lines = await found(
      shows(['1.1', '1.2', status], {
        messages: [{ ...told('1.4', { room: now, key: keyOf(now, '1.4') }), recovered: true }],
      }),
    )
    expect(
      lines.filter(({ kind }) => kind.startsWith('message.')).map(({ kind, ref }) => [kind, ref]),
    ).toEqual([
      ['message.vanished', await seqOf('1.3')],
      ['message.vanished', await seqOf('1.4')],
    ])
  })

  test('and refused under the old one before that was told: it is there again, and the gap has its end', async () => {
    await hear(told('1.1'))
    expect(kinds(await found('channel_not_found'))).toEqual([])
    expect((await wardroom.store.incident(incident))!.gaps).toMatchObject([{ to: null, room }])
    await write(wardroom.store, incident, [event('room.lost', { room, why: 'channel_not_found' })])
    later(10)
    answer = shows(['1.1'])
    await wardroom.handle(moved(`${room}N`))
    await deliver()
    const state = (await wardroom.store.incident(incident))!
    expect(state.rooms).toMatchObject([{ room: `${room}N`, lost: null }])
    expect(state.gaps).toMatchObject([{ to: expect.any(String), room: `${room}N` }])
  })
})
