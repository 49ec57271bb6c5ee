/**
 * The notification that each clock opens: who owns it, its target, and how far it is. That it was sent is the fact
 * `notified` and nothing else; here stands only what people did before and after. Drafts and proofs are sealed.
 */
import type { ClockId } from './clock-names.ts'
import type { Recorded } from './events.ts'
import type { IncidentState } from './incident-state.ts'
import type { Notification, NotificationStep, Notifications } from './notification-events.ts'
import type { Organisation } from './organisation.ts'
import type { Role } from './roles.ts'

/** Who answers for a clock until somebody is named for it. */
export const clockOwner: Role = 'privacy-officer'

const untouched: Notification = {
  owner: null,
  target: null,
  drafted: null,
  approved: null,
  sent: null,
  proved: null,
  given: [],
}

export const notificationOf = (state: Pick<IncidentState, 'notifications'>, clock: ClockId): Notification =>
  state.notifications[clock] ?? untouched

export const stages = ['to do', 'drafted', 'approved', 'sent', 'proof attached'] as const
export type Stage = (typeof stages)[number]

export function stageOf(state: Pick<IncidentState, 'notifications' | 'notified'>, clock: ClockId): Stage {
  const { drafted, approved, proved } = notificationOf(state, clock)
  if (state.notified[clock]) return proved ? 'proof attached' : 'sent'
  return approved ? 'approved' : drafted ? 'drafted' : 'to do'
}

/** Whom it is asked of: the person named for it, else who holds the office, else whom the roster names for it. */
export function notificationOwner(
  state: IncidentState,
  clock: ClockId,
  roster: Organisation['roster'] = {},
): string | undefined {
  const line = roster[clockOwner] ?? state.roster[clockOwner]
  return [
    notificationOf(state, clock).owner?.person,
    state.roles[clockOwner]?.person,
    line?.holder,
    line?.deputy,
  ].find((person): person is string => typeof person === 'string' && !state.excluded.includes(person))
}

/** Undefined where the event is none of a notification's. */
export function notificationChange(
  state: IncidentState,
  event: Recorded,
): Pick<IncidentState, 'notifications'> | undefined {
  const { at, actor: by, seq } = event
  const step = { at, by, seq }
  const put = (clock: ClockId, change: Partial<Notification>) => ({
    notifications: { ...state.notifications, [clock]: { ...notificationOf(state, clock), ...change } },
  })
  switch (event.kind) {
    case 'notification.owned':
      return put(event.data.clock, { owner: { ...step, person: event.data.person } })
    case 'notification.targeted':
      return put(event.data.clock, { target: { ...step, on: event.data.targetOn } })
    case 'notification.drafted':
      // What was approved was the draft before.
      return put(event.data.clock, { drafted: step, approved: null })
    case 'notification.approved': {
      const { clock, contents, alone } = event.data
      return put(clock, { approved: { ...step, contents, alone } })
    }
    case 'notification.sent': {
      const { clock, count, manner } = event.data
      return put(clock, { sent: { ...step, count, manner } })
    }
    case 'notification.proved': {
      const { clock, file, person: giver = by } = event.data
      const proof = { ...step, by: giver }
      const { proved } = notificationOf(state, clock)
      return put(clock, {
        proved: { ...proof, all: [...(proved?.all ?? []), proof] },
        given: givenBut(state, clock, file),
      })
    }
    case 'notification.file_given': {
      const { clock, files, message } = event.data
      const { given } = notificationOf(state, clock)
      const more = files.map(({ file }) => ({ ...step, file, isPosted: message !== null }))
      return put(clock, { given: [...given, ...more] })
    }
    case 'notification.file_lost':
      return put(event.data.clock, { given: givenBut(state, event.data.clock, event.data.file) })
    case 'notification.withdrawn':
      return put(event.data.clock, undone[event.data.step])
    default:
      return undefined
  }
}

const givenBut = (state: IncidentState, clock: ClockId, file: string | undefined) =>
  notificationOf(state, clock).given.filter((each) => each.file !== file)

const undone: Readonly<Record<NotificationStep, Partial<Notification>>> = {
  drafted: { drafted: null, approved: null },
  approved: { approved: null },
  sent: { sent: null, proved: null, given: [] },
  proved: { proved: null, given: [] },
}

/** A notice that did not go out after all has no proof, however that was recorded. */
export const unsent = (notifications: Notifications, clock: ClockId): Notifications => {
  const known = notifications[clock]
  return known ? { ...notifications, [clock]: { ...known, ...undone.sent } } : notifications
}
