/** What the rest of the store sees of a database, embedded or server. */
import type { ExtractTablesWithRelations, SQL } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT, PgTransaction } from 'drizzle-orm/pg-core'

export type Schema = Record<string, never>
/** Either the outer handle or a transaction: enough to read. */
export type Handle = PgDatabase<PgQueryResultHKT, Schema>
/** An open transaction: what a writer must be given. */
export type Tx = PgTransaction<PgQueryResultHKT, Schema, ExtractTablesWithRelations<Schema>>

export type StoreLog = Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>

export type Isolation = 'read committed' | 'repeatable read' | 'serializable'
export type TransactionOptions = {
  /** Bounds each wait for a row lock, and the wait for a session (a pooled connection; the one session when embedded). */
  lockTimeoutMs?: number
  /** Bounds each statement. PGlite cannot interrupt one (no signal reaches it): embedded, a long statement ends and counts. */
  statementTimeoutMs?: number
  isolation?: Isolation
}

/** Platforms do not retry commands, buttons and forms: answer "nothing was recorded, try again" within three seconds. */
export const interactive: TransactionOptions = { lockTimeoutMs: 2_000, statementTimeoutMs: 2_000 }

export type Embedded = {
  directory: string | undefined
  walBytes: () => Promise<number>
  checkpoint: () => Promise<void>
  /** The whole data directory as a tarball; what `memoryImage` takes. */
  dump: () => Promise<Blob>
}

export type Database = {
  kind: 'embedded' | 'server'
  db: Handle
  transaction: <T>(fn: (tx: Tx) => Promise<T>, options?: TransactionOptions) => Promise<T>
  rows: <T extends Record<string, unknown>>(on: Handle, query: SQL) => Promise<T[]>
  listen: (channel: string, fn: (payload: string) => void) => Promise<() => Promise<void>>
  /** Heard on commit, by every replica; a hint only: polling remains the truth. */
  notify: (tx: Handle, channel: string, payload?: string) => Promise<void>
  /** The database's own clock, for leases, back-off and signature age; never for legal time. */
  clock: (on?: Handle) => Promise<Date>
  embedded: Embedded | undefined
  close: () => Promise<void>
}
