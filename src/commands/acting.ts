/** A form opened by somebody who may act only with a reason asks for it at once, not after a refusal. */
import type { IncidentState } from '../domain/incident.ts'
import { mayAct } from '../domain/permit.ts'
import { type Act, roleLabel } from '../domain/roles.ts'
import type { Context } from './command.ts'

export function actingIntro(state: IncidentState, act: Act, context: Context): string | undefined {
  const role = mayAct(state, context.organisation, act, context.actor)?.askReasonFor
  return role
    ? `Nobody holds ${roleLabel(role)} yet. You may go ahead with a reason; it is recorded and asked once.`
    : undefined
}
