/**
 * What an entry makes the platform hear of: one table from event kind to deliveries, for every path that appends.
 * A command therefore returns events and a reply and nothing else, and no path can forget to tell people.
 * Nobody who is kept out is ever among the people told, and nobody is told of their own act.
 */
import type { EventKind, EventOf, Recorded } from './domain/events.ts'
import { factRow } from './domain/facts.ts'
import { currentRoom, holderOf, type IncidentState } from './domain/incident.ts'
import { clockOwner } from './domain/incident-clocks.ts'
import type { Organisation } from './domain/organisation.ts'
import { type Role, roles } from './domain/roles.ts'
import { dateIn } from './domain/zone.ts'
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

/** What a row of the table may look at besides its event. */
interface Situation {
  readonly state: IncidentState
  readonly before: IncidentState | undefined
  readonly organisation: Organisation
  readonly telling: Telling
  readonly events: readonly Recorded[]
}

type Args = Outgoing['args']
type Row<K extends EventKind> = (event: Recorded & EventOf<K>, situation: Situation) => readonly Outgoing[]
type Table = { readonly [K in EventKind]?: Row<K> }
