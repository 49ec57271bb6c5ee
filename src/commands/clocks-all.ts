/** Every clock of every live incident, the most urgent first: answered from anywhere, privately, a page at a time. */
import { z } from 'zod'
import { clocksAllCard } from '../views/index.ts'
import type { Command } from './command.ts'
import { overviewOf, seen } from './overview.ts'

const clocksAllArgs = z.object({ page: z.number().int().min(1).max(9999).default(1) })

export const clocksAll: Command<z.infer<typeof clocksAllArgs>> = {
  verb: 'clocks-all',
  aliases: ['all-clocks'],
  summary: 'Every clock of every incident, the most urgent first; clocks all does the same',
  usage: 'clocks-all [page]',
  examples: ['clocks-all', 'clocks-all 2'],
  who: 'Anyone; each person sees only what they may.',
  within: 'clocks',
  about: 'anywhere',
  reads: true,
  wantsVisible: 'live',
  args: clocksAllArgs,
  parse: (words) => {
    const [, page] = /^(?:page\s*)?([1-9]\d{0,3})?$/i.exec(words.trim()) ?? []
    if (page !== undefined) return { page: Number(page) }
    return words.trim() === '' ? { page: 1 } : undefined
  },
  decide: ({ page }, context) => ({
    events: [],
    reply: clocksAllCard(overviewOf(context, seen(context)), page),
  }),
}
