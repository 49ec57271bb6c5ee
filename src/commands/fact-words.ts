/** The words after `fact`: which fact, its value, and the clauses. A form submits the same names. */
import { z } from 'zod'
import { startWords } from '../domain/clock-starts.ts'
import { type Fact, factFromWords } from '../domain/facts.ts'
import type { Context } from './command.ts'
import { maybe } from './here.ts'
import { type LateWords, splitReason, takeLate } from './late-entry.ts'

export const factArgs = z.object({
  fact: z.string(),
  value: maybe,
  /** The form's second field where a fact has two: States, the day a notice went out. */
  more: maybe,
  /** And its third and fourth: where a written delay ends, when a notice reached us, a contract's window. */
  extra: maybe,
  window: maybe,
  at: maybe,
  byPerson: maybe,
  by: maybe,
  reason: maybe,
})
export type FactArgs = z.infer<typeof factArgs>

export interface TypedFact extends LateWords {
  readonly fact: string
  readonly value: string
  readonly reason?: string
}

/** Their value is a time itself, so that `at` belongs to it and says nothing of the recording. */
const moments: readonly Fact[] = ['discovered', 'knew', 'diligence', 'started']
export const isMoment = (id: Fact): boolean => moments.includes(id)

/** Names that ask the opposite question: `fact secured yes` says that it was not unsecured. */
const inverse = ['secured', 'impermissible']
/** Encryption alone secures nothing, the key must be safe too (45 CFR 164.402): a bare yes opens the form that asks. */
const tooShort = ['encrypted', 'encryption']

function meant(name: string, value: string): string {
  if (tooShort.includes(name) && /^(yes|y|true)$/i.test(value)) return ''
  // `fact determined 24 Nov` says which start by the name of the fact.
  if (startWords.includes(name)) return value && `${name} ${value}`
  if (!inverse.includes(name)) return value
  return /^(yes|y|true)$/i.test(value) ? 'no' : /^(no|n|false)$/i.test(value) ? 'yes' : value
}

/** The longest name wins: `phi involved yes` is not the fact phi with the value "involved yes". */
function splitFact(line: string): { fact: string; value: string } {
  const words = line.split(/\s+/)
  for (let length = Math.min(3, words.length); length > 0; length--) {
    const name = words.slice(0, length).join(' ').toLowerCase()
    const known = factFromWords(name)
    if (known) return { fact: known, value: meant(name, words.slice(length).join(' ')) }
  }
  return { fact: words[0] ?? '', value: words.slice(1).join(' ') }
}

export function typedFact(words: string, context: Context): TypedFact {
  const { before, because } = splitReason(words)
  const { rest, ...late } = takeLate(before, context)
  return { ...splitFact(rest), ...late, ...(because ? { reason: because } : {}) }
}
