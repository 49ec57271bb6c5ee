/**
 * A whole batch of many logs in two questions, whatever is in it: where the logs of these rooms stand, locked, and then
 * everything it adds, with the names of logs a checkpoint is to look at. Their text never varies, so a server keeps the
 * plan. Foreign keys are looked at when a statement ends: the order within it is the database's own affair.
 */
import { type Head, ORGANISATION } from '../domain/record.ts'
import type { Rows } from './append.ts'
import type { Tx } from './database.ts'
import { fixed } from './transaction.ts'

export interface RoomHead {
  readonly platform: string
  readonly workspace: string
  readonly room: string
  readonly incident: string
  /** Null where somebody else holds the log. */
  readonly seq: number | null
  readonly hash: string | null
  /** Since which entry its data key holds. */
  readonly keyAt: number | null
}

/** In order, so that of those who wait none waits for another in a circle; who does not wait leaves out what is held. */
const heads = (wait: 'skip locked' | '') => `with place as materialized (
    select platform, workspace, room, incident from room where room = any($1::text[])),
  head as materialized (
    select incident, seq, hash, key_at from log
    where incident in (select incident from place) and incident <> '${ORGANISATION}'
    order by incident for update ${wait})
  select place.*, head.seq, head.hash, head.key_at as "keyAt" from place left join head on head.incident = place.incident`

const WAITING = heads('')
const PASSING = heads('skip locked')

export const lockRoomHeads = (tx: Tx, rooms: readonly string[], waits: boolean): Promise<RoomHead[]> =>
  fixed<RoomHead>(tx, waits ? WAITING : PASSING, [rooms])

export interface Batch extends Rows {
  /** Content keys that are on the record from now on. */
  readonly fresh: readonly {
    readonly key: string
    readonly incident: string
    readonly seq: number
    readonly thread: string | null
  }[]
  /** Where the logs it adds to stand before it and afterwards. */
  readonly heads: readonly { readonly incident: string; readonly before: Head; readonly after: Head }[]
}

/**
 * Bytes go in one piece, cut by where each begins: an array of them would be quoted, looked through and copied item by
 * item. Behind a batch that is not committed yet nothing is added where a log stands elsewhere than was told: that was a
 * guess, and is no fault. Each log is looked up: a plan made while the table was small would go on reading all of it.
 */
const insert = (ahead: boolean) => {
  const so = ahead ? 'where (select so from stands)' : ''
  return `with
  ${
    ahead
      ? `stands as materialized (select count(*) = cardinality($1::text[]) as so
    from unnest($1::text[], $2::text[]) as told(incident, before)
      cross join lateral (select 1 from log where log.incident = told.incident and log.hash = told.before limit 1) as found),`
      : ''
  }
  entries as (insert into entry (incident, seq, prev, record)
    select ($1::text[])[at], seq, substring($8::bytea from start for 32), substring($8::bytea from start + 32 for length)
    from unnest($5::int[], $6::int[], $7::int[], $9::int[]) as new(at, seq, start, length) ${so}),
  bodies as (insert into sealed (incident, seq, part, body)
    select ($1::text[])[at], seq, part, substring($15::bytea from start for length)
    from unnest($10::int[], $11::int[], $12::int[], $13::int[], $14::int[]) as new(at, seq, part, start, length) ${so}),
  keys as (insert into seen (key, incident, seq, thread)
    select key, ($1::text[])[at], seq, thread
    from unnest($16::int[], $17::int[], $18::text[], $19::text[]) as new(at, seq, key, thread) ${so}),
  waiting as (insert into checkpoint_waiting (incident) select incident from unnest($1::text[]) as new(incident) ${so}
    on conflict do nothing)
  update log set seq = moved.seq, hash = moved.hash
  from unnest($1::text[], $2::text[], $3::int[], $4::text[]) as moved(incident, before, seq, hash)
  where log.incident = moved.incident and log.hash = moved.before
  returning log.incident`
}

const INSERT = insert(false)
const INSERT_AHEAD = insert(true)

export async function insertBatch(
  tx: Tx,
  { entries, sealed, fresh, heads }: Batch,
  ahead = false,
): Promise<void> {
  const at = new Map(heads.map(({ incident }, index) => [incident, index + 1]))
  const placed = (rows: readonly { readonly incident: string; readonly seq: number }[]) => [
    ints(rows.map(({ incident }) => at.get(incident)!)),
    ints(rows.map(({ seq }) => seq)),
  ]
  const lines = entries.map(({ record }) => record.length)
  const bodies = sealed.map(({ body }) => body.length)
  const moved = await fixed(tx, ahead ? INSERT_AHEAD : INSERT, [
    heads.map(({ incident }) => incident),
    heads.map(({ before }) => before.hash),
    ints(heads.map(({ after }) => after.seq)),
    heads.map(({ after }) => after.hash),
    ...placed(entries),
    ints(starts(lines.map((length) => length + HASH_BYTES))),
    Buffer.concat(entries.flatMap(({ prev, record }) => [prev, record])),
    ints(lines),
    ...placed(sealed),
    ints(sealed.map(({ part }) => part)),
    ints(starts(bodies)),
    ints(bodies),
    Buffer.concat(sealed.map(({ body }) => body)),
    ...placed(fresh),
    fresh.map(({ key }) => key),
    fresh.map(({ thread }) => thread),
  ])
  if (moved.length !== heads.length) throw new Error('The logs stand elsewhere: nothing was added to them.')
}

const HASH_BYTES = 32

/** An array as the database writes it: a driver would look at each number for what a text may hold. */
const ints = (values: readonly number[]): string => `{${values.join()}}`

/** Counted from one, as a database does. */
function starts(lengths: readonly number[]): number[] {
  let start = 1
  return lengths.map((length) => {
    const begins = start
    start += length
    return begins
  })
}
