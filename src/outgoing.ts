/**
 * What an entry makes the platform hear of: one table from event kind to deliveries, for every path that appends.
 * A command therefore returns events and a reply and nothing else, and no path can forget to tell people.
 */
import type { Recorded } from './domain/events.ts'
import type { IncidentState } from './domain/incident.ts'
import type { Organisation } from './domain/organisation.ts'
import type { Outgoing } from './store/unit.ts'

export interface Before {
  readonly state: IncidentState | undefined
}

/** The part of the configuration that decides who is told. */
export interface Telling {
  readonly announceChannel: string | undefined
  readonly pagerWebhook: boolean
}

export type OutgoingOf = (
  events: readonly Recorded[],
  state: IncidentState,
  before: IncidentState | undefined,
  organisation: Organisation,
  telling: Telling,
) => readonly Outgoing[]
