// Dates and lengths as people act on them: `Tue 19 Jan 2027`, `57 days left`, `Fri 20 Nov 22:41`. Never hours for a day,
// never a bare number; "late" only when it is.
import { tz } from '@date-fns/tz'
import { format } from 'date-fns'
import { type CalendarDate, daysBetween, formatDate, postBy } from './calendar.ts'
import { dateIn, type Moment } from './zone.ts'

/** `Tue 19 Jan` */
export const sayDayShort = (date: CalendarDate): string => formatDate(date, 'EEE d MMM')

/** `Tue 19 Jan 2027` */
export const sayDay = (date: CalendarDate): string => formatDate(date, 'EEE d MMM yyyy')

/** `22:41` in the zone. */
export const sayTime = (zone: string, at: Moment): string => format(at, 'HH:mm', { in: tz(zone) })

/** `Fri 20 Nov 22:41` in the zone. */
export const sayMoment = (zone: string, at: Moment): string =>
  `${sayDayShort(dateIn(zone, at))} ${sayTime(zone, at)}`

/** `Fri 20 Nov 2026 22:41` in the zone. */
export const sayMomentFull = (zone: string, at: Moment): string =>
  `${sayDay(dateIn(zone, at))} ${sayTime(zone, at)}`

/** `1 day`, `57 days` */
export const sayDays = (days: number): string => `${days} ${days === 1 ? 'day' : 'days'}`

/** `57 days left`, `1 day left`, `last day today`, `2 days late` */
export const sayDaysLeft = (today: CalendarDate, lastDay: CalendarDate): string => {
  const left = daysBetween(today, lastDay)
  if (left === 0) return 'last day today'
  return left > 0 ? `${sayDays(left)} left` : `${sayDays(-left)} late`
}

/** `Tue 19 Jan 2027 · 57 days left` */
export const sayLastDay = (today: CalendarDate, lastDay: CalendarDate): string =>
  `${sayDay(lastDay)} · ${sayDaysLeft(today, lastDay)}`

/** `post by Fri 15 Jan` where the last day is no working day, else null. */
export const sayPostBy = (lastDay: CalendarDate, holidays: readonly string[] = []): string | null => {
  const day = postBy(lastDay, holidays)
  return day === lastDay ? null : `post by ${sayDayShort(day)}`
}

const spans: readonly [size: number, one: string, many: string][] = [
  [24 * 60, 'day', 'days'],
  [60, 'hour', 'hours'],
  [1, 'minute', 'minutes'],
]

/** `12 minutes`, `3 hours`, `2 days`: how long an incident has been running, in the largest whole unit. */
export const sayLength = (ms: number): string => {
  const minutes = Math.floor(Math.max(0, ms) / 60_000)
  const span = spans.find(([size]) => minutes >= size)
  if (!span) return 'less than a minute'
  const whole = Math.floor(minutes / span[0])
  return `${whole} ${whole === 1 ? span[1] : span[2]}`
}
