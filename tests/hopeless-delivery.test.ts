/** A card of ours that cannot be drawn is given up after a minute of tries; what stands behind it in the room goes out. */
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { deliverPass } from '../src/deliver.ts'
import { testDatabase } from './support/database.ts'
import { begin, linesOf } from './support/record.ts'
import { stillWardroom } from './support/still.ts'

test('a post whose view fails every time is recorded as failed and does not hold up the room', async () => {
  const wardroom = await stillWardroom(await testDatabase())
  const { store, database, platform } = wardroom
  await begin(store, 'inc-2026-0001', 'C0ROOM')
  const hurry = () =>
    database.transaction((tx) =>
      tx.execute(sql`update outbox set not_before = clock_timestamp() - interval '1 second'
      where done_at is null`),
    )
  await database.transaction((tx) => tx.execute(sql`delete from outbox`))
  const wish = { incident: 'inc-2026-0001', lane: 'room:inc-2026-0001', verb: 'post', args: {} }
  await store.write((unit) =>
    unit.enqueue([
      { ...wish, view: 'no-such-view' },
      { ...wish, view: 'notice' },
    ]),
  )
  for (let tries = 0; tries < 5; tries += 1) {
    await hurry()
    await deliverPass(wardroom.delivering)
  }
  expect(platform.posts).toEqual([])
  for (let tries = 0; tries < 2; tries += 1) {
    await hurry()
    await deliverPass(wardroom.delivering)
  }
  expect(platform.posts).toHaveLength(1)
  const lines = await linesOf({ store, database }, 'inc-2026-0001')
  expect(lines.filter(({ kind }) => kind === 'post.failed').map(({ data }) => data)).toMatchObject([
    { view: 'no-such-view', code: 'fault' },
  ])
  await database.close()
})
