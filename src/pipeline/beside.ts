/**
 * What is typed in a companion room stays there. Looking and what is shown nowhere works as everywhere; what changes the
 * incident works while it carries no words of anybody: the war room then hears the fact, and nothing that was said.
 */
import type { Decision } from '../commands/command.ts'
import { type AnyCommand, isSealedAlone } from '../commands/index.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import type { Surroundings } from './surroundings.ts'

type Beside = Pick<Surroundings, 'isBeside' | 'present'>

/** About another incident than the room's: its record is none to keep a word of this one's counsel, refused or not. */
export const isAboutAnother = ({ isBeside, present }: Beside): boolean => isBeside && !present

export const WORDS_LEAVE: Refusal = refuse(
  'companion-words',
  'What is typed in the room for counsel stays in it, and this would be told to others. Type it in the war room or to me directly; here you can look, note and mark.',
)

/** A form asks for words, before anybody knows which. A declaration waits for nothing, but takes no message along. */
export const mayOpenForm = (
  { isBeside, present }: Beside,
  { about, staysSealed = false }: AnyCommand,
  prefill: Readonly<Record<string, string>> = {},
): boolean => {
  const isDeclaring = about === 'new' && prefill.about_text === undefined
  return !isBeside || isDeclaring || (present && staysSealed !== false)
}

export function besides(
  around: Beside,
  row: AnyCommand,
  args: unknown,
  decided: Decision | Refusal,
): Decision | Refusal {
  const isSealed = around.present && isSealedAlone(row, args)
  if (!around.isBeside || isRefusal(decided) || isSealed) return decided
  const hasWords = decided.events.some(({ text = {} }) => Object.keys(text).length > 0)
  return hasWords ? WORDS_LEAVE : decided
}
