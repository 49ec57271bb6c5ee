// Calendar dates: legal days as plain YYYY-MM-DD, counted without clocks or zones. A day here is a date on a
// calendar, never 24 hours. Instants and zones are in zone.ts, human input in when.ts, wording in dates-in-words.ts.
import { UTCDateMini } from '@date-fns/utc'
import { addDays as addDaysTo, differenceInCalendarDays, format, getDay, isWeekend } from 'date-fns'

declare const calendarDate: unique symbol
export type CalendarDate = string & { readonly [calendarDate]: true }

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/

// A Date is only the carrier of the calculation; midnight UTC has no daylight-saving change to trip over.
const carrier = (date: CalendarDate): Date => new UTCDateMini(`${date}T00:00:00Z`)
const fromCarrier = (date: Date) => date.toISOString().slice(0, 10) as CalendarDate

export const yearOf = (date: CalendarDate): number => Number(date.slice(0, 4))

export const dateFromParts = (year: number, month: number, day: number): CalendarDate | null => {
  if (!Number.isInteger(year) || year < 1000 || year > 9999) return null
  const date = new Date(Date.UTC(year, month - 1, day))
  const exists =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists ? fromCarrier(date) : null
}

export const parseCalendarDate = (text: string): CalendarDate | null => {
  const parts = pattern.exec(text)
  return parts ? dateFromParts(Number(parts[1]), Number(parts[2]), Number(parts[3])) : null
}

export const isCalendarDate = (text: string): text is CalendarDate => parseCalendarDate(text) !== null

/** For dates written in code and for values already checked; a wrong one is a fault. */
export const calendarDateOf = (text: string): CalendarDate => {
  const date = parseCalendarDate(text)
  if (!date) throw new Error('not a calendar date')
  return date
}

export const addDays = (date: CalendarDate, days: number): CalendarDate =>
  fromCarrier(addDaysTo(carrier(date), days))

/** The anniversary; from 29 February in a common year it is 1 March, so that nothing is kept a day too short. */
export const addYearsKeeping = (date: CalendarDate, years: number): CalendarDate => {
  const year = yearOf(date) + years
  const anniversary = dateFromParts(year, Number(date.slice(5, 7)), Number(date.slice(8)))
  return anniversary ?? calendarDateOf(`${year}-03-01`)
}

/** Days from the first date to the second; negative when the second is earlier. */
export const daysBetween = (from: CalendarDate, to: CalendarDate): number =>
  differenceInCalendarDays(carrier(to), carrier(from))

/** 0 is Sunday, 6 is Saturday. */
export const weekdayOf = (date: CalendarDate): number => getDay(carrier(date))

/** In words a reader acts on, by date-fns pattern: `EEE d MMM yyyy`. */
export const formatDate = (date: CalendarDate, pattern: string): string => format(carrier(date), pattern)

export const lastDayOfYear = (year: number): CalendarDate => calendarDateOf(`${year}-12-31`)

export const earlier = (a: CalendarDate, b: CalendarDate): CalendarDate => (a <= b ? a : b)
export const later = (a: CalendarDate, b: CalendarDate): CalendarDate => (a >= b ? a : b)

export const isWorkingDay = (date: CalendarDate, holidays: readonly string[] = []): boolean =>
  !isWeekend(carrier(date)) && !holidays.includes(date)

/** The start is not counted; Saturdays, Sundays and the given holidays are skipped. */
export const addBusinessDays = (
  start: CalendarDate,
  days: number,
  holidays: readonly string[] = [],
): CalendarDate => {
  let date = start
  for (let left = days; left > 0; ) {
    date = addDays(date, 1)
    if (isWorkingDay(date, holidays)) left -= 1
  }
  return date
}

/** The last working day on or before a date: the day to post by, because no last day of HIPAA rolls forward. */
export const postBy = (date: CalendarDate, holidays: readonly string[] = []): CalendarDate => {
  let day = date
  while (!isWorkingDay(day, holidays)) day = addDays(day, -1)
  return day
}
