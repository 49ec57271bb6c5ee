// Whether a clock's number of people is reached: in total, in one State, or with bad addresses. A number nobody knows yet
// is not a no: the answer is then open, with the fact that decides it.
import type { ClockFacts } from './clock-facts.ts'
import type { Regulation, Threshold } from './regulation.ts'

export type Counts = Pick<ClockFacts, 'affectedCount' | 'residentsByState' | 'insufficientContactCount'>
export type Reached = { met: boolean; states?: string[]; openFact?: string; question?: string }

const compare = {
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
  '<': (a: number, b: number) => a < b,
}
const meets = ({ op, value }: Threshold, people: number) => compare[op](people, value)

const sum = (residents: Record<string, number>) =>
  Object.values(residents).reduce((total, people) => total + people, 0)

// With an unknown total both sides of the line stay applicable, unless the States alone already reach it.
const inTotal = (threshold: Threshold, facts: Counts): Reached => {
  if (typeof facts.affectedCount === 'number') return { met: meets(threshold, facts.affectedCount) }
  const atLeast = sum(facts.residentsByState ?? {})
  if (atLeast >= threshold.value) return { met: meets(threshold, atLeast) }
  const question = `How many people are affected: ${threshold.value} or more, or fewer?`
  return { met: true, openFact: 'affectedCount', question }
}

// Counted State by State, by residence. People whose State is not known yet could all live in one.
const inOneState = (threshold: Threshold, facts: Counts, jurisdiction?: string): Reached => {
  const residents = facts.residentsByState ?? {}
  const considered = jurisdiction ? { [jurisdiction]: residents[jurisdiction] ?? 0 } : residents
  const states = Object.keys(considered).filter((state) => meets(threshold, considered[state]!))
  if (states.length > 0) return { met: true, states: states.sort() }
  const elsewhere = Math.max((facts.affectedCount ?? Number.POSITIVE_INFINITY) - sum(residents), 0)
  const most = Math.max(0, ...Object.values(considered)) + elsewhere
  if (!meets(threshold, most)) return { met: false }
  const number = threshold.op === '>' ? `more than ${threshold.value}` : `${threshold.value} or more`
  const place = jurisdiction ?? 'one State'
  const question = `Do ${number} of the people affected live in ${place}?`
  return { met: false, openFact: 'residentsByState', question }
}

export const reaches = (row: Regulation, facts: Counts): Reached => {
  const { threshold } = row
  if (!threshold) return { met: true }
  if (threshold.scope === 'total_individuals') return inTotal(threshold, facts)
  if (threshold.scope === 'per_state_residents') return inOneState(threshold, facts, row.jurisdiction)
  const people = facts.insufficientContactCount
  if (typeof people === 'number') return { met: meets(threshold, people) }
  const question = `How many people have no address that works: ${threshold.value} or more, or fewer?`
  return { met: true, openFact: 'insufficientContactCount', question }
}
