/** One pass of the tick reaches every incident that is due, also past those that cannot be woken. */
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { tick } from '../src/tick.ts'
import { testDatabase } from './support/database.ts'
import { AT, begin, linesOf } from './support/record.ts'
import { stillWardroom } from './support/still.ts'

const INCIDENT = 'inc-2026-0900'
const MORNING = new Date('2026-12-20T14:00:00Z')

test.each([
  ['long before it', AT],
  ['at the same moment', MORNING],
])('120 incidents that can never be woken, due %s, keep no other from its reminders', async (_, wakeAt) => {
  const wardroom = await stillWardroom(await testDatabase())
  const { store, database } = wardroom
  await begin(store, INCIDENT, 'C0ROOM')
  // Of another version: this process refuses to write them.
  await database.transaction((tx) =>
    tx.execute(sql`insert into log (incident, seq, hash, reducer, state, next_wake_at)
      select 'inc-2026-' || lpad(n::text, 4, '0'), 0, '', 0, '{}', ${wakeAt.toISOString()}::timestamptz
      from generate_series(1, 120) n`),
  )
  await database.transaction((tx) =>
    tx.execute(
      sql`update log set next_wake_at = ${MORNING.toISOString()}::timestamptz where incident = ${INCIDENT}`,
    ),
  )
  wardroom.moveTo(MORNING)
  expect(await tick(wardroom.delivering)).toBe(1)
  const lines = await linesOf({ store, database }, INCIDENT)
  expect(lines.map(({ kind }) => kind)).toContain('reminder.sent')
  await database.close()
})
