/**
 * What managers hear of at once, in their own channel: a clock that is overdue or at its last day, appeared or moved, or
 * that nobody could be told of. What merely came near in the morning stands in that morning's digest, where there is one.
 * One post a moment over all incidents, whatever it is about.
 */
import { type CalendarDate, daysBetween } from '../domain/calendar.ts'
import { digestDay } from '../domain/digest.ts'
import type { EventOf } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import { everyHours, isAtOnceDue, isFirstTold } from '../domain/owed-at-once.ts'
import { MORNING } from '../domain/reminding.ts'
import { dateIn, timeIn } from '../domain/zone.ts'
import type { Outgoing } from '../store/unit.ts'
import { direct, groupMs } from './deliveries.ts'
import { inCharge, type Row, type Situation, toEach } from './told.ts'

export type ManagersWhy = 'near' | 'moved' | 'unreached'

/** From this many days before a last day on, managers hear of it with the owner. */
const nearDays = 3

/** A channel has readers we do not know: where somebody is kept out of an incident, it is told nothing. */
export function managers({ state, telling, events }: Situation, why: ManagersWhy, clock: string): Outgoing[] {
  const { incident, platform } = state
  if (!telling.managersChannels?.[platform] || state.excluded.length > 0) return []
  return [
    {
      ...{ incident, lane: `managers:${platform}`, verb: 'managers', view: 'managers' },
      ...{ args: { with: [`${why}|${clock}`], at: events.at(-1)?.at }, card: `managers/${platform}` },
      afterMs: groupMs,
    },
  ]
}

/** A reminder to the owner that managers hear of too. The digest of the same morning has what still has days left. */
export function nearing(
  situation: Situation,
  { clock, lastDay, offset, step }: EventOf<'reminder.sent'>['data'],
  at: string,
): Outgoing[] {
  const { organisation } = situation.state
  if (isAtOnceDue(lastDay))
    return isOncePerDay(situation.state, { clock, lastDay, offset, step }, at) &&
      !digestDay(organisation, new Date(at))
      ? managers(situation, 'near', clock)
      : []
  const left = daysBetween(dateIn(organisation.zone, at), lastDay as CalendarDate)
  if (step > 0 || left > nearDays) return []
  const isOfMorning = /^(\d+|snoozed-.*)$/.test(offset)
  if (left > 0 && isOfMorning && digestDay(organisation, new Date(at))) return []
  return managers(situation, 'near', clock)
}

/** Of what is said every few hours, what room and managers hear too: the first of each morning that they were not told otherwise. */
export function isOncePerDay(
  state: IncidentState,
  {
    clock,
    lastDay,
    offset,
    step,
  }: Pick<EventOf<'reminder.sent'>['data'], 'clock' | 'lastDay' | 'offset' | 'step'>,
  at: string,
): boolean {
  const { hour } = timeIn(state.organisation.zone, at)
  const isMorning = hour >= MORNING.hour && hour < MORNING.hour + (everyHours(clock) ?? 0)
  return step === 0 && isMorning && !(offset === '+0h' && isFirstTold(state, clock, lastDay))
}

/** Their post came to nothing: whoever leads hears of it, and of what was to be said. */
export const managersNotTold: Row<'post.failed'> = ({ data }, situation) => {
  const { state } = situation
  return toEach(inCharge(situation), (person) =>
    direct(
      state,
      person,
      'managers-not-told',
      { code: data.code },
      { card: `managers-not-told/${state.incident}/${person}`, afterMs: groupMs },
    ),
  )
}
