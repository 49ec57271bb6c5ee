/** Moments other than discovery from which clocks count, each recorded on its own as it happens. */
import { clockFromWords } from './clock-names.ts'
import type { StartFact } from './regulation.ts'
import { findRegulation } from './regulations.ts'

/** A start the facts name, or the id of a row that has its own. */
export type StartId = string

const named: readonly {
  readonly id: StartFact
  readonly words: readonly string[]
  readonly label: string
}[] = [
  { id: 'determinedAt', words: ['determined', 'determination'], label: 'the breach was determined' },
  { id: 'detectedAt', words: ['detected', 'detection'], label: 'it was detected' },
  { id: 'scopeIdentifiedAt', words: ['scope', 'scope identified'], label: 'its scope was identified' },
  { id: 'confirmedAt', words: ['breach confirmed', 'confirmation'], label: 'the breach was confirmed' },
  {
    id: 'materialityDeterminedAt',
    words: ['materiality', 'material'],
    label: 'it was determined to be material',
  },
  { id: 'gdprAwareAt', words: ['gdpr', 'gdpr aware', 'gdpr-aware'], label: 'the controller became aware' },
  {
    id: 'nyHospitalDeterminedAt',
    words: ['ny-hospital', 'ny hospital'],
    label: 'the hospital determined a cybersecurity incident',
  },
  {
    id: 'substitutePostedAt',
    words: ['substitute', 'substitute posted', 'posted'],
    label: 'the substitute notice was posted',
  },
]

/** Names of starts as people type them: a fact of its own each. */
export const startWords: readonly string[] = named.flatMap(({ words }) => words)

/** What people may choose from. */
export const startChoices = named.map(({ id, label }) => ({ id, label }))

export function startFromWords(typed: string): StartId | undefined {
  const word = typed.trim().toLowerCase()
  const found = named.find(({ id, words }) => id.toLowerCase() === word || words.includes(word))
  if (found) return found.id
  const clock = clockFromWords(word)
  return clock && findRegulation(clock)?.start === 'recorded' ? clock : undefined
}

export const startLabel = (id: StartId): string =>
  named.find((one) => one.id === id)?.label ?? `${findRegulation(id)?.label ?? id} began`
