/** What was last reminded of, clock by clock: whom it went to, step by step, and who of them it did not reach. */
import type { Event, Recorded } from './events.ts'
import type { IncidentState } from './incident-state.ts'
import type { Reminded, ReminderStates } from './reminder-events.ts'
import { escalationSteps } from './reminding.ts'
import { POSTING } from './substitute-notice.ts'

type Fires = Extract<Event, { kind: 'reminder.sent' | 'posting.reminded' }>

/** What fires once, whatever happens to its worker. */
export const firedKey = ({ kind, data }: Fires): string =>
  kind === 'reminder.sent'
    ? `${data.clock}|${data.lastDay}|${data.offset}|${data.step}`
    : postingKey(data.through, data.offset)

export const postingKey = (through: string, offset: string): string => `${POSTING}|${through}|${offset}|0`

type Sent = Extract<Event, { kind: 'reminder.sent' }>['data']

type Answering = Pick<IncidentState, 'reminded' | 'acknowledged'>

export function reminderChange(state: Answering, event: Recorded): Partial<ReminderStates> | undefined {
  const { reminded } = state
  if (event.kind === 'reminder.sent') {
    const { clock } = event.data
    const before = reminded[clock]
    const after =
      before && isRepeat(state, before, event.data)
        ? { ...before, told: [...new Set([...before.told, ...event.data.to])] }
        : next(before, event.data, event.at)
    return { reminded: { ...reminded, [clock]: after } }
  }
  if (event.kind !== 'reminder.unreached') return undefined
  const { person, clocks } = event.data
  const missed = clocks.flatMap((clock) => {
    const one = reminded[clock]
    return one ? [[clock, { ...one, unreached: [...new Set([...one.unreached, person])] }] as const] : []
  })
  return { reminded: { ...reminded, ...Object.fromEntries(missed) } }
}

/**
 * What is owed at once is said again and again: while nobody answered that is one reminder, and its escalation goes on.
 * After a snooze, an answer, or an end at which nobody had heard of it, it begins anew.
 */
const isRepeat = (state: Answering, before: Reminded, { clock, lastDay, offset, step }: Sent): boolean =>
  step === 0 && offset.startsWith('+') && before.lastDay === lastDay && !isSeriesOver(state, clock)

/** Somebody said that they saw it, since its owner was told. */
export function isAnswered({ reminded, acknowledged }: Answering, clock: string): boolean {
  const [last, seen] = [reminded[clock], acknowledged[clock]]
  return last !== undefined && seen?.lastDay === last.lastDay && seen.at >= last.at
}

export const isSeriesOver = (state: Answering, clock: string): boolean =>
  isAnswered(state, clock) || isNobodyReached(state, clock)

/** A step goes on from the reminder it escalates; a new offset begins anew, with everybody taken for reachable again. */
function next(before: Reminded | undefined, sent: Sent, at: string): Reminded {
  const { clock: _of, ...rest } = sent
  const isStep = sent.step > 0 && before?.lastDay === sent.lastDay && before.offset === sent.offset
  const [first] = sent.to
  const asked = first === undefined ? [] : [first]
  if (!isStep) return { ...rest, at, stepAt: at, asked, told: sent.to, unreached: [] }
  return {
    ...rest,
    at: before.at,
    stepAt: at,
    asked: [...before.asked, ...asked],
    told: [...new Set([...before.told, ...sent.to])],
    unreached: before.unreached,
  }
}

/** Whoever the last step asked cannot have heard of it: nobody was there, or the message did not reach them. */
export const isUnheard = ({ to, unreached }: Reminded): boolean =>
  to[0] === undefined || unreached.includes(to[0])

/** Nobody at all who was told heard of it. */
export const isHeardByNobody = ({ told, unreached }: Reminded): boolean =>
  told.every((person) => unreached.includes(person))

/** The escalation is at its end, nobody whom it told can have heard of it, and nobody said since that they saw it. */
export function isNobodyReached(
  { reminded, acknowledged }: Pick<IncidentState, 'reminded' | 'acknowledged'>,
  clock: string,
): boolean {
  const last = reminded[clock]
  if (!last || last.step !== escalationSteps || !isUnheard(last) || !isHeardByNobody(last)) return false
  const seen = acknowledged[clock]
  return seen?.lastDay !== last.lastDay || seen.at < last.at
}

/** The clocks of which it came to that between two states. */
export const unreachedSince = (
  before: Pick<IncidentState, 'reminded' | 'acknowledged'> | undefined,
  after: Pick<IncidentState, 'reminded' | 'acknowledged'>,
): string[] =>
  Object.keys(after.reminded).filter(
    (clock) => isNobodyReached(after, clock) && !(before && isNobodyReached(before, clock)),
  )

/** The clocks of which somebody was told in vain, and it is not on the record yet. */
export const toldInVain = ({ reminded }: ReminderStates, person: string): string[] =>
  Object.entries(reminded)
    .filter(([, { told, unreached }]) => told.includes(person) && !unreached.includes(person))
    .map(([clock]) => clock)
