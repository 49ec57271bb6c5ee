/** Whether a person may come to hold a role: not kept out, named by the roster for an office, not holding it already. */
import type { IncidentState } from '../domain/incident.ts'
import { isNamed } from '../domain/organisation.ts'
import { isExcluded } from '../domain/permit.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { isOffice, type Role, roleLabel } from '../domain/roles.ts'
import type { Context } from './command.ts'
import { ofIncident } from './role-words.ts'

export function mayHold(
  state: IncidentState,
  context: Context,
  role: Role,
  person: string,
): Refusal | undefined {
  const you = person === context.actor
  if (isExcluded(state, person))
    return refuse(
      'cannot-hold',
      `<@${person}> cannot hold a role in this incident. Choose somebody else for ${roleLabel(role)}.`,
      { field: 'person' },
    )
  if (state.roles[role]?.person === person)
    return refuse(
      'holds-already',
      `${you ? 'You hold' : `<@${person}> holds`} ${roleLabel(role)} already; nothing needs to change.`,
      { field: 'person', buttons: [{ label: 'Show the roles', line: 'roles', ...ofIncident(context) }] },
    )
  if (isOffice(role) && !isNamed(context.organisation, role, person))
    return refuse(
      'not-on-roster',
      `Only people the roster names for ${roleLabel(role)} may hold it, and ${you ? 'you are' : `<@${person}> is`} not named. ` +
        `The privacy officer, security officer or executive sponsor names them: ${context.word} roster ${role} <@${person}>`,
      {
        field: 'person',
        buttons: [
          { label: 'Name them on the roster', line: `roster ${role} <@${person}>`, form: true },
          { label: 'Show the roster', line: 'roster' },
        ],
      },
    )
  return undefined
}
