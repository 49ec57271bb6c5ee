/** Sentences about clocks that several answers share. */
import { parseCalendarDate } from '../domain/calendar.ts'
import { sayDay, sayPostBy } from '../domain/dates-in-words.ts'
import type { ClockMove } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import { type IncidentClock, incidentClocks } from '../domain/incident-clocks.ts'
import { findRegulation } from '../domain/regulations.ts'
import { upperFirst } from '../views/scene.ts'

export const clockLabel = (id: string): string => findRegulation(id)?.label ?? id

const pressing = ({ atOnce, lastDay }: IncidentClock): string => (atOnce ? '0' : (lastDay ?? '9999'))

/** Running clocks: what is owed at once, then the nearest last day first. */
export const runningClocks = (state: IncidentState, now: Date): readonly IncidentClock[] =>
  incidentClocks(state, now)
    .filter(({ status }) => status === 'running')
    .sort((a, b) => (pressing(a) < pressing(b) ? -1 : 1))

/** `letters to individuals: Tue 19 Jan 2027 → Sun 17 Jan 2027 (post by Fri 15 Jan)` */
export function moveLine(
  { clock, before, after }: ClockMove,
  holidays: readonly string[],
  waited: ReadonlySet<string> = new Set(),
): string {
  const say = (day: string | null, none: string) => {
    const date = day ? parseCalendarDate(day) : null
    return date ? sayDay(date) : none
  }
  const date = after ? parseCalendarDate(after) : null
  const working = date ? sayPostBy(date, holidays) : null
  return `${upperFirst(clockLabel(clock))}: ${say(before, waited.has(clock) ? 'no day yet' : 'not owed')} → ${say(after, 'no longer owed')}${working ? ` (${working})` : ''}`
}
