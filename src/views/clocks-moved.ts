/** A last day moved: before → after, who, and why. The why is sealed and stands in the room only. */
import { type CalendarDate, isCalendarDate } from '../domain/calendar.ts'
import { sayDay, sayDayShort, sayPostBy } from '../domain/dates-in-words.ts'
import type { ClockMove } from '../domain/events.ts'
import type { Fact, FactValues } from '../domain/facts.ts'
import { factLabel, facts } from '../domain/facts.ts'
import { type Knower, knowerLabel } from '../domain/knowers.ts'
import { regulations } from '../domain/regulations.ts'
import { dateIn } from '../domain/zone.ts'
import { standingWords } from './assessment.ts'
import type { Card, Line, Span } from './card.ts'
import { ownerSpan } from './clock-words.ts'
import { crossingLines, opensLines, withCount } from './crossings.ts'
import {
  about,
  act,
  buttons,
  byWhom,
  lines,
  numberArg,
  type OpenScene,
  upperFirst,
  wordArg,
  zoneOf,
} from './scene.ts'
import { outsider, reasonOf } from './sealed.ts'
import type { View } from './view.ts'

type Args = Readonly<Record<string, unknown>>

const isMove = (value: unknown): value is ClockMove =>
  typeof value === 'object' && value !== null && 'clock' in value && 'before' in value && 'after' in value

export const movesOf = (args: Args): readonly ClockMove[] =>
  (Array.isArray(args.moves) ? args.moves : []).filter(isMove)

const labelOf = (clock: string): string =>
  regulations.find(({ id }) => id === clock)?.label ?? 'a notification clock'

const dated = (day: string | null): CalendarDate | null => (day && isCalendarDate(day) ? day : null)

/** A mention tells the owner of a notification that opens: once, in the post that is made anyway. */
function moveLine(scene: OpenScene, move: ClockMove): Line {
  const { state } = scene
  const before = dated(move.before)
  const after = dated(move.after)
  const name = { bold: upperFirst(labelOf(move.clock)) }
  if (!after) return [name, ': no longer owed. It was ', before ? sayDay(before) : 'running', '.']
  const working = sayPostBy(after, state.organisation.holidays)
  const then = `${sayDay(after)}${working ? ` (${working})` : ''}`
  if (!before) return [name, `: now owed, last day ${then}. Owner `, ownerSpan(scene, move.clock), '.']
  return [name, `: last day ${sayDay(before)} → ${then}.`]
}

/** What a discovery or a count was before and is now; other facts are named only. */
function changeWords(scene: OpenScene, fact: Fact, before: unknown, value: unknown): string {
  const zone = zoneOf(scene.state)
  const day = (from: unknown) => {
    const at = typeof from === 'object' && from !== null && 'at' in from ? String(from.at) : ''
    if (!at) return undefined
    return isCalendarDate(at) ? at : dateIn(zone, at)
  }
  const total = (from: unknown) =>
    typeof from === 'object' && from !== null && 'total' in from && typeof from.total === 'number'
      ? from.total.toLocaleString('en-US')
      : undefined
  if (fact === 'discovered') {
    const [was, is] = [day(before), day(value)]
    if (was && is && was !== is) return `changed discovery from ${sayDayShort(was)} to ${sayDay(is)}`
    return is ? `recorded discovery on ${sayDay(is)}` : 'recorded discovery'
  }
  if (fact === 'affected') {
    const [was, is] = [total(before), total(value)]
    if (was && is && was !== is) return `changed the count of affected individuals from ${was} to ${is}`
    return is ? `recorded ${is} affected individuals` : 'recorded affected individuals'
  }
  if (fact === 'knew') return knewWords(day(value), value)
  if (fact === 'diligence') {
    const is = day(value)
    return is
      ? `recorded that reasonable diligence would have shown it on ${sayDay(is)}`
      : 'withdrew the day of reasonable diligence'
  }
  if (fact === 'notified') return 'recorded a notice that went out'
  return `recorded: ${factLabel(fact)}`
}

function knewWords(on: CalendarDate | undefined, value: unknown): string {
  const { who, withdrawn } = (value ?? {}) as { readonly who?: Knower; readonly withdrawn?: boolean }
  if (!on || !who) return `recorded: ${factLabel('knew')}`
  return withdrawn
    ? `withdrew what ${knowerLabel(who)} was recorded to know on ${sayDay(on)}`
    : `recorded that ${knowerLabel(who)} knew on ${sayDay(on)}`
}

/** Of the assessment as it stands, or of what of it has lapsed: the cause is then no fact. */
const isOfAssessment = ({ state }: OpenScene, cause: number): boolean => {
  const { signed, confirmed, answers } = state.assessment
  return [signed, confirmed, ...Object.values(answers)].some((each) => each?.seq === cause)
}

function why(scene: OpenScene, args: Args): Line {
  const cause = numberArg(args, 'cause')
  const recorded = Object.entries(scene.state.facts).find(([, fact]) => fact?.seq === cause)
  const named = wordArg(args, 'fact') ?? recorded?.[0]
  const fact = facts.find(({ id }) => id === named)?.id
  if (cause !== undefined && isOfAssessment(scene, cause))
    return ['The breach risk assessment changed. ', ...standingWords(scene.state)]
  if (cause === undefined || !fact)
    return 'The calendar or the table of regulations changed; nobody recorded a fact.'
  const sealed = scene.text(cause)
  const by = wordArg(args, 'by') ?? recorded?.[1]?.actor ?? ''
  const said = outsider(sealed)
  const reason = reasonOf(sealed)
  const out: Span[] = [
    byWhom(by),
    ' ',
    changeWords(scene, fact, args.before, args.value ?? recorded?.[1]?.value),
  ]
  if (said) out.push(fact === 'knew' ? ` (${said})` : ` (said by ${said})`)
  out.push(reason ? `: ${reason}` : '.')
  return out
}

/** A count of people, and nothing else, has both. */
const isCount = (value: unknown): value is FactValues['affected'] =>
  typeof value === 'object' && value !== null && 'byState' in value && 'total' in value

function crossed({ state, now }: OpenScene, { value, before }: Args): readonly Line[] {
  if (!isCount(value)) return []
  const was = isCount(before) ? before : null
  return [...opensLines(withCount(state, was), withCount(state, value), now), ...crossingLines(was, value)]
}

export function clocksMovedCard(scene: OpenScene, args: Args): Card {
  const { state } = scene
  const moves = movesOf(args)
  const one = moves.length === 1 ? 'a last day moved' : `${moves.length} last days moved`
  return about(state, one, [
    lines([...moves.map((move) => moveLine(scene, move)), ...crossed(scene, args), why(scene, args)]),
    ...buttons(act(state, 'Clocks', 'clocks')),
  ])
}

export const clocksMoved: View = {
  texts: ({ args }) => [numberArg(args, 'cause')].filter((seq) => seq !== undefined),
  draw: (drawing) => clocksMovedCard(drawing, drawing.args),
}
