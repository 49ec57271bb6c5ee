/** A late entry: recorded well after it happened. A day alone is late from the next day on. */
import { isCalendarDate } from './calendar.ts'
import { dateIn, msOf } from './zone.ts'

const graceMs = 5 * 60_000

export const isLate = (occurredAt: string, recordedAt: string, zone: string): boolean =>
  isCalendarDate(occurredAt)
    ? occurredAt < dateIn(zone, recordedAt)
    : msOf(recordedAt) - msOf(occurredAt) > graceMs
