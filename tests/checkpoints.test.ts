/** What makes a checkpoint and what does not, when the room sees one, and who is handed the last. Time is moved by hand. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ChatError } from '../src/chat/port.ts'
import { event } from '../src/domain/events.ts'
import { checkpointNow } from '../src/pipeline/checkpoint.ts'
import { SYSTEM } from '../src/pipeline/commit.ts'
import { newCheckpointKeyText, readCheckpointKey } from '../src/store/checkpoint-key.ts'
import { rotateCheckpointKey } from '../src/store/checkpoint-keyring.ts'
import { openDatabase } from '../src/store/db.ts'
import { tick } from '../src/tick.ts'
import {
  declare,
  drain,
  INCIDENT,
  pass,
  ROOM,
  run,
  say,
  signed,
  why,
  witnessed,
} from './support/checkpoints.ts'
import { silent, type TestDatabase, testDatabase, testServerUrl } from './support/database.ts'
import { faults, linesOf, write } from './support/record.ts'
import { type StillWardroom, stillPlatform, stillWardroom } from './support/still.ts'
import { newRecordKey } from './support/wardroom.ts'

let database: TestDatabase
let wardroom: StillWardroom

beforeEach(async () => {
  database = await testDatabase()
  wardroom = await stillWardroom(database)
  await declare(wardroom)
})
afterEach(async () => {
  expect(await faults(wardroom.store)).toEqual([])
  await database.close()
})

describe('signed', () => {
  test('a minute after people’s entries, over everything before it, and verified', async () => {
    await pass(wardroom, 59)
    expect(await signed(wardroom)).toEqual([])
    await pass(wardroom, 1)
    const [first] = await signed(wardroom)
    const before = (await linesOf(wardroom, INCIDENT))[first!.seq - 2]
    expect(first!.data).toMatchObject({ seq: before!.seq, head: first!.prev, why: 'minute', practice: true })
    expect(first!.data.key).toBe(wardroom.delivering.checkpointKey.fingerprint)
  })

  test('each minute in which somebody says something, and once for many words', async () => {
    for (let minute = 0; minute < 3; minute += 1) {
      for (const word of ['one', 'two', 'three']) await say(wardroom, word)
      await pass(wardroom, 30)
      await pass(wardroom, 30)
    }
    expect(await why(wardroom)).toEqual(['minute', 'minute', 'minute'])
  })

  test('never for posts and checkpoints, nor for what the bot does by itself', async () => {
    await pass(wardroom, 60)
    // The first was posted nowhere yet; an hour on it is, and neither the post nor its entry asks for another.
    for (let hour = 0; hour < 4; hour += 1) await pass(wardroom, 3600)
    const gap = event('coverage.gap', { from: 'a', to: 'b', why: 'restart' })
    await wardroom.store.write((unit) =>
      unit.append(INCIDENT, [gap], { actor: SYSTEM, at: wardroom.now(), source: null }),
    )
    await pass(wardroom, 120)
    expect(await why(wardroom)).toEqual(['minute'])
    expect(
      (await linesOf(wardroom, INCIDENT)).filter(({ kind }) => kind === 'post.sent').length,
    ).toBeGreaterThan(4)
    // Whoever speaks next has all of that covered.
    await say(wardroom, 'and then')
    await pass(wardroom, 60)
    expect(await why(wardroom)).toEqual(['minute', 'minute'])
  })

  test('is asked about while something is left, and not again until somebody appends', async () => {
    const waiting = async () => (await wardroom.store.checkpoints.waiting()).map(({ incident }) => incident)
    expect(await waiting()).toEqual([INCIDENT])
    await pass(wardroom, 60)
    // Signed, and not in the room yet: that is due in an hour. Its post is an entry, looked at once more.
    expect(await waiting()).toEqual([INCIDENT])
    await pass(wardroom, 3600)
    await pass(wardroom, 60)
    expect(await waiting()).toEqual([])
    await say(wardroom, 'and then')
    expect(await waiting()).toEqual([INCIDENT])
    await pass(wardroom, 60)
    expect(await why(wardroom)).toEqual(['minute', 'minute'])
  })

  test('within the hour where a version before this one appended, which leaves no name', async () => {
    await pass(wardroom, 60)
    await wardroom.database.transaction((tx) => tx.execute('delete from checkpoint_waiting'))
    await pass(wardroom, 60)
    expect(witnessed(wardroom)).toEqual([])
    await pass(wardroom, 3600)
    expect(witnessed(wardroom)).toHaveLength(1)
  })

  test('at five hundred entries, without waiting for the minute', async () => {
    await pass(wardroom, 60)
    const many = Array.from({ length: 499 }, () => event('access.viewed', { verb: 'status', via: 'slash' }))
    await write(wardroom.store, INCIDENT, many)
    await tick(wardroom.delivering)
    expect(await why(wardroom)).toHaveLength(1)
    await write(wardroom.store, INCIDENT, many.slice(0, 1))
    await tick(wardroom.delivering)
    expect(await why(wardroom)).toEqual(['minute', 'entries'])
  })

  test('at once at a decision, a phase and the close; only the last two are posted at once', async () => {
    await run(wardroom, 'claim commander', 'U0PRIYANAIR')
    await pass(wardroom, 60)
    await run(wardroom, 'decide wipe it because it was stolen', 'U0PRIYANAIR')
    await pass(wardroom, 1)
    expect(await why(wardroom)).toEqual(['minute', 'decision'])
    expect(witnessed(wardroom)).toEqual([])
    await run(wardroom, 'phase next because the device is known', 'U0PRIYANAIR')
    await pass(wardroom, 1)
    expect(await why(wardroom)).toEqual(['minute', 'decision', 'phase'])
    expect(witnessed(wardroom)).toHaveLength(1)
    const reason = { reason: 'it was found' }
    const closed = event('incident.closed', { outcome: 'false-alarm', duplicateOf: null }, reason)
    await write(wardroom.store, INCIDENT, [closed], 'U0PRIYANAIR')
    await pass(wardroom, 1)
    expect(await why(wardroom)).toEqual(['minute', 'decision', 'phase', 'closed'])
    expect(witnessed(wardroom)).toHaveLength(2)
  })

  test('at once where it is asked for, in that commit and over all of it, and posted', async () => {
    await say(wardroom, 'and this')
    const asked = event('access.viewed', { verb: 'export', via: 'slash' })
    const stamp = { actor: SYSTEM, at: wardroom.now(), source: null }
    await wardroom.store.write(async (unit) => {
      await unit.append(INCIDENT, [asked], stamp)
      await checkpointNow(wardroom.delivering, unit, INCIDENT, 'export')
    })
    await drain(wardroom)
    const lines = await linesOf(wardroom, INCIDENT)
    const request = lines.findLast(({ data }) => data.verb === 'export')!
    const [checkpoint] = await signed(wardroom)
    expect(checkpoint).toMatchObject({ seq: request.seq + 1, data: { seq: request.seq, why: 'export' } })
    expect(witnessed(wardroom)).toHaveLength(1)
    // What it covered is looked at: the minute finds nothing more to sign.
    await pass(wardroom, 60)
    expect(await why(wardroom)).toEqual(['export'])
  })

  test('a close that is exported before the tick has come still hands its head to the officers', async () => {
    const closed = event('incident.closed', { outcome: 'false-alarm', duplicateOf: null }, { reason: 'no' })
    await write(wardroom.store, INCIDENT, [closed])
    await wardroom.store.write((unit) => checkpointNow(wardroom.delivering, unit, INCIDENT, 'export'))
    await pass(wardroom, 1)
    expect(await why(wardroom)).toEqual(['closed'])
    expect(wardroom.platform.posts.filter(({ text }) => text.includes('Keep this message'))).toHaveLength(2)
  })

  test('not with a key that another took the place of: nothing is signed, and the record goes on', async () => {
    const next = readCheckpointKey(newCheckpointKeyText(), 'the next')
    const stamp = { actor: SYSTEM, at: wardroom.now(), source: null }
    const old = wardroom.delivering.checkpointKey
    await wardroom.store.write((unit) => rotateCheckpointKey(unit, old, next, stamp))
    await say(wardroom, 'still heard')
    await pass(wardroom, 60)
    expect(await signed(wardroom)).toEqual([])
    const renewed = { ...wardroom.delivering, checkpointKey: next }
    await tick(renewed)
    expect((await signed(wardroom)).map(({ data }) => data.key)).toEqual([next.fingerprint])
  })
})

describe('posted', () => {
  test('hourly while there is something new, in one thread under the notice', async () => {
    const notice = wardroom.platform.posts.find(({ text }) =>
      text.includes('Everything said here is recorded'),
    )
    for (let minute = 0; minute < 150; minute += 10) {
      await say(wardroom, `minute ${minute}`)
      await pass(wardroom, 600)
    }
    expect(await why(wardroom)).toHaveLength(15)
    expect(witnessed(wardroom).map(({ thread }) => thread)).toEqual([notice!.message, notice!.message])
    // Half an hour is left over: posted at its hour although nobody says anything more; then never again.
    for (let hour = 0; hour < 5; hour += 1) await pass(wardroom, 3600)
    expect(witnessed(wardroom)).toHaveLength(3)
  })

  test('the post holds the very lines that are signed', async () => {
    await pass(wardroom, 3600)
    const [post] = witnessed(wardroom)
    const [line] = await signed(wardroom)
    const { seq, head, key, signature } = line!.data
    expect(post!.text.split('\n').slice(-7)).toEqual([
      `wardroom checkpoint ${INCIDENT}`,
      String(seq),
      head,
      wardroom.now().toISOString(),
      key,
      'practice',
      `— ${key} ${signature}`,
    ])
  })

  test('the last one goes to counsel and privacy officer as well', async () => {
    const closed = event('incident.closed', { outcome: 'false-alarm', duplicateOf: null }, { reason: 'no' })
    await write(wardroom.store, INCIDENT, [closed])
    await pass(wardroom, 1)
    const kept = wardroom.platform.posts.filter(({ text }) => text.includes('Keep this message'))
    const { roster } = await wardroom.store.organisation()
    const officers = [roster.counsel?.holder, roster['privacy-officer']?.holder]
    expect(kept.map(({ room }) => room).sort()).toEqual(officers.map((id) => `D-${id}`).sort())
  })

  test('in the room while its thread’s first post is gone, and from then on under that', async () => {
    const { port } = wardroom.platform
    const notice = wardroom.platform.posts.find(({ text }) =>
      text.includes('Everything said here is recorded'),
    )
    const post = port.post.bind(port)
    Object.assign(port, {
      post: (...[target, card, delivery]: Parameters<typeof post>) =>
        'room' in target && target.thread === notice!.message
          ? Promise.reject(new ChatError('gone', 'thread_not_found'))
          : post(target, card, delivery),
    })
    await pass(wardroom, 3600)
    await say(wardroom, 'more')
    await pass(wardroom, 3600)
    const [first, second] = witnessed(wardroom)
    expect([first!.thread, second!.thread]).toEqual([undefined, first!.message])
    const { rooms } = (await wardroom.store.incident(INCIDENT))!
    expect(rooms.map(({ lost }) => lost)).toEqual([null])
  })

  test('not while there is no room, and again once there is', async () => {
    const { port } = wardroom.platform
    const { roomInfo } = port
    Object.assign(port, { roomInfo: async () => ({ ...(await roomInfo(ROOM)), archived: true }) })
    await write(wardroom.store, INCIDENT, [event('room.lost', { room: ROOM, why: 'archived' })])
    await pass(wardroom, 3600)
    await pass(wardroom, 3600)
    expect(witnessed(wardroom)).toEqual([])
    Object.assign(port, { roomInfo })
    await write(wardroom.store, INCIDENT, [event('room.restored', { room: ROOM })])
    await pass(wardroom, 3600)
    expect(witnessed(wardroom)).toHaveLength(1)
  })
})

test.skipIf(testServerUrl === undefined)('two replicas sign and post once each time', async () => {
  const shared = await testDatabase()
  const second = { ...(await openDatabase({ databaseUrl: shared.url!, log: silent })), url: shared.url }
  const platform = stillPlatform()
  const key = newRecordKey()
  const both = [await stillWardroom(shared, platform, key), await stillWardroom(second, platform, key)]
  await declare(both[0]!)
  for (let n = 1; n <= 10; n += 1) {
    await say(both[n % 2]!, `words ${n}`)
    const at = new Date(both[0]!.now().getTime() + 600_000)
    for (const one of both) one.moveTo(at)
    await Promise.all(both.map((one) => tick(one.delivering)))
    await drain(...both)
  }
  expect(await why(both[0]!)).toEqual(Array.from({ length: 10 }, () => 'minute'))
  expect(witnessed(both[0]!)).toHaveLength(1)
  expect(await faults(both[0]!.store)).toEqual([])
  await second.close()
  await shared.close()
})
