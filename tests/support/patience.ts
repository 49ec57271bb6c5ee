/** A Wardroom whose waits are over when the test says so, and which is verified when the test ends. */
import { sql } from 'drizzle-orm'
import { afterEach, expect } from 'vitest'
import { drain } from '../../src/operate/loops.ts'
import { faults } from './record.ts'
import { outbox } from './war-room.ts'
import { type TestWardroom, testWardroom } from './wardroom.ts'

/** Each is a try of whatever failed. */
const PASSES = 400

export const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

export async function start(options: Parameters<typeof testWardroom>[0] = {}): Promise<TestWardroom> {
  const wardroom = await testWardroom(options)
  ends.push(async () => {
    expect(await faults(wardroom.store)).toEqual([])
    await wardroom.close()
  })
  return wardroom
}

/** Time on the database's clock, for waits and leases: moved by moving the rows. A call under way keeps its lease. */
export const hurry = (wardroom: Pick<TestWardroom, 'database'>) =>
  wardroom.database.transaction((tx) =>
    tx.execute(sql`update outbox set not_before = clock_timestamp() - interval '1 second'
      where done_at is null and leased_until is null`),
  )
export const expire = (wardroom: Pick<TestWardroom, 'database'>) =>
  wardroom.database.transaction((tx) =>
    tx.execute(sql`update outbox set leased_until = clock_timestamp() - interval '1 second'
      where done_at is null and leased_until is not null`),
  )

/** Passes, each as if every wait were over, until nothing is left to do. */
export async function patiently(wardroom: TestWardroom): Promise<void> {
  for (let pass = 0; pass < PASSES; pass += 1) {
    await hurry(wardroom)
    await drain(wardroom.delivering)
    await wardroom.world.idle()
    if ((await outbox(wardroom)).every((row) => row.done)) {
      // What the last of them made happen may be on its way, and make something to deliver.
      await wardroom.settle()
      if ((await outbox(wardroom)).every((row) => row.done)) return
    }
    // A call under way keeps its row.
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  const left = (await outbox(wardroom)).filter((row) => !row.done)
  throw new Error(
    `never delivered: ${left.map((row) => `${row.verb} ${row.view} ${row.outcome}`).join('; ')}`,
  )
}
