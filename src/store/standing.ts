/**
 * Which messages of a room are on the record and still stand, found by their content keys alone: no text is opened, and
 * what is read at once is a page, however long the room's history.
 */
import { and, asc, eq, gt, gte, inArray, isNotNull, lt, sql } from 'drizzle-orm'
import { type EntryLine, parseLine } from '../domain/record.ts'
import type { Database, Handle } from './database.ts'
import { followKeys, type Place } from './places.ts'
import { entry, seen } from './schema.ts'

/** A message and what is known of it: the entry of its last version, and the marks of what became of it. */
export interface Known {
  readonly message: string
  readonly seq: number
  /** What follows the message's id in its content keys: `e…` edited, `d` deleted, `u…` restored, `gone:…`, `back:…`. */
  readonly marks: readonly string[]
}

/** Messages of one thread, or those of none (`thread` ''), with ids from `from` on and before `until`. */
export interface Stretch {
  readonly thread: string
  readonly from: string | null
  readonly until: string | null
}

const PAGE = 2_000

const prefixOf = ({ platform, workspace, room }: Place): string => `${platform}:${workspace}:${room}:`

/** The first key after all that begin with a prefix that ends in a colon. */
const after = (prefix: string): string => `${prefix.slice(0, -1)};`

export async function* knownMessages(
  on: Handle,
  place: Place,
  { thread, from, until }: Stretch,
): AsyncGenerator<Known> {
  const prefix = prefixOf(place)
  const end = until === null ? after(prefix) : prefix + until
  let last: string | undefined
  let rows: { key: string; seq: number | null }[] = []
  do {
    const begin = last === undefined ? gte(seen.key, prefix + (from ?? '')) : gt(seen.key, last)
    const inThread =
      thread === '' ? eq(seen.thread, '') : and(eq(seen.thread, thread), sql`${seen.thread} > ''`)
    const page = await on
      .select({ key: seen.key, seq: seen.seq })
      .from(seen)
      .where(and(begin, lt(seen.key, end), inThread, isNotNull(seen.seq)))
      .orderBy(asc(seen.key))
      .limit(PAGE)
    last = page.at(-1)?.key
    rows.push(...page)
    // The page's last message may go on in the next.
    const open = page.length < PAGE ? undefined : messageIn(prefix, rows.at(-1)!.key)
    yield* together(
      prefix,
      rows.filter(({ key }) => messageIn(prefix, key) !== open),
    )
    rows = rows.filter(({ key }) => messageIn(prefix, key) === open)
  } while (rows.length > 0)
}

const messageIn = (prefix: string, key: string): string => key.slice(prefix.length).split(':', 1)[0] ?? ''

function* together(prefix: string, rows: readonly { key: string; seq: number | null }[]): Generator<Known> {
  const messages = new Map<string, { seq: number; marks: string[] }>()
  for (const { key, seq } of rows) {
    const message = messageIn(prefix, key)
    const known = messages.get(message) ?? { seq: 0, marks: [] }
    const mark = key.slice(prefix.length + message.length + 1)
    messages.set(message, known)
    known.marks.push(mark)
    if (mark === '' || mark.startsWith('e')) known.seq = Math.max(known.seq, seq ?? 0)
  }
  // Without a version there is a deletion of what nobody saw: nothing that could be missing.
  for (const [message, { seq, marks }] of messages) if (seq > 0) yield { message, seq, marks }
}

/** How many messages stand in each of these threads. One that nobody wrote in is left out. */
export async function standingReplies(
  on: Handle,
  place: Place,
  threads: readonly string[],
  stands: (known: Known) => boolean,
): Promise<ReadonlyMap<string, number>> {
  const prefix = prefixOf(place)
  const counts = new Map<string, number>()
  if (threads.length === 0) return counts
  const rows = await on
    .select({ thread: seen.thread })
    .from(seen)
    .where(
      and(
        inArray(seen.thread, [...threads]),
        sql`${seen.thread} > ''`,
        gte(seen.key, prefix),
        lt(seen.key, after(prefix)),
      ),
    )
    .groupBy(seen.thread)
  for (const { thread } of rows) {
    let count = 0
    for await (const known of knownMessages(on, place, { thread: thread ?? '', from: null, until: null }))
      if (stands(known)) count += 1
    counts.set(thread ?? '', count)
  }
  return counts
}

/** Keys of reactions to these messages, without the place they begin with: `message:r:person:name:sign:mark`. */
export async function reactionKeys(
  database: Pick<Database, 'rows' | 'db'>,
  place: Place,
  messages: readonly string[],
): Promise<readonly { key: string; seq: number }[]> {
  if (messages.length === 0) return []
  const prefix = prefixOf(place)
  const rows = await database.rows<{ key: string; seq: number }>(
    database.db,
    sql`select s.key, s.seq from json_array_elements_text(${JSON.stringify(messages)}::json) as m(id)
      cross join lateral (select key, seq from seen
        where key >= ${prefix} || m.id || ':r:' and key < ${prefix} || m.id || ':r;' and seq is not null) as s
      order by s.seq`,
  )
  return rows.map(({ key, seq }) => ({ key: key.slice(prefix.length), seq }))
}

/** Content keys of these that are on the record. */
export async function recordedKeys(on: Handle, keys: readonly string[]): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set()
  const rows = await on
    .select({ key: seen.key })
    .from(seen)
    .where(inArray(seen.key, [...keys]))
  return new Set(rows.map(({ key }) => key))
}

/** Lines by number; those that are not there are left out. */
export async function linesAt(
  on: Handle,
  incident: string,
  seqs: readonly number[],
): Promise<ReadonlyMap<number, EntryLine>> {
  if (seqs.length === 0) return new Map()
  const rows = await on
    .select({ seq: entry.seq, record: entry.record })
    .from(entry)
    .where(and(eq(entry.incident, incident), inArray(entry.seq, [...seqs])))
  return new Map(rows.map(({ seq, record }) => [seq, parseLine(record)]))
}

export const standingOn = (database: Database) => ({
  messages: (place: Place, stretch: Stretch) => knownMessages(database.db, place, stretch),
  replies: (place: Place, threads: readonly string[], stands: (known: Known) => boolean) =>
    standingReplies(database.db, place, threads, stands),
  reactions: (place: Place, messages: readonly string[]) => reactionKeys(database, place, messages),
  keys: (keys: readonly string[]) => recordedKeys(database.db, keys),
  lines: (incident: string, seqs: readonly number[]) => linesAt(database.db, incident, seqs),
  /** What is on the record under a room's former ids is known under its present one from then on. */
  follow: (place: Place, former: readonly string[], incident: string) =>
    followKeys(database.db, place, former, incident),
})
