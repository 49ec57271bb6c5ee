// The checklist of each phase and the questions asked of it: which items an incident has, what comes next, what is still
// required. The rows are in checklist-rows-*.ts; an item more is a row more.

import { postIncidentItems, recoveryItems } from './checklist-rows-after.ts'
import { detectionItems, preparationItems } from './checklist-rows-before.ts'
import { containmentItems, eradicationItems } from './checklist-rows-during.ts'
import type { IncidentKind } from './kinds.ts'
import type { PhaseId } from './phases.ts'
import type { Role } from './roles.ts'

export type ChecklistItem = {
  id: string
  phase: PhaseId
  /** Short and imperative. */
  title: string
  role: Role
  /** A second role the item needs. */
  alsoRole?: Role
  kinds: 'all' | readonly IncidentKind[]
  /** Leaving the phase with it open asks for a reason. */
  required: boolean
  evidence: string
  citation: string
  /** The command that ticks it. */
  fulfilledBy?: string
}

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

export const appliesToKind = (item: ChecklistItem, kind: IncidentKind): boolean =>
  item.kinds === 'all' || item.kinds.includes(kind)

export const itemsFor = (kind: IncidentKind, phase?: PhaseId): readonly ChecklistItem[] =>
  checklist.filter((item) => appliesToKind(item, kind) && (phase === undefined || item.phase === phase))

/** The items a command ticks by itself, whichever phase the incident is in. */
export const itemsFulfilledBy = (command: string, kind: IncidentKind): readonly ChecklistItem[] =>
  itemsFor(kind).filter((item) => item.fulfilledBy === command)

/** Required items of this phase that are neither done nor skipped. */
export const openRequired = (
  kind: IncidentKind,
  phase: PhaseId,
  settled: readonly string[],
): readonly ChecklistItem[] =>
  itemsFor(kind, phase).filter((item) => item.required && !settled.includes(item.id))
