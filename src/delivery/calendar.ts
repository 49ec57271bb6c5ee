/** The calendar file, made and brought to whoever asked, alone. Interrupted, it is found by its name and not sent twice. */
import { Readable } from 'node:stream'
import { event } from '../domain/events.ts'
import { isExcluded } from '../domain/permit.ts'
import { sha256Hex } from '../domain/record.ts'
import { calendarComment, calendarFile, inCalendar } from '../views/calendar.ts'
import { type Job, NOTHING, type Outcome } from './delivering.ts'
import { allowed, notTold } from './people.ts'
import { mayHaveLandedSince } from './posting.ts'

export async function calendar(job: Job): Promise<Outcome> {
  const { port, row, state, delivering } = job
  const { person, seq } = row.args as { person: string; seq: number }
  if (isExcluded(state, person)) return NOTHING
  const { code } = await allowed(port, person)
  if (code) return notTold(job, person, code)
  const now = delivering.now()
  const content = Buffer.from(calendarFile(state, now, seq))
  const clocks = inCalendar(state, now).length
  const file = {
    name: `${state.incident}-clocks-${seq}.ics`,
    bytes: content.length,
    comment: calendarComment(state, clocks),
    read: () => Readable.from([content]),
  }
  const sent = await port.sendFile(person, file, row.attempt > 1 ? mayHaveLandedSince(job) : undefined)
  const data = { to: person, ...sent, sha256: sha256Hex(content), bytes: content.length, clocks }
  return { outcome: 'sent', events: [event('calendar.delivered', data, undefined, seq)] }
}
