/** Checklist items that a command completes by itself. */
import { itemsFulfilledBy } from '../domain/checklists.ts'
import { type Event, event } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import type { IncidentKind } from '../domain/kinds.ts'

/** `command` as the checklist names it: `declare`, `decide`, `close`, `fact discovered` … Items already settled stay as they are. */
export const fulfil = (state: IncidentState, command: string): readonly Event[] =>
  itemsFulfilledBy(command, state)
    .filter(({ id }) => (state.items[id]?.status ?? 'open') === 'open')
    .map(({ id }) => event('item.completed', { item: id, by: 'command' }))

/** What a command completed is open again once that is taken back, or waits to be confirmed anew. */
export const unfulfil = (state: IncidentState, command: string): readonly Event[] =>
  itemsFulfilledBy(command, state)
    .filter(({ id }) => state.items[id]?.status === 'done')
    .map(({ id }) => event('item.reopened', { item: id }))

/** For an incident that begins with this command. */
export const fulfilFresh = (kind: IncidentKind, command: string): readonly Event[] =>
  itemsFulfilledBy(command, { kind, facts: {} }).map(({ id }) =>
    event('item.completed', { item: id, by: 'command' }),
  )
