/** States written by another reducer version are folded again from their log before anything is decided on them. */
import { asc, eq } from 'drizzle-orm'
import { isKnownKind } from '../domain/event-kinds.ts'
import type { Recorded } from '../domain/events.ts'
import { applyEvent, type IncidentState, REDUCER } from '../domain/incident.ts'
import { parseLine } from '../domain/record.ts'
import { entry, log } from './schema.ts'
import type { Store } from './store.ts'

export async function refold(
  store: Store,
  to: { warn: (fields: object, message: string) => void },
): Promise<void> {
  for (const incident of await store.staleStates()) {
    await store.database.transaction(async (tx) => {
      const [row] = await tx.select().from(log).where(eq(log.incident, incident)).for('update')
      // Another replica was faster, or a newer version wrote it: that one knows kinds this one does not.
      if (!row || row.reducer >= REDUCER) return
      const entries = await tx
        .select({ record: entry.record })
        .from(entry)
        .where(eq(entry.incident, incident))
        .orderBy(asc(entry.seq))
      let state: IncidentState | null = null
      for (const { record } of entries) {
        const line = parseLine(record)
        if (!isKnownKind(line.kind))
          return to.warn({ incident, kind: line.kind }, 'a kind this version does not know: left alone')
        const event = { kind: line.kind, data: line.data, seq: line.seq, at: line.at, actor: line.actor.id }
        state = applyEvent(state, event as Recorded, incident)
      }
      if (state) await tx.update(log).set({ state, reducer: REDUCER }).where(eq(log.incident, incident))
    })
  }
}
