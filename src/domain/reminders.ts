// Which reminders are to be sent now, and when to look again. A reminder's identity is clock, last day, offset and step: a
// last day that moves re-arms its offsets, and after an outage only the latest one missed is sent. Acknowledging changes
// no deadline and no reminder; it ends escalation.
import { type CalendarDate, daysBetween } from './calendar.ts'
import type { ClocksResult } from './clock-types.ts'
import { lastDayOf } from './clocks.ts'
import {
  afterQuiet,
  appearedMoment,
  type Countdown,
  defaultOffsets,
  fixedMoments,
  type OffsetTable,
  overdueMoments,
  type ReminderKind,
  type ReminderMoment,
  type Setting,
  snoozeEnd,
} from './reminder-moments.ts'
import type { EscalationStep, Quiet } from './reminding.ts'
import { dateIn, type Instant, instantOf, type Moment, msOf } from './zone.ts'

export { type Countdown, defaultOffsets, type OffsetTable } from './reminder-moments.ts'

const urgentDays = 3

export type Acknowledged = Record<string, { lastDay: string; at: Instant }>
export type Snoozed = Record<string, { lastDay: string; untilOn: CalendarDate; at?: Instant }>

export type ReminderState = {
  countdowns: readonly Countdown[]
  /** `clock|lastDay|offset|step` of everything sent. */
  fired: readonly string[]
  zone: string
  offsets?: OffsetTable
  acknowledged?: Acknowledged
  snoozed?: Snoozed
  quiet?: Quiet | null
  escalation?: readonly EscalationStep[]
  /** When the last reminder of a clock really went out; escalation counts from there. */
  sentAt?: Record<string, Instant>
  /** When the owner's reminder really went out, where a step came after it: seen since then is seen. */
  firstSentAt?: Record<string, Instant>
  /** Clocks whose last reminder cannot have been heard: the next step waits for nothing. */
  unheard?: readonly string[]
}

export type Reminder = {
  key: string
  clock: string
  lastDay: CalendarDate
  offset: string
  step: number
  kind: ReminderKind | 'escalated'
  daysLeft: number
  /** The role an escalation goes to; null is the clock's owner. */
  to: EscalationStep['to'] | null
  movedFrom: CalendarDate | null
}

export const reminderKey = (clock: string, lastDay: string, offset: string, step: number): string =>
  `${clock}|${lastDay}|${offset}|${step}`

/** Offsets sent for a last day that no longer stands say nothing any more. */
export const pruneFired = (fired: readonly string[], countdowns: readonly Countdown[]): string[] =>
  fired.filter((key) => countdowns.some(({ clock, lastDay }) => key.startsWith(`${clock}|${lastDay}|`)))

export type Since = Record<string, { lastDay: string; at: Instant; movedFrom?: CalendarDate }>

/** The clocks that are counted down: owed, with a last day, a limit for sending and not yet met. Keeping a posting up and
 *  keeping the record are no limits. `since` says when each last day came to stand; without it, at declaring. */
export const countdownsOf = (
  result: ClocksResult,
  zone: string,
  declaredAt: Instant,
  since: Since = {},
  met: readonly string[] = [],
): Countdown[] =>
  Object.entries(result.clocks).flatMap(([clock, value]) => {
    const lastDay = lastDayOf(value, zone)
    if (!lastDay || !value.applicable || value.meaning || met.includes(clock)) return []
    const known = since[clock]?.lastDay === lastDay ? since[clock] : null
    return [
      {
        clock,
        lastDay,
        sinceAt: known?.at ?? declaredAt,
        ...(known?.movedFrom && { movedFrom: known.movedFrom }),
        ...(value.dueInstantUtc && { dueAt: value.dueInstantUtc }),
      },
    ]
  })

const settingOf = ({ zone, offsets = defaultOffsets, quiet = null }: ReminderState): Setting => ({
  zone,
  offsets,
  quiet,
})

// A last day that comes back to where it stood was told of then, and is told of again: by when it came back.
const asAppeared = (moment: ReminderMoment, { clock, lastDay, sinceAt }: Countdown, state: ReminderState) => {
  const isFired = (offset: string) => state.fired.includes(reminderKey(clock, lastDay, offset, 0))
  const again = `${moment.offset}-${sinceAt}`
  const toldAt = state.firstSentAt?.[clock] ?? state.sentAt?.[clock]
  const isToldSince = toldAt !== undefined && msOf(toldAt) >= msOf(sinceAt)
  const isAgain = isFired(again) || (isFired(moment.offset) && !isToldSince)
  return isAgain ? { ...moment, offset: again } : moment
}

// Every moment of a countdown that matters around now, earliest first. A snooze takes the place of what lay before its end;
// one from before the last day came to stand where it does holds nothing.
const timeline = (countdown: Countdown, now: number, state: ReminderState): ReminderMoment[] => {
  const setting = settingOf(state)
  const since = msOf(countdown.sinceAt)
  const appeared = appearedMoment(countdown, setting)
  const planned = [...fixedMoments(countdown, setting), ...overdueMoments(countdown, now, setting)]
  const moments = [
    ...(appeared ? [asAppeared(appeared, countdown, state)] : []),
    ...planned.filter(({ at }) => at > since),
  ]
  const snooze = state.snoozed?.[countdown.clock]
  const isOver =
    !snooze || snooze.lastDay !== countdown.lastDay || msOf(snooze.at ?? countdown.sinceAt) < since
  if (isOver) return moments.sort((a, b) => a.at - b.at)
  const end = snoozeEnd(countdown, snooze.untilOn, setting)
  return [end, ...moments.filter(({ at }) => at >= end.at)].sort((a, b) => a.at - b.at)
}

const lastReached = (moments: readonly ReminderMoment[], now: number) =>
  moments.filter(({ at }) => at <= now).at(-1)

type Escalation = { at: number; step: EscalationStep }

const hoursOf = (
  step: EscalationStep | undefined,
  { dueAt, lastDay }: Countdown,
  sent: ReminderMoment,
  { zone }: ReminderState,
): number => {
  if (!step) return 0
  if (dueAt) return step.afterHoursByHour
  const isUrgent = daysBetween(dateIn(zone, sent.at), lastDay) <= urgentDays
  return isUrgent ? step.afterHoursUrgent : step.afterHours
}

// The next step of a reminder that was sent and that nobody acknowledged since.
const escalationOf = (
  countdown: Countdown,
  sent: ReminderMoment,
  state: ReminderState,
): Escalation | null => {
  const { clock, lastDay } = countdown
  const key = (step: number) => reminderKey(clock, lastDay, sent.offset, step)
  const acknowledged = state.acknowledged?.[clock]
  const firstSent = Math.max(sent.at, msOf(state.firstSentAt?.[clock] ?? instantOf(sent.at)))
  if (acknowledged?.lastDay === lastDay && msOf(acknowledged.at) >= firstSent) return null
  const step = state.escalation?.find(({ step }) => !state.fired.includes(key(step)))
  if (!step || !state.fired.includes(key(0))) return null
  if (state.unheard?.includes(clock)) return { at: firstSent, step }
  const before = state.escalation?.find((other) => other.step === step.step - 1)
  const hours = (one?: EscalationStep) => hoursOf(one, countdown, sent, state)
  // From the reminder's own moment, or from when the step before it really went out: a late reminder leaves time to react.
  const planned = sent.at + hours(step) * 3_600_000
  const reallySent = msOf(state.sentAt?.[clock] ?? instantOf(sent.at))
  const waited = reallySent + (hours(step) - hours(before)) * 3_600_000
  return { at: afterQuiet(Math.max(planned, waited), countdown, settingOf(state)), step }
}

const reminderOf = (countdown: Countdown, moment: ReminderMoment, now: number, zone: string): Reminder => ({
  key: reminderKey(countdown.clock, countdown.lastDay, moment.offset, 0),
  clock: countdown.clock,
  lastDay: countdown.lastDay,
  offset: moment.offset,
  step: 0,
  kind: moment.kind,
  daysLeft: daysBetween(dateIn(zone, now), countdown.lastDay),
  to: null,
  movedFrom: countdown.movedFrom ?? null,
})

const dueFor = (countdown: Countdown, now: number, state: ReminderState): Reminder | null => {
  const reached = lastReached(timeline(countdown, now, state), now)
  if (!reached) return null
  const reminder = reminderOf(countdown, reached, now, state.zone)
  if (!state.fired.includes(reminder.key)) return reminder
  const escalation = escalationOf(countdown, reached, state)
  if (!escalation || escalation.at > now) return null
  const { step, to } = escalation.step
  const key = reminderKey(countdown.clock, countdown.lastDay, reached.offset, step)
  return { ...reminder, key, step, to, kind: 'escalated' }
}

/** At most one a clock, however long nobody looked. */
export const dueReminders = (state: ReminderState, now: Moment): Reminder[] =>
  state.countdowns
    .map((countdown) => dueFor(countdown, msOf(now), state))
    .filter((reminder) => reminder !== null)

const nextFor = (countdown: Countdown, now: number, state: ReminderState): number | null => {
  if (dueFor(countdown, now, state)) return now
  const moments = timeline(countdown, now, state)
  const unsent = ({ offset }: ReminderMoment) =>
    !state.fired.includes(reminderKey(countdown.clock, countdown.lastDay, offset, 0))
  const next = moments.find((moment) => moment.at > now && unsent(moment))
  const reached = lastReached(moments, now)
  const escalation = reached ? escalationOf(countdown, reached, state) : null
  const times = [next?.at, escalation?.at].filter((at) => at !== undefined)
  return times.length > 0 ? Math.min(...times) : null
}

/** The earliest instant at which dueReminders has something to say: now where it already has, null where it never will. */
export const nextWakeAt = (state: ReminderState, now: Moment): Instant | null => {
  const times = state.countdowns
    .map((countdown) => nextFor(countdown, msOf(now), state))
    .filter((at) => at !== null)
  return times.length > 0 ? instantOf(Math.min(...times)) : null
}
