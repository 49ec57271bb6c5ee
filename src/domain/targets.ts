// The internal target: an earlier day the organisation sets itself, because 60 days is an outer limit and the duty is
// without unreasonable delay (45 CFR 164.404(b)). Never later than the last day.
import { addDays, type CalendarDate, earlier } from './calendar.ts'
import type { Regulation } from './regulation.ts'

export const defaultTargetDays = 45

/** What the law gives at most (45 CFR 164.404(b)), of which `days` are the organisation's. */
const lawsDays = 60

/** `amount`: the days of a clock that is shorter than the law's sixty, which keeps the same part of them in hand. */
export const targetDay = (
  discoveryDate: CalendarDate,
  lastDay: CalendarDate,
  days: number = defaultTargetDays,
  amount: number = lawsDays,
): CalendarDate => {
  const inHand = Math.ceil((amount * (lawsDays - days)) / lawsDays)
  const target = amount < lawsDays ? addDays(lastDay, -inHand) : addDays(discoveryDate, days)
  return earlier(target, lastDay)
}

/** Undefined for hours, for the year's end, and where the law names no number. */
export const daysOf = ({ unit, amount, countRule }: Pick<Regulation, 'unit' | 'amount' | 'countRule'>) =>
  unit.endsWith('_days') && countRule !== 'year_end_plus_60' ? (amount ?? undefined) : undefined

/** An organisation's days of its own for a row or a regime, by the beginning of the row's id: the longest that fits. */
export function daysByRule(clock: string, byRule: Readonly<Record<string, number>> = {}): number | undefined {
  const fitting = Object.keys(byRule).filter((start) => clock === start || clock.startsWith(`${start}.`))
  const longest = fitting.sort((a, b) => b.length - a.length)[0]
  return longest === undefined ? undefined : byRule[longest]
}
