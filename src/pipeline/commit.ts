/**
 * Appending to an incident inside a unit of work: the events, the clock moves they cause, and what people are to be
 * told, in one commit. Every path that changes an incident ends here.
 */
import { isInert } from '../domain/event-kinds.ts'
import { type Event, event, type Recorded } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import { clockMoves } from '../domain/incident-clocks.ts'
import { seenFrom } from '../domain/organisation.ts'
import { homes } from '../outgoing/homes.ts'
import { nameLookups } from '../outgoing/names.ts'
import { outgoingOf } from '../outgoing/outgoing.ts'
import type { Telling } from '../outgoing/told.ts'
import type { Draft, Stamp } from '../store/append.ts'
import type { Unit } from '../store/unit.ts'

export const SYSTEM = { id: '', kind: 'system' } as const

export interface Committed {
  readonly state: IncidentState
  readonly recorded: readonly Recorded[]
}

/** Kinds that a clock is computed from: the last of them among new entries is what moved it. */
const MOVERS = ['fact.recorded', 'incident.declared', 'assessment.']

/** What changes a state, but for the bare record of a command. */
const isSeen = ({ kind }: Recorded): boolean => !isInert(kind) && !kind.startsWith('command.')

export async function commitEvents(
  unit: Unit,
  incident: string,
  before: IncidentState | undefined,
  events: readonly Event[],
  stamp: Stamp,
  telling: Telling,
  file?: Draft['file'],
): Promise<Committed> {
  const first = await unit.append(incident, events, stamp, file)
  const recorded = withNumbers(events, first.seqs, stamp)
  // The last fact among them is what moved the clocks; time and table changes have no cause.
  const cause = recorded.findLast(({ kind }) => MOVERS.some((mover) => kind.startsWith(mover)))?.seq ?? null
  const moves = clockMoves(first.state, cause)
  let { state } = first
  if (moves.length > 0) {
    const system: Stamp = { ...stamp, actor: SYSTEM }
    const changed = [event('clocks.changed', { moves })]
    const second = await unit.append(incident, changed, system)
    recorded.push(...withNumbers(changed, second.seqs, system))
    state = second.state
  }
  const organisation = seenFrom(await unit.readOrganisation(), state.platform)
  await unit.enqueue([
    ...outgoingOf(recorded, state, before, organisation, telling),
    ...nameLookups(recorded, state),
    ...(recorded.some(isSeen) && (await unit.hasHomes(state.platform)) ? [homes(state)] : []),
  ])
  return { state, recorded }
}

function withNumbers(events: readonly Event[], seqs: readonly number[], stamp: Stamp): Recorded[] {
  const at = stamp.at.toISOString()
  return events.map((one, index) => ({ ...one, seq: seqs[index]!, at, actor: stamp.actor.id }))
}
