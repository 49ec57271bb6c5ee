/**
 * Counsel marks what was said under privilege and lifts the mark again. The chain keeps its line either way; only the
 * content stays out of what leaves.
 */
import { roomOf } from '../domain/companion.ts'
import { event } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import { linkedMessage } from '../domain/message-link.ts'
import type { PrivilegedPlace } from '../domain/privilege-events.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { privilegeLogCard, targetWords } from '../views/privilege-log.ts'
import { say } from '../views/say.ts'
import { allow } from './allow.ts'
import type { Command, Context, Decision } from './command.ts'
import { participantsIncident } from './here.ts'
import { sceneOf } from './overview.ts'
import { privilegeForm } from './privilege-form.ts'
import { openOrLetIn } from './privilege-room.ts'
import { type PrivilegeArgs, privilegeArgs, typedPrivilege } from './privilege-words.ts'

export const privilege: Command<PrivilegeArgs> = {
  verb: 'privilege',
  aliases: ['privileged'],
  summary: 'Mark what was said to or by counsel, so that its content is not exported',
  usage:
    'privilege [message <link> | thread <link> | room] because <basis> | room @who… because <basis> | lift <number> because <why> | log',
  examples: [
    'privilege room @dana @sam because legal advice by counsel',
    'privilege lift 2 because it was no advice',
  ],
  who: 'Counsel; on a message, the shortcut Mark as privileged. With people, room opens a private room for counsel and them. The log: counsel and the privacy officer.',
  about: 'incident',
  staysSealed: true,
  args: privilegeArgs,
  parse: typedPrivilege,
  form: privilegeForm,
  texts: ({ state }, { target }) =>
    target === 'log' ? (state?.privilege ?? []).flatMap(({ seq, lifted }) => [seq, lifted?.seq ?? seq]) : [],
  decide: (args, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    if (args.target === 'log') return logOf(state, context)
    const granted = allow(state, 'privilege.mark', context, undefined)
    if (isRefusal(granted)) return granted
    if (args.target === 'companion') return openOrLetIn(state, args, context)
    return args.target === 'lift' ? lift(state, args, context) : mark(state, args, context)
  },
}

/** Bases are sealed content: whoever reads them is on the record. */
function logOf(state: IncidentState, context: Context): Decision | Refusal {
  const granted = allow(state, 'privilege.read', context, undefined)
  if (isRefusal(granted)) return granted
  return {
    events: [event('access.viewed', { verb: 'privilege', via: context.via })],
    reply: privilegeLogCard(sceneOf(context, state)),
  }
}

function mark(state: IncidentState, args: PrivilegeArgs, context: Context): Decision | Refusal {
  const place = placeOf(state, args, context)
  if (isRefusal(place)) return place
  if (!args.reason)
    return refuse('privilege-basis', 'Say on which basis: the privilege log names it.', { field: 'reason' })
  const already = state.privilege.findIndex((each) => !each.lifted && isSame(each, place))
  if (already >= 0)
    return refuse(
      'privilege-marked',
      `That is marked already, as number ${already + 1} of the privilege log.`,
    )
  const number = state.privilege.length + 1
  return {
    events: [event('privilege.marked', place, { basis: args.reason })],
    reply: say(`Marked as privileged, number ${number}.`, [
      `Marked as privileged: ${targetWords(place.target)}, number ${number} of the privilege log.`,
      'Its content stays out of what is exported. It stays in the room: who reads it there is not changed by this.',
    ]),
  }
}

function lift(
  state: IncidentState,
  { number = 0, reason }: PrivilegeArgs,
  context: Context,
): Decision | Refusal {
  const found = state.privilege[number - 1]
  if (!found || found.lifted)
    return refuse('privilege-number', `There is no mark ${number} to lift.`, {
      field: 'number',
      buttons: [{ label: 'Privilege log', line: 'privilege log', incident: state.incident }],
    })
  if (!reason)
    return refuse('privilege-why', `Say why: ${context.word} privilege lift ${number} because …`, {
      field: 'reason',
    })
  const { target, room, message, seq } = found
  return {
    events: [event('privilege.lifted', { target, room, message }, { reason }, seq)],
    reply: say(`Mark ${number} is lifted.`, [
      `Mark ${number} is lifted: ${targetWords(target)} is exported with the rest from now on.`,
    ]),
  }
}

function placeOf(
  state: IncidentState,
  { target, link, about_room, about_message, about_thread }: PrivilegeArgs,
  context: Context,
): PrivilegedPlace | Refusal {
  const ours = (room: string | undefined) => roomOf(state, room)?.room
  if (target === 'room') {
    const room = [about_room, context.room, state.rooms.at(-1)?.room].map(ours).find((id) => id !== undefined)
    return room ? { target, room, message: null } : notARoom
  }
  const linked = link === undefined ? undefined : linkedMessage(link)
  if (link !== undefined && !linked)
    return refuse('privilege-link', 'That is no link to a message. Copy it from the message’s menu.', {
      field: 'link',
    })
  const room = ours(linked?.room ?? about_room)
  const thread = linked ? (linked.thread ?? linked.message) : (about_thread ?? about_message)
  const message = target === 'thread' ? thread : (linked?.message ?? about_message)
  if (!message)
    return refuse('privilege-which', 'Say which message: copy its link from its menu.', { field: 'link' })
  if (!room) return notARoom
  return { target: target === 'thread' ? 'thread' : 'message', room, message }
}

const notARoom = refuse(
  'privilege-room',
  'That is not in a room of this incident, so it is in no export of it either.',
  { field: 'link' },
)

const isSame = (one: PrivilegedPlace, other: PrivilegedPlace): boolean =>
  one.target === other.target && one.room === other.room && one.message === other.message
