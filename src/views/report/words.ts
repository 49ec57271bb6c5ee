/** People, times and missing words as a report says them. */
import { type CalendarDate, formatDate } from '../../domain/calendar.ts'
import { sayDay, sayLength, sayTime } from '../../domain/dates-in-words.ts'
import { isLate } from '../../domain/late.ts'
import { NO_NAME, type Who } from '../../domain/report/people.ts'
import type { Act, LateAct, Report, Words } from '../../domain/report/report.ts'
import { roleLabel } from '../../domain/roles.ts'
import { dateIn, msOf } from '../../domain/zone.ts'

type Zoned = Pick<Report, 'state'>
export const zoneOf = ({ state }: Zoned): string => state.organisation.zone

export const nameWords = ({ kind, name }: Who): string =>
  kind === 'wardroom' ? 'Wardroom' : (name ?? NO_NAME)

/** `Dana Reyes (privacy officer)` */
export function whoWords(who: Who): string {
  if (who.kind === 'outside') return `${who.name} (not in chat)`
  return `${nameWords(who)}${who.roles.length > 0 ? ` (${who.roles.map(roleLabel).join(', ')})` : ''}`
}

/** An instant in the incident's zone, or a day where only the day is known. */
export const momentWords = (report: Zoned, at: string): string =>
  at.length === 10
    ? sayDay(at as CalendarDate)
    : `${formatDate(dateIn(zoneOf(report), at), 'EEE d MMM yyyy')}, ${sayTime(zoneOf(report), at)}`

/** `2 hours 55 minutes`, `89 days`: in two units where the first alone would say too little. */
export function lengthWords(from: string, to: string): string {
  const ms = msOf(to) - msOf(from)
  const unit = [86_400_000, 3_600_000].find((size) => ms >= size)
  const rest = unit === undefined ? 0 : ms % unit
  const isFine = unit !== undefined && ms < 10 * unit && rest >= 60_000
  return isFine ? `${sayLength(ms)} ${sayLength(rest)}` : sayLength(ms)
}

export const NOT_HERE = '[words not in this report]'
export const wordsOr = (words: Words): string => words ?? NOT_HERE

/** `entry 212`: where the record has it. */
export const entryWords = (seq: number): string => `entry ${seq}`

/** When, and which entry says so. */
export const whenWords = (report: Zoned, { at, seq }: Pick<Act, 'at' | 'seq'>): string =>
  `${momentWords(report, at)}\n${entryWords(seq)}`

/** When it happened and, where that is another time or person, how it came onto the record. */
export function lateWords(report: Zoned, act: LateAct): string {
  const { at, seq, occurredAt, recordedBy } = act
  const happened = occurredAt !== null && isLate(occurredAt, at, zoneOf(report)) ? occurredAt : null
  const recorded = [
    ...(happened ? [`late entry of ${momentWords(report, at)}`] : []),
    ...(recordedBy ? [`recorded by ${nameWords(recordedBy)}`] : []),
    entryWords(seq),
  ]
  return `${momentWords(report, happened ?? at)}\n${recorded.join(', ')}`
}
