/** What changed last, as a verb: the grey line of the status card. */
import { facts } from '../domain/facts.ts'
import type { IncidentState } from '../domain/incident.ts'
import { phaseLabel } from '../domain/phases.ts'
import { roles } from '../domain/roles.ts'
import type { Span } from './card.ts'
import { byWhom, momentOf } from './scene.ts'

const verbs: Readonly<Record<string, string>> = {
  'incident.declared': 'declared',
  'incident.closed': 'closed',
  'incident.reopened': 'reopened',
  'person.excluded': 'kept someone out',
  'fact.recorded': 'recorded a fact',
  'notification.owned': 'named who owns a notification',
  'notification.targeted': 'set a target',
  'notification.drafted': 'drafted a notification',
  'notification.approved': 'approved a notification',
  'notification.sent': 'recorded how a notification went out',
  'notification.proved': 'attached proof of a notification',
  'notification.file_given': 'gave a file as proof of a notification',
  'notification.withdrawn': 'took back a step of a notification',
  'reminder.acknowledged': 'saw a reminder',
  'reminder.snoozed': 'snoozed a reminder',
  'role.assigned': 'filled a role',
  'role.offered': 'offered a handoff',
  'role.declined': 'declined a role',
  'role.vacated': 'opened a role again',
  'role.acted': 'acted for an untaken role',
  'phase.entered': 'moved the phase',
  'item.completed': 'completed an item',
  'item.skipped': 'skipped an item',
  'item.reopened': 'reopened an item',
  'item.added': 'added an item',
  'note.recorded': 'recorded a note',
  'decision.recorded': 'recorded a decision',
  'assessment.answered': 'answered the breach risk assessment',
  'assessment.signed': 'signed the breach risk assessment',
  'assessment.confirmed': 'confirmed the breach risk assessment',
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
  'evidence.added': 'added an exhibit',
  'evidence.offered': 'offered an exhibit',
  'evidence.transferred': 'took over an exhibit',
  'evidence.declined': 'ended the offer of an exhibit',
  'legal_hold.placed': 'placed a legal hold',
  'legal_hold.lifted': 'lifted the legal hold',
  'disposal.requested': 'asked to dispose of content',
  'disposal.approved': 'approved a disposal',
  'disposal.withdrawn': 'ended a request to dispose',
  'content.disposed': 'disposed of content',
}

/** What a person did, by name. The items a command completed by itself follow it on the record at the same moment. */
function done(state: IncidentState): string | undefined {
  const { kind, at, by } = state.lastChange
  if (kind === 'phase.entered') return `moved to ${phaseLabel(state.phase)}`
  if (kind === 'role.assigned') {
    const role = roles.find(({ id }) => state.roles[id]?.since === at)
    return role && `${state.roles[role.id]?.person === by ? 'took' : 'filled'} ${role.label}`
  }
  if (kind !== 'item.completed' && kind !== 'fact.recorded') return undefined
  const fact = facts.find(({ id }) => state.facts[id]?.at === at)
  if (fact) return `recorded ${fact.label}`
  const decision = state.decisions.at(-1)
  if (decision?.at === at) return `recorded decision ${decision.number}`
  return state.declared.at === at ? 'declared' : undefined
}

export function lastChange(state: IncidentState): Span[] {
  const { kind, at, by } = state.lastChange
  return [byWhom(by), ` ${done(state) ?? verbs[kind] ?? 'changed something'}, ${momentOf(state, at)}`]
}
