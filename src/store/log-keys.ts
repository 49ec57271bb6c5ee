/**
 * One data key per log: made with the log, wrapped by the record key. A disposal puts another in its place, so whoever
 * seals asks with what the locked row says of the key, and what a process remembers counts only where that agrees.
 */
import type { KeyObject } from 'node:crypto'
import { inArray } from 'drizzle-orm'
import type { Handle } from './database.ts'
import { newDataKey, unwrapKey, wrapKey } from './keys.ts'
import { logKey } from './schema.ts'

export interface LockedLog {
  readonly incident: string
  /** The entry since which its key holds, read under the lock of the log's head. */
  readonly keyAt: number
}

export interface LogKeys {
  /** A log's first key, or after a disposal its next; remembered by nobody before the commit. */
  create: (tx: Handle, incident: string) => Promise<Buffer>
  /** To read with: as they are now. Logs whose key was disposed of are absent. */
  of: (on: Handle, incidents: readonly string[]) => Promise<ReadonlyMap<string, Buffer>>
  /** To seal with, under the locks of these logs. */
  locked: (tx: Handle, logs: readonly LockedLog[]) => Promise<ReadonlyMap<string, Buffer>>
  /** What is remembered is forgotten: a key disposed of must not stay in a process that never meets its log again. */
  forget: () => void
}

export function logKeys(kek: KeyObject): LogKeys {
  const known = new Map<string, { readonly keyAt: number; readonly dek: Buffer }>()

  async function of(on: Handle, incidents: readonly string[]): Promise<Map<string, Buffer>> {
    if (incidents.length === 0) return new Map()
    const found = await on
      .select()
      .from(logKey)
      .where(inArray(logKey.incident, [...incidents]))
    return new Map(found.map(({ incident, wrapped }) => [incident, unwrapKey(kek, incident, wrapped)]))
  }

  return {
    async create(tx, incident) {
      const dek = newDataKey()
      await tx.insert(logKey).values({ incident, wrapped: wrapKey(kek, incident, dek) })
      return dek
    },
    of,
    async locked(tx, logs) {
      const unknown = logs.filter(({ incident, keyAt }) => known.get(incident)?.keyAt !== keyAt)
      // A statement of its own: it sees what was committed while the lock was waited for.
      const read = await of(
        tx,
        unknown.map(({ incident }) => incident),
      )
      for (const { incident, keyAt } of unknown) {
        const dek = read.get(incident)
        if (dek) known.set(incident, { keyAt, dek })
        else known.delete(incident)
      }
      return new Map(
        logs.flatMap(({ incident }) =>
          known.has(incident) ? [[incident, known.get(incident)!.dek] as const] : [],
        ),
      )
    },
    forget: () => known.clear(),
  }
}
