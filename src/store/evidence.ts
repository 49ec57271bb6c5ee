/**
 * Group commit of evidence: many messages of many rooms, one transaction. Heads are locked in order and without
 * waiting; what belongs to a head somebody else holds comes back as `busy`, so one slow incident delays nobody.
 * Deduplicated first, under the lock, and numbered after: a number is never spent on a message seen before.
 */
import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm'
import type { Event } from '../domain/events.ts'
import { type Head, ORGANISATION } from '../domain/record.ts'
import { addEntry, insertRows, noRows, type Stamp } from './append.ts'
import type { Database, Handle, Tx } from './database.ts'
import type { LogKeys } from './log-keys.ts'
import { log, outbox, room, seen } from './schema.ts'
import type { Outgoing } from './unit.ts'

export interface EvidenceItem {
  /** Content key of this fact, and of the message it is about. */
  readonly key: string
  readonly messageKey: string
  readonly platform: string
  readonly workspace: string
  readonly room: string
  readonly stamp: Stamp
  /** Events for the log, given the entry of the message they are about (undefined: never seen). The first takes `key`. */
  readonly events: (original: number | undefined) => readonly (Event & { readonly keyed?: string })[]
  readonly outgoing?: (incident: string, seqs: readonly number[]) => readonly Outgoing[]
}

export type EvidenceResult = 'recorded' | 'seen' | 'no-incident' | 'busy'

/** Which incident a room belongs to, by any id the room ever had. Asked from the database, never from a negative cache. */
export async function incidentsOfRooms(
  on: Handle,
  places: readonly { platform: string; workspace: string; room: string }[],
): Promise<ReadonlyMap<string, string>> {
  if (places.length === 0) return new Map()
  const rows = await on
    .select()
    .from(room)
    .where(inArray(room.room, [...new Set(places.map((place) => place.room))]))
  return new Map(rows.map((row) => [placeKey(row), row.incident]))
}

export const placeKey = (place: { platform: string; workspace: string; room: string }): string =>
  `${place.platform}\n${place.workspace}\n${place.room}`

async function lockFreeHeads(tx: Tx, incidents: readonly string[]) {
  const rows = await tx
    .select({ incident: log.incident, seq: log.seq, hash: log.hash })
    .from(log)
    .where(and(inArray(log.incident, [...incidents]), ne(log.incident, ORGANISATION)))
    .orderBy(asc(log.incident))
    .for('update', { skipLocked: true })
  return new Map<string, Head>(rows.map(({ incident, seq, hash }) => [incident, { seq, hash }]))
}

export function appendEvidence(
  database: Database,
  keys: LogKeys,
  items: readonly EvidenceItem[],
): Promise<EvidenceResult[]> {
  return database.transaction(async (tx) => {
    const incidents = await incidentsOfRooms(tx, items)
    const known = [...new Set(incidents.values())]
    if (known.length === 0) return items.map(() => 'no-incident' as const)
    const heads = await lockFreeHeads(tx, known)
    const deks = await keys.of(tx, [...heads.keys()])
    const wanted = [...new Set(items.flatMap((item) => [item.key, item.messageKey]))]
    const before = await tx.select().from(seen).where(inArray(seen.key, wanted))
    const numbers = new Map(before.map((row) => [row.key, row.seq ?? undefined]))

    const rows = noRows()
    const fresh: { key: string; incident: string; seq: number }[] = []
    const outgoing: Outgoing[] = []
    const moved = new Set<string>()
    const results = items.map((item): EvidenceResult => {
      const incident = incidents.get(placeKey(item))
      if (!incident) return 'no-incident'
      let head = heads.get(incident)
      const dek = deks.get(incident)
      if (!head || !dek) return 'busy'
      if (numbers.has(item.key)) return 'seen'
      const seqs: number[] = []
      for (const { keyed, ...event } of item.events(numbers.get(item.messageKey))) {
        head = addEntry(rows, incident, dek, head, { event: event as Event, stamp: item.stamp })
        seqs.push(head.seq)
        const key = keyed ?? item.key
        if (numbers.has(key)) continue
        numbers.set(key, head.seq)
        fresh.push({ key, incident, seq: head.seq })
      }
      heads.set(incident, head)
      moved.add(incident)
      outgoing.push(...(item.outgoing?.(incident, seqs) ?? []))
      return 'recorded'
    })
    await insertRows(tx, rows)
    if (fresh.length > 0) await tx.insert(seen).values(fresh)
    for (const incident of moved)
      await tx.update(log).set(heads.get(incident)!).where(eq(log.incident, incident))
    if (outgoing.length > 0) {
      const values = outgoing.map(({ afterMs: _, card, ...row }) => ({
        ...row,
        id: sql`gen_random_uuid()`,
        card: card ?? null,
      }))
      await tx.insert(outbox).values(values).onConflictDoNothing()
    }
    return results
  })
}
