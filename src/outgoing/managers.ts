/**
 * What managers hear of at once, in their own channel: a clock that is overdue, has three days or less, appeared or moved,
 * or that nobody could be told of. Everything else is in their digest. One post an incident and moment, whatever it is about.
 */
import type { CalendarDate } from '../domain/calendar.ts'
import { daysBetween } from '../domain/calendar.ts'
import type { IncidentState } from '../domain/incident.ts'
import { isHeardByNobody, isUnheard } from '../domain/incident-reminders.ts'
import { escalationSteps } from '../domain/reminding.ts'
import type { Outgoing } from '../store/unit.ts'
import { groupMs } from './deliveries.ts'
import type { Situation } from './told.ts'

export type ManagersWhy = 'near' | 'moved' | 'unreached'

/** From this many days before a last day on, managers hear of it with the owner. */
const nearDays = 3

export const isNear = (on: string, lastDay: string): boolean =>
  daysBetween(on as CalendarDate, lastDay as CalendarDate) <= nearDays

/** A channel has readers we do not know: where somebody is kept out of an incident, it is told nothing. */
export function managers({ state, telling }: Situation, why: ManagersWhy, clock: string): Outgoing[] {
  if (!telling.managersChannels?.[state.platform] || state.excluded.length > 0) return []
  const { incident } = state
  return [
    {
      ...{ incident, lane: `managers:${incident}`, verb: 'managers', view: 'managers' },
      ...{ args: { with: [`${why}|${clock}`] }, card: `managers/${incident}`, afterMs: groupMs },
    },
  ]
}

/** The escalation is at its end, and nobody whom it told can have heard. */
export function isNobodyReached(state: IncidentState, clock: string): boolean {
  const last = state.reminded[clock]
  return last !== undefined && last.step === escalationSteps && isUnheard(last) && isHeardByNobody(last)
}
