// The day part of what a person typed: a named day, a weekday, a written date. Without a year the nearest one that fits
// the tense is meant.
import { addDays, type CalendarDate, dateFromParts, weekdayOf, yearOf } from './calendar.ts'

export type Tense = 'past' | 'future' | 'any'
export type Day = { date: CalendarDate } | { date: CalendarDate; weekday: number }

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const weekdayName = '(sun|mon|tue|wed|thu|fri|sat)(?:day|sday|nesday|rsday|urday|s|rs|r)?'
const monthName =
  '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\\.?'

const iso = /^(\d{4})-(\d{2})-(\d{2})$/
const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/
const dayFirst = new RegExp(`^(\\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]${monthName}(?:,?[ -](\\d{4}))?$`)
const monthFirst = new RegExp(`^${monthName} (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?$`)
const leadingWeekday = new RegExp(`^${weekdayName},? (?=.*\\d)`)
const bareWeekday = new RegExp(`^(?:(last|next|on|this) )?${weekdayName}$`)
const relative = /^(?:in )?(\d{1,4}|an?|one|two|three) (day|week)s?( ago)?$/
const numbers: Record<string, number> = { a: 1, an: 1, one: 1, two: 2, three: 3 }

const named: Record<string, number> = {
  today: 0,
  tonight: 0,
  'this morning': 0,
  yesterday: -1,
  'last night': -1,
  tomorrow: 1,
}

const weekdayNear = (text: string, today: CalendarDate, tense: Tense): Day | null => {
  const found = bareWeekday.exec(text)
  if (!found) return null
  const weekday = weekdays.indexOf(found[2]!)
  const back = (weekdayOf(today) - weekday + 7) % 7
  const forward = (7 - back) % 7
  const which = found[1]
  if (which === 'next' || (tense === 'future' && which !== 'last'))
    return { date: addDays(today, forward === 0 && which === 'next' ? 7 : forward), weekday }
  return { date: addDays(today, -(back === 0 && which === 'last' ? 7 : back)), weekday }
}

const relativeDay = (text: string, today: CalendarDate): Day | null => {
  const found = relative.exec(text)
  if (!found || text.startsWith('in ') === Boolean(found[3])) return null
  const days = (numbers[found[1]!] ?? Number(found[1])) * (found[2] === 'week' ? 7 : 1)
  return { date: addDays(today, found[3] ? -days : days) }
}

// Without a year: this year's, unless that lies on the wrong side of today.
const withoutYear = (month: number, day: number, today: CalendarDate, tense: Tense): CalendarDate | null => {
  const years = [0, -1, 1, -2, 2, -3, 3, -4, 4].map((step) => yearOf(today) + step)
  const dates = years.map((year) => dateFromParts(year, month, day)).filter((date) => date !== null)
  const fits = (date: CalendarDate) => (tense === 'future' ? date >= today : date <= today)
  return dates.find(fits) ?? dates[0] ?? null
}

type Parts = { year: string | undefined; month: number; day: number }

const written = (text: string): Parts | null => {
  const asIso = iso.exec(text)
  if (asIso) return { year: asIso[1], month: Number(asIso[2]), day: Number(asIso[3]) }
  const asAmerican = american.exec(text)
  if (asAmerican) return { year: asAmerican[3], month: Number(asAmerican[1]), day: Number(asAmerican[2]) }
  const first = dayFirst.exec(text)
  if (first) return { year: first[3], month: months.indexOf(first[2]!) + 1, day: Number(first[1]) }
  const second = monthFirst.exec(text)
  return second ? { year: second[3], month: months.indexOf(second[1]!) + 1, day: Number(second[2]) } : null
}

/** Null when it is not understood; a written weekday must be that date's own. */
export const dayIn = (text: string, today: CalendarDate, tense: Tense): Day | 'no_such_date' | null => {
  // Own names only: a person may type "constructor".
  const days = Object.hasOwn(named, text) ? named[text] : undefined
  if (days !== undefined) return { date: addDays(today, days) }
  const near = weekdayNear(text, today, tense) ?? relativeDay(text, today)
  if (near) return near
  const said = leadingWeekday.exec(text)
  const parts = written(said ? text.slice(said[0].length) : text)
  if (!parts) return null
  const date = parts.year
    ? dateFromParts(Number(parts.year), parts.month, parts.day)
    : withoutYear(parts.month, parts.day, today, tense)
  if (!date) return 'no_such_date'
  return said && weekdayOf(date) !== weekdays.indexOf(said[1]!) ? 'no_such_date' : { date }
}
