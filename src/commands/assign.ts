/** Gives a role to a person, whoever holds it now. Offices go only to people the roster names for them. */
import { z } from 'zod'
import { event } from '../domain/events.ts'
import { isRefusal } from '../domain/refusal.ts'
import { roleLabel } from '../domain/roles.ts'
import { button, say } from '../views/say.ts'
import { actingIntro } from './acting.ts'
import { allow } from './allow.ts'
import type { Command } from './command.ts'
import { maybe, participantsIncident, seen } from './here.ts'
import { splitReason } from './late-entry.ts'
import { mayHold } from './may-hold.ts'
import {
  ofIncident,
  personField,
  readRole,
  reasonField,
  roleAndPerson,
  roleField,
  roleIds,
  twoPeople,
  unknownPerson,
} from './role-words.ts'

const args = z.object({
  role: z.enum(roleIds, 'Choose a role.'),
  person: z.string('Choose a person.').min(1, 'Choose a person.'),
  reason: maybe,
})
type Args = z.infer<typeof args>

export const assign: Command<Args> = {
  verb: 'assign',
  aliases: ['appoint', 'give'],
  summary: 'Give a role to a person',
  usage: 'assign <role> @who [because <why>]',
  examples: ['assign commander @sam', 'assign comms lead @priya because she is on call'],
  who: 'The incident commander, deputy, privacy officer or security officer.',
  about: 'incident',
  args,
  parse: (words, context) => {
    const { before, because } = splitReason(words)
    const { words: typed, person } = roleAndPerson(before, context.actor)
    const unclear = person ? twoPeople(typed, context, 'assign') : unknownPerson(typed, context, 'assign')
    if (unclear) return unclear
    if (typed === '') return undefined
    const role = readRole(typed, context, (near) =>
      ['assign', near, person && `<@${person}>`, because && `because ${because}`].filter(Boolean).join(' '),
    )
    if (isRefusal(role)) return role
    return person ? { role, person, ...(because ? { reason: because } : {}) } : undefined
  },
  form: (context, prefill) => {
    const { before, because } = splitReason(prefill.words ?? '')
    const { words, person } = roleAndPerson(before, context.actor)
    const role = readRole(words, context)
    const state = seen(context)
    const acting = state ? actingIntro(state, 'role.assign', context) : undefined
    const held = (id: (typeof roleIds)[number]) => (state?.roles[id] ? 'held' : 'open')
    return {
      title: 'Assign a role',
      submit: 'Assign',
      ...(acting ? { intro: [acting] } : {}),
      fields: [
        roleField(roleIds, isRefusal(role) ? undefined : role, held),
        personField('Person', person),
        reasonField(because, acting ? { label: 'Why you act now', required: true } : {}),
      ],
    }
  },
  decide: ({ role, person, reason }, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    const allowed = allow(state, 'role.assign', context, reason)
    if (isRefusal(allowed)) return allowed
    const barred = mayHold(state, context, role, person)
    if (barred) return barred
    const holder = state.roles[role]?.person
    const assigned = event(
      'role.assigned',
      { role, person, previous: holder ?? null, how: 'assigned' },
      reason ? { reason } : undefined,
    )
    return {
      events: [...allowed, assigned],
      reply: say(
        'Recorded.',
        [
          person === context.actor
            ? `You now hold ${roleLabel(role)}.`
            : [{ person }, ` now holds ${roleLabel(role)} and is told privately what it does now.`],
          ...(holder ? [[{ person: holder }, ' held it before.']] : []),
        ],
        [button('Show the roles', 'roles', ofIncident(context))],
      ),
    }
  },
}
