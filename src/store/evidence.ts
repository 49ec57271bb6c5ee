/**
 * Group commit of evidence: many messages of many rooms, one transaction. Heads are locked in order and, unless it is
 * asked for, without waiting; what belongs to a head somebody else holds comes back as `busy`, so one slow incident
 * delays nobody.
 * Deduplicated first, under the lock, and numbered after: a number is never spent on a message seen before.
 */
import { inArray, sql } from 'drizzle-orm'
import type { Event } from '../domain/events.ts'
import type { Head } from '../domain/record.ts'
import { addEntry, noRows, type Stamp } from './append.ts'
import { insertBatch, lockRoomHeads, type RoomHead } from './append-batch.ts'
import type { Database, Handle, Tx } from './database.ts'
import type { LockedLog, LogKeys } from './log-keys.ts'
import { outbox, room } from './schema.ts'
import { fixed } from './transaction.ts'
import type { Outgoing } from './unit.ts'

/** One state of a message, or one other fact, under the content key that every telling of it carries. */
export interface Version {
  readonly key: string
  readonly event: Event
  /** Also taken with the version; a retelling whose coarse key is taken already tells nothing new. */
  readonly coarseKey?: string
  readonly isRetelling?: boolean
  /** What follows it after the commit: files to fetch, nudges to send. */
  readonly fetches?: readonly Follows[]
}

/** A row of the outbox that is queued once, whoever told of what it follows. */
export interface Follows {
  readonly key: string
  /** Only where this key is on the record. */
  readonly after?: string
  /** Taken with it, for what may come after. */
  readonly marks?: string
  readonly row: (incident: string, seq: number) => Outgoing
}

export interface EvidenceItem {
  /** Content key of the message it is about. */
  readonly messageKey: string
  readonly platform: string
  readonly workspace: string
  readonly room: string
  readonly stamp: Stamp
  /** Of a message: the root of its thread, '' where it is none's reply. Undefined: these are no versions of a message. */
  readonly thread?: string
  /** Oldest first. A version already on the record is skipped, so any order of arrival ends with every version once. */
  readonly versions: readonly Version[]
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

const keysOf = ({ messageKey, versions }: EvidenceItem): string[] => [
  messageKey,
  ...versions.flatMap(({ key, coarseKey = key, fetches = [] }) => [
    key,
    coarseKey,
    ...fetches.flatMap((each) => [each.key, each.after, each.marks].filter((one) => one !== undefined)),
  ]),
]

const lockedOf = ({ incident, keyAt }: RoomHead): LockedLog[] => (keyAt === null ? [] : [{ incident, keyAt }])

const headOf = ({ incident, seq, hash }: RoomHead): [string, Head][] =>
  seq === null || hash === null ? [] : [[incident, { seq, hash }]]

/** One look-up a key: a plan made while the table was small would go on reading all of it when it is large. */
const SEEN = `select wanted.key, known.seq from unnest($1::text[]) as wanted(key)
  cross join lateral (select seq from seen where seen.key = wanted.key limit 1) as known`

/** Asked under the lock: what another replica committed before it is among them. */
async function alreadySeen(tx: Tx, keys: readonly string[]): Promise<Map<string, number | undefined>> {
  const rows = await fixed<{ key: string; seq: number | null }>(tx, SEEN, [keys])
  return new Map(rows.map(({ key, seq }) => [key, seq ?? undefined]))
}

/** Replicas that meet in a room take turns within this; past it somebody holds the log for longer, and nobody waits for that. */
const LOCK_WAIT_MS = 500

/** `waits`: for heads that others hold; a wait too long is a fault, and nothing is recorded. */
export function appendEvidence(
  database: Database,
  keys: LogKeys,
  items: readonly EvidenceItem[],
  waits = false,
): Promise<EvidenceResult[]> {
  const work = async (tx: Tx): Promise<EvidenceResult[]> => {
    const rooms = [...new Set(items.map((item) => item.room))]
    // Sent together, answered in order: what was seen is looked at once the heads are locked.
    const [places, numbers] = await Promise.all([
      lockRoomHeads(tx, rooms, waits),
      alreadySeen(tx, [...new Set(items.flatMap(keysOf))]),
    ])
    const incidents = new Map(places.map((place) => [placeKey(place), place.incident]))
    if (incidents.size === 0) return items.map(() => 'no-incident' as const)
    const heads = new Map(places.flatMap(headOf))
    if (heads.size === 0) return items.map((item) => (incidents.has(placeKey(item)) ? 'busy' : 'no-incident'))
    const deks = await keys.locked(tx, places.flatMap(lockedOf))

    const rows = noRows()
    const fresh: { key: string; incident: string; seq: number; thread: string | null }[] = []
    const outgoing: Outgoing[] = []
    const moved = new Set<string>()
    const results = items.map((item): EvidenceResult => {
      const incident = incidents.get(placeKey(item))
      if (!incident) return 'no-incident'
      let head = heads.get(incident)
      const dek = deks.get(incident)
      if (!head || !dek) return 'busy'
      let isNew = false
      const take = (key: string, seq: number, thread: string | null): boolean => {
        if (numbers.has(key)) return false
        numbers.set(key, seq)
        fresh.push({ key, incident, seq, thread })
        return true
      }
      const thread = item.thread ?? null
      const fetchFor = (seq: number, fetches: NonNullable<Version['fetches']>): void => {
        for (const { key, after, marks, row } of fetches) {
          if ((after !== undefined && !numbers.has(after)) || !take(key, seq, null)) continue
          if (marks !== undefined) take(marks, seq, null)
          outgoing.push(row(incident, seq))
        }
      }
      for (const { key, coarseKey = key, isRetelling, event, fetches = [] } of item.versions) {
        if (numbers.has(key) || (isRetelling && numbers.has(coarseKey))) {
          // A later telling may name files that an earlier one did not.
          const known = numbers.get(key) ?? numbers.get(coarseKey)
          if (known !== undefined) fetchFor(known, fetches)
          continue
        }
        const ref = event.ref ?? numbers.get(item.messageKey)
        const about = ref === undefined ? event : { ...event, ref }
        head = addEntry(rows, incident, dek, head, { event: about, stamp: item.stamp })
        const { seq } = head
        take(key, seq, thread)
        take(coarseKey, seq, thread)
        fetchFor(seq, fetches)
        isNew = true
      }
      if (!isNew) return 'seen'
      heads.set(incident, head)
      moved.add(incident)
      return 'recorded'
    })
    const after = [...moved].map((incident) => ({ incident, ...heads.get(incident)! }))
    if (after.length + fresh.length > 0) await insertBatch(tx, { ...rows, fresh, heads: after })
    if (outgoing.length > 0) {
      const values = outgoing.map(({ afterMs: _, card, ...row }) => ({
        ...row,
        id: sql`gen_random_uuid()`,
        card: card ?? null,
      }))
      await tx.insert(outbox).values(values).onConflictDoNothing()
    }
    return results
  }
  return database.transaction(work, waits ? { lockTimeoutMs: LOCK_WAIT_MS } : {})
}
