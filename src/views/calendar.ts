/**
 * The last days of one incident as an iCalendar file. It lies on phones and in calendars other people may see, so it names
 * the incident's number and its clocks, and nothing else. Asked for again, it replaces what was imported before.
 */
import ical, { ICalAlarmType, ICalEventBusyStatus } from 'ical-generator'
import { addDays, type CalendarDate } from '../domain/calendar.ts'
import { sayDay, sayMomentFull } from '../domain/dates-in-words.ts'
import type { IncidentState } from '../domain/incident.ts'
import { type IncidentClock, incidentClocks } from '../domain/incident-clocks.ts'
import type { Card } from './card.ts'
import { say } from './say.ts'
import { nameOf } from './scene.ts'

/** An all-day event begins at midnight: 08:00 of the day a week before, of the day before, and of the day itself. */
const HOUR = 3600
const ALARMS = [
  { trigger: (7 * 24 - 8) * HOUR },
  { trigger: (24 - 8) * HOUR },
  { triggerAfter: 8 * HOUR },
] as const
/** Of a clock of hours: a day, a night and two hours before. */
const HOURLY_ALARMS = [24, 8, 2].map((hours) => ({ trigger: hours * HOUR }))

export const inCalendar = (state: IncidentState, now: Date): readonly IncidentClock[] =>
  incidentClocks(state, now).filter(({ status, lastDay }) => status === 'running' && lastDay !== null)

/** `version`: the entry that asked. A later one has a higher number, which is what replaces an earlier import. */
export function calendarFile(state: IncidentState, now: Date, version: number): string {
  const file = ical({
    name: nameOf(state),
    prodId: { company: 'Wardroom', product: 'clocks', language: 'EN' },
  })
  const { zone } = state.organisation
  for (const clock of inCalendar(state, now)) {
    const event = file.createEvent({
      ...when(clock),
      id: `${clock.id}.${state.incident}@wardroom`,
      sequence: version,
      stamp: now,
      summary: `${nameOf(state)}: last day, ${clock.label}`,
      description: descriptionOf(clock, zone),
      busystatus: ICalEventBusyStatus.FREE,
    })
    for (const alarm of clock.dueAt ? HOURLY_ALARMS : ALARMS)
      event.createAlarm({ type: ICalAlarmType.display, description: `${nameOf(state)}: last day`, ...alarm })
  }
  return file.toString()
}

/** A whole day, whichever zone the calendar is in; an instant where hours are counted, which each calendar shows in its own. */
const when = ({ lastDay, dueAt }: IncidentClock) =>
  dueAt
    ? { start: new Date(dueAt) }
    : { allDay: true, start: utcMidnight(lastDay!), end: utcMidnight(addDays(lastDay!, 1)) }

/** The library writes the UTC day of what it is given. */
const utcMidnight = (day: CalendarDate): Date => new Date(`${day}T00:00:00Z`)

const descriptionOf = (
  { postBy, target, lastDay, dueAt, undecided, citation }: IncidentClock,
  zone: string,
) =>
  [
    ...(dueAt ? [`It ends ${sayMomentFull(zone, dueAt)}, to the hour.`] : []),
    ...(postBy ? [`Post by ${sayDay(postBy)}: the last working day.`] : []),
    ...(target && target !== lastDay ? [`Target ${sayDay(target)}.`] : []),
    ...(undecided ? [undecided.question] : []),
    `Days in ${zone}. It may have moved since: the room's clocks are what counts.`,
    citation,
  ].join('\n')

export const calendarAsked = (state: IncidentState): Card =>
  say(`${nameOf(state)}: the calendar file is being made.`, [
    'Recorded. The calendar file comes to you alone, in the chat with Wardroom.',
    'It holds the last days as they are now. Ask again when one moves: importing it replaces what was there.',
  ])

export const calendarComment = (state: IncidentState, clocks: number): string =>
  `${nameOf(state)}: ${clocks === 1 ? 'one last day' : `${clocks} last days`}, for your calendar. Numbers and clocks only.`
