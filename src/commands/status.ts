/** Where an incident stands, privately, and what to do next. Outside a room: the person's own incidents. */
import { z } from 'zod'
import { isRefusal } from '../domain/refusal.ts'
import { listCard, statusReply } from '../views/index.ts'
import type { Command } from './command.ts'
import { participantsIncident } from './here.ts'
import { mine, overviewOf, sceneOf } from './overview.ts'
import { noWords } from './words.ts'

const statusArgs = z.object({})

export const status: Command<z.infer<typeof statusArgs>> = {
  verb: 'status',
  aliases: ['where', 'summary'],
  summary: 'Where the incident stands and what comes next',
  usage: 'status [inc-2026-0007]',
  examples: ['status', 'status inc-2026-0007'],
  who: 'Anyone in the incident.',
  about: 'either',
  reads: true,
  wantsVisible: true,
  args: statusArgs,
  parse: noWords,
  // Titles of added items.
  texts: ({ state }) => (state?.added ?? []).map(({ seq }) => seq),
  decide: (_, context) => {
    if (!context.state) return { events: [], reply: listCard(overviewOf(context, mine(context))) }
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    return { events: [], reply: statusReply(sceneOf(context, state)) }
  },
}
