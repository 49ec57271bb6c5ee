/** Dates and times as a dialog shows them, in the organisation's zone, and the instants they mean there. Never a throw. */
import { tzOffset } from '@date-fns/tz'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

const offsetAt = (zone: string, ms: number): number => Math.round(tzOffset(zone, new Date(ms)) * minuteMs)

const wallMs = (zone: string, ms: number): number => ms + offsetAt(zone, ms)

export interface WallTime {
  readonly date: string
  readonly time: string
}

/** What the clocks in the zone show at an instant, to the minute. */
export function wallTime(zone: string, instant: string): WallTime | undefined {
  const ms = Date.parse(instant)
  if (Number.isNaN(ms) || Number.isNaN(offsetAt(zone, ms))) return undefined
  const shown = new Date(wallMs(zone, ms)).toISOString()
  return /^\d{4}-/.test(shown) ? { date: shown.slice(0, 10), time: shown.slice(11, 16) } : undefined
}

/**
 * The earliest instant at which the clocks show this: the first of two where they went back, and where they went
 * forward over it the moment they did. Undefined for a date or time that no calendar has.
 */
export function instantOf(zone: string, { date, time }: WallTime): string | undefined {
  const wall = Date.parse(`${date}T${time}:00Z`)
  if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 10) !== date) return undefined
  const offsets = [...new Set([offsetAt(zone, wall - dayMs), offsetAt(zone, wall + dayMs)])]
  const shown = offsets.map((offset) => wall - offset).filter((ms) => wallMs(zone, ms) === wall)
  const ms = shown.length > 0 ? Math.min(...shown) : changeBefore(zone, wall, offsets)
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString()
}

/** Between the two readings of a skipped time lies the change itself: the first minute that shows a later time. */
function changeBefore(zone: string, wall: number, offsets: readonly number[]): number {
  let before = wall - Math.max(...offsets)
  let after = wall - Math.min(...offsets)
  while (after - before > minuteMs) {
    const middle = before + Math.floor((after - before) / 2 / minuteMs) * minuteMs
    if (wallMs(zone, middle) > wall) after = middle
    else before = middle
  }
  return after
}

export function isZone(zone: string): boolean {
  return /^[A-Za-z]/.test(zone) && !Number.isNaN(tzOffset(zone, new Date(0)))
}
