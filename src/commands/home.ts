/** What the empty line answers outside a room: mine, and the way to declare one. */
import { z } from 'zod'
import { homeCard } from '../views/index.ts'
import type { Command } from './command.ts'
import { overviewOf, seen } from './overview.ts'
import { noWords } from './words.ts'

const homeArgs = z.object({})

export const home: Command<z.infer<typeof homeArgs>> = {
  verb: 'home',
  aliases: [],
  summary: 'Your incidents and the way to declare one',
  usage: 'home',
  examples: ['home'],
  who: 'Anyone.',
  about: 'anywhere',
  reads: true,
  wantsVisible: 'live',
  args: homeArgs,
  parse: noWords,
  decide: (_, context) => ({ events: [], reply: homeCard(overviewOf(context, seen(context))) }),
}
