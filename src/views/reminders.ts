/** Reminders of clocks: in the room for one incident, privately over all of a person's. Acknowledging moves no day. */
import { addDays, type CalendarDate } from '../domain/calendar.ts'
import { reminded } from '../domain/due.ts'
import type { IncidentState } from '../domain/incident.ts'
import type { IncidentClock } from '../domain/incident-clocks.ts'
import type { Organisation } from '../domain/organisation.ts'
import { dateIn } from '../domain/zone.ts'
import type { Block, Card } from './card.ts'
import { clockState, daysWords, ifSo, lastDayWords, ownerSpan, runningClocks } from './clock-words.ts'
import {
  about,
  act,
  buttons,
  form,
  lines,
  nameOf,
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

/** The offsets sent for the last day as it stands. */
const offsetsOf = ({ fired }: IncidentState, { id, lastDay }: IncidentClock): readonly string[] =>
  fired.filter((key) => key.startsWith(`${id}|${lastDay}|`)).map((key) => key.split('|')[2] ?? '')

/** Whether a reminder of this offset belonged to this day; one that an outage delayed belongs to an earlier one. */
function belongsTo(on: string, state: IncidentState, clock: IncidentClock, offset: string): boolean {
  if (offset === `snoozed-${on}`) return true
  if (offset === 'appeared')
    return dateIn(zoneOf(state), state.clocks[clock.id]?.at ?? state.declared.at) === on
  return /^-?\d+$/.test(offset) && addDays(clock.lastDay as CalendarDate, -Number(offset)) === on
}

/** The clocks of an incident reminded of on this day; after an outage, all that were ever reminded of. */
function dueOn(on: string, state: IncidentState, now: Date, isOwn: boolean): readonly Due[] {
  const begun = runningClocks({ state, now }).filter((clock) => offsetsOf(state, clock).length > 0)
  const today = begun.filter((clock) =>
    offsetsOf(state, clock).some((offset) => belongsTo(on, state, clock, offset)),
  )
  return (today.length > 0 || !isOwn ? today : begun).map((clock) => ({ state, clock }))
}

const byDay = (a: Due, b: Due): number => (String(a.clock.lastDay) < String(b.clock.lastDay) ? -1 : 1)

export function dueBlocks(organisation: Organisation, now: Date, { state, clock }: Due): Block[] {
  const scene = { state, organisation, now }
  return [
    lines([
      [{ bold: nameOf(state) }, ` · ${clock.label}${ifSo(clock)} · last day ${lastDayWords(scene, clock)}`],
      ['Owner ', ownerSpan(scene), '. State: ', ...clockState(state, clock, todayOf(scene)), '.'],
    ]),
    ...buttons(
      act(state, 'Seen; the deadline stays', `ack ${clock.short}`),
      form(state, 'Snooze…', `snooze ${clock.short}`),
      form(state, 'Mark sent…', `fact notified ${clock.short}`),
    ),
  ]
}

export const moreDues = (dues: readonly Due[], word: string): Block[] =>
  dues.length > shown ? [quiet(`${dues.length - shown} more: ${word} late`)] : []

export function roomReminderCard(scene: Scene, on: string): Card {
  const { state, organisation, now, word } = scene
  const dues = dueOn(on, state, now, true)
  const [first] = dues
  if (!first) return about(state, 'nothing is left to remind of', [lines(['Nothing is left to remind of.'])])
  return about(state, `${first.clock.label}, ${daysWords(scene, first.clock)}`, [
    ...dues.slice(0, shown).flatMap((due) => dueBlocks(organisation, now, due)),
    ...moreDues(dues, word),
  ])
}

export const reminderRoom: View = {
  draw: (drawing) => roomReminderCard(drawing, wordArg(drawing.args, 'on') ?? todayOf(drawing)),
}

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
  on: string,
): readonly Due[] {
  const { state, organisation, others, now } = drawing
  // Whom the tick told: a roster filled in after the declaration counts.
  const isTold = ({ state: each, clock }: Due): boolean =>
    reminded(each, clock.daysLeft ?? 0, 'appeared', { ...each.roster, ...organisation.roster }).includes(to)
  const incidents = [state, ...others.filter((other) => other.incident !== state.incident)]
  return (
    incidents
      .filter((each) => !each.excluded.includes(to))
      // A message that only brings the sheet or items repeats no earlier day's reminder.
      .flatMap((each) => dueOn(on, each, now, partsOf(drawing, each).includes('last-days')))
      .filter(isTold)
      .sort(byDay)
  )
}
