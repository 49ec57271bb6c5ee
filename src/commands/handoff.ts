/** Offers a role one holds to somebody else. It moves only when they accept. */
import { z } from 'zod'
import { event } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import { isRefusal, refuse } from '../domain/refusal.ts'
import { type Role, roleLabel } from '../domain/roles.ts'
import { button, say } from '../views/say.ts'
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

export const handoff: Command<Args> = {
  verb: 'handoff',
  aliases: ['handover', 'hand', 'transfer', 'pass'],
  summary: 'Offer a role you hold to somebody; it moves when they accept',
  usage: 'handoff <role> @who [because <why>]',
  examples: ['handoff commander @priya because my shift ends', 'handoff @priya'],
  who: 'Whoever holds the role. For a holder who cannot be reached, use assign.',
  about: 'incident',
  args,
  parse: (words, context) => {
    const { before, because } = splitReason(words)
    const { words: typed, person } = roleAndPerson(before.replace(over, ''), context.actor)
    const unclear = person ? twoPeople(typed, context, 'handoff') : unknownPerson(typed, context, 'handoff')
    if (unclear) return unclear
    const only = context.state && oneOf(heldBy(context.state, context.actor))
    if (typed === '' && !(person && only)) return undefined
    const role =
      typed === '' && only
        ? only
        : readRole(typed, context, (near) => `handoff ${near}${person ? ` <@${person}>` : ''}`)
    if (isRefusal(role)) return role
    return person ? { role, person, ...(because ? { reason: because } : {}) } : undefined
  },
  form: (context, prefill) => {
    const { before, because } = splitReason(prefill.words ?? '')
    const { words, person } = roleAndPerson(before.replace(over, ''), context.actor)
    const state = seen(context)
    const held = state ? heldBy(state, context.actor) : []
    const typed = readRole(words, context)
    return {
      title: 'Hand off a role',
      submit: 'Offer',
      intro: ['You hold the role until they accept.'],
      fields: [
        roleField(held.length > 0 ? held : roleIds, isRefusal(typed) ? oneOf(held) : typed),
        personField('Offer it to', person),
        reasonField(because),
      ],
    }
  },
  decide: ({ role, person, reason }, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    const holder = state.roles[role]?.person
    if (!holder)
      return refuse(
        'not-held',
        `Nobody holds ${roleLabel(role)}, so there is nothing to hand off. Claim it or assign it.`,
        {
          field: 'role',
          buttons: [
            { label: 'Claim it', line: `claim ${role}`, ...ofIncident(context) },
            { label: 'Assign it', line: `assign ${role} <@${person}>`, ...ofIncident(context) },
          ],
        },
      )
    if (holder !== context.actor)
      return refuse(
        'not-holder',
        `<@${holder}> holds ${roleLabel(role)}, so only they can hand it off. If they cannot be reached, the commander or privacy officer assigns it: ${context.word} assign ${role} <@${person}>`,
        {
          field: 'role',
          buttons: [{ label: 'Assign it', line: `assign ${role} <@${person}>`, ...ofIncident(context) }],
        },
      )
    const barred = mayHold(state, context, role, person)
    if (barred) return barred
    const before = state.offers.find((offer) => offer.role === role)
    if (before?.to === person)
      return refuse(
        'offered-already',
        `<@${person}> has your offer of ${roleLabel(role)} and has not answered yet.`,
        {
          field: 'person',
          buttons: [{ label: 'Take the offer back', line: `decline ${role}`, ...ofIncident(context) }],
        },
      )
    return {
      events: [
        event('role.offered', { role, from: context.actor, to: person }, reason ? { reason } : undefined),
      ],
      reply: say(
        'Recorded.',
        [
          [{ person }, ` is asked to take ${roleLabel(role)}. You hold it until they accept.`],
          ...(before ? [['The earlier offer to ', { person: before.to }, ' no longer stands.']] : []),
        ],
        [button('Take the offer back', `decline ${role}`, ofIncident(context))],
      ),
    }
  },
}

/** `hand over commander` */
const over = /^(?:over|off)\s+/i

const heldBy = (state: IncidentState, person: string): readonly Role[] =>
  roleIds.filter((role) => state.roles[role]?.person === person)

const oneOf = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined)
