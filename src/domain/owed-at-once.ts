/**
 * A notice that is owed at once and for which no law names a day: since when it is owed, and what a reminder of it is
 * identified by in place of a last day. While a law-enforcement delay is in force it may not go out (45 CFR 164.412): it
 * is owed from the morning of the day that ends.
 */
import type { CalendarDate } from './calendar.ts'
import type { ClockId } from './clock-names.ts'
import type { IncidentState } from './incident-state.ts'
import { defaultOffsets } from './reminder-moments.ts'
import { MORNING } from './reminding.ts'
import { type Instant, instantAt, msOf } from './zone.ts'

const PREFIX = 'at-once-'

export interface AtOnce {
  /** A day, or an instant where the hour was recorded. */
  readonly since: string
  /** From when on its owner is reminded: when that was recorded, or when a delay ends. */
  readonly from: Instant
  /** Stands where a last day stands in what was reminded of, seen and snoozed. It is no day, and is shown as none. */
  readonly due: string
  readonly delayedUntil: CalendarDate | null
}

type Rows = Readonly<Record<string, number>>

/** Hours between its owner's reminders. */
export const everyHours = (clock: ClockId): number | undefined => (defaultOffsets.atOnce as Rows)[clock]

/** `delayedUntil`: the day a law-enforcement delay of the letters ends, which these calls wait for too. */
export function atOnceOf(
  { starts, startsRecorded, organisation }: Pick<IncidentState, 'starts' | 'startsRecorded' | 'organisation'>,
  clock: ClockId,
  delayedUntil: CalendarDate | null,
): AtOnce | null {
  const [began, recordedAt] = [starts[clock], startsRecorded[clock]]
  if (everyHours(clock) === undefined || !began || !recordedAt) return null
  const ends = delayedUntil && instantAt(organisation.zone, delayedUntil, MORNING)
  const isDelayed = ends !== null && msOf(ends) > msOf(recordedAt)
  const from = isDelayed ? ends : (recordedAt as Instant)
  return {
    since: isDelayed ? from : began,
    from,
    due: `${PREFIX}${from}`,
    delayedUntil: isDelayed ? delayedUntil : null,
  }
}

export const isAtOnceDue = (due: string): boolean => due.startsWith(PREFIX)

/** Its first reminder falls together with what is said when somebody records that it is owed. */
export const isFirstTold = (
  { startsRecorded }: Pick<IncidentState, 'startsRecorded'>,
  clock: ClockId,
  due: string,
): boolean => due === `${PREFIX}${startsRecorded[clock]}`
