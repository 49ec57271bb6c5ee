// Federal holidays (5 U.S.C. 6103), computed: the default list for clocks of business days and for "post by". They move
// no HIPAA date. Where a holiday falls on a Saturday the Friday is observed, on a Sunday the Monday (6103(b)).
import { addDays, type CalendarDate, calendarDateOf, dateFromParts, weekdayOf } from './calendar.ts'

const on = (year: number, month: number, day: number): CalendarDate => dateFromParts(year, month, day)!

const observed = (date: CalendarDate): CalendarDate => {
  const weekday = weekdayOf(date)
  return weekday === 6 ? addDays(date, -1) : weekday === 0 ? addDays(date, 1) : date
}

const nthWeekday = (year: number, month: number, weekday: number, nth: number): CalendarDate => {
  const first = on(year, month, 1)
  return addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + (nth - 1) * 7)
}

const lastMonday = (year: number, month: number): CalendarDate => {
  const end = addDays(month === 12 ? calendarDateOf(`${year + 1}-01-01`) : on(year, month + 1, 1), -1)
  return addDays(end, -((weekdayOf(end) + 6) % 7))
}

const juneteenthSince = 2021

const observedFor = (year: number): CalendarDate[] => [
  observed(on(year, 1, 1)),
  nthWeekday(year, 1, 1, 3),
  nthWeekday(year, 2, 1, 3),
  lastMonday(year, 5),
  ...(year >= juneteenthSince ? [observed(on(year, 6, 19))] : []),
  observed(on(year, 7, 4)),
  nthWeekday(year, 9, 1, 1),
  nthWeekday(year, 10, 1, 2),
  observed(on(year, 11, 11)),
  nthWeekday(year, 11, 4, 4),
  observed(on(year, 12, 25)),
]

/** The days observed within a year; a New Year's Day on a Saturday is observed on 31 December of the year before. */
export const federalHolidays = (year: number): CalendarDate[] =>
  [...observedFor(year), ...observedFor(year + 1)].filter((date) => date.startsWith(`${year}-`)).sort()

/** From the first year to the last, both included. */
export const federalHolidaysBetween = (firstYear: number, lastYear: number): CalendarDate[] =>
  Array.from({ length: lastYear - firstYear + 1 }, (_, index) => federalHolidays(firstYear + index)).flat()
