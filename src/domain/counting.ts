// From a row and its start to a date or an instant. Days are counted on the calendar, never as hours; hours are elapsed
// time, so that a daylight-saving change moves the wall clock and nothing else. No date rolls off a weekend or holiday.
import {
  addBusinessDays,
  addDays,
  addYearsKeeping,
  type CalendarDate,
  lastDayOfYear,
  yearOf,
} from './calendar.ts'
import type { ClockFacts } from './clock-facts.ts'
import type { Regulation } from './regulation.ts'
import { dateIn, dayBounds, instantAt, localIso, msOf, utcIso } from './zone.ts'

export type Start = { date: CalendarDate; at: string }

/** What a clock counts to: a calendar date, or an instant where the law or a contract speaks of hours. */
export type Due = { date: CalendarDate } | { instant: string }

const hour = 3_600_000

export const hoursAfter = (at: string, hours: number): string => utcIso(msOf(at) + hours * hour)

/** The instant at which a due date or instant has passed. */
export const endOf = (zone: string, due: Due): number =>
  'date' in due ? msOf(dayBounds(zone, due.date).dueEndExclusiveUtc) : msOf(due.instant)

// The contract's windows; the earliest where several are given. It never lengthens the law's own 60 days.
const contractDue = (start: Start, facts: ClockFacts, zone: string): Due | null => {
  const { baaDays, baaHours, baaBusinessDays, holidays } = facts
  const windows: Due[] = []
  if (typeof baaHours === 'number') windows.push({ instant: hoursAfter(start.at, baaHours) })
  if (typeof baaDays === 'number') windows.push({ date: addDays(start.date, baaDays) })
  if (typeof baaBusinessDays === 'number')
    windows.push({ date: addBusinessDays(start.date, baaBusinessDays, holidays ?? []) })
  return windows.sort((a, b) => endOf(zone, a) - endOf(zone, b))[0] ?? null
}

/** Null where the row has no number of its own: without undue delay, or with another clock. */
export const count = (row: Regulation, start: Start, facts: ClockFacts, zone: string): Due | null => {
  if (row.countRule === 'contract_defined') return contractDue(start, facts, zone)
  const { amount } = row
  if (amount === null) return null
  switch (row.countRule) {
    case 'day0_calendar_end_of_local_day':
    case 'minimum_duration_inclusive':
      return { date: addDays(start.date, amount) }
    case 'business_days_skip_weekends_and_listed_holidays':
      return { date: addBusinessDays(start.date, amount, facts.holidays ?? []) }
    case 'elapsed_hours_from_instant':
      return { instant: hoursAfter(start.at, amount) }
    case 'year_end_plus_60':
      return { date: addDays(lastDayOfYear(yearOf(start.date)), amount) }
    case 'anniversary_minimum':
      return { date: addYearsKeeping(start.date, amount / 12) }
    case 'no_fixed_limit':
    case 'maximum_duration':
    case 'until_date_in_statement':
      return null
  }
}

/** The date fields of the contract for a day, with a cut-off time where the row has one, or for an instant. */
export const dateFields = (row: Regulation, due: Due, zone: string) => {
  if ('instant' in due)
    return { dueInstantUtc: utcIso(due.instant), dueInstantLocal: localIso(zone, due.instant) }
  if (!row.cutOff) return dayBounds(zone, due.date)
  const at = instantAt(row.cutOff.zone, due.date, row.cutOff)
  return { dueDate: due.date, dueInstantUtc: utcIso(at), dueInstantLocal: localIso(row.cutOff.zone, at) }
}

export const dayOf = (due: Due, zone: string): CalendarDate =>
  'date' in due ? due.date : dateIn(zone, due.instant)
