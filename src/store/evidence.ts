/**
 * Group commit of evidence: many messages of many rooms, one transaction. Heads are locked in order and, unless it is
 * asked for, without waiting; what belongs to a head somebody else holds comes back as `busy`, so one slow incident
 * delays nobody.
 * Deduplicated first, under the lock, and numbered after. A batch that follows another of the same rooms may be written
 * before that one is committed, on the guess that it will be: nothing is committed on a guess that the locked rows do not bear out.
 */
import { inArray, sql } from 'drizzle-orm'
import type { Head } from '../domain/record.ts'
import { insertBatch, lockRoomHeads, type RoomHead } from './append-batch.ts'
import type { Database, Handle, Tx } from './database.ts'
import {
  type EvidenceItem,
  type EvidenceResult,
  keysOf,
  type Plan,
  placeKey,
  planEvidence,
  type Standing,
} from './evidence-plan.ts'
import type { LockedLog, LogKeys } from './log-keys.ts'
import { outbox, room } from './schema.ts'
import { fixed } from './transaction.ts'

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

const lockedOf = ({ incident, keyAt }: RoomHead): LockedLog[] => (keyAt === null ? [] : [{ incident, keyAt }])

const keysAtOf = (places: readonly RoomHead[]) =>
  new Map(places.flatMap(lockedOf).map(({ incident, keyAt }) => [incident, keyAt]))

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

/** The batch ahead is being committed: who waits longer for it waits for somebody else. */
const AHEAD_WAIT_MS = 100

/** Told how the logs will stand, as soon as it is known and before it is so. */
export type Planned = (after: Standing) => void

/** `waits`: for heads that others hold; a wait too long is a fault, and nothing is recorded. */
export function appendEvidence(
  database: Database,
  keys: LogKeys,
  items: readonly EvidenceItem[],
  waits = false,
  planned: Planned = () => {},
): Promise<EvidenceResult[]> {
  const work = async (tx: Tx): Promise<EvidenceResult[]> => {
    const [places, numbers] = await askedOf(tx, items, waits)
    const incidents = new Map(places.map((place) => [placeKey(place), place.incident]))
    if (incidents.size === 0) return items.map(() => 'no-incident' as const)
    const heads = new Map(places.flatMap(headOf))
    if (heads.size === 0) return items.map((item) => (incidents.has(placeKey(item)) ? 'busy' : 'no-incident'))
    const deks = await keys.locked(tx, places.flatMap(lockedOf))
    const plan = planEvidence(items, { incidents, heads, keysAt: keysAtOf(places), deks, numbers })
    planned(plan.after)
    if (plan.batch.heads.length + plan.batch.fresh.length > 0) await insertBatch(tx, plan.batch)
    await send(tx, plan)
    return [...plan.results]
  }
  return database.transaction(work, waits ? { lockTimeoutMs: LOCK_WAIT_MS } : {})
}

/**
 * Behind a batch that is not committed yet, of which `before` is what it will leave. All of it is sent at once: the
 * database takes it up when the batch ahead lets go of the logs, and what it says of them decides whether it is
 * committed. Fails where anything is otherwise; then nothing is recorded, and the batch goes the usual way.
 */
export async function appendAhead(
  database: Database,
  items: readonly EvidenceItem[],
  before: Standing,
  planned: Planned,
  waitMs = AHEAD_WAIT_MS,
): Promise<EvidenceResult[]> {
  const guess = narrowed(before, items)
  const plan = planEvidence(items, guess)
  if (plan.results.some((result) => result !== 'recorded')) throw new Error('nothing to write ahead')
  planned(plan.after)
  const work = async (tx: Tx): Promise<EvidenceResult[]> => {
    const [[places, numbers]] = await Promise.all([
      askedOf(tx, items, true),
      insertBatch(tx, plan.batch, true),
    ])
    if (!bearsOut(guess, places, numbers)) throw new Error('the logs stand elsewhere')
    await send(tx, plan)
    return [...plan.results]
  }
  return database.transaction(work, { lockTimeoutMs: waitMs })
}

/** Sent together, answered in order: what was seen is looked at once the heads are locked. */
const askedOf = (tx: Tx, items: readonly EvidenceItem[], waits: boolean) =>
  Promise.all([
    lockRoomHeads(tx, [...new Set(items.map((item) => item.room))], waits),
    alreadySeen(tx, [...new Set(items.flatMap(keysOf))]),
  ])

/** What is known of these rooms and of these keys, and no more: a guess must not grow from batch to batch. */
function narrowed(standing: Standing, items: readonly EvidenceItem[]): Standing {
  const places = new Set(items.map(placeKey))
  const incidents = new Map([...standing.incidents].filter(([place]) => places.has(place)))
  const logs = new Set(incidents.values())
  const of = <T>(map: ReadonlyMap<string, T>) => new Map([...map].filter(([incident]) => logs.has(incident)))
  const numbers = new Map(
    items
      .flatMap(keysOf)
      .flatMap((key) => (standing.numbers.has(key) ? [[key, standing.numbers.get(key)]] : [])),
  )
  return {
    incidents,
    heads: of(standing.heads),
    keysAt: of(standing.keysAt),
    deks: of(standing.deks),
    numbers,
  }
}

function bearsOut(
  guess: Standing,
  places: readonly RoomHead[],
  numbers: ReadonlyMap<string, number | undefined>,
): boolean {
  const isSo = places.every((place) => {
    const head = guess.heads.get(place.incident)
    return (
      guess.incidents.get(placeKey(place)) === place.incident &&
      head?.seq === place.seq &&
      head?.hash === place.hash &&
      guess.keysAt.get(place.incident) === place.keyAt
    )
  })
  return (
    isSo &&
    places.length === guess.incidents.size &&
    numbers.size === guess.numbers.size &&
    [...numbers].every(([key, seq]) => guess.numbers.has(key) && guess.numbers.get(key) === seq)
  )
}

async function send(tx: Tx, { outgoing }: Plan): Promise<void> {
  if (outgoing.length === 0) return
  const values = outgoing.map(({ afterMs: _, card, ...row }) => ({
    ...row,
    id: sql`gen_random_uuid()`,
    card: card ?? null,
  }))
  await tx.insert(outbox).values(values).onConflictDoNothing()
}
