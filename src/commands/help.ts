/** Help derives from the table: seven lines that fit a phone, or one verb with two examples and who may use it. */
import { z } from 'zod'
import { refuse } from '../domain/refusal.ts'
import { helpCard, helpVerbCard } from '../views/index.ts'
import type { Command } from './command.ts'
import { said } from './here.ts'
import { type AnyCommand, findIn } from './table.ts'
import { nearest } from './words.ts'

const helpArgs = z.object({ verb: z.string().optional() })

export function helpFor(table: () => readonly AnyCommand[]): Command<z.infer<typeof helpArgs>> {
  return {
    verb: 'help',
    aliases: ['?', 'commands', 'usage'],
    summary: 'What you can type, one example each',
    usage: 'help [verb]',
    examples: ['help', 'help fact'],
    who: 'Anyone.',
    about: 'anywhere',
    reads: true,
    args: helpArgs,
    parse: (words) => ({ verb: words.trim().split(/\s+/)[0] || undefined }),
    decide: ({ verb }, context) => {
      if (!verb) return { events: [], reply: helpCard(table(), context.word) }
      const row = findIn(table(), verb)
      if (row) return { events: [], reply: helpVerbCard(row, context.word) }
      const near = nearest(
        verb,
        table().map((each) => each.verb),
      )
      return refuse(
        'no-such-verb',
        near
          ? `There is no command "${said(verb)}". Did you mean ${near}?`
          : `There is no command "${said(verb)}". ${context.word} help shows the ones people use most.`,
        { buttons: [{ label: near ? `Help on ${near}` : 'Help', line: near ? `help ${near}` : 'help' }] },
      )
    },
  }
}
