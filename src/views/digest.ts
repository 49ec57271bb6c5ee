/**
 * The managers' digest: what is late or near first, then every other clock by its last day, then what changed. Numbers,
 * kinds and clocks; nobody's words. What finds no place is counted.
 */
import type { CalendarDate } from '../domain/calendar.ts'
import { sayDay, sayMoment } from '../domain/dates-in-words.ts'
import type { IncidentState } from '../domain/incident.ts'
import type { IncidentClock } from '../domain/incident-clocks.ts'
import type { Block, Card, Line } from './card.ts'
import {
  clockState,
  ifSo,
  isAtOnce,
  isPast,
  owedClocks,
  owedWords,
  ownerSpan,
  untoldClocks,
  urgencyOf,
} from './clock-words.ts'
import { changesSince } from './digest-changes.ts'
import { isLive } from './list.ts'
import { button } from './say.ts'
import { buttons, headingOf, lines, nameOf, quiet, type Scene, upperFirst } from './scene.ts'

export interface DigestOf {
  readonly incidents: readonly IncidentState[]
  readonly organisation: Scene['organisation']
  readonly zone: string
  readonly on: CalendarDate
  readonly since: Date
  readonly now: Date
  readonly word: string
  /** What is said of digests that gave way to this one. */
  readonly before?: readonly Block[]
}

/** A channel's post holds only so much; what is furthest away can wait. */
const shown = 20
const changesShown = 15
const namesShown = 10
const nearDays = 3

interface Row {
  readonly scene: Scene
  readonly clock: IncidentClock
  /** Nobody whom its reminder was for could be told: it stands first, however far its day. */
  readonly isUntold: boolean
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export const digestClocks = ({ incidents, organisation, now, word }: DigestOf): readonly Row[] =>
  incidents
    .flatMap((state) => {
      const scene: Scene = { state, organisation, now, word }
      const untold = untoldClocks(scene).map(({ id }) => id)
      return owedClocks(scene).map((clock): Row => ({ scene, clock, isUntold: untold.includes(clock.id) }))
    })
    .sort(
      (a, b) =>
        Number(a.scene.state.drill) - Number(b.scene.state.drill) ||
        Number(b.isUntold) - Number(a.isUntold) ||
        byText(urgencyOf(a.clock), urgencyOf(b.clock)),
    )

const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`

const isLate = ({ scene, clock }: Row): boolean => isPast(clock, scene.now)

/** Rows of one incident that follow one another have its heading once. */
const clockLines = (rows: readonly Row[]): Line[] =>
  rows.flatMap((row, at): Line[] => {
    const { state } = row.scene
    return rows[at - 1]?.scene.state === state
      ? [clockLine(row)]
      : [[{ bold: headingOf(state) }], clockLine(row)]
  })

function clockLine({ scene, clock, isUntold }: Row): Line {
  return [
    `${upperFirst(clock.label)}${ifSo(clock)}: ${owedWords(scene, clock)}. Owner `,
    ownerSpan(scene, clock.id),
    ', ',
    ...clockState(scene.state, clock, scene.now),
    isUntold ? '. ▲ Nobody could be told of it: call them.' : '.',
  ]
}

/** As near as managers hear of at once, late, or owed at once. */
const isNear = (row: Row): boolean =>
  isLate(row) || isAtOnce(row.clock) || (row.clock.daysLeft !== null && row.clock.daysLeft <= nearDays)

/** Drills count too, and none of their days is real: they never make a day a late one. */
function answerOf(rows: readonly Row[]): string {
  const real = rows.filter(({ scene }) => !scene.state.drill)
  const late = real.filter(isLate).length
  const atOnce = real.filter(({ clock }) => isAtOnce(clock)).length
  const near = real.filter((row) => isNear(row) && !isLate(row)).length - atOnce
  const soon = [
    ...(atOnce > 0 ? [`${atOnce} owed at once`] : []),
    ...(near > 0 ? [`${near} with ${nearDays} days or less`] : []),
  ].join(', ')
  if (late === 0) return soon ? `Nothing is late; ${soon}` : 'Nothing is late'
  return [`${late} late`, ...(soon ? [soon] : [])].join(', ')
}

/** At most as many names as a line holds. */
const named = (states: readonly IncidentState[]): string => {
  const names = states.slice(0, namesShown).map(nameOf).join(', ')
  return states.length > namesShown ? `${names} and ${states.length - namesShown} more` : names
}

export function digestCard(of: DigestOf): Card {
  const { incidents, since, on, now, zone } = of
  const rows = digestClocks(of)
  const live = incidents.filter((state) => isLive(state, now))
  const unclocked = live.filter((state) => !rows.some(({ scene }) => scene.state === state))
  const isPressing = (row: Row) => !row.scene.state.drill && (row.isUntold || isNear(row))
  const pressing = rows.slice(0, shown).filter(isPressing)
  const others = rows.slice(0, shown).filter((row) => !isPressing(row))
  const left = rows.slice(shown)
  const changes = incidents.flatMap((state) => changesSince(state, since))
  const answer = answerOf(rows)
  const block = (title: string, body: readonly Line[]): Block[] =>
    body.length > 0 ? [lines([[{ bold: title }], ...body])] : []
  return {
    summary: `Incidents on ${sayDay(on)}: ${answer}`,
    blocks: [
      lines([
        [{ bold: `Incidents on ${sayDay(on)}` }],
        `${answer}.`,
        live.length === 0
          ? 'No open incidents, and no clock is running.'
          : `${plural(live.length, 'incident')}, ${plural(rows.length, 'clock')} running.`,
      ]),
      ...(of.before ?? []),
      ...block('▲ Act on these first', clockLines(pressing)),
      ...block(pressing.length > 0 ? 'Then' : 'Clocks, the nearest first', [
        ...clockLines(others),
        ...(left.length > 0 ? [leftOut(left)] : []),
      ]),
      ...(unclocked.length > 0 ? [lines([`Open with no clock running: ${named(unclocked)}.`])] : []),
      lines([
        [{ bold: `New since ${sayMoment(zone, since)}` }],
        ...(changes.length > 0 ? changes.slice(0, changesShown) : ['Nothing changed.']),
        ...(changes.length > changesShown ? [`${changes.length - changesShown} more changes.`] : []),
      ]),
      quiet(
        `An incident that somebody is kept out of is never told of here; ${of.word} late has it, for those who may see it.`,
      ),
      ...buttons(button('Is anything late?', 'late'), button('My incidents', 'list')),
    ],
  }
}

/** Sorted, so the first of them says how far away all of them are; drills stand last. */
function leftOut(rows: readonly Row[]): string {
  const [first] = rows
  const incidents = new Set(rows.map(({ scene }) => scene.state.incident)).size
  const day = first?.clock.lastDay ? `, the next on ${sayDay(first.clock.lastDay)}` : ''
  return `${plural(rows.length, 'more clock')} of ${plural(incidents, 'incident')} not shown${day}.`
}
