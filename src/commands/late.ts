/** Is anything late? Answered from anywhere in the first line, over every incident the person may see. */
import { z } from 'zod'
import { lateCard } from '../views/index.ts'
import type { Command } from './command.ts'
import { overviewOf, seen } from './overview.ts'
import { noWords } from './words.ts'

const lateArgs = z.object({})

export const late: Command<z.infer<typeof lateArgs>> = {
  verb: 'late',
  aliases: ['due', 'deadlines', 'overdue'],
  summary: 'Is anything late? The next last day, its owner and its state',
  usage: 'late',
  examples: ['late', 'deadlines'],
  who: 'Anyone; each person sees only what they may.',
  about: 'anywhere',
  reads: true,
  wantsVisible: 'live',
  args: lateArgs,
  parse: noWords,
  decide: (_, context) => ({ events: [], reply: lateCard(overviewOf(context, seen(context))) }),
}
