/** Reminders of clocks: in the room for one incident, privately over all of a person's. Acknowledging moves no day. */
import { addDays, type CalendarDate } from '../domain/calendar.ts'
import { sayDay } from '../domain/dates-in-words.ts'
import type { IncidentState } from '../domain/incident.ts'
import type { IncidentClock } from '../domain/incident-clocks.ts'
import type { Organisation } from '../domain/organisation.ts'
import { reminded } from '../domain/reminded.ts'
import type { Reminded } from '../domain/reminder-events.ts'
import { dateIn } from '../domain/zone.ts'
import type { Block, Card, Line, Span } from './card.ts'
import {
  clockState,
  daysWords,
  ifSo,
  isAtOnce,
  lastDayWords,
  owedClocks,
  owedWords,
  ownerSpan,
  runningClocks,
  urgencyOf,
} from './clock-words.ts'
import { coveredBlocks, coveredIn } from './covered.ts'
import {
  about,
  act,
  buttons,
  form,
  lines,
  nameOf,
  person,
  quiet,
  type Scene,
  todayOf,
  wordArg,
  zoneOf,
} from './scene.ts'
import type { Drawing, View } from './view.ts'

export interface Due {
  readonly state: IncidentState
  readonly clock: IncidentClock
}

export const shown = 6
const HOUR_MS = 3_600_000

/** The offsets sent for the last day as it stands. */
const offsetsOf = ({ fired }: IncidentState, { id, lastDay }: IncidentClock): readonly string[] =>
  fired.filter((key) => key.startsWith(`${id}|${lastDay}|`)).map((key) => key.split('|')[2] ?? '')

/** The day a reminder of this offset belonged to; one that an outage delayed belongs to an earlier one. */
function dayOf(state: IncidentState, clock: IncidentClock, offset: string): string | undefined {
  if (offset.startsWith('snoozed-')) return offset.slice('snoozed-'.length)
  if (offset.startsWith('appeared'))
    return dateIn(zoneOf(state), state.clocks[clock.id]?.at ?? state.declared.at)
  if (clock.dueAt && /^\d+h$/.test(offset))
    return dateIn(zoneOf(state), Date.parse(clock.dueAt) - Number.parseInt(offset, 10) * HOUR_MS)
  return /^-?\d+$/.test(offset) ? addDays(clock.lastDay as CalendarDate, -Number(offset)) : undefined
}

/** The days a message is about: its own, and those of the messages that gave way to it. */
export interface Days {
  readonly from: string
  readonly on: string
}

const isIn = ({ from, on }: Days, day: string | undefined): boolean =>
  day !== undefined && day >= from && day <= on

/** What is owed at once and was reminded of: as long as it is owed, it stands in every reminder. */
const atOnceIn = (state: IncidentState, now: Date, to?: string): readonly Due[] =>
  owedClocks({ state, now })
    .filter(({ id, due }) => {
      const last = state.reminded[id]
      return last && last.lastDay === due && (!to || last.told.includes(to))
    })
    .filter(isAtOnce)
    .map((clock) => ({ state, clock }))

/** Its last day as it stands was reminded of on one of these days, whatever day the reminder was meant for. */
const isRemindedIn = (days: Days, state: IncidentState, { id, due }: IncidentClock): boolean => {
  const last = state.reminded[id]
  return last?.lastDay === due && isIn(days, dateIn(zoneOf(state), last.at))
}

/** The clocks of an incident reminded of on these days; after an outage, all that were ever reminded of. */
function dueOn(
  days: Days,
  state: IncidentState,
  now: Date,
  isReminder: boolean,
  isOwn: boolean,
): readonly Due[] {
  const begun = runningClocks({ state, now }).filter((clock) => offsetsOf(state, clock).length > 0)
  const today = begun.filter(
    (clock) =>
      (isReminder && isRemindedIn(days, state, clock)) ||
      offsetsOf(state, clock).some((offset) => isIn(days, dayOf(state, clock, offset))),
  )
  return (today.length > 0 || !isOwn ? today : begun).map((clock) => ({ state, clock }))
}

/** Clocks that were escalated on these days, to this person or to anybody. */
function escalatedOn(days: Days, state: IncidentState, now: Date, to?: string): readonly Due[] {
  return runningClocks({ state, now })
    .filter((clock) => {
      const step = stepOf(state, clock)
      return step && (!to || step.to.includes(to)) && isIn(days, dateIn(zoneOf(state), step.stepAt))
    })
    .map((clock) => ({ state, clock }))
}

/** The last step of a reminder nobody answered, of the last day as it stands. */
function stepOf(state: IncidentState, { id, due }: IncidentClock): Reminded | undefined {
  const last = state.reminded[id]
  return last && last.lastDay === due && last.step > 0 ? last : undefined
}

/** Whom it went to before is nobody's blame: that they cannot be reached is said, and who is asked now. */
function escalatedLine(state: IncidentState, clock: IncidentClock): readonly Line[] {
  const step = stepOf(state, clock)
  const seen = state.acknowledged[clock.id]
  if (!step || (seen?.lastDay === clock.due && seen.at >= step.at)) return []
  const why = step.unreached.flatMap((who): Span[] => [person(who), ' cannot be reached. '])
  const asked: Span[] = step.to[0] ? ['Asked now: ', person(step.to[0]), '.'] : ['▲ Nobody is left to ask.']
  return [[...(why.length > 0 ? why : ['Nobody has said they saw it. ']), ...asked]]
}

/** While a delay is in force its end is the day to be ready for, and sending earlier is the fault. 45 CFR 164.412 */
const delayLine = (scene: Pick<Scene, 'state' | 'now'>, { delay }: IncidentClock): readonly Line[] =>
  delay && todayOf(scene) < delay.until
    ? [`Law-enforcement delay until ${sayDay(delay.until)}: have it ready, and send nothing before it ends.`]
    : []

const joinedDues = (...dues: readonly Due[]): readonly Due[] =>
  dues.filter(({ clock }, at) => dues.findIndex((one) => one.clock.id === clock.id) === at)

const byDay = (a: Due, b: Due): number => (urgencyOf(a.clock) < urgencyOf(b.clock) ? -1 : 1)

export function dueBlocks(organisation: Organisation, now: Date, { state, clock }: Due): Block[] {
  const scene = { state, organisation, now }
  return [
    lines([
      [
        { bold: nameOf(state) },
        ` · ${clock.label}${ifSo(clock)} · ${clock.lastDay ? `last day ${lastDayWords(scene, clock)}` : owedWords(scene, clock)}`,
      ],
      ['Owner ', ownerSpan(scene, clock.id), '. State: ', ...clockState(state, clock, now), '.'],
      ...delayLine(scene, clock),
      ...escalatedLine(state, clock),
    ]),
    ...buttons(
      act(state, clock.lastDay ? 'Seen; the deadline stays' : 'Seen; it stays owed', `ack ${clock.short}`),
      form(state, 'Snooze…', `snooze ${clock.short}`),
      form(state, 'Mark sent…', `notify ${clock.short} sent`),
    ),
  ]
}

export const moreDues = (dues: readonly Due[], word: string): Block[] =>
  dues.length > shown ? [quiet(`${dues.length - shown} more: ${word} late`)] : []

export function roomReminderCard(scene: Scene, args: Drawing['args']): Card {
  const { state, organisation, now, word } = scene
  const days = daysOf(scene, args)
  const escalated = [...atOnceIn(state, now), ...escalatedOn(days, state, now)]
  const dues = joinedDues(...dueOn(days, state, now, true, escalated.length === 0), ...escalated).toSorted(
    byDay,
  )
  const [first] = dues
  if (!first) return about(state, 'nothing is left to remind of', [lines(['Nothing is left to remind of.'])])
  return about(state, `${first.clock.label}, ${daysWords(scene, first.clock)}`, [
    ...coveredBlocks(zoneOf(state), args),
    ...dues.slice(0, shown).flatMap((due) => dueBlocks(organisation, now, due)),
    ...moreDues(dues, word),
  ])
}

function daysOf(scene: Pick<Scene, 'state' | 'now'>, args: Drawing['args']): Days {
  const on = wordArg(args, 'on') ?? todayOf(scene)
  const since = coveredIn(args)?.since
  return { from: since ? earlierOf(dateIn(zoneOf(scene.state), since), on) : on, on }
}

const earlierOf = (a: string, b: string): string => (a < b ? a : b)

export const reminderRoom: View = { draw: (drawing) => roomReminderCard(drawing, drawing.args) }

/** What of an incident brought the message: its last days, its items, its sheet. The row's own stand apart. */
export function partsOf(
  { state, args }: Pick<Drawing, 'state' | 'args'>,
  of: IncidentState,
): readonly string[] {
  const also = (args.also as Readonly<Record<string, readonly string[]>> | undefined)?.[of.incident] ?? []
  return of.incident === state.incident && Array.isArray(args.with) ? [...args.with, ...also] : also
}

/** What this person is reminded of, wherever it is; never of an incident they are kept out of. */
export function personsDues(
  drawing: Pick<Drawing, 'state' | 'organisation' | 'others' | 'now' | 'args'>,
  to: string,
): readonly Due[] {
  const { state, organisation, others, now } = drawing
  const days = daysOf(drawing, drawing.args)
  // Whom the tick told: a roster filled in after the declaration counts.
  const isTold = ({ state: each, clock }: Due): boolean =>
    reminded(each, clock.id, clock.daysLeft ?? 0, 'appeared', {
      ...each.roster,
      ...organisation.roster,
    }).includes(to)
  const incidents = [state, ...others.filter((other) => other.incident !== state.incident)]
  return (
    incidents
      .filter((each) => !each.excluded.includes(to))
      // A message that only brings the sheet or items repeats no earlier day's reminder.
      .flatMap((each) => {
        const isReminder = partsOf(drawing, each).includes('last-days')
        const asked = [...(isReminder ? atOnceIn(each, now, to) : []), ...escalatedOn(days, each, now, to)]
        const isBrought = isReminder && asked.length === 0
        return joinedDues(...dueOn(days, each, now, isReminder, isBrought).filter(isTold), ...asked)
      })
      .sort(byDay)
  )
}
