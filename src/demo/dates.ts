/** Times as a scenario writes them, in the organisation's zone: `Fri 20 Nov 2026 22:41`, `15 minutes`. */
import { addDays, dateFromParts, parseCalendarDate, weekdayOf } from '../domain/calendar.ts'
import { dateIn, instantAt } from '../domain/zone.ts'
import { ZONE } from './stage.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const written = /^(?:(\w{3}) )?(\d{1,2}) (\w{3}) (\d{4})(?:,?(?: at)? (\d{1,2}):(\d{2}))?$/

/** Undefined when it is no such date, or the weekday is another's. */
export function readMoment(text: string): Date | undefined {
  const [, weekday, day, month, year, hour = '0', minute = '0'] = written.exec(text.trim()) ?? []
  const date = dateFromParts(Number(year), months.indexOf(month ?? '') + 1, Number(day))
  if (!date || (weekday && weekdays[weekdayOf(date)] !== weekday)) return undefined
  return new Date(instantAt(ZONE, date, { hour: Number(hour), minute: Number(minute) }))
}

const lengths: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, second: 1000 }

/** Days keep the hour, whatever the clocks do in between. */
export function after(now: Date, count: number, unit: string): Date {
  const length = lengths[unit]
  if (length) return new Date(now.getTime() + count * length)
  const days = unit === 'week' ? count * 7 : count
  const today = parseCalendarDate(dateIn(ZONE, now))
  if (!today) return now
  const local = new Date(now.getTime()).toLocaleTimeString('en-GB', { timeZone: ZONE })
  const [hour, minute] = local.split(':').map(Number)
  return new Date(instantAt(ZONE, addDays(today, days), { hour: hour ?? 0, minute: minute ?? 0 }))
}

export const dayOf = (at: Date): string => dateIn(ZONE, at)

/** `08:05` */
export const timeOf = (at: Date): string =>
  at.toLocaleTimeString('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' })

export const sayNow = (at: Date): string =>
  at
    .toLocaleString('en-GB', {
      timeZone: ZONE,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    })
    .replaceAll(',', '')
