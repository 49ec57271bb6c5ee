/** The day a snooze ends: a date, a weekday or a number of days; never today and never past the last day. */
import { addDays, type CalendarDate } from '../domain/calendar.ts'
import { sayDay, sayDays, sayMoment } from '../domain/dates-in-words.ts'
import type { IncidentClock } from '../domain/incident-clocks.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { MORNING } from '../domain/reminding.ts'
import { parseWhen } from '../domain/when.ts'
import { dateIn, type Instant, instantAt, instantOf, msOf } from '../domain/zone.ts'
import type { Context } from './command.ts'

export function readUntil(typed: string, context: Context, zone: string): CalendarDate | Refusal {
  const today = dateIn(zone, context.at)
  const span = /^(?:for\s+)?(\d{1,3}|an?|one|two|three)\s*(days?|d|weeks?|w)?$/i.exec(typed.trim())
  if (span) {
    const few: Record<string, number> = { a: 1, an: 1, one: 1, two: 2, three: 3 }
    const count = few[span[1]?.toLowerCase() ?? ''] ?? Number(span[1])
    const days = /^w/i.test(span[2] ?? '') ? count * 7 : count
    return days > 0 ? addDays(today, days) : refusedDay('in-the-past', 'A snooze is at least one day.')
  }
  const when = parseWhen(typed, { now: context.at, zone, tense: 'future' })
  if (when.kind === 'refused') return refusedDay(when.reason.replaceAll('_', '-'), when.message)
  // On a Friday, "until Friday" is the next one.
  if (when.date === today && /^(?:on\s+|this\s+)?(?:mon|tue|wed|thu|fri|sat|sun)/i.test(typed.trim()))
    return addDays(today, 7)
  if (when.date <= today) return refusedDay('in-the-past', 'A snooze is at least one day: try tomorrow.')
  return when.date
}

export const refusedDay = (reason: string, sentence: string): Refusal =>
  refuse(`snooze-${reason}`, sentence, { field: 'until' })

function pastLastDay(day: CalendarDate, { label, lastDay, daysLeft }: IncidentClock): Refusal | undefined {
  if (!lastDay || day <= lastDay) return undefined
  const left = daysLeft ?? 0
  const said =
    left < 0
      ? `${label} is ${sayDays(-left)} late; its reminders cannot be snoozed. Send it, or say why it need not go.`
      : `No snooze reaches past the last day, ${sayDay(lastDay)}. Choose that day or an earlier one.`
  return refusedDay('past-last-day', said)
}

export interface SnoozeEnd {
  readonly untilOn: CalendarDate
  /** Of what is owed at once. */
  readonly untilAt?: Instant
}

export function readDay(
  typed: string,
  context: Context,
  zone: string,
  clock: IncidentClock,
): SnoozeEnd | Refusal {
  const day = readUntil(typed, context, zone)
  return typeof day === 'string' ? (pastLastDay(day, clock) ?? { untilOn: day }) : day
}

/** Owed at once: hours, or tomorrow's morning; nobody quiets it for a day. */
export function readHours(typed: string, context: Context, zone: string): SnoozeEnd | Refusal {
  const tomorrow = addDays(dateIn(zone, context.at), 1)
  const morning = instantAt(zone, tomorrow, MORNING)
  const end = (at: Instant): SnoozeEnd => ({ untilOn: dateIn(zone, at), untilAt: at })
  const [, few] =
    /^(?:for\s+)?(\d{1,2}|an?|one|two|three|four)\s*(?:hours?|hrs?|h)$/i.exec(typed.trim()) ?? []
  if (few !== undefined) {
    const words: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3, four: 4 }
    const at = context.at.getTime() + (words[few.toLowerCase()] ?? Number(few)) * 3_600_000
    if (at > context.at.getTime() && at <= msOf(morning)) return end(instantOf(at))
  } else {
    const day = readUntil(typed, context, zone)
    if (day === tomorrow) return end(morning)
  }
  return refusedDay(
    'at-once',
    `It is owed at once: a snooze of it is hours, and ends ${sayMoment(zone, morning)} at the latest. Type it like: snooze urgent for 2 hours because …`,
  )
}
