// Dates as facts have them: a day, or an instant with its offset, of a year in which the law and the program both are.
import { type CalendarDate, parseCalendarDate } from './calendar.ts'
import { dateIn } from './zone.ts'

export const earliestYear = 1996
const latestYear = 2199

export const dateText = 'an ISO date (2026-11-18) or an instant with offset (2026-11-18T22:10:00-05:00)'
const instantPattern =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/

export const dateMistake = (text: string, accepted: string): string | null => {
  const day = instantPattern.exec(text)?.[1] ?? text
  if (/^\d{4}-\d{2}-\d{2}T/.test(text) && day === text)
    return `is not an instant with offset; accepted: ${accepted}`
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return `is not a date; accepted: ${accepted}`
  if (!parseCalendarDate(day)) return `does not exist in the calendar; accepted: ${accepted}`
  if (Number(day.slice(0, 4)) < earliestYear)
    return `is before ${earliestYear}; accepted: ${accepted}, from ${earliestYear}-01-01`
  if (Number(day.slice(0, 4)) > latestYear)
    return `is after ${latestYear}; accepted: ${accepted}, to ${latestYear}-12-31`
  return null
}

export const isDate = (value: unknown): value is string =>
  typeof value === 'string' && dateMistake(value, '') === null

/** The calendar date of a fact: a date stands for itself, an instant is a date in the organisation's zone. */
export const factDate = (zone: string, value: string): CalendarDate =>
  parseCalendarDate(value) ?? dateIn(zone, value)
