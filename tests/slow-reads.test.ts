/** A room read back and files fetched take as long as they take: nothing else waits for them, nor for one that never comes. */
import { sql } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { ChatError } from '../src/chat/port.ts'
import { deliverPass } from '../src/deliver.ts'
import { roomSweeper } from '../src/delivery/read-back.ts'
import { event } from '../src/domain/events.ts'
import { startLoops } from '../src/operate/loops.ts'
import { testDatabase } from './support/database.ts'
import { AT, begin, linesOf, write } from './support/record.ts'
import { type StillWardroom, stillWardroom } from './support/still.ts'
import { outbox } from './support/war-room.ts'

const INCIDENT = 'inc-2026-0001'

async function withRoom(): Promise<StillWardroom> {
  const wardroom = await stillWardroom(await testDatabase())
  await begin(wardroom.store, INCIDENT, 'C0ROOM')
  await wardroom.database.transaction((tx) => tx.execute(sql`delete from outbox`))
  return wardroom
}

test('while a room is read back, posts go out', async () => {
  const wardroom = await withRoom()
  const { store, database, delivering, platform } = wardroom
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  const port = {
    ...platform.port,
    async *history() {
      await ended
      yield* []
    },
  }
  const wish = { incident: INCIDENT, args: {} }
  await store.write((unit) =>
    unit.enqueue([{ ...wish, lane: `history:${INCIDENT}`, verb: 'history', view: 'history' }]),
  )
  const loops = startLoops({ ...delivering, portOf: () => port }, new Map())
  await vi.waitFor(async () => expect(await store.outbox.underWay(0)).toBe(1))
  await store.write((unit) =>
    unit.enqueue([{ ...wish, lane: `room:${INCIDENT}`, verb: 'post', view: 'notice' }]),
  )
  loops.deliver.poke()
  await vi.waitFor(() => expect(platform.posts).toHaveLength(1), 3000)
  end()
  await loops.stop()
  await database.close()
})

test('a file that never comes does not keep the next one from being fetched', async () => {
  const wardroom = await withRoom()
  const { store, database, delivering, platform } = wardroom
  const port = {
    ...platform.port,
    async download({ id }: { id: string }) {
      if (id === 'F0NEVER') throw new ChatError('transient', 'file_cut_short')
      return (async function* () {
        yield new Uint8Array(3)
      })()
    },
  }
  const file = (id: string) => ({
    incident: INCIDENT,
    lane: `files:${INCIDENT}`,
    verb: 'file',
    view: 'file',
    args: { file: id, mime: 'image/png', size: 3, seq: 1 },
  })
  await store.write((unit) => unit.enqueue([file('F0NEVER'), file('F0NEXT')]))
  for (let tries = 0; tries < 10; tries += 1) {
    await database.transaction((tx) =>
      tx.execute(
        sql`update outbox set not_before = clock_timestamp() - interval '1 second' where done_at is null`,
      ),
    )
    await deliverPass({ ...delivering, portOf: () => port })
  }
  const kept = (await linesOf({ store, database }, INCIDENT)).filter(({ kind }) => kind === 'file.added')
  expect(kept.map(({ data }) => data.file)).toEqual(['F0NEXT'])
  expect(await store.outbox.waiting()).toBe(1)
  await database.close()
})

const HOUR_MS = 3_600_000
const never = async (): Promise<never> => {
  throw new ChatError('transient', 'http_503')
}
const broken = async (): Promise<never> => {
  throw new TypeError('a fault of ours')
}

/** One file that never comes, tried once an hour of the database's clock. */
async function triedHourly(hours: number, download: () => Promise<never>) {
  const wardroom = await withRoom()
  const { store, database, delivering, platform } = wardroom
  const args = { file: 'F0NEVER', mime: 'image/png', size: 3, seq: 1 }
  await store.write((unit) =>
    unit.enqueue([{ incident: INCIDENT, lane: `files:${INCIDENT}`, verb: 'file', view: 'file', args }]),
  )
  for (let hour = 0; hour <= hours; hour += 1) {
    await deliverPass({ ...delivering, portOf: () => ({ ...platform.port, download }) })
    await database.transaction((tx) =>
      tx.execute(sql`update outbox set not_before = clock_timestamp() - interval '1 second',
        first_claimed_at = first_claimed_at - ${HOUR_MS} * interval '1 millisecond' where done_at is null`),
    )
  }
  const lines = (await linesOf({ store, database }, INCIDENT)).filter(({ kind }) =>
    /^(file|post)\./.test(kind),
  )
  const waiting = await store.outbox.waiting()
  await database.close()
  return { lines: lines.map(({ kind, data, ref }) => ({ kind, data, ref })), waiting }
}

test('a file that has not come for a day is on the record as not captured, with the last reason, and not fetched again', async () => {
  expect(await triedHourly(23, never)).toEqual({ lines: [], waiting: 1 })
  const data = { message: null, file: 'F0NEVER', size: 3, why: 'http_503' }
  expect(await triedHourly(26, never)).toEqual({
    lines: [{ kind: 'file.not_captured', data, ref: 1 }],
    waiting: 0,
  })
})

test('a file given up for a fault of ours is on the record as not captured too', async () => {
  const data = { message: null, file: 'F0NEVER', size: 3, why: 'fault' }
  expect(await triedHourly(8, broken)).toEqual({
    lines: [{ kind: 'file.not_captured', data, ref: 1 }],
    waiting: 0,
  })
})

describe('rooms are swept', () => {
  const sweeps = async (wardroom: StillWardroom) =>
    (await outbox(wardroom)).filter(({ verb, done }) => verb === 'history' && !done).map(({ args }) => args)
  const before = new Map([[INCIDENT, AT]])

  test('from the start on', async () => {
    const wardroom = await withRoom()
    const loops = startLoops({ ...wardroom.delivering, portOf: () => undefined }, before)
    await vi.waitFor(async () => expect(await sweeps(wardroom)).toMatchObject([{ why: 'sweep' }]))
    await loops.stop()
    await wardroom.database.close()
  })

  test('while the platform is away, from where the first of the sweeps that wait began', async () => {
    const wardroom = await withRoom()
    const { delivering } = wardroom
    const sweep = roomSweeper(delivering, before)
    await sweep()
    await deliverPass({ ...delivering, portOf: () => undefined })
    const [first] = await sweeps(wardroom)
    for (let hour = 1; hour <= 3; hour += 1) {
      wardroom.moveTo(new Date(AT.getTime() + hour * 3_600_000))
      await sweep()
    }
    const since = new Date(AT.getTime() - 600_000).toISOString()
    expect(await sweeps(wardroom)).toEqual([first, { why: 'sweep', since }])
    await wardroom.database.close()
  })

  test('but not those of closed incidents', async () => {
    const wardroom = await withRoom()
    const closed = event('incident.closed', { outcome: 'no-phi', duplicateOf: null }, { reason: 'none' })
    await write(wardroom.store, INCIDENT, [closed])
    await roomSweeper(wardroom.delivering, before)()
    expect(await sweeps(wardroom)).toEqual([])
    await wardroom.database.close()
  })
})
