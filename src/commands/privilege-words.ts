/** `privilege` as typed: what is marked and on which basis, which mark is lifted and why, or the log of marks. */
import { z } from 'zod'
import { linkedMessage } from '../domain/message-link.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import type { Context } from './command.ts'
import { maybe } from './here.ts'
import { splitReason } from './late-entry.ts'

export const privilegeArgs = z.object({
  /** `lift` and `log` are acts on marks; the others name what is marked. */
  target: z.enum(['message', 'thread', 'room', 'lift', 'log'], 'Choose what is privileged.'),
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
  if (!reason) return undefined
  const link = linkedMessage(before) ? { link: before } : {}
  if (verb === 'room' || verb === 'channel') return { target: 'room', reason }
  if (verb === 'message') return link.link ? { target: 'message', ...link, reason } : undefined
  if (verb === 'thread' || verb === '')
    return link.link || context.thread ? { target: 'thread', ...link, ...hereIn(context), reason } : undefined
  return link.link ? { target: 'message', ...link, reason } : undefined
}

export const hereIn = ({ room, thread }: Context) =>
  room && thread ? { about_room: room, about_thread: thread } : {}

const lifting = ({ word }: Context): Refusal =>
  refuse('privilege-lift', `Say which mark and why: ${word} privilege lift 2 because …`, {
    buttons: [{ label: 'Privilege log', line: 'privilege log' }],
  })
