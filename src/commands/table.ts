/** One type for all rows of the command table. The arguments are checked again here, so that erasing their type is safe. */
import type { z } from 'zod'
import type { Refusal } from '../domain/refusal.ts'
import type { Command, Context, Decision } from './command.ts'

export interface AnyCommand extends Omit<Command<unknown>, 'args' | 'texts' | 'decide'> {
  readonly args: z.ZodType<unknown>
  readonly texts?: (context: Context, args: unknown) => readonly number[]
  readonly decide: (args: unknown, context: Context) => Decision | Refusal
}

export function define<A>(row: Command<A>): AnyCommand {
  const { args, texts, decide, ...rest } = row
  return {
    ...rest,
    args,
    ...(texts ? { texts: (context: Context, given: unknown) => texts(context, args.parse(given)) } : {}),
    decide: (given, context) => decide(args.parse(given), context),
  }
}

export const findIn = (table: readonly AnyCommand[], word: string): AnyCommand | undefined => {
  const typed = word.trim().toLowerCase()
  return table.find(({ verb, aliases }) => verb === typed || aliases.includes(typed))
}
