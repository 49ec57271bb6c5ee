/** A notice that went out: its clock is met on that day. */
import { factDate } from '../domain/clock-facts.ts'
import { clockFacts } from '../domain/clock-facts-of.ts'
import { sayDay, sayTime } from '../domain/dates-in-words.ts'
import { delayInForce } from '../domain/delay-in-force.ts'
import type { FactValues } from '../domain/facts.ts'
import type { IncidentState } from '../domain/incident.ts'
import { type ClockId, clockFromWords, discoveryOn, incidentClocks } from '../domain/incident-clocks.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { parseWhen } from '../domain/when.ts'
import { dateIn } from '../domain/zone.ts'
import { upperFirst } from '../views/scene.ts'
import { clockLabel } from './clock-lines.ts'
import type { Context } from './command.ts'
import type { FactReader } from './fact-reader.ts'

type Notified = FactValues['notified']

const how = 'Type it like fact notified individuals 11 Jan 2027.'

export const notified: FactReader<Notified> = {
  read: ({ value = '', more, at }, context, state) => {
    const { clock, day } = split(value)
    if (!clock) return refused('clock', `Which notice went out? ${how}`, 'value', state)
    const which = theClock(clock, value, state, context)
    if (typeof which !== 'string') return which
    const said = more ?? (day || at || '')
    if (NOT_SENT.test(said)) return withdrawn(which, state)
    const on = readDay(said, context, state, which)
    if (typeof on !== 'string') return on
    return delayed(which, factDate(state.organisation.zone, on), state, context) ?? { clock: which, on }
  },
  say: ({ clock, on }, state) =>
    on === null
      ? `${clockLabel(clock)} not sent after all`
      : `${clockLabel(clock)} sent ${sayDay(factDate(state.organisation.zone, on))}${on.length > 10 ? ` at ${sayTime(state.organisation.zone, on)}` : ''}`,
  intro: ['Record it when the notice has gone out. Keep the proof of mailing or the receipt as evidence.'],
  fields: (context, typed) => {
    const { state } = context
    const clocks = state ? incidentClocks(state, context.at).filter(isOurs) : []
    const { clock, day } = split(typed)
    const when = day && state ? readDay(day, context, state) : undefined
    return [
      {
        kind: 'choice',
        name: 'value',
        label: 'Which notice',
        options: clocks.map(({ id, label }) => ({ value: id, label })),
        ...(clock && clocks.some(({ id }) => id === clock) ? { initial: clock } : {}),
      },
      {
        kind: 'date',
        name: 'more',
        label: 'Sent on',
        ...(typeof when === 'string' ? { initial: when } : {}),
      },
    ]
  },
}

/** A notice recorded by mistake must not stop a countdown for ever. */
const NOT_SENT = /^(not|no|never|not sent|not yet|withdraw|withdrawn)$/i

function withdrawn(clock: ClockId, state: IncidentState): Notified | Refusal {
  if (state.notified[clock]) return { clock, on: null }
  return refused('not-recorded', `${upperFirst(clockLabel(clock))} is not recorded as sent.`, 'value', state)
}

const isOurs = ({ notOwedBecause }: { notOwedBecause: string | null }) =>
  !notOwedBecause?.startsWith('duty_of_')

/** The clock's name may be two words; what follows it is the day. */
function split(typed: string): { clock: ClockId | undefined; day: string } {
  const words = typed.trim().split(/\s+/)
  for (let length = Math.min(2, words.length); length > 0; length--) {
    const clock = clockFromWords(words.slice(0, length).join(' '))
    if (clock)
      return {
        clock,
        day: words
          .slice(length)
          .join(' ')
          .replace(/^on\s+/i, ''),
      }
  }
  return { clock: undefined, day: '' }
}

/** HHS has two clocks and one name: it is whichever runs, and while both do the person must say. */
function theClock(clock: ClockId, typed: string, state: IncidentState, context: Context): ClockId | Refusal {
  const all = incidentClocks(state, context.at)
  const found = all.find(({ id }) => id === clock)
  if (!found || !isOurs(found))
    return refused(
      'not-ours',
      `${upperFirst(clockLabel(clock))} is not your organisation's to send.`,
      'value',
      state,
    )
  const named = /^(hhs|ocr)\b(?![- ](500|annual))/i.test(typed.trim())
  if (!named) return clock
  const large = all.find(({ id }) => id === 'hipaa.hhs.500plus')?.status === 'running'
  const small = all.find(({ id }) => id === 'hipaa.hhs.under500')?.status === 'running'
  if (large && small)
    return refused(
      'which-hhs',
      'The report to HHS depends on how many people: type hhs-500 for 500 or more, hhs-annual for fewer, or record the count first.',
      'value',
      state,
      { label: 'Record affected people', line: 'fact affected' },
    )
  return small ? 'hipaa.hhs.under500' : clock
}

/** A day; of a clock of hours the instant where it was said, which its last day has to have. */
function readDay(typed: string, context: Context, state: IncidentState, of?: ClockId): string | Refusal {
  const { zone } = state.organisation
  if (!typed) return refused('day', `On which day did it go out? ${how}`, 'more', state)
  const when = parseWhen(typed, { now: context.at, zone, tense: 'past' })
  if (when.kind === 'refused') return refused(when.reason.replaceAll('_', '-'), when.message, 'more', state)
  const from = discoveryOn(state)
  if (from && when.date < from)
    return refused(
      'before-discovery',
      `A notice cannot have gone out before the discovery date, ${sayDay(from)}. Check the day, or correct the discovery date.`,
      'more',
      state,
    )
  const hourly = incidentClocks(state, context.at).find(({ id, dueAt }) => id === of && dueAt !== null)
  if (!hourly) return when.date
  if (when.kind === 'instant') return when.at
  if (when.date !== hourly.lastDay) return when.date
  return refused(
    'time',
    `It counts in hours and ends that day at ${sayTime(zone, hourly.dueAt!)}: say when it went out, such as ${when.date} 14:10.`,
    'more',
    state,
    { label: 'Record what was sent', line: `notify ${hourly.short} sent` },
  )
}

/** While it is in force nothing may go out, so what did must have gone before. 45 CFR 164.412 */
function delayed(clock: ClockId, on: string, state: IncidentState, context: Context): Refusal | undefined {
  const { zone } = state.organisation
  const delay = delayInForce(clockFacts(state), clock, dateIn(zone, context.at))
  if (!delay || on < delay.since) return undefined
  return refused(
    'delayed',
    `A law-enforcement delay (${delay.basis}) is in force until ${sayDay(delay.until)}: nothing may go out before it ends, and nothing is recorded as sent. If something did go out, tell counsel now and record it in a note. 45 CFR 164.412`,
    'more',
    state,
    { label: 'Record a note', line: 'note' },
  )
}

function refused(
  reason: string,
  sentence: string,
  field: 'value' | 'more',
  state: IncidentState,
  next = { label: 'Open the form', line: 'fact notified' },
): Refusal {
  return refuse(`notified-${reason}`, sentence, {
    field,
    buttons: [{ ...next, form: true, incident: state.incident }],
  })
}
