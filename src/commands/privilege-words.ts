/** `privilege` as typed: what is marked and on which basis, which mark is lifted and why, or the log of marks. */
import { z } from 'zod'
import { currentCompanion } from '../domain/companion.ts'
import { linkedMessage } from '../domain/message-link.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import type { Context } from './command.ts'
import { maybe } from './here.ts'
import { splitReason } from './late-entry.ts'
import { unknownPerson } from './role-words.ts'
import { peopleIn, takePerson } from './words.ts'

export const privilegeArgs = z.object({
  /** `lift` and `log` are acts on marks, `companion` is a room of counsel's own; the others name what is marked. */
  target: z.enum(['message', 'thread', 'room', 'companion', 'lift', 'log'], 'Choose what is privileged.'),
  /** Whom counsel lets into a companion room. */
  people: z.array(z.string()).default([]),
  link: maybe,
  /** From the message shortcut, or from the thread it was typed in. */
  about_room: maybe,
  about_message: maybe,
  about_thread: maybe,
  number: z.coerce.number().int().positive('Which mark: its number in the privilege log.').optional(),
  reason: maybe,
})
export type PrivilegeArgs = z.infer<typeof privilegeArgs>

export function typedPrivilege(words: string, context: Context): unknown | Refusal | undefined {
  const { before, because: reason } = splitReason(words)
  const [first = '', ...others] = before.split(/\s+/)
  const verb = first.toLowerCase()
  const rest = others.join(' ')
  if (verb === 'log' || verb === 'list') return { target: 'log' }
  if (verb === 'lift') return rest && reason ? { target: 'lift', number: rest, reason } : lifting(context)
  if (isRoom(verb)) return typedRoom(rest, reason, context)
  if (!reason) return undefined
  const link = linkedMessage(before) ? { link: before } : {}
  if (verb === 'message') return link.link ? { target: 'message', ...link, reason } : undefined
  if (verb === 'thread' || verb === '')
    return link.link || context.thread ? { target: 'thread', ...link, ...hereIn(context), reason } : undefined
  return link.link ? { target: 'message', ...link, reason } : undefined
}

const isRoom = (verb: string): boolean => verb === 'room' || verb === 'channel'

/** A name that is nobody's is never passed over: what is left is "room", and marking all of the war room is another thing. */
function typedRoom(
  rest: string,
  reason: string | undefined,
  context: Context,
): unknown | Refusal | undefined {
  const people = peopleIn(rest)
  let unread = rest
  for (let one = takePerson(unread); one.person; one = takePerson(unread)) unread = one.rest
  const stranger = unknownPerson(unread, context, 'privilege room')
  if (stranger) return stranger
  if (people.length > 0) return companion(people, reason, context)
  return reason && unread === '' ? { target: 'room', reason } : undefined
}

/** A basis is needed for a room that there is not yet, and stands for whoever is let in later. */
function companion(people: readonly string[], reason: string | undefined, { state }: Context) {
  if (!reason && !(state && currentCompanion(state))) return undefined
  return { target: 'companion', people, reason }
}

export const hereIn = ({ room, thread }: Context) =>
  room && thread ? { about_room: room, about_thread: thread } : {}

const lifting = ({ word }: Context): Refusal =>
  refuse('privilege-lift', `Say which mark and why: ${word} privilege lift 2 because …`, {
    buttons: [{ label: 'Privilege log', line: 'privilege log' }],
  })
