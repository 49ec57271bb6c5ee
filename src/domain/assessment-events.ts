/** The events of the breach risk assessment (45 CFR 164.402). Rationales are words, and sealed apart. */
import type { AssessmentAnswer, AssessmentPart, Conclusion } from './assessment-parts.ts'

export interface AssessmentEvents {
  'assessment.answered': {
    readonly part: AssessmentPart
    readonly answer: AssessmentAnswer
    /** Entries that show it. */
    readonly evidence: readonly number[]
  }
  /** `version`: of the answers that were signed. */
  'assessment.signed': { readonly version: number; readonly conclusion: Conclusion }
  /** By somebody else: without it only a breach is concluded. */
  'assessment.confirmed': { readonly version: number; readonly conclusion: Conclusion }
}
