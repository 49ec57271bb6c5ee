/** The words after `assess`: which act, its answer, the entries that show it, and why. */
import {
  type AssessmentAnswer,
  type AssessmentPart,
  answers,
  type Conclusion,
  exceptions,
  factors,
} from '../domain/assessment-parts.ts'
import { splitReason } from './late-entry.ts'

export const ACTS = ['show', 'answer', 'sign', 'confirm'] as const
export type Act = (typeof ACTS)[number]

const squeezed = (typed: string) =>
  typed
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-')

export const partFromWords = (typed: string): AssessmentPart | undefined => {
  const word = squeezed(typed)
  if (word === 'exception') return 'exception'
  return factors.find(({ id }, index) => id === word || String(index + 1) === word)?.id
}

export function answerFromWords(part: AssessmentPart, typed: string): AssessmentAnswer | undefined {
  const word = squeezed(typed)
  if (part !== 'exception') return answers.find(({ id }) => id === word)?.id
  if (word === 'none') return 'none'
  return exceptions.find(({ id }) => squeezed(id) === word)?.id
}

export function conclusionFromWords(typed: string): Conclusion | undefined {
  const word = squeezed(typed)
  if (word === 'breach') return 'breach'
  if (/^low(-probability)?$/.test(word)) return 'low_probability'
  return exceptions.find(({ id }) => squeezed(id) === word)?.id
}

/** `12, 15` → entry numbers; undefined where something else is among them. */
export function entriesFromWords(typed: string): readonly number[] | undefined {
  const words = typed.split(/[\s,]+|and/).filter(Boolean)
  return words.every((word) => /^[1-9]\d{0,8}$/.test(word)) ? words.map(Number) : undefined
}

export interface TypedAssess {
  readonly do: Act
  readonly part?: string
  readonly answer?: string
  readonly see?: string
  readonly reason?: string
}

/** `nature lower see 12, 15 because …`, `sign low because …`, `confirm because …`; nothing: it is shown. */
export function typedAssess(words: string): TypedAssess {
  const { before, because } = splitReason(words)
  const reason = because ? { reason: because } : {}
  const [first = '', ...rest] = before.trim().split(/\s+/)
  const word = first.toLowerCase()
  if (word === '') return { do: 'show' }
  if (word === 'sign' || word === 'confirm')
    return { do: word, ...(rest.length > 0 ? { answer: rest.join(' ') } : {}), ...reason }
  if (word === 'answer') return { do: 'answer' }
  const [said = '', see] = rest.join(' ').split(/\s*\bsee\b\s*/i)
  return { do: 'answer', part: first, answer: said, ...(see ? { see } : {}), ...reason }
}
