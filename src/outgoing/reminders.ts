/** Whom a reminder and each step of its escalation is sent to, and when the room hears of it. */
import { type CalendarDate, daysBetween } from '../domain/calendar.ts'
import { isNobodyReached } from '../domain/incident-reminders.ts'
import { isAtOnceDue } from '../domain/owed-at-once.ts'
import { dateIn } from '../domain/zone.ts'
import type { Outgoing } from '../store/unit.ts'
import { status } from './cards.ts'
import { direct, morning, page, post } from './deliveries.ts'
import { isOncePerDay, managers, nearing } from './managers.ts'
import { once, type Situation, type Table, toEach } from './told.ts'

/** Reminders come to the room only this near the last day. */
const roomDays = 7

/** Silence must not look like an answer: managers hear of it at once, and the pager; the status card says it until somebody does. */
const nobodyReached = (situation: Situation, clocks: readonly string[]): Outgoing[] => {
  const { state, telling } = situation
  const unheard = clocks.filter((clock) => isNobodyReached(state, clock))
  return [
    ...unheard.flatMap((clock) => managers(situation, 'unreached', clock)),
    ...(unheard.length > 0 && telling.pagerWebhook ? page(state, 'nobody reachable') : []),
    ...(unheard.length > 0 ? status(state) : []),
  ]
}

export const reminderRows = {
  'reminder.sent': ({ data, at }, situation) => {
    const { state } = situation
    const on = dateIn(state.organisation.zone, at)
    const isNear = isAtOnceDue(data.lastDay)
      ? data.step > 0 || isOncePerDay(state, data, at)
      : daysBetween(on, data.lastDay as CalendarDate) <= roomDays
    // A clock that appeared or moved was said in the room when it did; a step that has nobody is told to nobody.
    const inRoom = isNear && data.to.length > 0 && (data.step > 0 || !data.offset.startsWith('appeared'))
    return [
      ...toEach(once(data.to), (person) =>
        direct(state, person, 'reminders').map((wish) => ({
          ...wish,
          ...morning({ ...wish.args, on, at }, 'last-days'),
        })),
      ),
      ...(inRoom ? post(state, 'reminder-room', { on, at }, `reminder/${on}`) : []),
      ...nearing(situation, data, at),
      ...(data.step > 0 && data.to.length === 0 ? nobodyReached(situation, [data.clock]) : []),
    ]
  },
  'posting.reminded': ({ data, at }, { state }) => {
    const on = dateIn(state.organisation.zone, at)
    return toEach(once(data.to), (person) =>
      direct(state, person, 'reminders').map((wish) => ({
        ...wish,
        ...morning({ ...wish.args, on, at }, 'posting'),
      })),
    )
  },
  'reminder.unreached': ({ data }, situation) => nobodyReached(situation, data.clocks),
} satisfies Table
