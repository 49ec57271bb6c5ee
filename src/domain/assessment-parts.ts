/** What the law asks of a breach risk assessment (45 CFR 164.402), and what was answered and signed so far. */

/** The four factors, in the order of the rule. */
export const factors = [
  {
    id: 'nature',
    label: 'Nature and extent of the PHI',
    question: 'Which identifiers were there, and could people be told from them?',
    law: '164.402(2)(i)',
  },
  {
    id: 'recipient',
    label: 'Who used it or received it',
    question: 'Who was it, and are they bound to keep it?',
    law: '164.402(2)(ii)',
  },
  {
    id: 'acquired',
    label: 'Whether it was acquired or viewed',
    question: 'Was it really taken or looked at, and how is that known?',
    law: '164.402(2)(iii)',
  },
  {
    id: 'mitigated',
    label: 'How far the risk was mitigated',
    question: 'What was done, and how sure is it?',
    law: '164.402(2)(iv)',
  },
] as const

export type Factor = (typeof factors)[number]['id']
export type AssessmentPart = Factor | 'exception'

/** The three exceptions of 164.402(1). */
export const exceptions = [
  {
    id: 'unintentional_workforce',
    label: 'unintentional, in good faith and within authority',
    law: '164.402(1)(i)',
  },
  {
    id: 'inadvertent_internal',
    label: 'inadvertent, between two persons authorised here',
    law: '164.402(1)(ii)',
  },
  { id: 'not_retained', label: 'the recipient could not have retained it', law: '164.402(1)(iii)' },
] as const

export type ExceptionId = (typeof exceptions)[number]['id']

export const answers = [
  { id: 'lower', label: 'points to a lower probability' },
  { id: 'higher', label: 'points to a higher probability' },
  { id: 'unclear', label: 'not clear' },
] as const

export type AssessmentAnswer = (typeof answers)[number]['id'] | ExceptionId | 'none'
export type Conclusion = 'breach' | 'low_probability' | ExceptionId

export interface Answered {
  readonly answer: AssessmentAnswer
  readonly evidence: readonly number[]
  readonly at: string
  readonly by: string
  /** The entry whose sealed text has the rationale. */
  readonly seq: number
}

interface Signature {
  readonly at: string
  readonly by: string
  readonly seq: number
}

export interface Assessment {
  /** Of the answers: one more each time an answer changes what was signed. */
  readonly version: number
  readonly answers: Readonly<Partial<Record<AssessmentPart, Answered>>>
  readonly signed: (Signature & { readonly conclusion: Conclusion }) | null
  readonly confirmed: Signature | null
}

export const noAssessment: Assessment = { version: 1, answers: {}, signed: null, confirmed: null }
