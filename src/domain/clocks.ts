// Every clock the facts make relevant, by the contract of the clocks command: a pure function of the facts and the table,
// used by the room and by `wardroom clocks` alike. Deadlines are computed here and scheduled nowhere.
import { type CalendarDate, earlier } from './calendar.ts'
import type { ClockFacts } from './clock-facts.ts'
import { clockOf, isShown, type Reckoning, zoneOf } from './clock-row.ts'
import type { Clock, ClocksResult } from './clock-types.ts'
import { discoveryOf } from './discovery.ts'
import type { Regulation } from './regulation.ts'
import { regulations } from './regulations.ts'
import { reportableOf } from './reportable.ts'
import { undecidedOf } from './undecided.ts'
import { dateIn } from './zone.ts'

export { type ClockFacts, parseFacts } from './clock-facts.ts'
export type { ApplicableClock, Clock, ClocksResult, InapplicableClock, Undecided } from './clock-types.ts'

type Reckoned = { reckoning: Reckoning; rows: readonly Regulation[]; clocks: Record<string, Clock> }

// In table order: a clock that goes with another stands after it.
const reckonAll = (facts: ClockFacts, table: readonly Regulation[]): Reckoned => {
  const rows = table.filter((row) => row.enabled && isShown(row, facts))
  const clocks: Record<string, Clock> = {}
  const reckoning: Reckoning = {
    facts,
    discovery: discoveryOf(facts, zoneOf(null, facts)),
    verdict: reportableOf(facts),
    before: clocks,
  }
  for (const row of rows) clocks[row.id] = clockOf(row, reckoning)
  return { reckoning, rows, clocks }
}

/** The calendar date a clock ends on, in the organisation's zone; null where it is pending, not owed or no limit. */
export const lastDayOf = (clock: Clock | undefined, zone: string): CalendarDate | null => {
  if (!clock?.applicable) return null
  if (clock.dueDate) return clock.dueDate
  return clock.dueInstantUtc ? dateIn(zone, clock.dueInstantUtc) : null
}

// The earlier of the contract and 45 CFR 164.410: a longer contract does not lengthen the rule.
const effectiveBaDue = (clocks: Record<string, Clock>, zone: string): CalendarDate | null => {
  const days = [clocks['hipaa.ba_to_ce'], clocks['baa.contract']]
    .map((clock) => lastDayOf(clock, zone))
    .filter((day) => day !== null)
  return days.length > 0 ? days.reduce(earlier) : null
}

export const computeClocks = (
  facts: ClockFacts,
  table: readonly Regulation[] = regulations,
): ClocksResult => {
  const { reckoning, rows, clocks } = reckonAll(facts, table)
  const agentUnknown = (facts.agentOfCoveredEntity ?? null) === null
  const withoutAgent = agentUnknown
    ? reckonAll({ ...facts, agentOfCoveredEntity: false }, table).clocks
    : null
  const shown = rows.map((row): [string, Clock] => {
    const [undecided, ...alsoUndecided] = undecidedOf(row, table, clocks, withoutAgent, reckoning)
    const open = { ...(undecided && { undecided }), ...(alsoUndecided.length > 0 && { alsoUndecided }) }
    return [row.id, { ...clocks[row.id]!, ...open }]
  })
  const { discovery, verdict } = reckoning
  const effectiveBaDueDate = effectiveBaDue(clocks, zoneOf(null, facts))
  return {
    discoveryDate: discovery?.discoveryDate ?? null,
    discoveryBasis: discovery?.discoveryBasis ?? null,
    ...verdict,
    ...(effectiveBaDueDate && { effectiveBaDueDate }),
    clocks: Object.fromEntries(shown),
  }
}
