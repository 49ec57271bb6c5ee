/** Whom a reminder and each step of its escalation is sent to, and when the room hears of it. */
import { type CalendarDate, daysBetween } from '../domain/calendar.ts'
import { dateIn } from '../domain/zone.ts'
import { direct, morning, post } from './deliveries.ts'
import { once, type Table, toEach } from './told.ts'

/** Reminders come to the room only this near the last day. */
const roomDays = 7

export const reminderRows = {
  'reminder.sent': ({ data, at }, { state }) => {
    const on = dateIn(state.organisation.zone, at)
    const isNear = daysBetween(on, data.lastDay as CalendarDate) <= roomDays
    // A clock that appeared or moved was said in the room when it did; a step that has nobody is told to nobody.
    const inRoom = isNear && data.to.length > 0 && (data.step > 0 || data.offset !== 'appeared')
    return [
      ...toEach(once(data.to), (person) =>
        direct(state, person, 'reminders').map((wish) => ({
          ...wish,
          ...morning({ ...wish.args, on }, 'last-days'),
        })),
      ),
      ...(inRoom ? post(state, 'reminder-room', { on }, `reminder/${on}`) : []),
    ]
  },
} satisfies Table
