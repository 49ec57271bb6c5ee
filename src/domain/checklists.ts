// The checklist of each phase and the questions asked of it: which items an incident has, what comes next, what is still
// required. The rows are in checklist-rows-*.ts; an item more is a row more.
import { conditions } from './checklist-conditions.ts'
import type { ChecklistItem } from './checklist-item.ts'
import { postIncidentItems, recoveryItems } from './checklist-rows-after.ts'
import { detectionItems, preparationItems } from './checklist-rows-before.ts'
import { containmentItems, eradicationItems } from './checklist-rows-during.ts'
import type { RecordedFacts } from './incident-state.ts'
import type { IncidentKind } from './kinds.ts'
import type { PhaseId } from './phases.ts'

export const checklist: readonly ChecklistItem[] = [
  ...preparationItems,
  ...detectionItems,
  ...containmentItems,
  ...eradicationItems,
  ...recoveryItems,
  ...postIncidentItems,
]

/** By id, in any case. */
export const findItem = (id: string): ChecklistItem | undefined =>
  checklist.find((item) => item.id === id.trim().toUpperCase())

/** What decides which items an incident has. */
export interface Subject {
  readonly kind: IncidentKind
  readonly facts: RecordedFacts
}

export const appliesToKind = (item: ChecklistItem, kind: IncidentKind): boolean =>
  item.kinds === 'all' || item.kinds.includes(kind)

const isRuledOut = ({ appliesWhen }: ChecklistItem, facts: RecordedFacts): boolean =>
  appliesWhen !== undefined && !conditions[appliesWhen].holds(facts)

/** Why the facts rule this item out; undefined while they do not. */
export const ruledOutBecause = (item: ChecklistItem, facts: RecordedFacts): string | undefined =>
  item.appliesWhen && isRuledOut(item, facts) ? conditions[item.appliesWhen].otherwise : undefined

export const itemsFor = ({ kind, facts }: Subject, phase?: PhaseId): readonly ChecklistItem[] =>
  checklist.filter(
    (item) =>
      appliesToKind(item, kind) && !isRuledOut(item, facts) && (phase === undefined || item.phase === phase),
  )

/** The items a command ticks by itself, whichever phase the incident is in. */
export const itemsFulfilledBy = (command: string, subject: Subject): readonly ChecklistItem[] =>
  itemsFor(subject).filter((item) => item.fulfilledBy === command)

/** Required items of this phase that are neither done nor skipped. */
export const openRequired = (
  subject: Subject,
  phase: PhaseId,
  settled: readonly string[],
): readonly ChecklistItem[] =>
  itemsFor(subject, phase).filter((item) => item.required && !settled.includes(item.id))
