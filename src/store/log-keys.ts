/** One data key per log: made with the log, wrapped by the record key, unwrapped once per process. */
import type { KeyObject } from 'node:crypto'
import { inArray } from 'drizzle-orm'
import type { Handle } from './database.ts'
import { newDataKey, unwrapKey, wrapKey } from './keys.ts'
import { logKey } from './schema.ts'

export interface LogKeys {
  create: (tx: Handle, incident: string) => Promise<Buffer>
  of: (on: Handle, incidents: readonly string[]) => Promise<ReadonlyMap<string, Buffer>>
}

export function logKeys(kek: KeyObject): LogKeys {
  const known = new Map<string, Buffer>()
  return {
    async create(tx, incident) {
      const dek = newDataKey()
      await tx.insert(logKey).values({ incident, wrapped: wrapKey(kek, incident, dek) })
      return dek
    },
    async of(on, incidents) {
      const missing = incidents.filter((incident) => !known.has(incident))
      if (missing.length > 0) {
        const found = await on.select().from(logKey).where(inArray(logKey.incident, missing))
        for (const { incident, wrapped } of found) known.set(incident, unwrapKey(kek, incident, wrapped))
      }
      return new Map(
        incidents.flatMap((incident) => (known.has(incident) ? [[incident, known.get(incident)!]] : [])),
      )
    },
  }
}
