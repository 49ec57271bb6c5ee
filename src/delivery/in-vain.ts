/** A reminder that did not reach whom it was for is on the record of every incident it spoke of: the next person's turn comes at once. */
import { type Event, event } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import { toldInVain } from '../domain/incident-reminders.ts'
import { commitEvents, SYSTEM } from '../pipeline/commit.ts'
import { logUnreached } from '../pipeline/unreached.ts'
import type { Claimed } from '../store/outbox.ts'
import type { Unit } from '../store/unit.ts'
import type { Delivering, Outcome } from './delivering.ts'

type Row = Pick<Claimed, 'incident' | 'view' | 'args'>

export function remindedInVain(
  { view }: Pick<Row, 'view'>,
  events: readonly Event[],
  state: IncidentState | undefined,
): Event[] {
  if (view !== 'reminders' || !state) return []
  return events.flatMap(({ kind, data }) => {
    if (kind !== 'post.failed' || !data.to) return []
    const clocks = toldInVain(state, data.to)
    return clocks.length > 0
      ? [event('reminder.unreached', { person: data.to, code: data.code, clocks })]
      : []
  })
}

/** The other incidents of one message. */
const elsewhere = ({ incident, view, args }: Row, { events }: Outcome): string[] =>
  view === 'reminders' && events.some(({ kind }) => kind === 'post.failed')
    ? Object.keys(args.also ?? {}).filter((other) => other !== incident)
    : []

/** Incidents are locked by id, whichever of them the message was for first. */
export async function lockReminded(unit: Unit, row: Row, outcome: Outcome): Promise<void> {
  const others = elsewhere(row, outcome)
  if (others.length > 0) for (const id of [row.incident, ...others].sort()) await unit.incident(id)
}

export async function recordElsewhere(
  delivering: Delivering,
  unit: Unit,
  row: Row,
  outcome: Outcome,
): Promise<void> {
  const stamp = { actor: { ...SYSTEM, kind: 'bot' as const }, at: delivering.now(), source: null }
  for (const incident of elsewhere(row, outcome)) {
    const state = await unit.incident(incident)
    const unreached = remindedInVain(row, outcome.events, state)
    if (unreached.length === 0) continue
    const { state: after } = await commitEvents(unit, incident, state, unreached, stamp, delivering.telling)
    logUnreached(delivering.log, state, after)
  }
}
