/** Payloads no schema knows: sealed under the organisation's key, counted, kept 30 days, never logged. */
import { sql } from 'drizzle-orm'
import { ORGANISATION } from '../domain/record.ts'
import { newSalt, seal } from '../domain/seal.ts'
import type { Database } from './database.ts'
import type { LogKeys } from './log-keys.ts'
import { quarantine } from './schema.ts'

export async function quarantinePayload(
  database: Database,
  keys: LogKeys,
  platform: string,
  payload: string,
) {
  const dek = (await keys.of(database.db, [ORGANISATION])).get(ORGANISATION)
  // Before the organisation's first entry there is no key to seal under, and nothing whose evidence this could be.
  if (!dek) return
  const body = seal(dek, { incident: 'quarantine', seq: 0, part: 0 }, newSalt(), Buffer.from(payload))
  await database.db.insert(quarantine).values({ platform, body })
}

export async function sweepQuarantine(database: Database): Promise<void> {
  await database.db.delete(quarantine).where(sql`at < clock_timestamp() - interval '30 days'`)
}
