/** Asks for a successor room on the same chain: the old one is lost, archived, or read by somebody it should not be. */
import { z } from 'zod'
import { event } from '../domain/events.ts'
import { isRefusal, refuse } from '../domain/refusal.ts'
import { say } from '../views/say.ts'
import { allow } from './allow.ts'
import type { Command } from './command.ts'
import { participantsIncident } from './here.ts'
import { splitReason } from './late-entry.ts'

const roomArgs = z.object({ reason: z.string().trim().min(1).max(40_000) })

export const room: Command<z.infer<typeof roomArgs>> = {
  verb: 'room',
  aliases: ['channel'],
  summary: 'Open a new room for the incident; the record goes on',
  usage: 'room new because <why>',
  examples: ['room new because the attacker reads this one', 'room new because it was archived'],
  who: 'The commander, the deputy, the security officer or the privacy officer; anyone in the room with a reason while nobody holds commander.',
  about: 'incident',
  args: roomArgs,
  parse: (words) => {
    const { before: rest, because } = splitReason(words)
    const [first = '', ...others] = rest.split(/\s+/)
    if (first && first.toLowerCase() !== 'new')
      return refuse('room-what', 'A room can only be asked for anew: room new because …', {
        buttons: [{ label: 'Ask for a new room', line: 'room new', form: true }],
      })
    const reason = because ?? others.join(' ')
    return reason ? { reason } : undefined
  },
  form: () => ({
    title: 'A new room',
    submit: 'Open it',
    intro: ['The new room continues the same record. People are invited again by role.'],
    fields: [{ kind: 'long-text', name: 'reason', label: 'Why a new room', maxLength: 3000 }],
  }),
  decide: ({ reason }, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    if (state.roomWanted)
      return refuse(
        'room-on-its-way',
        'A room is being opened already; it appears here when the platform gives it.',
      )
    const granted = allow(state, 'chat.compromised', context, reason)
    if (isRefusal(granted)) return granted
    const suffix = String(Math.max(2, state.rooms.length + 1))
    return {
      events: [...granted, event('room.requested', { suffix }, { reason })],
      reply: say('A new room is asked for.', [
        'A new room is asked for; people are invited by role when it opens.',
        'The record goes on without a break, and the old room is still captured while the bot can see it.',
      ]),
    }
  },
}
