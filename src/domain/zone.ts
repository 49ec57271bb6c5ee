// Instants in a zone: which calendar date an instant is, when a local day ends, what a wall-clock time means.
// Offsets come from the zone at that instant, so daylight-saving changes and skipped midnights are handled here only.
import { tzOffset } from '@date-fns/tz'
import { addDays, type CalendarDate, calendarDateOf } from './calendar.ts'

/** UTC, ISO 8601 with a Z. */
export type Instant = string
export type Moment = Instant | number | Date
export type LocalTime = { hour: number; minute: number }

const minute = 60_000
const day = 24 * 60 * minute

export const msOf = (moment: Moment): number => new Date(moment).getTime()
export const instantOf = (moment: Moment): Instant => new Date(moment).toISOString()
const withoutFraction = (ms: number) => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z')

/** Whether the name is a zone of the IANA database; offsets such as +05:00 are not. */
export const isZone = (zone: string): boolean => {
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }) !== null
  } catch {
    return false
  }
}

/** The same instants are asked for again and again, clock by clock; what is remembered is thrown away whole when it is much. */
const known = new Map<string, Map<number, number>>()
const MUCH = 20_000

function offsetAt(zone: string, ms: number): number {
  const offsets = known.get(zone) ?? new Map<number, number>()
  const found = offsets.get(ms)
  if (found !== undefined) return found
  const offset = tzOffset(zone, new Date(ms)) * minute
  if (offsets.size >= MUCH) offsets.clear()
  known.set(zone, offsets.set(ms, offset))
  return offset
}

const wallClock = (zone: string, ms: number) => new Date(ms + offsetAt(zone, ms)).toISOString()

export const dateIn = (zone: string, at: Moment): CalendarDate =>
  wallClock(zone, msOf(at)).slice(0, 10) as CalendarDate

export const timeIn = (zone: string, at: Moment): LocalTime => {
  const local = wallClock(zone, msOf(at))
  return { hour: Number(local.slice(11, 13)), minute: Number(local.slice(14, 16)) }
}

/** Local time with its offset, to the second: 2026-01-19T23:59:59-05:00. */
export const localIso = (zone: string, at: Moment): string => {
  const ms = msOf(at)
  const offset = Math.round(offsetAt(zone, ms) / minute)
  const size = Math.abs(offset)
  const pad = (value: number) => String(value).padStart(2, '0')
  const sign = offset < 0 ? '-' : '+'
  return `${wallClock(zone, ms).slice(0, 19)}${sign}${pad(Math.floor(size / 60))}:${pad(size % 60)}`
}

/** To the second, as the clocks contract writes instants. */
export const utcIso = (at: Moment): Instant => withoutFraction(msOf(at))

/** Every instant at which the zone's clocks show this time: none where it was skipped, two where it was repeated. */
export const instantsAt = (zone: string, date: CalendarDate, time: LocalTime): Instant[] => {
  const wall = msOf(`${date}T00:00:00Z`) + (time.hour * 60 + time.minute) * minute
  const offsets = new Set([offsetAt(zone, wall - day), offsetAt(zone, wall + day)])
  return [...offsets]
    .map((offset) => wall - offset)
    .filter((ms) => ms + offsetAt(zone, ms) === wall)
    .sort((a, b) => a - b)
    .map(instantOf)
}

/** The one instant to use where the bot itself picks a time: the first of two, or just after the clocks went forward. */
export const instantAt = (zone: string, date: CalendarDate, time: LocalTime): Instant => {
  const [first] = instantsAt(zone, date, time)
  if (first) return first
  const wall = msOf(`${date}T00:00:00Z`) + (time.hour * 60 + time.minute) * minute
  return instantOf(wall - offsetAt(zone, wall - day))
}

/** The first instant after the local day is over. Where midnight was skipped the day ends at the change itself; where
 *  clocks go back across midnight it ends the second time. */
export const endOfDay = (zone: string, date: CalendarDate): Instant => {
  const midnights = instantsAt(zone, addDays(date, 1), { hour: 0, minute: 0 })
  const last = midnights.filter((at) => dateIn(zone, msOf(at) - 1000) <= date).at(-1)
  return last ?? instantAt(zone, addDays(date, 1), { hour: 0, minute: 0 })
}

export const startOfDay = (zone: string, date: CalendarDate): Instant => endOfDay(zone, addDays(date, -1))

export type DayBounds = { dueDate: CalendarDate; dueLocal: string; dueEndExclusiveUtc: Instant }

/** A legal day as the contract states it: the date, its last second there, the first instant after it. */
export const dayBounds = (zone: string, date: CalendarDate): DayBounds => {
  const end = msOf(endOfDay(zone, calendarDateOf(date)))
  return { dueDate: date, dueLocal: localIso(zone, end - 1000), dueEndExclusiveUtc: withoutFraction(end) }
}
