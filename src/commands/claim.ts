/** Takes an open role. Two claims at once are decided one after the other; the second finds the holder. */
import { z } from 'zod'
import { event } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import { isRefusal, refuse } from '../domain/refusal.ts'
import { type Role, roleLabel } from '../domain/roles.ts'
import { button, say } from '../views/say.ts'
import type { Command, Context } from './command.ts'
import { participantsIncident, seen } from './here.ts'
import { mayHold } from './may-hold.ts'
import { ofIncident, readRole, roleAndPerson, roleField, roleIds } from './role-words.ts'

const args = z.object({ role: z.enum(roleIds, 'Choose a role.') })
type Args = z.infer<typeof args>

export const claim: Command<Args> = {
  verb: 'claim',
  aliases: ['take'],
  summary: 'Take an open role yourself',
  usage: 'claim <role>',
  examples: ['claim commander', 'claim scribe'],
  who: 'Anyone in the incident; privacy officer, security officer and legal counsel only if the roster names you.',
  about: 'incident',
  args,
  parse: (words, context) => {
    const { words: typed } = roleAndPerson(words, context.actor)
    if (typed === '') return undefined
    const role = readRole(typed, context, (near) => `claim ${near}`)
    return isRefusal(role) ? role : { role }
  },
  form: (context, prefill) => {
    const state = seen(context)
    const open = state ? openTo(state, context) : []
    const role = readRole(prefill.words ?? '', context)
    return {
      title: 'Claim a role',
      submit: 'Claim',
      fields: [roleField(open.length > 0 ? open : roleIds, isRefusal(role) ? undefined : role)],
    }
  },
  decide: ({ role }, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    const holder = state.roles[role]?.person
    if (holder && holder !== context.actor)
      return refuse(
        'held',
        `<@${holder}> holds ${roleLabel(role)}. They can hand it to you: ${context.word} handoff ${role} <@${context.actor}>`,
        { field: 'role', buttons: [{ label: 'Show the roles', line: 'roles', ...ofIncident(context) }] },
      )
    const barred = mayHold(state, context, role, context.actor)
    if (barred) return { ...barred, ...(barred.field ? { field: 'role' } : {}) }
    return {
      events: [event('role.assigned', { role, person: context.actor, previous: null, how: 'claimed' })],
      reply: say(
        'Recorded.',
        [`You now hold ${roleLabel(role)}. Your brief is in your messages with Wardroom.`],
        [
          button('Checklist', 'check', ofIncident(context)),
          button('Show the roles', 'roles', ofIncident(context)),
        ],
      ),
    }
  },
}

/** Open roles this person may take. */
export const openTo = (state: IncidentState, context: Context): readonly Role[] =>
  roleIds.filter((role) => !state.roles[role] && !mayHold(state, context, role, context.actor))
