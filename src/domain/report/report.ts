/** The report people read instead of the log: an incident's acts as plain values, every person by name and role. */

import type { AssessmentAnswer, AssessmentPart, Conclusion } from '../assessment-parts.ts'
import type { Damage } from '../damaged.ts'
import type { Fact, FactValue } from '../facts.ts'
import type { IncidentState } from '../incident.ts'
import type { IncidentClock } from '../incident-clocks.ts'
import type { Item } from '../incident-items.ts'
import type { Outcome } from '../outcomes.ts'
import type { PhaseId } from '../phases.ts'
import type { ProofFile } from '../proof-files.ts'
import type { Role } from '../roles.ts'
import type { Who } from './people.ts'

/** One entry: its number, when it was recorded and who did it. */
export interface Act {
  readonly seq: number
  readonly at: string
  readonly by: Who
}

/** What may be recorded after it happened, and about somebody else's doing: `by` did it, `recordedBy` wrote it down. */
export interface LateAct extends Act {
  readonly recordedBy: Who | null
  readonly occurredAt: string | null
}

/** Sealed words; null where they are privileged, out of scope or disposed of. */
export type Words = string | null

export interface PhaseRow extends Act {
  readonly phase: PhaseId
  readonly until: string
  readonly openRequired: readonly string[]
  readonly reason: Words
}

export interface TenureRow extends Act {
  readonly role: Role
  readonly holder: Who
  readonly until: string | null
  readonly how: 'assigned' | 'claimed' | 'handoff'
}

export interface ActingRow extends Act {
  readonly role: Role
  readonly reason: Words
}

export interface DecisionRow extends LateAct {
  readonly number: number
  readonly what: Words
  readonly why: Words
}

/** An answer, a signature or a confirmation of the breach risk assessment. */
export interface AssessmentRow extends Act {
  /** Null: signed or confirmed. */
  readonly part: AssessmentPart | null
  readonly said: AssessmentAnswer | Conclusion
  readonly isConfirmation: boolean
  readonly evidence: readonly number[]
  readonly why: Words
}

export interface NoteRow extends LateAct {
  readonly kind: 'note' | 'evidence'
  readonly body: Words
  readonly why: string | null
}

export interface ItemRow extends Item {
  /** An item people added is labelled in sealed words. */
  readonly label: Words
  readonly settledBy: LateAct | null
  readonly proof: string | null
}

export interface FactRow extends LateAct {
  readonly fact: Fact
  readonly value: FactValue
  readonly before: FactValue | null
  readonly reason: string | null
}

export interface MoveRow {
  readonly seq: number
  readonly at: string
  readonly clock: string
  readonly before: string | null
  readonly after: string | null
  readonly cause: number | null
}

export interface ReminderRow {
  readonly seq: number
  readonly at: string
  readonly clock: string
  readonly lastDay: string
  readonly offset: string
  readonly step: number
  readonly to: readonly Who[]
}

/** Somebody whom a reminder of these clocks did not reach, and the platform's code for why. */
export interface UnreachedRow {
  readonly seq: number
  readonly at: string
  readonly person: Who
  readonly code: string
  readonly clocks: readonly string[]
}

export interface AnswerRow extends Act {
  readonly clock: string
  readonly lastDay: string
  /** Null: acknowledged; else snoozed until this day. */
  readonly snoozedUntilOn: string | null
}

/** What proves that a notification went out. */
export interface ProofRow extends Act {
  readonly clock: string
  readonly words: string | null
  readonly files: readonly ProofFile[]
  /** Taken back since, or the notification with it. */
  readonly isTakenBack: boolean
}

/** Posts of one sort, counted: they may be many. */
export interface PostsRow {
  readonly view: string
  readonly sent: number
  readonly failed: number
  /** Gave way to a newer one before they were delivered. */
  readonly superseded: number
  readonly firstAt: string
  readonly lastAt: string
}

/** An act of custody: what is evidence outside chat, what was read, taken out, held or disposed of. */
export interface CustodyRow extends LateAct {
  readonly kind: string
  readonly data: unknown
  readonly words: string | null
  readonly place: string | null
  /** Who keeps it now, or is to. */
  readonly to: Who | null
}

export interface ClosingRow extends Act {
  /** Null: reopened. */
  readonly outcome: Outcome | null
  readonly duplicateOf: string | null
  readonly reason: string | null
}

export interface Messages {
  /** Messages by the hour they were posted in, UTC, ascending; hours without any are absent. */
  readonly hours: readonly { readonly at: string; readonly count: number }[]
  readonly posted: number
  readonly edited: number
  readonly deleted: number
  readonly files: number
  readonly recovered: number
  /** On the record, and later no longer in the platform's history. */
  readonly vanished: number
  /** The same of Wardroom's own posts, and how many of those were checkpoints. */
  readonly ownVanished: number
  readonly checkpointsVanished: number
  readonly authors: number
}

export interface Checkpoints {
  readonly signed: number
  /** Of them, with a time stamp of an outside authority. */
  readonly stamped: number
  readonly authorities: readonly string[]
  readonly byWhy: readonly (readonly [why: string, count: number])[]
  readonly first: CheckpointRow | null
  readonly last: CheckpointRow | null
  readonly keys: readonly string[]
}

export interface CheckpointRow {
  /** Its own entry, and the entry it covers the log up to. */
  readonly entry: number
  readonly seq: number
  readonly head: string
  readonly at: string
  readonly key: string
}

export interface Scope {
  readonly scope: string
  readonly from: string | null
  readonly to: string | null
}

export interface Report {
  readonly state: IncidentState
  readonly declared: Act & { readonly sentence: string | null }
  /** The last entry it covers and that entry's hash. */
  readonly through: { readonly seq: number; readonly at: string; readonly head: string }
  /** What leaves the record; null where no export was asked for. */
  readonly scope: Scope | null
  readonly askedBy: Who | null
  readonly practice: boolean
  /** What was to be in it and is not as it was recorded. */
  readonly damaged?: readonly Damage[]
  readonly phases: readonly PhaseRow[]
  readonly tenures: readonly TenureRow[]
  readonly acting: readonly ActingRow[]
  /** Kept out of the incident. */
  readonly excluded: readonly Who[]
  readonly decisions: readonly DecisionRow[]
  readonly assessment: readonly AssessmentRow[]
  readonly notes: readonly NoteRow[]
  readonly items: readonly ItemRow[]
  readonly facts: readonly FactRow[]
  readonly clocks: readonly IncidentClock[]
  readonly moves: readonly MoveRow[]
  readonly reminders: readonly ReminderRow[]
  readonly unreached: readonly UnreachedRow[]
  readonly answers: readonly AnswerRow[]
  readonly proofs: readonly ProofRow[]
  readonly posts: readonly PostsRow[]
  readonly closings: readonly ClosingRow[]
  readonly custody: readonly CustodyRow[]
  /** Readings of sealed words by people, counted: they may be many. */
  readonly viewed: number
  readonly messages: Messages
  readonly checkpoints: Checkpoints
}
