/** When managers get their digest: each working day of the organisation at 08:00 in its zone, later that day where nobody was up. */
import { addDays, type CalendarDate, isWorkingDay } from './calendar.ts'
import type { OrganisationFacts } from './events.ts'
import type { IncidentState } from './incident.ts'
import { dateIn, instantAt, msOf } from './zone.ts'

const MORNING = { hour: 8, minute: 0 }

type Days = Pick<OrganisationFacts, 'zone' | 'holidays'>

export function digestDay({ zone, holidays }: Days, now: Date): CalendarDate | null {
  const today = dateIn(zone, now)
  const isUp = msOf(instantAt(zone, today, MORNING)) <= now.getTime()
  return isUp && isWorkingDay(today, holidays) ? today : null
}

/** When that day's digest goes out; undefined where it has none. */
export const digestAt = ({ zone, holidays }: Days, on: CalendarDate): Date | undefined =>
  isWorkingDay(on, holidays) ? new Date(instantAt(zone, on, MORNING)) : undefined

/** What is new since the morning of the working day before. */
export function newSince({ zone, holidays }: Days, on: CalendarDate): Date {
  let day = addDays(on, -1)
  while (!isWorkingDay(day, holidays)) day = addDays(day, -1)
  return new Date(instantAt(zone, day, MORNING))
}

/** A channel has readers we do not know: an incident that somebody is kept out of is not told of there. */
export const inDigest = (incidents: readonly IncidentState[], platform: string): readonly IncidentState[] =>
  incidents.filter((state) => state.platform === platform && state.excluded.length === 0)
