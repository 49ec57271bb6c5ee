/** Opens the database, migrated: Postgres when a URL is given, else the embedded one in the data directory. */
import { type SQL, sql } from 'drizzle-orm'
import type { Database, Embedded, Handle, StoreLog } from './database.ts'
import { type EmbeddedOptions, openEmbedded } from './embedded.ts'
import { databaseFault } from './fault.ts'
import { assertMigrations, migrateEmbedded, migrateServer } from './migrate.ts'
import { openServer } from './server.ts'
import { type SessionGuard, sessionGuard } from './session-guard.ts'
import { rows, transactions } from './transaction.ts'

export type { Database, Embedded, Handle, StoreLog, TransactionOptions, Tx } from './database.ts'
export { interactive } from './database.ts'
export { DatabaseFault, isTryAgain, isUniqueViolation } from './fault.ts'

export type DatabaseOptions = {
  databaseUrl?: string | undefined
  /** The owner's login, for migrations only. */
  migrateDatabaseUrl?: string | undefined
  /** Embedded: the cluster lives in `dataDir/pg`. */
  dataDir?: string | undefined
  /** Tests: embedded, in memory, forgotten on close. */
  memory?: boolean
  memoryImage?: Blob | undefined
  poolSize?: number | undefined
  migrationsFolder?: string | undefined
  embedded?: Omit<EmbeddedOptions, 'dataDir' | 'memoryImage' | 'log'>
  log: StoreLog
}

type Parts = Pick<Database, 'kind' | 'db' | 'listen' | 'close'> & { embedded: Embedded | undefined }

export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  assertMigrations(options.migrationsFolder)
  const guard = sessionGuard()
  if (options.databaseUrl !== undefined)
    return assemble(await server(options, options.databaseUrl, guard), guard)
  if (options.dataDir === undefined && !options.memory)
    throw new Error('Give a database URL or a data directory.')
  return assemble(await embedded(options, guard), guard)
}

async function server(options: DatabaseOptions, databaseUrl: string, guard: SessionGuard): Promise<Parts> {
  await migrateServer(options.migrateDatabaseUrl ?? databaseUrl, options.migrationsFolder)
  const opened = await openServer({ databaseUrl, poolSize: options.poolSize }, guard)
  return { ...opened, kind: 'server', embedded: undefined }
}

async function embedded(options: DatabaseOptions, guard: SessionGuard): Promise<Parts> {
  const { dataDir, memoryImage, log } = options
  const place = options.memory ? { memoryImage } : { dataDir }
  const opened = await openEmbedded({ ...options.embedded, ...place, log }, guard)
  try {
    await migrateEmbedded(opened.client, options.migrationsFolder)
  } catch (error) {
    await opened.close()
    throw databaseFault(error)
  }
  const listen: Database['listen'] = async (channel, fn) => {
    const stop = await opened.client.listen(channel, fn)
    return () => stop()
  }
  return { kind: 'embedded', db: opened.db, listen, close: opened.close, embedded: opened.embedded }
}

function assemble(parts: Parts, guard: SessionGuard): Database {
  const { db } = parts
  return {
    ...parts,
    rows,
    transaction: transactions(db, guard),
    async listen(channel, fn) {
      guard.assertOutside()
      // PGlite writes the channel's name into SQL as it is.
      if (!/^[a-z][a-z0-9_]*$/.test(channel)) throw new Error(`Not a channel name: ${channel}`)
      return parts.listen(channel, fn)
    },
    async notify(tx, channel, payload = '') {
      await rows(tx, sql`select pg_notify(${channel}, ${payload})`)
    },
    clock: (on = db) => clock(on),
    close: once(parts.close),
  }
}

async function clock(on: Handle): Promise<Date> {
  const query: SQL = sql`select extract(epoch from clock_timestamp())::float8 * 1000 as ms`
  const [row] = await rows<{ ms: number }>(on, query)
  return new Date(row!.ms)
}

function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined
  return () => {
    closing ??= close()
    return closing
  }
}
