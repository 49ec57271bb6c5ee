/** One pending row a card: whoever finds it pending holds it until their own commit, or it would be drawn too early. */
import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/store/db.ts'
import { loadKeys } from '../../src/store/keys.ts'
import { openStore } from '../../src/store/store.ts'
import { silent, testDatabase, testServerUrl } from '../support/database.ts'
import { newRecordKey } from '../support/wardroom.ts'

// The embedded database has one session: nobody can claim between a wish and its commit.
describe.skipIf(testServerUrl === undefined)('two sessions', () => {
  test('a card wished for again while it waits is claimed only after that commit', async () => {
    const database = await testDatabase()
    const second = await openDatabase({ databaseUrl: database.url!, log: silent })
    const keys = loadKeys({ recordKey: newRecordKey() })
    const [first, other] = await Promise.all(
      [database, second].map((one) => openStore(one, keys, () => null)),
    )
    const incident = 'inc-2026-0001'
    const card = `${incident}/C0ROOM/status`
    const wish = { incident, lane: `room:${incident}`, verb: 'card', view: 'status', args: {}, card }
    await first!.write((unit) => unit.enqueue([wish]))
    let early: readonly unknown[] = []
    await first!.write(async (unit) => {
      await unit.enqueue([wish])
      early = await other!.outbox.claim(20, 60_000)
    })
    expect(early).toEqual([])
    expect(await other!.outbox.claim(20, 60_000)).toMatchObject([{ card }])
    await second.close()
    await database.close()
  })
})
