/**
 * Whether a law-enforcement delay keeps a notification from being sent on a day (45 CFR 164.412): it moves the last day,
 * and while it is in force nothing may go out, even early.
 */
import type { CalendarDate } from './calendar.ts'
import { type ClockFacts, factDate } from './clock-facts.ts'
import { computeClocks } from './clocks.ts'
import { everyHours } from './owed-at-once.ts'

export interface DelayInForce {
  readonly basis: 'oral' | 'written'
  readonly since: CalendarDate
  /** The day it ends, which is then the last day too: on it the notification may go out. */
  readonly until: CalendarDate
}

export function delayInForce(
  facts: ClockFacts,
  clock: string,
  today: CalendarDate,
): DelayInForce | undefined {
  const { clocks } = computeClocks(facts)
  const own = clocks[clock]
  // A clock without a last day has none to move: what keeps the letters back keeps it back as well.
  const found = own?.applicable && everyHours(clock) !== undefined ? clocks['hipaa.individual'] : own
  if (!found?.applicable || !found.holdUntil || !found.holdBasis || today >= found.holdUntil) return undefined
  const zone = facts.orgTimezone ?? 'UTC'
  const days = (facts.lawEnforcementDelays ?? []).map(({ statementDate }) => factDate(zone, statementDate))
  const since = days.toSorted()[0]
  return since && since <= today ? { basis: found.holdBasis, since, until: found.holdUntil } : undefined
}
