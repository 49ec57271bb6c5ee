/** What changed last, as a verb: the grey line of the status card. */
import type { IncidentState } from '../domain/incident.ts'
import type { Span } from './card.ts'
import { byWhom, momentOf } from './scene.ts'

const verbs: Readonly<Record<string, string>> = {
  'incident.declared': 'declared',
  'incident.closed': 'closed',
  'incident.reopened': 'reopened',
  'person.excluded': 'kept someone out',
  'fact.recorded': 'recorded a fact',
  'reminder.acknowledged': 'saw a reminder',
  'reminder.snoozed': 'snoozed a reminder',
  'role.assigned': 'filled a role',
  'role.offered': 'offered a handoff',
  'role.declined': 'declined a role',
  'role.acted': 'acted for an untaken role',
  'phase.entered': 'moved the phase',
  'item.completed': 'completed an item',
  'item.skipped': 'skipped an item',
  'item.reopened': 'reopened an item',
  'item.added': 'added an item',
  'note.recorded': 'recorded a note',
  'decision.recorded': 'recorded a decision',
  'message.marked': 'marked key evidence',
  'message.unmarked': 'unmarked key evidence',
  'room.requested': 'asked for a new room',
  'room.opened': 'opened the room',
  'room.renamed': 'renamed the room',
  'room.lost': 'lost the room',
  'room.restored': 'found the room again',
  'room.alarmed': 'raised an alarm about the room',
  'room.joined': 'joined',
  'room.left': 'left',
  'coverage.gap': 'recorded a gap',
}

export function lastChange(state: IncidentState): Span[] {
  const { kind, at, by } = state.lastChange
  return [byWhom(by), ` ${verbs[kind] ?? 'changed something'}, ${momentOf(state, at)}`]
}
