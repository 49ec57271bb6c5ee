/**
 * Of what says how things stand only the newest need go out: what still waits gives way to a newer one of its kind behind
 * it in its lane, which a platform that was away for days then shows once. What only redraws a message is none of them.
 */
import { type SQL, sql } from 'drizzle-orm'
import type { Database, Handle, Tx } from './database.ts'
import type { Claimed } from './outbox.ts'
import type { Outgoing } from './unit-of-work.ts'

/** Views drawn from how things stand when they go out. Items are one incident's each. */
const GIVES_WAY: readonly string[] = ['reminders', 'reminder-room', 'managers', 'digest', 'items']
const OF_ONE_INCIDENT = 'items'

export type Newer = Pick<Claimed, 'id' | 'incident' | 'args'>
type Waiting = Pick<Claimed, 'id' | 'lane' | 'view' | 'incident' | 'args'>

const mayGiveWay = ({ view, args }: Pick<Claimed, 'view' | 'args'>): boolean =>
  GIVES_WAY.includes(view) && !('update' in args)

/** The newest of its kind. While this row is unfinished nobody claims it: the lane goes in order. */
export async function newerOutgoing(
  database: Database,
  on: Handle,
  row: Waiting,
): Promise<Newer | undefined> {
  if (!mayGiveWay(row)) return undefined
  const sameIncident: SQL = row.view === OF_ONE_INCIDENT ? sql`and o.incident = ${row.incident}` : sql``
  const [newest] = await database.rows<Newer>(
    on,
    sql`select o.id, o.incident, o.args from outbox o join outbox mine on mine.id = ${row.id}
      where o.lane = ${row.lane} and o.view = ${row.view} ${sameIncident} and o.done_at is null
        and o.attempt = 0 and o.position > mine.position and not (o.args ? 'update')
      order by o.position desc limit 1`,
  )
  return newest
}

/**
 * The newer one takes over what the older had to say. Last in its transaction, after every log it locks: whoever wishes
 * for something holds a log first and then its row.
 */
export async function takeOver(
  database: Database,
  tx: Tx,
  id: string,
  joined: (newest: Newer) => Claimed['args'],
): Promise<void> {
  const [newest] = await database.rows<Newer>(
    tx,
    sql`select id, incident, args from outbox where id = ${id} and done_at is null and attempt = 0 for update`,
  )
  // Rolled back: the older one stays where it is, and nothing says that it gave way.
  if (!newest) throw new Error('what a delivery gave way to is gone')
  await tx.execute(sql`update outbox set args = ${JSON.stringify(joined(newest))}::jsonb where id = ${id}`)
}

/**
 * A newer one was wished for: what was refused and waits for its next try looks now, and gives way. Rows that somebody
 * holds are passed by, so that no two transactions wait for each other.
 */
export async function wakeOlder(tx: Tx, rows: readonly Outgoing[]): Promise<void> {
  const kinds = new Set(rows.filter(mayGiveWay).map(({ lane, view }) => JSON.stringify([lane, view])))
  for (const kind of kinds) {
    const [lane, view] = JSON.parse(kind) as [string, string]
    await tx.execute(
      sql`update outbox set not_before = clock_timestamp() where id in (
        select id from outbox where lane = ${lane} and view = ${view} and done_at is null and attempt > 0
          and leased_until is null and not_before > clock_timestamp() for update skip locked)`,
    )
  }
}
