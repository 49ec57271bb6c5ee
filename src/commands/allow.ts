/** Permission to act. While nobody holds the role, a reason that was typed is the reason for acting: it is not asked for twice. */
import { type Event, event } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import { mayAct } from '../domain/permit.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Act } from '../domain/roles.ts'
import type { Context } from './command.ts'

/** The events that permission itself puts on the record (none, or who acts for an untaken role and why), or a refusal. */
export function allow(
  state: IncidentState,
  act: Act,
  context: Context,
  reason: string | undefined,
): readonly Event[] | Refusal {
  const refusal = mayAct(state, context.organisation, act, context.actor)
  if (!refusal) return []
  if (!refusal.askReasonFor || !reason) return refusal
  return [event('role.acted', { role: refusal.askReasonFor, person: context.actor }, { reason })]
}
