/**
 * An incident's reminders: its clocks as countdowns, what was said of them so far, and the entries that are due now with
 * whom each is for. When people sleep is said here too, for whatever may wait until they do not.
 */
import type { CalendarDate } from './calendar.ts'
import { type Event, event } from './events.ts'
import type { IncidentState } from './incident.ts'
import { incidentClocks } from './incident-clocks.ts'
import { isUnheard } from './incident-reminders.ts'
import { phaseIndex } from './phases.ts'
import { type RosterOf, reminded, stepsNow } from './reminded.ts'
import type { Countdown } from './reminder-moments.ts'
import { dueReminders, type Reminder, type ReminderState } from './reminders.ts'
import { defaultReminding, isQuietAt, type Reminding } from './reminding.ts'

/** Until containment is done people are at it, night or day. */
const isNightWork = ({ phase, closed }: IncidentState): boolean =>
  !closed && phaseIndex(phase) <= phaseIndex('containment')

/** Once containment is done nobody is prompted at night: what was moved then is told in the morning. */
export const isQuietHour = (
  state: IncidentState,
  at: Date | number | string,
  { quiet }: Pick<Reminding, 'quiet'> = defaultReminding,
): boolean => quiet !== null && !isNightWork(state) && isQuietAt(quiet, state.organisation.zone, at)

export const countdownsIn = (state: IncidentState, now: Date): Countdown[] =>
  incidentClocks(state, now).flatMap((clock): Countdown[] => {
    if (clock.status !== 'running' || !clock.lastDay) return []
    const recorded = state.clocks[clock.id]
    return [
      {
        clock: clock.id,
        lastDay: clock.lastDay,
        sinceAt: recorded?.at ?? state.declared.at,
        ...(recorded?.before ? { movedFrom: recorded.before as CalendarDate } : {}),
        ...(clock.dueAt ? { dueAt: clock.dueAt } : {}),
      },
    ]
  })

export function reminderStateOf(
  state: IncidentState,
  countdowns: readonly Countdown[],
  { quiet, escalation }: Reminding,
): ReminderState {
  const last = countdowns.flatMap(({ clock, lastDay }) => {
    const one = state.reminded[clock]
    return one?.lastDay === lastDay ? [{ clock, ...one }] : []
  })
  return {
    countdowns,
    fired: state.fired,
    zone: state.organisation.zone,
    escalation,
    quiet: isNightWork(state) ? null : quiet,
    acknowledged: state.acknowledged,
    snoozed: state.snoozed as unknown as NonNullable<ReminderState['snoozed']>,
    sentAt: Object.fromEntries(last.map(({ clock, stepAt }) => [clock, stepAt])),
    firstSentAt: Object.fromEntries(last.map(({ clock, at }) => [clock, at])),
    unheard: last.filter(isUnheard).map(({ clock }) => clock),
  }
}

const sentOf = (state: IncidentState, of: ReminderState, reminder: Reminder, roster: RosterOf): Event[] => {
  const { clock, lastDay, offset, step, daysLeft, kind } = reminder
  const steps =
    kind === 'escalated'
      ? stepsNow(state, reminder, roster, of.escalation)
      : [{ step, to: reminded(state, clock, daysLeft, kind, roster) }]
  return steps.map((one) => event('reminder.sent', { clock, lastDay, offset, ...one }))
}

export const remindersDue = (state: IncidentState, of: ReminderState, now: Date, roster: RosterOf): Event[] =>
  dueReminders(of, now).flatMap((reminder) => sentOf(state, of, reminder, roster))
