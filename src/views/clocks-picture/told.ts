/**
 * What the picture of an incident's clocks says, as rows of words and days. The picture and the text beside it are both
 * made of these rows, so neither can say what the other does not. Numbers, clocks, days and owners; nobody's words.
 */
import { type CalendarDate, parseCalendarDate } from '../../domain/calendar.ts'
import { clockBegan, delayBegan } from '../../domain/clock-began.ts'
import { sayDay, sayDaysLeft, sayMomentFull } from '../../domain/dates-in-words.ts'
import { discoveredAs, type IncidentClock, isMetLate } from '../../domain/incident-clocks.ts'
import { basisWords } from '../../domain/knowers.ts'
import { dateIn } from '../../domain/zone.ts'
import {
  clocksOf,
  isAtOnce,
  isPast,
  lastDayWords,
  owedWords,
  ownerOf,
  spareWords,
  waitWords,
} from '../clock-words.ts'
import { nameOf, type Scene, shortCitation, todayOf, upperFirst, zoneOf } from '../scene.ts'
import { stateLines } from '../state-clocks.ts'

/** `depends`: not owed on the facts so far, but a missing one could make it owed. */
export type Mark = 'late' | 'open' | 'depends' | 'met' | 'met-late'

export interface ClockRow {
  readonly mark: Mark
  /** The clock, and the States it is for. */
  readonly label: string
  /** The state in a word or two, and the days. */
  readonly days: string
  readonly owner: string | undefined
  readonly cite: string
  /** What decides, what delays: a sentence each. */
  readonly more: readonly string[]
  readonly from: CalendarDate
  /** Where its bar ends; null: nobody can say yet. */
  readonly to: CalendarDate | null
  readonly target: CalendarDate | null
  readonly metOn: CalendarDate | null
  /** A missing fact decides whether, or until when, it counts. */
  readonly isUndecided: boolean
  readonly delay: { readonly from: CalendarDate; readonly until: CalendarDate } | null
}

export interface Told {
  readonly title: string
  /** From which day, in which zone, as of when. */
  readonly about: readonly string[]
  readonly counts: string
  readonly rows: readonly ClockRow[]
  /** Clocks that found no place. */
  readonly left: string | null
  /** What is said of several rows at once. */
  readonly notes: readonly string[]
  readonly today: CalendarDate
}

/** What a screen holds; the clocks card has all. */
const MOST = 16

const markOf = (clock: IncidentClock, now: Date): Mark => {
  if (clock.status === 'met') return isMetLate(clock) ? 'met-late' : 'met'
  if (clock.status === 'depends') return 'depends'
  return isPast(clock, now) ? 'late' : 'open'
}

const stateWords: Readonly<Record<Mark, string>> = {
  late: 'Late',
  open: 'Open',
  depends: 'Depends on a fact',
  met: 'Met',
  'met-late': 'Met late',
}

const order: readonly Mark[] = ['late', 'open', 'depends', 'met-late', 'met']

function daysWords(scene: Scene, clock: IncidentClock, mark: Mark): string {
  const { state, now } = scene
  if (clock.metOn) {
    const spare = clock.spare === null ? '' : `, ${spareWords(clock.spare, clock.spareMs)}`
    const last = clock.lastDay ? ` · last day ${sayDay(clock.lastDay)}` : ''
    return `${stateWords[mark]} · sent ${sayDay(clock.metOn)}${spare}${last}`
  }
  if (clock.status === 'depends') {
    const then = earliestOf(clock)
    const today = todayOf(scene)
    if (!then) return stateWords[mark]
    return then < today
      ? `${stateWords[mark]} · if so, the last day was ${sayDay(then)}`
      : `${stateWords[mark]} · if so, last day ${sayDay(then)} · ${sayDaysLeft(today, then)}`
  }
  const how = `${stateWords[mark]}${clock.undecided ? ', depends on a fact' : ''}`
  if (isAtOnce(clock)) return `${how} · ${owedWords(scene, clock)}`
  if (!clock.lastDay) return `${how} · no last day: ${waitWords(clock)}`
  const target = targetOf(clock, mark)
  return `${how} · last day ${lastDayWords({ state, now }, clock)}${target ? ` · target ${sayDay(target)}` : ''}`
}

/** Ours no longer matters once the law's is past, or the notice is out. */
const targetOf = ({ target, lastDay }: IncidentClock, mark: Mark): CalendarDate | null =>
  mark === 'open' && target && lastDay && target < lastDay ? target : null

/** An hour is shown as its day. */
const earliestOf = ({ undecided }: IncidentClock): CalendarDate | null =>
  undecided?.earliest ? parseCalendarDate(undecided.earliest.slice(0, 10)) : null

function moreWords(scene: Scene, clock: IncidentClock): readonly string[] {
  const { undecided, delay } = clock
  const other = undecided?.alternative ? parseCalendarDate(undecided.alternative) : null
  const otherwise = other && clock.status === 'running' ? ` Otherwise ${sayDay(other)}.` : ''
  return [
    ...(undecided && clock.status !== 'met' ? [`${undecided.question}${otherwise}`] : []),
    ...(delay ? [delayWords(todayOf(scene), delay)] : []),
  ]
}

const delayWords = (today: CalendarDate, { until, limit }: NonNullable<IncidentClock['delay']>): string =>
  today < until
    ? `Law-enforcement delay until ${sayDay(until)}: send nothing before. Without it the last day is ${sayDay(limit)}.`
    : `The law-enforcement delay ended ${sayDay(until)}.`

/** The most urgent first: late, then by last day, then what waits, then what was met. */
const byUrgency = (a: ClockRow, b: ClockRow): number =>
  order.indexOf(a.mark) - order.indexOf(b.mark) || ((a.to ?? '9999') < (b.to ?? '9999') ? -1 : 1)

export function told(scene: Scene, most = MOST): Told {
  const { state, now } = scene
  const zone = zoneOf(state)
  const declared = dateIn(zone, state.declared.at)
  const began = clockBegan(state)
  const clocks = clocksOf(scene)
  const rows = clocks
    .filter(({ status }) => status === 'running' || status === 'depends' || status === 'met')
    .map((clock): ClockRow => rowOf(scene, clock, began(clock.id) ?? declared))
    .sort(byUrgency)
  const left = rows.length - most
  return {
    title: `${nameOf(state)} · clocks`,
    about: [`${sinceWords(scene)} · days in ${zone}`, `As of ${sayMomentFull(zone, now)}`],
    counts: countWords(rows),
    rows: rows.slice(0, most),
    left: left > 0 ? `${left} more, less urgent: ${scene.word} clocks` : null,
    notes: stateLines(clocks),
    today: todayOf(scene),
  }
}

function rowOf(scene: Scene, clock: IncidentClock, from: CalendarDate): ClockRow {
  const mark = markOf(clock, scene.now)
  const places = clock.states.length > 0 ? ` (${clock.states.join(', ')})` : ''
  const since = clock.delay && delayBegan(scene.state)
  return {
    mark,
    label: `${upperFirst(clock.label)}${places}`,
    days: daysWords(scene, clock, mark),
    owner: ownerOf(scene, clock.id),
    cite: shortCitation(clock.citation),
    more: moreWords(scene, clock),
    from,
    to: clock.lastDay ?? earliestOf(clock),
    target: targetOf(clock, mark),
    metOn: clock.metOn,
    isUndecided: clock.undecided !== null && clock.status !== 'met',
    delay: clock.delay && since ? { from: since, until: clock.delay.until } : null,
  }
}

function sinceWords({ state }: Scene): string {
  const { on, basis } = discoveredAs(state)
  if (!on) return 'Not counted yet: nobody recorded the day of discovery'
  return `Counted from discovery, ${sayDay(on)}${basisWords(basis)}${state.facts.discovered?.value.confirmed ? '' : ' (provisional)'}`
}

function countWords(rows: readonly ClockRow[]): string {
  const parts = order.flatMap((mark) => {
    const count = rows.filter((row) => row.mark === mark).length
    return count > 0
      ? [
          `${count} ${mark === 'depends' ? `${count === 1 ? 'depends' : 'depend'} on a fact` : stateWords[mark].toLowerCase()}`,
        ]
      : []
  })
  return parts.length > 0 ? parts.join(' · ') : 'No clock runs'
}
