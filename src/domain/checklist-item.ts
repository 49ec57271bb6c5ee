/** What a row of the checklists says. */
import type { ConditionId } from './checklist-conditions.ts'
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
  /** On the list only while the recorded facts do not rule it out. */
  appliesWhen?: ConditionId
  /** Leaving the phase with it open asks for a reason. */
  required: boolean
  evidence: string
  citation: string
  /** The command that ticks it. */
  fulfilledBy?: string
}
