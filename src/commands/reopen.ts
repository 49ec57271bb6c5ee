/** Reopens a closed incident. Its clocks and its record never stopped. */
import { z } from 'zod'
import { event } from '../domain/events.ts'
import { isRefusal, refuse } from '../domain/refusal.ts'
import { reopenedReply } from '../views/index.ts'
import { allow } from './allow.ts'
import type { Command } from './command.ts'
import { unfulfil } from './fulfil.ts'
import { participantsIncident } from './here.ts'
import { splitReason } from './late-entry.ts'
import { sceneOf } from './overview.ts'
import { after } from './reading.ts'

const reopenArgs = z.object({ reason: z.string().trim().min(1).max(40_000) })

export const reopen: Command<z.infer<typeof reopenArgs>> = {
  verb: 'reopen',
  aliases: ['re-open', 'unclose'],
  summary: 'Reopen a closed incident',
  usage: 'reopen because <why>',
  examples: ['reopen because the vendor found a second laptop', 'reopen because the count changed'],
  who: 'The commander, the deputy, the privacy officer or counsel; anyone in the room with a reason while nobody holds commander.',
  about: 'incident',
  args: reopenArgs,
  parse: (words) => {
    const { before: rest, because } = splitReason(words)
    const reason = because ?? rest
    return reason ? { reason } : undefined
  },
  form: (_, prefill) => ({
    title: 'Reopen the incident',
    submit: 'Reopen',
    fields: [
      {
        kind: 'long-text',
        name: 'reason',
        label: 'Why it opens again',
        maxLength: 3000,
        ...(prefill.reason ? { initial: prefill.reason } : {}),
      },
    ],
  }),
  decide: ({ reason }, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    const { incident } = state
    if (!state.closed)
      return refuse('not-closed', `${incident} is open already; there is nothing to reopen.`, {
        buttons: [{ label: 'Status', line: 'status', incident }],
      })
    const granted = allow(state, 'incident.reopen', context, reason)
    if (isRefusal(granted)) return granted
    const events = [...granted, ...unfulfil(state, 'close'), event('incident.reopened', {}, { reason })]
    return { events, reply: reopenedReply(sceneOf(context, after(state, events, context))) }
  },
}
