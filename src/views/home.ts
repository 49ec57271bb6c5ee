/**
 * A person's own page: how they stand in a line, the ways to start, then their clocks, their items, their incidents, and
 * for those whom the roster names what else is open. Nothing sealed stands here; what finds no place is counted.
 */
import { type ClockTie, clockTie } from '../domain/clock-ties.ts'
import type { IncidentState } from '../domain/incident.ts'
import type { IncidentClock } from '../domain/incident-clocks.ts'
import { answersFor, type Item, openItems, rolesOf } from '../domain/incident-items.ts'
import { isParticipant } from '../domain/permit.ts'
import type { Block, Card, Line } from './card.ts'
import { clockState, ifSo, isAtOnce, isPast, owedClocks, owedWords, urgencyOf } from './clock-words.ts'
import { itemButton, shortItem } from './items.ts'
import { incidentBlock, liveOf, type Overview, startButtons } from './list.ts'
import { button } from './say.ts'
import { act, buttons, headingOf, lines, nameOf, quiet, upperFirst } from './scene.ts'

const clocksShown = 6
const itemsShown = 6
const incidentsShown = 8
const othersShown = 5

const ties: Readonly<Record<ClockTie, string>> = {
  owner: 'You own it',
  asked: 'You were asked, as nobody answered',
  deputy: 'You deputise for its office',
  answers: 'You answer for it',
}

interface OwnClock {
  readonly state: IncidentState
  readonly clock: IncidentClock
  readonly tie: ClockTie
}

/** Who only sees it, because the roster names them, has no part in it. */
const isMine = ({ person, organisation }: Overview, state: IncidentState): boolean =>
  isParticipant(state, { ...organisation, roster: {} }, person)

function ownClocks({ now, organisation, person }: Overview, live: readonly IncidentState[]) {
  return live
    .flatMap((state) =>
      owedClocks({ state, now }).flatMap((clock): OwnClock[] => {
        const tie = clockTie(state, organisation.roster, clock, person)
        return tie ? [{ state, clock, tie }] : []
      }),
    )
    .sort(
      (a, b) =>
        Number(a.state.drill) - Number(b.state.drill) ||
        (urgencyOf(a.clock) < urgencyOf(b.clock) ? -1 : urgencyOf(a.clock) > urgencyOf(b.clock) ? 1 : 0),
    )
}

/** What is required stands before what is not, and what is real before what is a drill. */
const ownItems = ({ person }: Overview, live: readonly IncidentState[]) =>
  live
    .filter((state) => !state.closed)
    .flatMap((state) => {
      const held = rolesOf(state, person)
      const items = held.length > 0 ? openItems(state, answersFor(state, held)) : []
      return items.map((item) => ({ state, item }))
    })
    .sort(
      (a, b) =>
        Number(a.state.drill) - Number(b.state.drill) || Number(b.item.required) - Number(a.item.required),
    )

function clockLine({ now }: Overview, { state, clock, tie }: OwnClock): Line {
  return [
    (isPast(clock, now) || isAtOnce(clock)) && !state.drill ? '▲ ' : '',
    { bold: upperFirst(clock.label) },
    `${ifSo(clock)}: ${owedWords({ state, now }, clock)}. ${ties[tie]}, `,
    ...clockState(state, clock, now),
    '.',
  ]
}

/** Clocks of one incident stand together, where the nearest of them stands. */
const clockBlocks = (overview: Overview, clocks: readonly OwnClock[]): Block[] =>
  [...new Set(clocks.map(({ state }) => state))].map((state) =>
    lines(
      [
        [{ bold: headingOf(state) }],
        ...clocks.filter((each) => each.state === state).map((each) => clockLine(overview, each)),
      ],
      act(state, 'Its clocks', `clocks ${state.incident}`),
    ),
  )

const itemBlock = (state: IncidentState, item: Item): Block =>
  lines(
    [['○ ', { bold: nameOf(state) }, ' · ', ...shortItem(item), item.required ? '' : ' (not required)']],
    itemButton(state, item),
  )

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

/** How they stand, in a line. A drill is never late for real. */
function answerOf({ now }: Overview, clocks: readonly OwnClock[]): string {
  const real = clocks.filter(({ state }) => !state.drill)
  if (real.length === 0) return 'No clock is yours.'
  const late = real.filter(({ clock }) => isPast(clock, now)).length
  return late > 0
    ? `▲ ${late} of your clocks ${late === 1 ? 'is' : 'are'} late.`
    : 'None of your clocks is late.'
}

function section(title: string, drawn: readonly Block[], rest?: string): Block[] {
  if (drawn.length === 0) return []
  return [lines([[{ bold: title }]]), ...drawn, ...(rest ? [quiet(rest)] : [])]
}

const more = (count: number, shown: number, where: string): string | undefined =>
  count > shown ? `${count - shown} more: ${where}` : undefined

export function homeCard(overview: Overview): Card {
  const { word, now } = overview
  const live = liveOf(overview)
  const mine = live.filter((state) => isMine(overview, state))
  const others = live.filter((state) => !mine.includes(state))
  const clocks = ownClocks(overview, live)
  const items = ownItems(overview, mine)
  const isTheirs = mine.length > 0 || clocks.length > 0
  const otherLine = (state: IncidentState): Line => {
    const [clock] = owedClocks({ state, now })
    const day = clock ? `: ${clock.label}, ${owedWords({ state, now }, clock)}` : ': no clock runs'
    return [{ bold: nameOf(state) }, day]
  }
  const start = buttons(...startButtons, button('Is anything late?', 'late'), button('Help', 'help'))
  if (!isTheirs && others.length === 0)
    return {
      summary: 'Wardroom',
      blocks: [
        { kind: 'title', text: 'Wardroom' },
        lines([
          'No open incidents.',
          'If something happened, declare it: declaring admits nothing, and the clock already runs.',
        ]),
        ...start,
      ],
    }
  const counts = [
    plural(mine.length, 'incident'),
    plural(clocks.length, 'clock'),
    plural(items.length, 'open item'),
  ]
  return {
    summary: 'Wardroom',
    blocks: [
      { kind: 'title', text: 'Wardroom' },
      lines([[{ bold: answerOf(overview, clocks) }], ...(isTheirs ? [`Yours: ${counts.join(', ')}.`] : [])]),
      ...start,
      ...section(
        'Your clocks, the nearest first',
        clockBlocks(overview, clocks.slice(0, clocksShown)),
        more(clocks.length, clocksShown, `${word} clocks all`),
      ),
      ...section(
        'Your items',
        items.slice(0, itemsShown).map(({ state, item }) => itemBlock(state, item)),
        more(items.length, itemsShown, `${word} check, in each incident`),
      ),
      ...section(
        'Your incidents',
        mine.slice(0, incidentsShown).map((state) => incidentBlock(overview, state)),
        more(mine.length, incidentsShown, `${word} list`),
      ),
      ...section(
        'Also open, and for you to see',
        others.length > 0 ? [lines(others.slice(0, othersShown).map(otherLine))] : [],
        more(others.length, othersShown, `${word} list all`),
      ),
    ],
  }
}
