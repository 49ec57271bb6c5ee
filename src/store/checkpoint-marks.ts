/**
 * How far each log's checkpoints reach, and which logs have something new: a pass asks about those alone, however many
 * stand open, and reads no entry it has read before. The tick writes marks under the lock of the log's head.
 */
import { and, eq, sql } from 'drizzle-orm'
import type { Standing } from '../domain/checkpoint-cadence.ts'
import { type EntryLine, ORGANISATION, parseLine } from '../domain/record.ts'
import type { Database, Handle } from './database.ts'
import { checkpointMark, checkpointWaiting, entry, log } from './schema.ts'
import { rows } from './transaction.ts'

export interface Waiting extends Standing {
  readonly incident: string
}

type Row = Readonly<Record<keyof Omit<Standing, 'lookedAt' | 'postedAt'>, number>> & {
  readonly incident: string
  readonly lookedAt: string
  readonly postedAt: string
}

/** The logs that wait to be looked at, or have a checkpoint the room has not seen; or this one, whatever it has. */
export async function standings(on: Handle, incident?: string): Promise<Waiting[]> {
  const which = incident
    ? sql`l.incident = ${incident}`
    : // As an array, whatever the planner knows of so small a table: each is found by its key.
      sql`l.incident = any(array(select incident from ${checkpointWaiting})) and l.seq > 0`
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

/** `isOver`: nothing is left to look at or to post, until somebody appends again. */
export async function moveMark(
  on: Handle,
  incident: string,
  mark: Pick<Standing, 'looked' | 'lookedAt' | 'signed' | 'posted' | 'postedAt'>,
  isOver: boolean,
): Promise<void> {
  const { looked, lookedAt, signed, posted, postedAt } = mark
  const set = { looked, lookedAt, signed, posted, postedAt }
  await on
    .insert(checkpointMark)
    .values({ incident, ...set })
    .onConflictDoUpdate({ target: checkpointMark.incident, set })
  if (isOver) await on.delete(checkpointWaiting).where(eq(checkpointWaiting.incident, incident))
}

/** As if the last one had not been posted, and were due. */
export async function postAgain(on: Handle, incident: string): Promise<void> {
  await on
    .update(checkpointMark)
    .set({ posted: 0, postedAt: new Date(0) })
    .where(eq(checkpointMark.incident, incident))
  await on.insert(checkpointWaiting).values({ incident }).onConflictDoNothing()
}

/** Every log is asked about, once in a while: a process of a version before this one appends without leaving a name. */
export async function findWaiting({ db, kind }: Pick<Database, 'db' | 'kind'>): Promise<void> {
  await rows(
    db,
    sql`insert into ${checkpointWaiting} (incident)
      select l.incident from ${log} l left join ${checkpointMark} m on m.incident = l.incident
      where l.incident <> ${ORGANISATION} and l.seq > 0
        and (l.seq > coalesce(m.looked, 0) or m.signed > m.posted)
      on conflict do nothing`,
  )
  // Embedded nobody else clears away what was taken out.
  if (kind === 'embedded') await rows(db, sql`vacuum ${checkpointWaiting}`)
}

export async function lineAt(on: Handle, incident: string, seq: number): Promise<EntryLine | undefined> {
  const [row] = await on
    .select({ record: entry.record })
    .from(entry)
    .where(and(eq(entry.incident, incident), eq(entry.seq, seq)))
  return row && parseLine(row.record)
}
