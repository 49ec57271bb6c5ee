/** One way to open a transaction on both databases: bounded waits, bounded statements, clean faults. */
import type { SQL } from 'drizzle-orm'
import type { Database, Handle, TransactionOptions, Tx } from './database.ts'
import { DatabaseFault, databaseFault } from './fault.ts'
import type { SessionGuard } from './session-guard.ts'

const patient = { lockTimeoutMs: 10_000, statementTimeoutMs: 30_000 }

export async function rows<T extends Record<string, unknown>>(on: Handle, query: SQL): Promise<T[]> {
  try {
    const result: unknown = await on.execute(query)
    return Array.isArray(result) ? [...(result as T[])] : (result as { rows: T[] }).rows
  } catch (error) {
    throw databaseFault(error)
  }
}

/**
 * A statement whose text never varies: sent as it stands, planned once a session, in one round trip. What varies in
 * length goes in as arrays; everything else of drizzle's is planned anew each time and asked about in two.
 */
export async function fixed<T>(on: Handle, text: string, params: readonly unknown[]): Promise<T[]> {
  const query = { sql: text, params: [...params] }
  const result: unknown = await on._.session.prepareQuery(query, undefined, 'fixed', false).execute()
  return Array.isArray(result) ? [...(result as T[])] : (result as { rows: T[] }).rows
}

const LIMITS = `select set_config('lock_timeout', $1, true), set_config('statement_timeout', $2, true),
  set_config('idle_in_transaction_session_timeout', $3, true)`

export function transactions(db: Handle, guard: SessionGuard): Database['transaction'] {
  return async <T>(fn: (tx: Tx) => Promise<T>, options: TransactionOptions = {}) => {
    guard.assertOutside()
    const { lockTimeoutMs, statementTimeoutMs, isolation } = { ...patient, ...options }
    const entry = boundedEntry(lockTimeoutMs)
    const config = isolation === undefined ? undefined : { isolationLevel: isolation }
    const work = db.transaction(async (tx) => {
      entry.enter()
      const idleMs = lockTimeoutMs + statementTimeoutMs
      // Sent before the first statement and not waited for: a session answers in order, so it holds for that one too.
      const limits = fixed(tx, LIMITS, [lockTimeoutMs, statementTimeoutMs, idleMs].map(String))
      limits.catch(() => {})
      try {
        return await fn(tx as Tx)
      } finally {
        // Where this failed, everything after it failed for that reason.
        await limits
      }
    }, config)
    try {
      return await Promise.race([work, entry.expired])
    } catch (error) {
      throw databaseFault(error)
    } finally {
      entry.clear()
    }
  }
}

/** Neither driver bounds the wait for a session. Whoever gave up refuses to enter later: nothing is recorded behind a refusal. */
function boundedEntry(limitMs: number) {
  let late: DatabaseFault | undefined
  let timer: NodeJS.Timeout | undefined
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      late = new DatabaseFault('55P03', `No database session was free within ${limitMs} ms`)
      reject(late)
    }, limitMs)
  })
  expired.catch(() => {})
  return {
    expired,
    clear: () => clearTimeout(timer),
    enter() {
      if (late) throw late
      clearTimeout(timer)
    },
  }
}
