/**
 * A whole batch of many logs in two questions, whatever is in it: where the logs of these rooms stand, locked, and then
 * everything it adds, with the names of logs a checkpoint is to look at. Their text never varies, so a server keeps the plan. Foreign keys are looked at when a statement
 * ends: the order within it is the database's own affair.
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
  /** Where the logs it adds to stand afterwards. */
  readonly heads: readonly (Head & { readonly incident: string })[]
}

const INSERT = `with
  entries as (insert into entry (incident, seq, prev, record)
    select incident, seq, decode(prev, 'hex'), decode(record, 'hex')
    from unnest($1::text[], $2::int[], $3::text[], $4::text[]) as new(incident, seq, prev, record)),
  bodies as (insert into sealed (incident, seq, part, body)
    select incident, seq, part, decode(body, 'hex')
    from unnest($5::text[], $6::int[], $7::int[], $8::text[]) as new(incident, seq, part, body)),
  keys as (insert into seen (key, incident, seq, thread)
    select key, incident, seq, thread
    from unnest($9::text[], $10::text[], $11::int[], $12::text[]) as new(key, incident, seq, thread)),
  waiting as (insert into checkpoint_waiting (incident) select incident from unnest($13::text[]) as new(incident)
    on conflict do nothing)
  update log set seq = moved.seq, hash = moved.hash
  from unnest($13::text[], $14::int[], $15::text[]) as moved(incident, seq, hash)
  where log.incident = moved.incident`

export async function insertBatch(tx: Tx, { entries, sealed, fresh, heads }: Batch): Promise<void> {
  await fixed(tx, INSERT, [
    entries.map((row) => row.incident),
    entries.map((row) => row.seq),
    entries.map((row) => hex(row.prev)),
    entries.map((row) => hex(row.record)),
    sealed.map((row) => row.incident),
    sealed.map((row) => row.seq),
    sealed.map((row) => row.part),
    sealed.map((row) => hex(row.body)),
    fresh.map((row) => row.key),
    fresh.map((row) => row.incident),
    fresh.map((row) => row.seq),
    fresh.map((row) => row.thread),
    heads.map((row) => row.incident),
    heads.map((row) => row.seq),
    heads.map((row) => row.hash),
  ])
}

const hex = (bytes: Buffer): string => bytes.toString('hex')
