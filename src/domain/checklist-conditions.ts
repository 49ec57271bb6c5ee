/**
 * When a checklist row applies, by name. A missing fact never hides an item: only what is recorded can rule it out.
 * They ask facts and nothing else, so the same log gives the same list.
 */
import type { RecordedFacts } from './incident-state.ts'
import { regulations } from './regulations.ts'
import { reaches } from './threshold.ts'

interface Condition {
  readonly holds: (facts: RecordedFacts) => boolean
  /** Why an item is not on the list, said after its id and a colon. */
  readonly otherwise: string
}

/** Whether the number of people of this regulation is reached, or could be for all that is recorded. */
const couldReach =
  (regulation: string) =>
  ({ affected }: RecordedFacts): boolean => {
    const row = regulations.find(({ id }) => id === regulation)
    if (!row) throw new Error(`no regulation ${regulation}`)
    const { total = null, byState = {} } = affected?.value ?? {}
    return reaches(row, { affectedCount: total, residentsByState: byState }).met
  }

export const conditions = {
  'fewer-than-500': {
    holds: couldReach('hipaa.hhs.under500'),
    otherwise: 'it is for fewer than 500 people, and 500 or more are recorded as affected',
  },
} as const satisfies Readonly<Record<string, Condition>>

export type ConditionId = keyof typeof conditions
