/** The part of the fold that concerns facts: the last value of each, and what is kept of those that are many. */
import type { EventOf, Recorded } from './events.ts'
import type { Fact, FactValues } from './facts.ts'
import type { IncidentState } from './incident-state.ts'
import type { Knowledge } from './knowers.ts'
import { unsent } from './notifications.ts'

type FactRecorded = Recorded & EventOf<'fact.recorded'>
type Change = Partial<IncidentState>

export function factChange(state: IncidentState, event: FactRecorded): Change {
  const { at, actor, seq } = event
  const { fact, value } = event.data
  const facts = { ...state.facts, [fact]: { value, at, actor, seq } }
  const more = kept[fact] as
    | ((value: unknown, state: IncidentState, event: FactRecorded) => Change)
    | undefined
  return { facts, ...more?.(value, state, event) }
}

type Kept = {
  readonly [F in Fact]?: (value: FactValues[F], state: IncidentState, event: FactRecorded) => Change
}

const kept: Kept = {
  kind: ({ kind }) => ({ kind }),
  notified: ({ clock, on }, { notified, notifications }, { actor, seq }) => {
    const { [clock]: _withdrawn, ...others } = notified
    if (on === null) return { notified: others, notifications: unsent(notifications, clock) }
    return { notified: { ...others, [clock]: { on, by: actor, seq } } }
  },
  started: ({ start, at }, { starts, startsRecorded }, event) => {
    const { [start]: before, ...others } = starts
    if (at === null) return { starts: others }
    // Said again as it stood, it began no later.
    const recordedAt = before === at ? (startsRecorded[start] ?? event.at) : event.at
    return {
      starts: { ...others, [start]: at },
      startsRecorded: { ...startsRecorded, [start]: recordedAt },
    }
  },
  // Several people knew on the same day: a withdrawal takes back the last such record, never more.
  knew: ({ withdrawn, ...known }, { knowledge }, { seq }) => ({
    knowledge: withdrawn ? withoutLast(knowledge, known) : [...knowledge, { ...known, seq }],
  }),
  // Statements do not replace one another here: which of them governs is the law's to say (delay.ts).
  delay: ({ kind, on, until }, { delays }, { seq }) => ({
    delays:
      kind === 'withdrawn' ? delays.filter((one) => one.on !== on) : [...delays, { kind, on, until, seq }],
  }),
}

export const isSame = (a: Knowledge, b: Knowledge): boolean =>
  a.who === b.who && a.at === b.at && a.committedBreach === b.committedBreach

const withoutLast = (all: IncidentState['knowledge'], known: Knowledge): IncidentState['knowledge'] => {
  const last = all.findLastIndex((one) => isSame(one, known))
  return all.filter((_, index) => index !== last)
}
