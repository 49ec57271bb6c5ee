/** Custody: who read, took out, checked, handed on or disposed of what is kept; newest first, a page at a time. */
import { z } from 'zod'
import { isRefusal } from '../domain/refusal.ts'
import { custodyCard, custodySeqs } from '../views/custody.ts'
import type { Command } from './command.ts'
import { participantsIncident } from './here.ts'
import { sceneOf } from './overview.ts'

const PAGE = 12

const args = z.object({ before: z.number().int().positive().max(2_000_000_000).optional() })

export const custody: Command<z.infer<typeof args>> = {
  verb: 'custody',
  aliases: ['chain-of-custody'],
  summary: 'Who read, exported, handed on, checked or disposed of the evidence',
  usage: 'custody [before <entry>]',
  examples: ['custody', 'custody before 212'],
  who: 'Anyone in the incident.',
  about: 'incident',
  reads: true,
  args,
  parse: (words) => {
    const typed = words.trim()
    const before = /^before\s+(?:entry\s+)?(\d{1,9})$/i.exec(typed)?.[1]
    return typed === '' ? {} : before && Number(before) > 0 ? { before: Number(before) } : undefined
  },
  // One more than a page shows that there are earlier ones.
  lines: (_, { before }) => ({
    of: 'custody',
    limit: PAGE + 1,
    ...(before === undefined ? {} : { before }),
  }),
  texts: ({ state, lines }) => (state ? custodySeqs(state, lines.slice(0, PAGE)) : []),
  decide: ({ before }, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    const own = context.lines.filter(({ incident }) => incident === state.incident)
    const page = {
      lines: own.slice(0, PAGE),
      hasMore: own.length > PAGE,
      isFirst: before === undefined,
      record: context.lines.filter(({ incident }) => incident !== state.incident),
    }
    return { events: [], reply: custodyCard(sceneOf(context, state), page) }
  },
}
