/** `late`: the answer in the first line, then the next last day, its owner and its state. No room content. */
import type { CalendarDate } from '../domain/calendar.ts'
import { sayDay, sayDays } from '../domain/dates-in-words.ts'
import type { IncidentState } from '../domain/incident.ts'
import type { IncidentClock } from '../domain/incident-clocks.ts'
import type { Card, Line, Span } from './card.ts'
import { clockState, countedClocks, isCountOpen, lastDayWords, ownerSpan } from './clock-words.ts'
import { type Overview, seenBy, startButtons } from './list.ts'
import { button } from './say.ts'
import { act, buttons, lines, nameOf, quiet, todayOf } from './scene.ts'

interface Row {
  readonly state: IncidentState
  readonly clock: IncidentClock & { readonly lastDay: CalendarDate; readonly daysLeft: number }
}

/** A last day this near, or a target already behind us, is a risk. */
const nearDays = 7

const isDated = (clock: IncidentClock): clock is Row['clock'] =>
  clock.lastDay !== null && clock.daysLeft !== null

/** Real incidents before drills, then by last day. Where HHS depends on a count, only its earlier day counts. */
function rowsOf(overview: Overview): readonly Row[] {
  const { now } = overview
  const rows = seenBy(overview).flatMap((state) => {
    return countedClocks({ state, now })
      .filter(isDated)
      .map((clock): Row => ({ state, clock }))
  })
  return rows.sort(
    (a, b) => Number(a.state.drill) - Number(b.state.drill) || (a.clock.lastDay < b.clock.lastDay ? -1 : 1),
  )
}

const isRisky = ({ state, clock }: Row, now: Date): boolean =>
  clock.daysLeft <= nearDays || (clock.target !== null && clock.target < todayOf({ state, now }))

function rowLine({ now, organisation }: Overview, { state, clock }: Row): Line {
  const what: Span[] = [`${nameOf(state)}, ${clock.label}${isCountOpen(clock) ? ' (if 500 or more)' : ''}, `]
  const when =
    clock.daysLeft < 0
      ? `last day was ${sayDay(clock.lastDay)}`
      : `last day ${lastDayWords({ state, now }, clock)}`
  const past =
    clock.daysLeft >= 0 && clock.target && clock.target < todayOf({ state, now }) ? ', past our target' : ''
  const owner = ownerSpan({ state, organisation }, clock.id)
  return [
    ...what,
    `${when}${past} — owner `,
    owner,
    ', ',
    ...clockState(state, clock, todayOf({ state, now })),
    '.',
  ]
}

function answer(real: readonly Row[], now: Date): { first: string; show: readonly Row[] } {
  const late = real.filter(({ clock }) => clock.daysLeft < 0)
  if (late.length > 0) {
    const most = Math.max(...late.map(({ clock }) => -clock.daysLeft))
    return { first: `Yes — ${sayDays(most)}.`, show: late }
  }
  const risky = real.filter((row) => isRisky(row, now))
  if (risky.length > 0) {
    const left = Math.min(...risky.map(({ clock }) => clock.daysLeft))
    return {
      first: `At risk — ${left === 0 ? 'the last day is today' : `${sayDays(left)} left`}.`,
      show: risky,
    }
  }
  return { first: 'No, nothing is late.', show: real.slice(0, 1) }
}

export function lateCard(overview: Overview): Card {
  const rows = rowsOf(overview)
  const real = rows.filter(({ state }) => !state.drill)
  const { first, show } = answer(real, overview.now)
  const told = show.length > 0 ? show : rows.slice(0, 1)
  const shown = told.slice(0, 6)
  const soon = rows.filter((row) => !shown.includes(row) && row.clock.daysLeft <= 30).length
  const isCalm = first.startsWith('No')
  const body: Line[] = [first]
  shown.forEach((row, at) => {
    const line = rowLine(overview, row)
    body.push(isCalm && at === 0 ? ['Next: ', ...(line as Span[])] : line)
  })
  if (shown.length === 0) body.push('No clock is running.')
  if (soon > 0) body.push(`${soon} more in the next 30 days.`)
  const [one] = shown
  return {
    summary: first,
    blocks: [
      lines(body),
      ...(real.length < rows.length
        ? [quiet('A DRILL counts its clocks too; none of its days is real.')]
        : []),
      ...buttons(
        ...(one ? [act(one.state, 'All clocks', `clocks ${one.state.incident}`)] : startButtons),
        ...(one ? [button('My incidents', 'list')] : []),
      ),
    ],
  }
}
