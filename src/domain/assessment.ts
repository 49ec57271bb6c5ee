/**
 * The breach risk assessment (45 CFR 164.402). What was impermissible is presumed a breach until a named person signs that
 * it was not and another confirms it; the bot asks and records, and concludes nothing from the answers.
 */
import {
  type Assessment,
  type AssessmentPart,
  type Conclusion,
  exceptions,
  factors,
} from './assessment-parts.ts'
import type { Recorded } from './events.ts'
import type { IncidentState } from './incident-state.ts'

/** What holds today: a breach is presumed until another conclusion is signed and confirmed. */
export function concluded({ signed, confirmed }: Assessment): Conclusion | null {
  if (!signed) return null
  return signed.conclusion === 'breach' || confirmed ? signed.conclusion : null
}

/** What is still to be answered before a conclusion may be signed; a breach may be signed at any time. */
export function missingFor(
  conclusion: Conclusion,
  { answers: given }: Assessment,
): readonly AssessmentPart[] {
  if (conclusion === 'breach') return []
  if (conclusion === 'low_probability') return factors.flatMap(({ id }) => (given[id] ? [] : [id]))
  return given.exception?.answer === conclusion ? [] : ['exception']
}

export const partLabel = (part: AssessmentPart): string =>
  factors.find(({ id }) => id === part)?.label ?? 'Exception'

export const conclusionLabel = (conclusion: Conclusion): string => {
  if (conclusion === 'breach') return 'a breach'
  if (conclusion === 'low_probability') return 'a low probability that PHI was compromised'
  return `no breach: ${exceptions.find(({ id }) => id === conclusion)?.label ?? conclusion}`
}

/** The part of the fold that concerns the assessment; undefined where the event is none of it. */
export function assessmentChange(state: IncidentState, event: Recorded): Partial<IncidentState> | undefined {
  const { at, actor, seq } = event
  const { assessment } = state
  switch (event.kind) {
    case 'assessment.answered': {
      const { part, answer, evidence } = event.data
      const given = { ...assessment.answers, [part]: { answer, evidence, at, by: actor, seq } }
      // A signature is under the answers it was put under: it lapses with the first that changes.
      const version = assessment.version + (assessment.signed ? 1 : 0)
      return { assessment: { version, answers: given, signed: null, confirmed: null } }
    }
    case 'assessment.signed':
      return {
        assessment: {
          ...assessment,
          signed: { at, by: actor, seq, conclusion: event.data.conclusion },
          confirmed: null,
        },
      }
    case 'assessment.confirmed':
      return { assessment: { ...assessment, confirmed: { at, by: actor, seq } } }
    default:
      return undefined
  }
}
