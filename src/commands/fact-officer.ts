/** Refusals that name who may do it, and offer to leave them a note on the record. */
import { type Refusal, refuse } from '../domain/refusal.ts'
import { type Role, roleLabel } from '../domain/roles.ts'
import type { Context } from './command.ts'

/** The holder in this incident, else whom the roster names for the office. */
export function officeHolder(
  context: Context,
  role: Role,
): { person: string; how: 'holds' | 'is named' } | undefined {
  const { state, organisation } = context
  const held = state?.roles[role]?.person
  if (held) return { person: held, how: 'holds' }
  const named = organisation.roster[role]?.holder ?? undefined
  return named && !state?.excluded.includes(named) ? { person: named, how: 'is named' } : undefined
}

export function askOfficer(
  reason: string,
  sentence: string,
  context: Context,
  roles: readonly Role[],
  note?: string,
): Refusal {
  const incident = context.state ? { incident: context.state.incident } : {}
  const found = roles.flatMap((role) => {
    const holder = officeHolder(context, role)
    return holder ? [{ role, ...holder }] : []
  })
  const [first = 'privacy-officer' as Role] = roles
  if (found.length === 0)
    return refuse(reason, `${sentence} Nobody holds ${roleLabel(first)} yet.`, {
      buttons: [{ label: `Assign ${roleLabel(first)}`, line: `assign ${first}`, form: true, ...incident }],
    })
  const who = found.map(({ person, how, role }) => `<@${person}> ${how} ${roleLabel(role)}.`).join(' ')
  const line = `note For the ${roleLabel(found[0]?.role ?? first)}: ${note ?? 'confirm the discovery date'}`
  return refuse(reason, `${sentence} ${who}`, {
    buttons: [{ label: 'Leave them a note', line, form: true, ...incident }],
  })
}
