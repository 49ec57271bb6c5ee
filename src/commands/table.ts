/**
 * One type for all rows of the command table. The arguments are checked again here, so that erasing their type is safe,
 * and lone surrogates, which the record's canonical form cannot hold, are replaced.
 */
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
    ...(texts
      ? { texts: (context: Context, given: unknown) => texts(context, args.parse(wellFormed(given))) }
      : {}),
    decide: (given, context) => decide(args.parse(wellFormed(given)), context),
  }
}

function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map(wellFormed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, wellFormed(each)]))
}

export const findIn = (table: readonly AnyCommand[], word: string): AnyCommand | undefined => {
  const typed = word.trim().toLowerCase()
  return table.find(({ verb, aliases }) => verb === typed || aliases.includes(typed))
}
