/** A refusal is returned, never thrown: worded once, and it always says what to do next. */
import type { Role } from './roles.ts'
import type { Suggestion } from './suggestion.ts'

export interface Refusal {
  readonly refusal: string
  /** A short stable code for the record and the logs: never what was typed. */
  readonly reason: string
  readonly buttons?: readonly Suggestion[]
  /** The field of a form the sentence belongs to. */
  readonly field?: string
  /** The person may go on after giving a reason, because nobody holds this role yet. */
  readonly askReasonFor?: Role
  /** What was typed is not said back to them: the answer stands in a chat, where it may not belong. */
  readonly unsaid?: true
}

export const refuse = (
  reason: string,
  refusal: string,
  more: Omit<Refusal, 'reason' | 'refusal'> = {},
): Refusal => ({
  reason,
  refusal,
  ...more,
})

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refusal' in value
