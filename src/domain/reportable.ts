// Whether the facts make a breach of unsecured PHI that must be notified. An impermissible use or disclosure is presumed
// a breach until low probability is demonstrated (45 CFR 164.402(2)); whatever the answer, the record is kept.
import type { ClockFacts } from './clock-facts.ts'

export type Reportable = { reportable: boolean; reason: string | null; documentationRequired: true }

/** Encrypted data is secured only while its key is safe (164.402, 74 FR 19006). */
export const isUnsecured = ({ unsecured, encrypted, keyCompromised }: ClockFacts): boolean => {
  if (keyCompromised) return true
  if (encrypted && keyCompromised === false) return false
  return unsecured !== false
}

/** Encryption is claimed and nobody has said whether the key was taken as well. */
export const isKeyUnknown = (facts: ClockFacts): boolean =>
  facts.encrypted === true && isUnsecured(facts) && (facts.keyCompromised ?? null) === null

const reasonOf = (facts: ClockFacts): string | null => {
  if (facts.phiInvolved === false) return 'no_phi'
  if (facts.impermissible === false) return 'permitted_use_or_disclosure'
  if (!isUnsecured(facts)) return 'secured_phi_safe_harbour'
  if (facts.exception) return `exception_${facts.exception}`
  if (facts.riskAssessment === 'low_probability') return 'low_probability_of_compromise'
  return null
}

export const reportableOf = (facts: ClockFacts): Reportable => {
  const reason = reasonOf(facts)
  return { reportable: reason === null, reason, documentationRequired: true }
}
