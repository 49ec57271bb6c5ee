/**
 * `clocks all`: every clock of every live incident one person may see, the most urgent first, a page at a time. Numbers,
 * clocks, days, owners and states; nobody's words.
 */
import { parseCalendarDate } from '../domain/calendar.ts'
import { sayDay } from '../domain/dates-in-words.ts'
import type { IncidentState } from '../domain/incident.ts'
import type { IncidentClock } from '../domain/incident-clocks.ts'
import type { Block, Card, Line, Span } from './card.ts'
import {
  clockState,
  clocksOf,
  isAtOnce,
  isCountOpen,
  isPast,
  lastDayWords,
  owedWords,
  ownerSpan,
  urgencyOf,
  waitWords,
} from './clock-words.ts'
import { isLive, type Overview, seenBy, startButtons } from './list.ts'
import { button } from './say.ts'
import { act, buttons, lines, nameOf, quiet, todayOf, upperFirst, zoneOf } from './scene.ts'

interface Row {
  readonly state: IncidentState
  readonly clock: IncidentClock
}

/** What a phone shows without losing its place. */
const shown = 12

/** What has a last day by it; then what waits for a fact or an act and has none; then what a fact may make owed. */
const dayOf = ({ clock }: Row): string => (clock.status === 'depends' ? '9999-99' : urgencyOf(clock))

/** Real incidents before drills, because no day of a drill is real. */
const byUrgency = (a: Row, b: Row): number =>
  Number(a.state.drill) - Number(b.state.drill) ||
  (dayOf(a) < dayOf(b) ? -1 : dayOf(a) > dayOf(b) ? 1 : a.state.incident < b.state.incident ? -1 : 1)

const isOpen = ({ clock }: Row): boolean => clock.status === 'running' || clock.status === 'depends'

/** A last day is of its incident's zone, which is said where they differ. */
function dayWords({ now }: Overview, { state, clock }: Row, sayZone: boolean): string {
  if (clock.status === 'depends') {
    const then = clock.undecided?.earliest ? parseCalendarDate(clock.undecided.earliest) : null
    const is = then && then < todayOf({ state, now }) ? 'the last day was' : 'last day'
    const from = then ? ` If so, ${is} ${sayDay(then)}` : ''
    return `depends: ${clock.undecided?.question ?? 'a fact decides'}${from}`
  }
  if (isAtOnce(clock)) return owedWords({ state, now }, clock)
  if (!clock.lastDay) return `no last day: ${waitWords(clock)}`
  const where = sayZone ? ` (${zoneOf(state)})` : ''
  const if500 = isCountOpen(clock) ? ' — depends on how many' : ''
  return `last day ${lastDayWords({ state, now }, clock)}${where}${if500}`
}

function rowLines(overview: Overview, row: Row, sayZone: boolean): readonly Line[] {
  const { now, organisation } = overview
  const { state, clock } = row
  const places = clock.states.length > 0 ? ` (${clock.states.join(', ')})` : ''
  const sign = (isPast(clock, now) || isAtOnce(clock)) && !state.drill ? '▲ ' : ''
  const head: Span[] = [sign, { bold: nameOf(state) }, ` · ${upperFirst(clock.label)}${places}`]
  const delay = clock.delay ? `, delayed by law enforcement until ${sayDay(clock.delay.until)}` : ''
  const status: Span[] = clock.status === 'depends' ? ['not owed so far'] : clockState(state, clock, now)
  return [
    head,
    [
      `${upperFirst(dayWords(overview, row, sayZone))}. Owner `,
      ownerSpan({ state, organisation }, clock.id),
      ', ',
      ...status,
      `${delay}.`,
    ],
  ]
}

/** A drill is never late for real, and what a fact may make owed does not run yet. */
function summaryOf(rows: readonly Row[], now: Date): string {
  const real = rows.filter(({ state, clock }) => !state.drill && clock.status === 'running')
  const late = real.filter(({ clock }) => isPast(clock, now)).length
  if (real.length === 0) return 'No clock runs for real.'
  const count = real.length === 1 ? 'One clock runs' : `${real.length} clocks run`
  return `${count}, ${late === 0 ? 'none is late' : late === 1 ? 'one is late' : `${late} are late`}.`
}

export function clocksAllCard(overview: Overview, asked = 1): Card {
  const { now } = overview
  const live = seenBy(overview).filter((state) => isLive(state, now))
  const all = live.flatMap((state) => clocksOf({ state, now }).map((clock): Row => ({ state, clock })))
  const rows = all.filter(isOpen).sort(byUrgency)
  if (rows.length === 0)
    return {
      summary: 'No clock is running.',
      blocks: [lines(['No clock is running in any incident you may see.']), ...buttons(...startButtons)],
    }
  const pages = Math.ceil(rows.length / shown)
  const page = Math.min(asked, pages)
  const first = (page - 1) * shown
  const drawn = rows.slice(first, first + shown)
  const zones = [...new Set(rows.map(({ state }) => zoneOf(state)))]
  const sent = all.filter(({ clock }) => clock.status === 'met').length
  const summary = summaryOf(rows, now)
  const foot: Line[] = [
    ...(pages > 1
      ? [`Clocks ${first + 1} to ${first + drawn.length} of ${rows.length}, the most urgent first.`]
      : []),
    ...(sent > 0 ? [`Not shown: ${sent === 1 ? 'one that was' : `${sent} that were`} sent.`] : []),
    ...(zones.length === 1 ? [`Days are of ${zones[0]}.`] : []),
    ...(rows.some(({ state }) => state.drill)
      ? ['A DRILL counts its clocks too; none of its days is real.']
      : []),
  ]
  const blocks: Block[] = [
    lines([[{ bold: summary }]]),
    ...drawn.map((row) => lines(rowLines(overview, row, zones.length > 1))),
    ...(foot.length > 0 ? [quiet(...foot)] : []),
    ...buttons(
      ...(page < pages
        ? [button(`Next ${Math.min(shown, rows.length - first - shown)}`, `clocks all ${page + 1}`)]
        : []),
      ...(page > 1 ? [button('Back to the first', 'clocks all')] : []),
      act(drawn[0]!.state, `Clocks of ${drawn[0]!.state.incident}`, `clocks ${drawn[0]!.state.incident}`),
      button('Is anything late?', 'late'),
    ),
  ]
  return { summary, blocks }
}
