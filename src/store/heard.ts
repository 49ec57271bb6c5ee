/** When each platform was last listened to, by whichever process: so that a start knows for how long nobody did. */
import { sql } from 'drizzle-orm'
import type { Handle } from './database.ts'
import { heard } from './schema.ts'

/** Somebody listens to these platforms now. Replicas whose clocks differ agree on the latest. */
export async function hear(on: Handle, platforms: readonly string[], at: Date): Promise<void> {
  if (platforms.length === 0) return
  await on
    .insert(heard)
    .values(platforms.map((platform) => ({ platform, at })))
    .onConflictDoUpdate({ target: heard.platform, set: { at: sql`greatest(${heard.at}, excluded.at)` } })
}

export async function lastHeard(on: Handle): Promise<ReadonlyMap<string, Date>> {
  const rows = await on.select().from(heard)
  return new Map(rows.map(({ platform, at }) => [platform, at]))
}
