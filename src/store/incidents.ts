/** Reads of many incidents without a lock: enough to draw from, never to decide from. */
import { and, desc, gt, isNotNull, ne, or, sql } from 'drizzle-orm'
import type { IncidentState } from '../domain/incident.ts'
import { ORGANISATION } from '../domain/record.ts'
import type { Handle } from './database.ts'
import { log } from './schema.ts'

const begun = and(ne(log.incident, ORGANISATION), gt(log.seq, 0))

export async function allIncidents(on: Handle): Promise<IncidentState[]> {
  const rows = await on.select({ state: log.state }).from(log).where(begun).orderBy(desc(log.incident))
  return rows.map((row) => row.state as IncidentState)
}

/** Open, or closed with something still to come: a closed incident whose clocks run has a next reminder. */
export async function liveIncidents(on: Handle): Promise<IncidentState[]> {
  const isOpen = sql`${log.state} -> 'closed' = 'null'::jsonb`
  const rows = await on
    .select({ state: log.state })
    .from(log)
    .where(and(begun, or(isNotNull(log.nextWakeAt), isOpen)))
    .orderBy(desc(log.incident))
  return rows.map((row) => row.state as IncidentState)
}
