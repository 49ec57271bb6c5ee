/** `late`: the answer in the first line, then the next last day, its owner and its state. No room content. */
import type { CalendarDate } from '../domain/calendar.ts'
import { sayDay, sayDays, sayMomentFull } from '../domain/dates-in-words.ts'
import type { IncidentState } from '../domain/incident.ts'
import type { IncidentClock } from '../domain/incident-clocks.ts'
import type { Card, Line, Span } from './card.ts'
import {
  clockState,
  countedClocks,
  isAtOnce,
  isCountOpen,
  isPast,
  lastDayWords,
  owedClocks,
  owedWords,
  ownerSpan,
} from './clock-words.ts'
import { type Overview, seenBy, startButtons } from './list.ts'
import { button } from './say.ts'
import { act, buttons, lines, nameOf, quiet, todayOf, zoneOf } from './scene.ts'

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
  return rows.sort((a, b) => Number(a.state.drill) - Number(b.state.drill) || (endOf(a) < endOf(b) ? -1 : 1))
}

/** An hour comes before the end of its day. */
const endOf = ({ clock }: Row): string => clock.dueAt ?? clock.lastDay

const isRisky = ({ state, clock }: Row, now: Date): boolean =>
  clock.daysLeft <= nearDays || (clock.target !== null && clock.target < todayOf({ state, now }))

function rowLine({ now, organisation }: Overview, { state, clock }: Row): Line {
  const what: Span[] = [`${nameOf(state)}, ${clock.label}${isCountOpen(clock) ? ' (if 500 or more)' : ''}, `]
  const when = isPast(clock, now)
    ? `last day was ${clock.dueAt ? sayMomentFull(zoneOf(state), clock.dueAt) : sayDay(clock.lastDay)}`
    : `last day ${lastDayWords({ state, now }, clock)}`
  const past =
    !isPast(clock, now) && clock.target && clock.target < todayOf({ state, now }) ? ', past our target' : ''
  const owner = ownerSpan({ state, organisation }, clock.id)
  return [...what, `${when}${past} — owner `, owner, ', ', ...clockState(state, clock, now), '.']
}

function answer(real: readonly Row[], now: Date): { first: string; show: readonly Row[] } {
  const late = real.filter(({ clock }) => isPast(clock, now))
  if (late.length > 0) {
    const most = Math.max(...late.map(({ clock }) => -clock.daysLeft))
    return { first: `Yes — ${most > 0 ? sayDays(most) : 'since today'}.`, show: late }
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

/** Owed at once, for real: no day of it passes, so it is never late and always first. */
const atOnceLines = (overview: Overview): readonly Line[] =>
  seenBy(overview)
    .filter(({ drill }) => !drill)
    .flatMap((state) =>
      owedClocks({ state, now: overview.now })
        .filter(isAtOnce)
        .map(
          (clock): Line => [
            `▲ ${nameOf(state)}, ${clock.label}, ${owedWords({ state, now: overview.now }, clock)} — owner `,
            ownerSpan({ state, organisation: overview.organisation }, clock.id),
            ', ',
            ...clockState(state, clock, overview.now),
            '.',
          ],
        ),
    )

export function lateCard(overview: Overview): Card {
  const rows = rowsOf(overview)
  const real = rows.filter(({ state }) => !state.drill)
  const atOnce = atOnceLines(overview)
  const answered = answer(real, overview.now)
  const { show } = answered
  const first =
    atOnce.length > 0 && answered.first.startsWith('No')
      ? `Nothing is late, and ${atOnce.length === 1 ? 'one notice is' : `${atOnce.length} notices are`} owed at once.`
      : answered.first
  const told = show.length > 0 ? show : rows.slice(0, 1)
  const shown = told.slice(0, 6)
  const hidden = rows.filter((row) => !shown.includes(row))
  const alsoLate = hidden.filter(({ state, clock }) => !state.drill && isPast(clock, overview.now)).length
  const soon = hidden.filter(({ clock }) => !isPast(clock, overview.now) && clock.daysLeft <= 30).length
  const isCalm = first.startsWith('No')
  const body: Line[] = [first, ...atOnce.slice(0, 6)]
  shown.forEach((row, at) => {
    const line = rowLine(overview, row)
    body.push(isCalm && at === 0 ? ['Next: ', ...(line as Span[])] : line)
  })
  if (shown.length === 0 && atOnce.length === 0) body.push('No clock is running.')
  if (alsoLate > 0) body.push(`${alsoLate} more ${alsoLate === 1 ? 'is' : 'are'} late.`)
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
        ...(one
          ? [
              button('All clocks', 'clocks all'),
              act(one.state, `Clocks of ${one.state.incident}`, `clocks ${one.state.incident}`),
              button('My incidents', 'list'),
            ]
          : startButtons),
      ),
    ],
  }
}
