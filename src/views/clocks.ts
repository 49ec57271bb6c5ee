/** The clocks card: every notification clock, what it waits for, and those that were met or ended. */
import type { CalendarDate } from '../domain/calendar.ts'
import { sayDay } from '../domain/dates-in-words.ts'
import type { IncidentState } from '../domain/incident.ts'
import { discoveredAs, type IncidentClock } from '../domain/incident-clocks.ts'
import { basisWords } from '../domain/knowers.ts'
import { notificationOf, stageOf } from '../domain/notifications.ts'
import { substituteNotice } from '../domain/substitute-notice.ts'
import type { Block, Card, Line, Span } from './card.ts'
import {
  cite,
  clockState,
  clocksOf,
  isAtOnce,
  isCountOpen,
  isPast,
  lastDayWords,
  metWords,
  mostPressing,
  notOwedWords,
  owedWords,
  ownerSpan,
  targetWords,
  urgencyOf,
} from './clock-words.ts'
import { postingWords } from './posting.ts'
import {
  about,
  act,
  buttons,
  byWhom,
  form,
  lines,
  momentOf,
  nameOf,
  type OpenScene,
  quiet,
  type Scene,
  upperFirst,
  zoneOf,
} from './scene.ts'
import { outsider, reasonOf } from './sealed.ts'
import { offLines, stateLines } from './state-clocks.ts'
import type { View } from './view.ts'

const affected = (state: IncidentState) => form(state, 'Record affected people', 'fact affected')

function counted({ state }: Scene): Block {
  const { on: from, basis } = discoveredAs(state)
  const fact = state.facts.discovered
  if (!from || !fact)
    return lines(
      ['Clocks wait for the day someone first knew.'],
      form(state, 'Record discovery', 'fact discovered'),
    )
  const imputed = basisWords(basis)
  const title = `Clocks — counted from ${sayDay(from)}${imputed}`
  // The officer confirms when people here knew; what the law counts as known stands on its own entry.
  if (imputed && fact.value.confirmed) return lines([[{ bold: title }]])
  if (imputed)
    return lines(
      [[{ bold: title }], ['What was known here is provisional, by ', byWhom(fact.actor), '; confirm it']],
      form(state, 'Confirm discovery', 'fact discovered'),
    )
  if (fact.value.confirmed) return lines([[{ bold: title }, ' (confirmed by ', byWhom(fact.actor), ')']])
  return lines(
    [[{ bold: title }, ' (provisional, by ', byWhom(fact.actor), '; confirm it)']],
    form(state, 'Confirm discovery', 'fact discovered'),
  )
}

/** One report to HHS, whose day depends on a number nobody knows yet: the earlier day is the one to plan for. */
function hhsOpen(scene: Scene, clocks: readonly IncidentClock[]): Block {
  const [soon, far] = clocks
  const either = [`500 or more → ${sayDay(soon!.lastDay!)}`]
  if (far?.lastDay) either.push(`fewer → ${sayDay(far.lastDay)}`)
  return lines(
    [
      [{ bold: 'Report to HHS' }, `  depends on how many: ${either.join('; ')}`, ` · ${cite(soon!)}`],
      `Plan for the earlier: last day ${lastDayWords(scene, soon!)}`,
      'Who knows the count?',
    ],
    affected(scene.state),
  )
}

/** Letters that reach nobody are no notice: what the law wants instead, and until when it must stand. */
function substitute(state: IncidentState): readonly Block[] {
  const notice = substituteNotice(state)
  if (!notice || notice.needs === 'nothing') return []
  const { count, needs, postedOn, daysShort } = notice
  const who = count === null ? '' : `${count} without an address that works: `
  const what =
    needs === 'another form' ? 'another written form, the telephone or other means' : postingWords(notice)
  const head: Line = [{ bold: 'Substitute notice' }, `  ${who}${what} · 45 CFR 164.404`]
  const isMissing = needs === 'a posting' && (!postedOn || daysShort > 0)
  return [lines([head], isMissing ? form(state, 'Record the posting', 'fact substitute') : undefined)]
}

const isNamedAnywhere = (state: IncidentState): boolean =>
  Object.values(state.notifications).some(({ owner }) => owner !== null)

/** Owner and state, once either is another than the foot of the card says of all. */
function progress(scene: Scene, clock: IncidentClock): readonly Line[] {
  const isNamed = notificationOf(scene.state, clock.id).owner !== null
  const isBegun = stageOf(scene.state, clock.id) !== 'to do'
  if (!isNamed && !isBegun) return []
  const state = clockState(scene.state, clock, scene.now)
  return [['Owner ', ownerSpan(scene, clock.id), '. State: ', ...state, '.']]
}

function running(scene: Scene, clock: IncidentClock, withProgress: boolean): Block {
  const how = withProgress ? progress(scene, clock) : []
  if (!clock.lastDay) {
    const head: Line = [
      ...(isAtOnce(clock) ? ['▲ '] : []),
      { bold: upperFirst(clock.label) },
      `  ${owedWords(scene, clock)} · ${cite(clock)}`,
    ]
    return lines([head, ...(isAtOnce(clock) ? ['Besides the letters, never instead of them.'] : []), ...how])
  }
  const places = clock.states.length > 0 ? ` (${clock.states.join(', ')})` : ''
  const head: Line = [
    ...(isPast(clock, scene.now) ? ['▲ '] : []),
    { bold: `${upperFirst(clock.label)}${places}` },
    `  last day ${lastDayWords(scene, clock)}${targetWords(clock)} · ${cite(clock)}`,
  ]
  const delayed: Line[] = clock.delay
    ? [
        `Law-enforcement delay until ${sayDay(clock.delay.until)}: send nothing before it ends. Without it the last day is ${sayDay(clock.delay.limit)}.`,
      ]
    : []
  if (!clock.undecided) return lines([head, ...how, ...delayed])
  const other = clock.undecided.alternative
  const second = other && other.length === 10 ? `Otherwise ${sayDay(other as CalendarDate)}. ` : ''
  return lines([head, ...how, ...delayed, `${second}${clock.undecided.question}`], affected(scene.state))
}

const onlyIf = ({ id, undecided }: IncidentClock): string =>
  id === 'hipaa.media'
    ? 'only if more than 500 live in one State'
    : `depends: ${undecided?.question ?? 'a fact decides'}`

function depends(scene: Scene, clock: IncidentClock, alreadyAsked: boolean): Block {
  const earliest = clock.undecided?.earliest
  const then = earliest && earliest.length === 10 ? `; then ${sayDay(earliest as CalendarDate)}` : ''
  const head: Line = [
    { bold: upperFirst(clock.label) },
    `  ${onlyIf(clock)} — not known yet${then} · ${cite(clock)}`,
  ]
  return lines([head], alreadyAsked ? undefined : form(scene.state, 'Record States', 'fact affected'))
}

/** Struck through, with who, when and why: a clock that ended is still part of the story. */
function vanished({ state, text }: OpenScene, clock: IncidentClock): Block {
  const was = clock.before ? `, last day ${sayDay(clock.before)}` : ''
  const { signed, confirmed } = state.assessment
  const cause =
    Object.values(state.facts).find((fact) => fact?.seq === clock.cause) ??
    [confirmed, signed].flatMap((each) =>
      each?.seq === clock.cause ? [{ at: each.at, actor: each.by }] : [],
    )[0]
  const at = cause?.at ?? state.clocks[clock.id]?.at
  const sealed = clock.cause === null ? {} : text(clock.cause)
  const said = outsider(sealed)
  const why = reasonOf(sealed) ?? notOwedWords(state, clock)
  const ended: Span[] = ['ended', ...(at ? [` ${momentOf(state, at)}`] : [])]
  if (cause) ended.push(' by ', byWhom(cause.actor))
  if (said) ended.push(` (said by ${said})`)
  if (why) ended.push(` — ${why}`)
  return lines([[{ struck: `${upperFirst(clock.label)}${was}` }], ended])
}

const met = ({ state }: Scene, clock: IncidentClock): Block =>
  lines([
    [
      '✓ ',
      { bold: upperFirst(clock.label) },
      ` — ${metWords(clock)}, ${stageOf(state, clock.id) === 'sent' ? 'no proof yet' : 'proof attached'} · ${cite(clock)}`,
    ],
  ])

/** What runs by its last day, then what has none yet, what a fact may make owed, and what is over; alike ones as the law lists them. */
const dayOf = (clock: IncidentClock): string =>
  clock.status === 'running' ? urgencyOf(clock) : `9999 ${over.indexOf(clock.status)}`
const over: readonly IncidentClock['status'][] = ['depends', 'vanished', 'met']

/** Every clock that runs, waits, was met or ended, the most urgent first; the two reports to HHS are one while nobody knows the count. */
export function clockBlocks(scene: OpenScene): readonly Block[] {
  const clocks = [...clocksOf(scene)].sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : dayOf(a) > dayOf(b) ? 1 : 0))
  const open = clocks
    .filter((clock) => clock.status === 'running' && isCountOpen(clock))
    .sort((a, b) => (String(a.lastDay) < String(b.lastDay) ? -1 : 1))
  return clocks.flatMap((clock): readonly Block[] => {
    if (open.length > 1 && open.includes(clock)) return clock === open[0] ? [hhsOpen(scene, open)] : []
    return clockBlock(scene, clock, { alreadyAsked: open.length > 0 })
  })
}

/** One of them; nothing of one that is not owed. `alreadyAsked`: another asks for the same fact. `withProgress`: owner and state too. */
export function clockBlock(
  scene: OpenScene,
  clock: IncidentClock,
  { alreadyAsked = false, withProgress = true } = {},
): readonly Block[] {
  switch (clock.status) {
    case 'running':
      return [running(scene, clock, withProgress)]
    case 'depends':
      return [depends(scene, clock, alreadyAsked)]
    case 'vanished':
      return [vanished(scene, clock)]
    case 'met':
      return [met(scene, clock)]
    case 'not-owed':
      return []
  }
}

export function clocksCard(scene: OpenScene): Card {
  const { state } = scene
  const clocks = clocksOf(scene)
  const notOwed = clocks.flatMap((clock) => {
    const why = clock.status === 'not-owed' ? notOwedWords(state, clock) : undefined
    return why ? [`Not owed: ${clock.label} — ${why}.`] : []
  })
  const next = mostPressing(scene)
  const off = offLines(state)
  const first =
    next && (next.lastDay ? `next last day ${lastDayWords(scene, next)}` : `${next.label} owed at once`)
  return about(state, first ?? 'no clock is running', [
    ...(state.drill ? [quiet(nameOf(state))] : []),
    counted(scene),
    ...clockBlocks(scene),
    ...substitute(state),
    ...(off.length > 0 ? [quiet(...off)] : []),
    quiet(...stateLines(clocks), ...notOwed, [
      ownerSpan(scene),
      isNamedAnywhere(state) ? ' answers for the others.' : ' answers for these.',
      ` Days are of ${zoneOf(state)}. Clocks never wait for a phase or for closing.`,
    ]),
    ...buttons(
      ...(next ? [form(state, 'Mark sent…', `notify ${next.short} sent`)] : []),
      act(state, 'Notifications', 'notify'),
      ...(next ? [act(state, 'Draw it in the room', 'clocks picture')] : []),
      act(state, 'Is anything late?', 'late'),
    ),
  ])
}

export const clocks: View = {
  texts: (drawing) =>
    clocksOf(drawing).flatMap(({ status, cause }) =>
      status === 'vanished' && cause !== null ? [cause] : [],
    ),
  draw: clocksCard,
}
