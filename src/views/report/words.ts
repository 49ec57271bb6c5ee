/** People, times and missing words as a report says them. */
import type { CalendarDate } from '../../domain/calendar.ts'
import { sayDay, sayMomentFull } from '../../domain/dates-in-words.ts'
import { isLate } from '../../domain/late.ts'
import { NO_NAME, type Who } from '../../domain/report/people.ts'
import type { LateAct, Report, Words } from '../../domain/report/report.ts'
import { roleLabel } from '../../domain/roles.ts'

export const zoneOf = ({ state }: Pick<Report, 'state'>): string => state.organisation.zone

/** `Dana Reyes (privacy officer)` */
export function whoWords({ kind, name, roles }: Who): string {
  if (kind === 'wardroom') return 'Wardroom'
  if (kind === 'outside') return `${name} (not in chat)`
  return `${name ?? NO_NAME}${roles.length > 0 ? ` (${roles.map(roleLabel).join(', ')})` : ''}`
}

export const nameWords = ({ kind, name }: Who): string =>
  kind === 'wardroom' ? 'Wardroom' : (name ?? NO_NAME)

/** An instant in the incident's zone, or a day where only the day is known. */
export const momentWords = (report: Pick<Report, 'state'>, at: string): string =>
  at.length === 10 ? sayDay(at as CalendarDate) : sayMomentFull(zoneOf(report), at)

export const NOT_HERE = 'The words are not in this report: privileged, outside its scope, or disposed of.'
export const wordsOr = (words: Words): string => words ?? NOT_HERE

/** When it happened and, where that is another time or person, how it came onto the record. */
export function lateWords(report: Report, act: LateAct): string {
  const { at, occurredAt, recordedBy } = act
  const isLateEntry = occurredAt !== null && isLate(occurredAt, at, zoneOf(report))
  const recorded = recordedBy ? ` by ${nameWords(recordedBy)}` : ''
  if (isLateEntry)
    return `${momentWords(report, occurredAt)}\nlate entry, recorded ${momentWords(report, at)}${recorded}`
  return recorded ? `${momentWords(report, at)}\nrecorded${recorded}` : momentWords(report, at)
}
