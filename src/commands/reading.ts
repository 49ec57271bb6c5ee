/** What several commands read from their context: the organisation's facts, today, and the state as it would be. */
import type { CalendarDate } from '../domain/calendar.ts'
import { findItem, openRequired } from '../domain/checklists.ts'
import type { Event, OrganisationFacts } from '../domain/events.ts'
import { applyEvent, type IncidentState } from '../domain/incident.ts'
import { settledItems } from '../domain/incident-items.ts'
import { phases } from '../domain/phases.ts'
import { dateIn, instantAt } from '../domain/zone.ts'
import type { Context } from './command.ts'

/** The incident's own copy, else the organisation as it stands today. */
export const organisationOf = (context: Context): OrganisationFacts =>
  context.state?.organisation ?? context.organisation.configured ?? context.settings.organisation

export const zoneOf = (context: Context): string => organisationOf(context).zone

export const todayOf = (context: Context): CalendarDate => dateIn(zoneOf(context), context.at)

/** Required items open in any phase, in the order of the phases. */
export const allOpenRequired = (state: IncidentState) =>
  phases.flatMap(({ id }) => openRequired(state, id, settledItems(state)))

/** The state as it would be after these events; nothing is recorded by it. */
export const after = (state: IncidentState, events: readonly Event[], context: Context): IncidentState =>
  events.reduce(
    (next, event, index) =>
      applyEvent(
        next,
        {
          ...event,
          seq: state.lastChange.seq + index + 1,
          at: context.at.toISOString(),
          actor: context.actor,
        },
        state.incident,
      ),
    state,
  )

export const itemTitle = (id: string): string => {
  const item = findItem(id)
  return item ? `${item.title} (${item.id})` : id
}

/** Where a form asks for a time and only the day is known: its noon, or `latest` where that is earlier. */
export const middayOf = (zone: string, date: CalendarDate, latest: string): string => {
  const noon = instantAt(zone, date, { hour: 12, minute: 0 })
  return noon < latest ? noon : latest
}
