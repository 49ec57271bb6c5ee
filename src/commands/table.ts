/**
 * One type for all rows of the command table. The arguments are checked again here, so that erasing their type is safe,
 * and lone surrogates, which the record's canonical form cannot hold, are replaced.
 */
import type { z } from 'zod'
import type { LinesWanted } from '../domain/lines-wanted.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Command, Context, Decision } from './command.ts'

export interface AnyCommand
  extends Omit<Command<unknown>, 'args' | 'texts' | 'lines' | 'reads' | 'staysSealed' | 'decide'> {
  readonly args: z.ZodType<unknown>
  /** Always, or by its arguments. */
  readonly reads?: boolean | ((args: unknown) => boolean)
  readonly staysSealed?: boolean | ((args: unknown) => boolean)
  readonly lines?: (context: Context, args: unknown) => LinesWanted | undefined
  readonly texts?: (context: Context, args: unknown) => readonly number[]
  readonly decide: (args: unknown, context: Context) => Decision | Refusal
}

export function define<A>(row: Command<A>): AnyCommand {
  const { args, texts, lines, reads, staysSealed, decide, ...rest } = row
  const parsed = (given: unknown): A => args.parse(wellFormed(given))
  const asked = (is: boolean | ((args: A) => boolean)) =>
    typeof is === 'boolean' ? is : (given: unknown) => is(parsed(given))
  return {
    ...rest,
    args,
    ...(reads === undefined ? {} : { reads: asked(reads) }),
    ...(staysSealed === undefined ? {} : { staysSealed: asked(staysSealed) }),
    ...(lines ? { lines: (context: Context, given: unknown) => lines(context, parsed(given)) } : {}),
    ...(texts ? { texts: (context: Context, given: unknown) => texts(context, parsed(given)) } : {}),
    decide: (given, context) => decide(parsed(given), context),
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

/** Whether what is said with these arguments is shown to nobody by Wardroom: it stays where it was typed, sealed. */
export const isSealedAlone = ({ staysSealed = false }: AnyCommand, args: unknown): boolean =>
  typeof staysSealed === 'boolean' ? staysSealed : staysSealed(args)

/** Whether a row with these arguments shows what is on the record and changes nothing. */
export const isReading = ({ reads = false }: AnyCommand, args: unknown): boolean =>
  typeof reads === 'boolean' ? reads : reads(args)
