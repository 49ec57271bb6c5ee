/** The decision's form, empty or filled from a message somebody pointed at. */
import type { Field } from '../views/card.ts'
import type { Context } from './command.ts'
import { lateFields } from './here.ts'
import { type LateWords, typedMoment } from './late-entry.ts'

export interface GivenDecision extends LateWords {
  readonly what: string
  readonly why: string
  /** What was longer than its field. */
  readonly cut: 'typed' | 'message' | undefined
}

/** The longest text a platform's form field takes; typed commands have no such limit. */
export const fieldLimit = 3000

type Prefill = Readonly<Record<string, string>>

export function prefilledDecision(
  prefill: Prefill,
  typed: LateWords & { readonly what: string; readonly why: string },
  context: Context,
): GivenDecision {
  const what = typed.what || prefill.about_text || ''
  return {
    what: what.slice(0, fieldLimit),
    why: typed.why,
    at: typed.at ?? (prefill.about_at ? typedMoment(prefill.about_at, context) : undefined),
    by: typed.by,
    byPerson: typed.byPerson ?? prefill.about_author,
    cut: what.length <= fieldLimit ? undefined : typed.what ? 'typed' : 'message',
  }
}

export const decisionFields = ({ what, why, ...late }: GivenDecision): readonly Field[] => [
  { kind: 'long-text', name: 'what', label: 'What was decided', ...(what ? { initial: what } : {}) },
  { kind: 'long-text', name: 'why', label: 'Why', ...(why ? { initial: why } : {}) },
  ...lateFields(late),
]
