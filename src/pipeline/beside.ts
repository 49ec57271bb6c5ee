/**
 * What is typed in a companion room stays there. Looking and what is shown nowhere works as everywhere; what changes the
 * incident works while it carries no words of anybody: the war room then hears the fact, and nothing that was said.
 */
import type { Decision } from '../commands/command.ts'
import { type AnyCommand, isSealedAlone } from '../commands/index.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import type { Surroundings } from './surroundings.ts'

type Beside = Pick<Surroundings, 'isBeside'>

export const WORDS_LEAVE: Refusal = refuse(
  'companion-words',
  'What is typed in the room for counsel stays in it, and this would be told to others. Type it in the war room or to me directly; here you can look, note and mark.',
)

/** A form asks for words, before anybody knows which. A declaration waits for nothing, but takes no message along. */
export const mayOpenForm = (
  { isBeside }: Beside,
  { about, staysSealed = false }: AnyCommand,
  prefill: Readonly<Record<string, string>> = {},
): boolean => {
  const isElsewhere = about === 'organisation' || (about === 'new' && prefill.about_text === undefined)
  return !isBeside || isElsewhere || staysSealed !== false
}

export function besides(
  { isBeside }: Beside,
  row: AnyCommand,
  args: unknown,
  decided: Decision | Refusal,
): Decision | Refusal {
  if (!isBeside || isRefusal(decided) || isSealedAlone(row, args)) return decided
  const hasWords = decided.events.some(({ text = {} }) => Object.keys(text).length > 0)
  return hasWords ? WORDS_LEAVE : decided
}
