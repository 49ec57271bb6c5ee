/** A record belongs to one workspace: another one's token does not start on it. */
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testDatabase } from './support/database.ts'
import { declareRoom } from './support/war-room.ts'
import { newRecordKey, testWardroom } from './support/wardroom.ts'

test('a record with incidents of another workspace is refused at the start, in one line', async () => {
  const database = await testDatabase()
  const recordKey = newRecordKey()
  const first = await testWardroom({ database, recordKey })
  await declareRoom(first)
  await database.transaction((tx) =>
    tx.execute(
      sql`update log set state = jsonb_set(state, '{workspace}', '"T0OTHER"') where incident like 'inc-%'`,
    ),
  )
  const { practice, clock } = first
  await expect(testWardroom({ database, recordKey, practice, clock })).rejects.toThrow(
    /^This record has incidents of workspace T0OTHER, and the token is for T0PRACTICE: .*DATA_DIR or database\.$/,
  )
  await first.close()
})
