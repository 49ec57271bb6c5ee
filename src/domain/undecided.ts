// The facts still missing that decide a clock. A missing fact never hides a clock: it shows the earliest date it could
// mean, the other one, and the question that decides between them.
import { parseCalendarDate } from './calendar.ts'
import type { ClockFacts } from './clock-facts.ts'
import { clockIfReached, type Reckoning, recordedStart } from './clock-row.ts'
import type { Clock, Undecided } from './clock-types.ts'
import { isVendorEvent } from './discovery.ts'
import type { Regulation } from './regulation.ts'
import { isKeyUnknown } from './reportable.ts'
import { reaches } from './threshold.ts'

type Clocks = Record<string, Clock>

export const dueOf = (clock: Clock | undefined): string | null =>
  clock?.applicable ? (clock.dueDate ?? clock.dueInstantUtc ?? null) : null

// Both clocks of a total stand while the total is unknown: the earlier is the one to plan for.
const countOpen = (
  row: Regulation,
  table: readonly Regulation[],
  clocks: Clocks,
  facts: ClockFacts,
): Undecided[] => {
  const { openFact, question } = reaches(row, facts)
  if (openFact !== 'affectedCount' || !question) return []
  const both = table
    .filter(({ regime, threshold }) => regime === row.regime && threshold?.scope === 'total_individuals')
    .map(({ id }) => dueOf(clocks[id]))
    .filter((due) => due !== null)
    .sort()
  return [{ fact: openFact, question, earliest: both[0] ?? null, alternative: both.at(-1) ?? null }]
}

const statesOpen = (row: Regulation, clock: Clock, reckoning: Reckoning): Undecided[] => {
  const { openFact, question } = reaches(row, reckoning.facts)
  if (openFact !== 'residentsByState' || !question) return []
  if (clock.applicable || clock.reason !== row.threshold?.otherwise) return []
  return [{ fact: openFact, question, earliest: dueOf(clockIfReached(row, reckoning)), alternative: null }]
}

const agentQuestion =
  'Does your organisation control how the vendor does the work, so that it is your agent under federal common law?'

const vendorOpen = (facts: ClockFacts, due: string | null, dueWithoutAgent: string | null): Undecided[] => {
  if (!isVendorEvent(facts) || facts.agentOfCoveredEntity === false) return []
  const unknownDate = !facts.baDiscoveredAt
  if (facts.agentOfCoveredEntity === true)
    return unknownDate
      ? [
          {
            fact: 'baDiscoveredAt',
            question: 'When did the vendor discover it?',
            earliest: due,
            alternative: null,
          },
        ]
      : []
  if (due === dueWithoutAgent && !unknownDate) return []
  return [
    { fact: 'agentOfCoveredEntity', question: agentQuestion, earliest: due, alternative: dueWithoutAgent },
  ]
}

const keyOpen = (row: Regulation, facts: ClockFacts, due: string | null): Undecided[] =>
  row.needsBreach && isKeyUnknown(facts)
    ? [
        {
          fact: 'keyCompromised',
          question: 'Was the key or the password taken as well?',
          earliest: due,
          alternative: null,
        },
      ]
    : []

/** Hours from a day alone count from its first second, which is the earliest; the time of day would give more. */
const timeOpen = (row: Regulation, clock: Clock, { facts, discovery }: Reckoning): Undecided[] => {
  if (!clock.applicable || !clock.dueInstantUtc || row.cutOff) return []
  const fromDiscovery = row.start === 'discovery' || clock.startedFrom === 'discovery'
  const own = fromDiscovery ? null : recordedStart(row, facts)
  const dayOnly = fromDiscovery ? discovery?.timeKnown === false : parseCalendarDate(own ?? '') !== null
  if (!dayOnly) return []
  const fact = fromDiscovery ? 'discoveredAt' : row.start === 'recorded' ? `starts.${row.id}` : row.start
  const question = fromDiscovery
    ? 'At what time was it discovered?'
    : 'At what time of that day did it begin?'
  return [{ fact, question, earliest: clock.dueInstantUtc, alternative: null }]
}

const contactsOpen = (row: Regulation, facts: ClockFacts, due: string | null): Undecided[] => {
  const { openFact, question } = reaches(row, facts)
  if (openFact !== 'insufficientContactCount' || !question) return []
  return [{ fact: openFact, question, earliest: due, alternative: null }]
}

export const undecidedOf = (
  row: Regulation,
  table: readonly Regulation[],
  clocks: Clocks,
  withoutAgent: Clocks | null,
  reckoning: Reckoning,
): Undecided[] => {
  const clock = clocks[row.id]!
  if (!clock.applicable) return statesOpen(row, clock, reckoning)
  const due = dueOf(clock)
  const { facts } = reckoning
  return [
    ...countOpen(row, table, clocks, facts),
    ...contactsOpen(row, facts, due),
    ...(row.start === 'discovery' ? vendorOpen(facts, due, dueOf(withoutAgent?.[row.id])) : []),
    ...keyOpen(row, facts, due),
    ...timeOpen(row, clock, reckoning),
  ]
}
