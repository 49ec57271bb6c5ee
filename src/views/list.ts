/** The incidents a person may see. The empty answer teaches. */

import type { IncidentState } from '../domain/incident.ts'
import type { IncidentClock } from '../domain/incident-clocks.ts'
import { rolesOf } from '../domain/incident-items.ts'
import { kindLabel } from '../domain/kinds.ts'
import type { Organisation } from '../domain/organisation.ts'
import { outcomeLabel } from '../domain/outcomes.ts'
import { phaseLabel } from '../domain/phases.ts'
import { roleLabel } from '../domain/roles.ts'
import type { Block, Card, Line, Span } from './card.ts'
import { mostPressing, owedClocks, owedWords, urgencyOf } from './clock-words.ts'
import { button } from './say.ts'
import { act, buttons, lines, quiet, upperFirst } from './scene.ts'

/** What is drawn about several incidents at once, for one person. */
export interface Overview {
  readonly visible: readonly IncidentState[]
  readonly organisation: Organisation
  readonly now: Date
  readonly word: string
  readonly person: string
}

/** Defence in depth: the caller has already left out what this person is kept out of. */
export const seenBy = ({ visible, person }: Pick<Overview, 'visible' | 'person'>): readonly IncidentState[] =>
  visible.filter((state) => !state.excluded.includes(person))

/** Open, or closed with a notice still owed at once or by a last day: until the notice is sent it is on somebody's desk. */
export const isLive = (state: IncidentState, now: Date): boolean =>
  !state.closed || mostPressing({ state, now }) !== undefined

const dayOf = (clock: IncidentClock | undefined): string => (clock ? urgencyOf(clock) : '9999')

/** Live ones, the nearest last day first and drills after what is real: nobody scrolls past what is urgent. */
export function liveOf(overview: Overview): readonly IncidentState[] {
  const { now } = overview
  return seenBy(overview)
    .filter((state) => isLive(state, now))
    .map((state) => ({ state, day: dayOf(mostPressing({ state, now })) }))
    .sort(
      (a, b) => Number(a.state.drill) - Number(b.state.drill) || (a.day < b.day ? -1 : a.day > b.day ? 1 : 0),
    )
    .map(({ state }) => state)
}

export const startButtons = [
  button('Declare an incident', 'declare', { form: true, style: 'primary' }),
  button('Start a drill', 'declare drill', { form: true }),
]

const shown = 12

export function incidentBlock(overview: Overview, state: IncidentState): Block {
  const { now, person } = overview
  const [clock] = owedClocks({ state, now })
  const held = rolesOf(state, person)
  const where = state.closed
    ? `closed: ${outcomeLabel(state.closed.outcome)}${clock ? ', still counting' : ''}`
    : phaseLabel(state.phase)
  const head: Span[] = [
    { bold: state.incident },
    ` · ${kindLabel(state.kind)}${state.drill ? ' · DRILL' : ''} · ${where}`,
  ]
  const mine = held.length > 0 ? `You hold ${held.map(roleLabel).join(', ')}` : undefined
  const day = clock ? `${upperFirst(owedWords({ state, now }, clock))} — ${clock.label}` : undefined
  const body: Line[] = [head, ...[mine, day].filter((line) => line !== undefined)]
  return lines(body, act(state, 'Status', `status ${state.incident}`))
}

export function listCard(overview: Overview): Card {
  const seen = seenBy(overview)
  const live = liveOf(overview)
  const open = live.filter((state) => !state.closed)
  const closed = seen.filter((state) => !live.includes(state))
  if (seen.length === 0)
    return {
      summary: 'No open incidents',
      blocks: [lines(['No open incidents.']), ...buttons(...startButtons)],
    }
  const more = live.length - shown
  return {
    summary: `${open.length} open ${open.length === 1 ? 'incident' : 'incidents'}`,
    blocks: [
      ...(open.length === 0 ? [lines(['No open incidents.'])] : []),
      ...live.slice(0, shown).map((state) => incidentBlock(overview, state)),
      ...(more > 0 ? [quiet(`${more} more.`)] : []),
      ...(closed.length > 0
        ? [
            quiet(
              `Closed: ${closed
                .slice(-shown)
                .map((state) => nameWithOutcome(state))
                .join(' · ')}`,
            ),
          ]
        : []),
      ...buttons(...startButtons, button('Is anything late?', 'late')),
    ],
  }
}

const nameWithOutcome = (state: IncidentState): string =>
  `${state.incident}${state.drill ? ' DRILL' : ''} (${state.closed ? outcomeLabel(state.closed.outcome) : 'open'})`
