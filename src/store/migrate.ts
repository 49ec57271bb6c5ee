/**
 * One `drizzle/` folder migrates both databases. On a server the migrations run on a connection of their own, as the owner's
 * login, under a session lock: replicas that start together migrate once, and the late ones find nothing to do.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PGlite } from '@electric-sql/pglite'
import { drizzle as drizzleEmbedded } from 'drizzle-orm/pglite'
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator'
import { drizzle as drizzleServer } from 'drizzle-orm/postgres-js'
import { migrate as migratePostgres } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { unreachable } from './server.ts'

/** Any constant will do, as long as every version of Wardroom uses the same. */
const migrationLock = 7_211_904_013_377

export const defaultMigrations = fileURLToPath(new URL('../../drizzle/', import.meta.url))

export async function migrateEmbedded(client: PGlite, folder = defaultMigrations): Promise<void> {
  await migratePglite(drizzleEmbedded({ client }), { migrationsFolder: folder })
}

export async function migrateServer(url: string, folder = defaultMigrations): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10, idle_timeout: 0 })
  try {
    await client`select pg_advisory_lock(${migrationLock})`
    // The lock belongs to the session; ending the connection frees it whatever happened.
    await migratePostgres(drizzleServer({ client }), { migrationsFolder: folder })
  } catch (error) {
    throw unreachable(url, error)
  } finally {
    await client.end({ timeout: 5 })
  }
}

export function assertMigrations(folder = defaultMigrations): void {
  if (!existsSync(join(folder, 'meta/_journal.json')))
    throw new Error(`No migrations in ${folder}: the installation is incomplete.`)
}
