/** What a fact would do to the last days. */
import type { ClockMove, EventOf } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import { clockMoves, isLoosening } from '../domain/incident-clocks.ts'
import type { Context } from './command.ts'
import { after } from './reading.ts'

export interface FactEffect {
  readonly state: IncidentState
  readonly moves: readonly ClockMove[]
  /** Moves that give people less protection. */
  readonly loosening: readonly ClockMove[]
}

/** Answers that end the duty to notify. */
const exempting = ['unsecured', 'encryption', 'phi', 'permitted', 'part2'] as const

/**
 * A fact is judged twice: as things stand, and as if no other fact had ended the duty. Otherwise, while the clocks are
 * ended, anybody could record a smaller count or a second exemption, which would count once the first is withdrawn.
 */
export function effectOf(
  state: IncidentState,
  recorded: EventOf<'fact.recorded'>,
  context: Context,
): FactEffect {
  const presumed = withoutExemptions(state, recorded.data.fact)
  const now = changeOf(state, recorded, context)
  return {
    state: now.next,
    moves: now.moves,
    loosening: unique([...loosened(now), ...loosened(changeOf(presumed, recorded, context))]),
  }
}

interface Change {
  readonly next: IncidentState
  readonly moves: readonly ClockMove[]
}

function changeOf(state: IncidentState, recorded: EventOf<'fact.recorded'>, context: Context): Change {
  const next = after({ ...state, clocks: lastDays(state) }, [recorded], context)
  return { next, moves: clockMoves(next, null) }
}

/** The last days as the facts give them, in the shape the log keeps them. */
const lastDays = (state: IncidentState): IncidentState['clocks'] =>
  Object.fromEntries(
    clockMoves({ ...state, clocks: {} }, null).map(({ clock, after: lastDay }) => [
      clock,
      { lastDay, before: null, cause: null, at: state.declared.at },
    ]),
  )

const withoutExemptions = (state: IncidentState, but: string): IncidentState => ({
  ...state,
  facts: Object.fromEntries(
    Object.entries(state.facts).filter(
      ([fact]) => fact === but || !(exempting as readonly string[]).includes(fact),
    ),
  ),
})

/** HHS has one report on two clocks: the annual one giving way to an earlier last day loosens nothing (45 CFR 164.408). */
function loosened({ next, moves }: Change): readonly ClockMove[] {
  const large = lastDays(next)['hipaa.hhs.500plus']?.lastDay
  const givesWay = ({ clock, before, after: to }: ClockMove) =>
    clock === 'hipaa.hhs.under500' && to === null && before !== null && large != null && large <= before
  return moves.filter((move) => isLoosening(move) && !givesWay(move))
}

const unique = (moves: readonly ClockMove[]): readonly ClockMove[] =>
  moves.filter((move, index) => moves.findIndex(({ clock }) => clock === move.clock) === index)
