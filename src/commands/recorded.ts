/** The answer to what was put on the record: that it was, and whether it counts as a late entry. */
import { calendarDateOf, isCalendarDate } from '../domain/calendar.ts'
import { sayDay, sayMomentFull } from '../domain/dates-in-words.ts'
import type { Button, Card, Line } from '../views/card.ts'
import { say } from '../views/say.ts'
import type { Context } from './command.ts'
import type { LateEntry } from './late-entry.ts'
import { zoneOf } from './reading.ts'

export function recorded(
  what: string,
  entry: LateEntry,
  context: Context,
  more: readonly Line[] = [],
  buttons: readonly Button[] = [],
): Card {
  const { occurredAt } = entry.data
  const when = occurredAt ? sayOccurred(occurredAt, context) : undefined
  const first = `${what}.`
  const head = entry.late ? 'Recorded as a late entry: happened' : 'Happened'
  const times = when ? [`${head} ${when}, recorded ${sayMomentFull(zoneOf(context), context.at)}.`] : []
  const who: Line[] = entry.data.byPerson
    ? [['By ', { person: entry.data.byPerson }, '.']]
    : entry.text.by
      ? ['By somebody outside this chat, as you named them.']
      : []
  return say(first, [first, ...times, ...who, ...more], buttons)
}

/** A day where only the day is known, else the time in the incident's zone. */
export const sayOccurred = (occurredAt: string, context: Context): string =>
  isCalendarDate(occurredAt) ? sayDay(calendarDateOf(occurredAt)) : sayMomentFull(zoneOf(context), occurredAt)
