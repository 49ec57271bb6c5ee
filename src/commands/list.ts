/** Incidents a person may see: their own open ones, or all of them, open ones first. */
import { z } from 'zod'
import { listCard } from '../views/index.ts'
import type { Command } from './command.ts'
import { mine, overviewOf, seen } from './overview.ts'

const listArgs = z.object({ all: z.boolean().default(false) })

export const list: Command<z.infer<typeof listArgs>> = {
  verb: 'list',
  aliases: ['ls', 'incidents', 'mine'],
  summary: 'Your incidents, or all you may see',
  usage: 'list [all]',
  examples: ['list', 'list all'],
  who: 'Anyone; each person sees only what they may.',
  about: 'anywhere',
  reads: true,
  wantsVisible: true,
  args: listArgs,
  parse: (words) => {
    const all = /^(all|every|everything)$/i.test(words.trim())
    return all || /^(mine)?$/i.test(words.trim()) ? { all } : undefined
  },
  decide: ({ all }, context) => ({
    events: [],
    reply: listCard(overviewOf(context, all ? seen(context) : mine(context))),
  }),
}
