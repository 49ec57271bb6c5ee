/** What a count newly reached: a number of the law, and clocks it opens that have no last day yet, which no move tells of. */
import type { FactValues } from '../domain/facts.ts'
import type { IncidentState } from '../domain/incident.ts'
import { type IncidentClock, incidentClocks } from '../domain/incident-clocks.ts'
import { waitWords } from './clock-words.ts'
import { upperFirst } from './scene.ts'

type Affected = FactValues['affected']

/** 45 CFR 164.408: 500 or more in all. 164.406: more than 500 of one State. */
const LINE = 500

type Reached = 'no' | 'perhaps' | 'yes'

/** A range that lies on both sides of the line has reached it perhaps, and both reports to HHS stand. */
function reached(value: Affected | null): Reached {
  const { total = null, least = total, most = total } = value ?? {}
  if ((least ?? 0) >= LINE) return 'yes'
  return (most ?? 0) >= LINE ? 'perhaps' : 'no'
}

const allWords: Readonly<Record<Reached, readonly string[]>> = {
  no: [],
  perhaps: [`It may be ${LINE} people or more: both reports to HHS stand.`],
  yes: [`${LINE} or more people are affected now.`],
}

export function crossingLines(before: Affected | null, value: Affected): readonly string[] {
  const inAll = reached(value) !== reached(before) ? allWords[reached(value)] : []
  const places = Object.keys(value.byState)
    .filter((place) => value.byState[place]! > LINE && (before?.byState[place] ?? 0) <= LINE)
    .sort()
  return [...inAll, ...(places.length > 0 ? [`More than ${LINE} live in ${places.join(', ')} now.`] : [])]
}

/** Owed, and without a last day until what they count from happens. */
export const waiting = (state: IncidentState, now: Date): readonly IncidentClock[] =>
  incidentClocks(state, now).filter(
    ({ status, lastDay, pending }) => status === 'running' && !lastDay && pending,
  )

export function opensLines(before: IncidentState, after: IncidentState, now: Date): readonly string[] {
  const known = new Set(waiting(before, now).map(({ id }) => id))
  return waiting(after, now)
    .filter(({ id }) => !known.has(id))
    .map((clock) => `${upperFirst(clock.label)}: now owed; it ${waitWords(clock)}.`)
}

/** The incident as it was with another count, all else as it is. */
export function withCount(state: IncidentState, value: Affected | null): IncidentState {
  const { affected, ...others } = state.facts
  return { ...state, facts: value && affected ? { ...others, affected: { ...affected, value } } : others }
}
