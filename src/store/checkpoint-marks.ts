/**
 * How far each log's checkpoints reach: one small row an incident, so that a pass reads no entry it has read before.
 * Messages never touch it; the tick writes it under the lock of the log's head.
 */
import { and, eq, sql } from 'drizzle-orm'
import type { Standing } from '../domain/checkpoint-cadence.ts'
import { type EntryLine, ORGANISATION, parseLine } from '../domain/record.ts'
import type { Handle } from './database.ts'
import { checkpointMark, entry, log } from './schema.ts'
import { rows } from './transaction.ts'

export interface Waiting extends Standing {
  readonly incident: string
}

type Row = Readonly<Record<keyof Omit<Standing, 'lookedAt' | 'postedAt'>, number>> & {
  readonly incident: string
  readonly lookedAt: string
  readonly postedAt: string
}

/** The logs with entries nobody looked at, or with a checkpoint the room has not seen; or this one, whatever it has. */
export async function standings(on: Handle, incident?: string): Promise<Waiting[]> {
  const which = incident
    ? sql`l.incident = ${incident}`
    : sql`l.incident <> ${ORGANISATION} and l.seq > 0
        and (l.seq > coalesce(m.looked, 0) or m.signed > m.posted)`
  const declaredAt = sql`(l.state -> 'declared' ->> 'at')::timestamptz`
  const found = await rows<Row & Record<string, unknown>>(
    on,
    sql`select l.incident, l.seq as head, coalesce(m.looked, 0) as looked,
        coalesce(m.looked_at, ${declaredAt}) as "lookedAt", coalesce(m.signed, 0) as signed,
        coalesce(m.posted, 0) as posted, coalesce(m.posted_at, ${declaredAt}) as "postedAt",
        coalesce((l.state #>> '{decisions,-1,seq}')::int, 0) as decided,
        case when jsonb_array_length(l.state -> 'phases') > 1
          then (l.state #>> '{phases,-1,seq}')::int else 0 end as phased,
        coalesce((l.state #>> '{closed,seq}')::int, 0) as closed
      from ${log} l left join ${checkpointMark} m on m.incident = l.incident
      where ${which} order by l.incident`,
  )
  return found.map((row) => ({
    ...row,
    lookedAt: new Date(row.lookedAt),
    postedAt: new Date(row.postedAt),
  }))
}

/** Whether a person did anything after this entry. Posts and checkpoints are nobody's doing. */
export async function didPeople(on: Handle, incident: string, after: number): Promise<boolean> {
  const [row] = await rows<{ did: boolean }>(
    on,
    sql`select exists (
      select 1 from (
        select convert_from(record, 'UTF8')::json as line from ${entry}
        where incident = ${incident} and seq > ${after}
      ) as since
      where line -> 'actor' ->> 'kind' = 'human' and line ->> 'kind' !~ '^(checkpoint|post)[.]'
    ) as did`,
  )
  return row?.did === true
}

export async function moveMark(
  on: Handle,
  incident: string,
  mark: Pick<Standing, 'looked' | 'lookedAt' | 'signed' | 'posted' | 'postedAt'>,
): Promise<void> {
  const { looked, lookedAt, signed, posted, postedAt } = mark
  const set = { looked, lookedAt, signed, posted, postedAt }
  await on
    .insert(checkpointMark)
    .values({ incident, ...set })
    .onConflictDoUpdate({ target: checkpointMark.incident, set })
}

export async function lineAt(on: Handle, incident: string, seq: number): Promise<EntryLine | undefined> {
  const [row] = await on
    .select({ record: entry.record })
    .from(entry)
    .where(and(eq(entry.incident, incident), eq(entry.seq, seq)))
  return row && parseLine(row.record)
}
