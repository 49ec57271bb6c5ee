// When a countdown calls for a reminder: the table of offsets turned into instants, at 08:00 local in the organisation's
// zone. Pure arithmetic on one countdown; what was already sent is in reminders.ts.
import { addDays, type CalendarDate, daysBetween, earlier } from './calendar.ts'
import { isQuietAt, MORNING, type Quiet } from './reminding.ts'
import { dateIn, instantAt, type LocalTime, msOf } from './zone.ts'

export type Countdown = {
  clock: string
  lastDay: CalendarDate
  /** The instant, for clocks of hours. */
  dueAt?: string
  /** When this last day first stood on the record: at declaring, or when it moved. */
  sinceAt: string
  /** The last day before it moved. */
  movedFrom?: CalendarDate
}

export type OffsetTable = {
  /** Days before the last day; 0 is the morning of. */
  days: readonly number[]
  /** Hours before the instant, for clocks of hours. */
  hours: readonly number[]
  /** Rules that are reminded of at other times. */
  byRule?: Readonly<Record<string, Partial<Pick<OffsetTable, 'days' | 'hours'>>>>
  /** Whether every morning after the last day has one. */
  dailyWhenOverdue: boolean
  /** Rules owed at once, which have no last day: hours from one reminder to the next, night and day. */
  atOnce: Readonly<Record<string, number>>
  sendAt: LocalTime
}

export const defaultOffsets: OffsetTable = {
  days: [30, 14, 7, 3, 2, 1, 0],
  hours: [72, 48, 24, 8, 2, 0],
  // The year's report to HHS gathers many incidents: it is begun earlier.
  byRule: { 'hipaa.hhs.under500': { days: [60, 30, 14, 7, 3, 2, 1, 0] } },
  dailyWhenOverdue: true,
  atOnce: { 'hipaa.individual.urgent': 4 },
  sendAt: MORNING,
}

export type ReminderKind = 'scheduled' | 'overdue' | 'appeared' | 'snooze-ended'
export type ReminderMoment = { at: number; offset: string; kind: ReminderKind }

export type Setting = { zone: string; offsets: OffsetTable; quiet: Quiet | null }

const hour = 3_600_000

const morningOf = (date: CalendarDate, { zone, offsets }: Setting) =>
  msOf(instantAt(zone, date, offsets.sendAt))

/** The offsets before the end, earliest first. */
export const fixedMoments = (countdown: Countdown, setting: Setting): ReminderMoment[] => {
  const { clock, lastDay, dueAt } = countdown
  const offsets = { ...setting.offsets, ...setting.offsets.byRule?.[clock] }
  const days = offsets.days.map((days): ReminderMoment => {
    const at = morningOf(addDays(lastDay, -days), setting)
    return { at, offset: String(days), kind: 'scheduled' }
  })
  if (!dueAt) return days.sort((a, b) => a.at - b.at)
  const due = msOf(dueAt)
  const hours = offsets.hours.map((hours): ReminderMoment => {
    const kind = hours === 0 ? 'overdue' : 'scheduled'
    return { at: due - hours * hour, offset: `${hours}h`, kind }
  })
  const firstHour = Math.min(...hours.map(({ at }) => at))
  return [...days.filter(({ at }) => at < firstHour), ...hours].sort((a, b) => a.at - b.at)
}

/** The overdue mornings around an instant: the last one reached and the next one. */
export const overdueMoments = (countdown: Countdown, now: number, setting: Setting): ReminderMoment[] => {
  if (!setting.offsets.dailyWhenOverdue) return []
  const firstDay = addDays(countdown.lastDay, 1)
  const today = dateIn(setting.zone, now)
  const from = today <= firstDay ? firstDay : addDays(today, -1)
  return [0, 1, 2]
    .map((days) => addDays(from, days))
    .filter((date) => date >= firstDay)
    .map((date) => ({
      at: morningOf(date, setting),
      offset: `-${daysBetween(countdown.lastDay, date)}`,
      kind: 'overdue' as const,
    }))
}

/** Quiet hours hold a nudge back until they end, but never on or after a last day, and never that of a clock of hours. */
export const afterQuiet = (at: number, countdown: Countdown, setting: Setting): number => {
  const { quiet, zone } = setting
  const date = dateIn(zone, at)
  if (!quiet || countdown.dueAt || !isQuietAt(quiet, zone, at)) return at
  const sameDay = msOf(instantAt(zone, date, quiet.to))
  const end = sameDay > at ? sameDay : msOf(instantAt(zone, addDays(date, 1), quiet.to))
  return dateIn(zone, end) > countdown.lastDay || date >= countdown.lastDay ? at : end
}

/** One immediate notice for a clock that appears, or whose last day moves, inside or past its offsets. */
export const appearedMoment = (countdown: Countdown, setting: Setting): ReminderMoment | null => {
  const since = msOf(countdown.sinceAt)
  const [first] = fixedMoments(countdown, setting)
  if (!first || first.at > since) return null
  return { at: afterQuiet(since, countdown, setting), offset: 'appeared', kind: 'appeared' }
}

/** The end of a snooze: the morning of its day, never past the last day, and hours before the end of a clock of hours. */
export const snoozeEnd = (countdown: Countdown, untilOn: CalendarDate, setting: Setting): ReminderMoment => {
  const day = earlier(untilOn, countdown.lastDay)
  const morning = morningOf(day, setting)
  const lastHours = Math.min(...setting.offsets.hours.filter((hours) => hours > 0)) * hour
  const at = countdown.dueAt ? Math.min(morning, msOf(countdown.dueAt) - lastHours) : morning
  return { at, offset: `snoozed-${day}`, kind: 'snooze-ended' }
}
