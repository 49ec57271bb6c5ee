/** What is known of one incident: the shape that the fold in incident.ts fills. Nothing here grows with messages. */
import type { Assessment } from './assessment-parts.ts'
import type { Gap } from './coverage-events.ts'
import type { DisposalOf } from './custody-events.ts'
import type { EventOf, OrganisationFacts } from './events.ts'
import type { ExhibitSource } from './exhibits.ts'
import type { Fact, FactValues } from './facts.ts'
import type { IncidentKind } from './kinds.ts'
import type { Knowledge } from './knowers.ts'
import type { Notifications } from './notification-events.ts'
import type { Outcome } from './outcomes.ts'
import type { PhaseId } from './phases.ts'
import type { PrivilegeMark } from './privilege-events.ts'
import type { ReminderStates } from './reminder-events.ts'
import type { Role } from './roles.ts'

export interface Holding {
  readonly person: string
  readonly since: string
  readonly how: EventOf<'role.assigned'>['data']['how']
  /** Who gave it: themselves where they claimed it, whoever held it before where it was handed on. */
  readonly by: string
  readonly seq: number
}

export interface Tenure extends Holding {
  readonly role: Role
  readonly until: string | null
}

export interface Offer {
  readonly role: Role
  readonly from: string
  readonly to: string
  readonly at: string
  readonly seq: number
}

export interface ItemState {
  readonly status: 'done' | 'skipped' | 'open'
  readonly at: string
  readonly actor: string
  readonly byPerson: string | null
  readonly occurredAt: string | null
  readonly seq: number
}

export interface AddedItem {
  readonly id: string
  readonly phase: PhaseId
  readonly role: Role | null
  /** Entry whose sealed text has the label. */
  readonly seq: number
}

export interface RecordedFact<F extends Fact> {
  readonly value: FactValues[F]
  readonly at: string
  readonly actor: string
  readonly seq: number
}

/** A law-enforcement official's statement (45 CFR 164.412); days. */
export interface DelayStatement {
  readonly kind: 'oral' | 'written'
  readonly on: string
  readonly until: string | null
  readonly seq: number
}

export type RecordedFacts = { readonly [F in Fact]?: RecordedFact<F> }

export interface ClockState {
  readonly lastDay: string | null
  /** The event that last moved it, and what it was before. */
  readonly before: string | null
  readonly cause: number | null
  readonly at: string
}

export interface Room {
  readonly platform: string
  readonly workspace: string
  readonly room: string
  /** Ids the platform gave it before. */
  readonly formerly?: readonly string[]
  /** What it was opened as. */
  readonly name: string
  /** The entry whose sealed text has the name people gave it since. */
  readonly renamed: number | null
  readonly openedAt: string
  readonly lost: string | null
  /** Seen wider than it was made (shared, public): an alarm already raised. */
  readonly wider: string | null
}

/** A room of counsel's beside the war room: companion.ts. */
export interface Companion extends Room {
  /** Counsel who asked for it. */
  readonly by: string
  /** Whom counsel let in, themselves among them. */
  readonly admitted: readonly string[]
  readonly members: readonly string[]
}

/** Something outside chat, and whose hands it is in. */
export interface Exhibit {
  readonly number: number
  /** The entry whose sealed text says what it is and where it is kept. */
  readonly seq: number
  readonly at: string
  readonly by: string
  readonly source: ExhibitSource
  readonly sha256: string | null
  readonly seal: string | null
  /** Null: somebody outside the chat. */
  readonly custodian: string | null
  /** The entry that made it theirs. */
  readonly since: { readonly at: string; readonly seq: number }
  readonly offer: {
    readonly from: string | null
    readonly to: string
    readonly by: string
    readonly at: string
    readonly seq: number
  } | null
}

/** A request to dispose of sealed content, and who approved it; the entry's number names it. */
export interface DisposalAsked {
  readonly seq: number
  readonly at: string
  readonly by: string
  readonly of: DisposalOf
  readonly keptUntilOn: string | null
  /** Whose signature is asked for beside the roster's people: their public key. */
  readonly signer: string | null
  readonly approvedBy: readonly string[]
  readonly isSigned: boolean
}

export interface IncidentState extends ReminderStates {
  readonly incident: string
  readonly declared: { readonly at: string; readonly by: string; readonly seq: number }
  readonly kind: IncidentKind
  readonly drill: boolean
  readonly platform: string
  readonly workspace: string
  readonly organisation: OrganisationFacts
  readonly roster: EventOf<'incident.declared'>['data']['roster']
  readonly excluded: readonly string[]
  readonly facts: RecordedFacts
  /** Notices sent, by clock id. */
  readonly notified: Readonly<
    Record<string, { readonly on: string; readonly by: string; readonly seq: number }>
  >
  /** When clocks began that count from a moment of their own, by start. */
  readonly starts: Readonly<Record<string, string>>
  /** When each of them came to stand on the record as it does. */
  readonly startsRecorded: Readonly<Record<string, string>>
  readonly delays: readonly DelayStatement[]
  /** Who else knew, in the order it was recorded. */
  readonly knowledge: readonly (Knowledge & { readonly seq: number })[]
  readonly assessment: Assessment
  /** What people did for each notice, by clock id; untouched ones have no entry. */
  readonly notifications: Notifications
  readonly roles: Readonly<Partial<Record<Role, Holding>>>
  readonly tenures: readonly Tenure[]
  readonly offers: readonly Offer[]
  /** Who may act for which untaken role, having given a reason once. */
  readonly acting: readonly { readonly role: Role; readonly person: string; readonly seq: number }[]
  readonly phase: PhaseId
  readonly phases: readonly {
    readonly phase: PhaseId
    readonly at: string
    readonly by: string
    readonly seq: number
  }[]
  readonly items: Readonly<Record<string, ItemState>>
  readonly added: readonly AddedItem[]
  readonly decisions: readonly {
    readonly number: number
    readonly seq: number
    readonly at: string
    readonly by: string
  }[]
  /** Rooms in the order they were opened; the last is the current one. */
  readonly rooms: readonly Room[]
  readonly members: readonly string[]
  /** Companion rooms, the last is the one counsel uses. */
  readonly companions: readonly Companion[]
  readonly companionWanted: {
    readonly seq: number
    readonly at: string
    readonly by: string
    readonly suffix: string
    readonly admitted: readonly string[]
    readonly refused?: string
  } | null
  /** What counsel marked as privileged, in order: a mark is named by its place here. */
  readonly privilege: readonly PrivilegeMark[]
  /** Everybody looked up: the entry that has what they were called last, or that the platform knew nobody. */
  readonly names: Readonly<Record<string, number>>
  /** Where a room is wanted: the number of the room to come, and since when. */
  readonly roomWanted: {
    readonly since: string
    readonly suffix: string | null
    /** Why the platform would not make it, the last time it was asked. */
    readonly refused?: string
  } | null
  readonly clocks: Readonly<Record<string, ClockState>>
  /** Reminder identities sent. */
  readonly fired: readonly string[]
  readonly acknowledged: Readonly<
    Record<string, { readonly at: string; readonly by: string; readonly lastDay: string }>
  >
  readonly snoozed: Readonly<
    Record<
      string,
      {
        readonly untilOn: string
        /** The instant, of what is owed at once. */
        readonly untilAt?: string
        readonly by: string
        readonly lastDay: string
        readonly at: string
      }
    >
  >
  /** Escalations of untaken roles already sent: the last step by role. */
  readonly escalated: Readonly<Partial<Record<Role, number>>>
  /** When each person was last prompted for checklist items. */
  readonly prompted: Readonly<Record<string, string>>
  readonly sheetOn: string | null
  readonly gaps: readonly Gap[]
  /** Niceties that failed, newest last, at most one a step. */
  readonly niceties: Readonly<Record<string, { readonly code: string; readonly at: string }>>
  readonly closed: {
    readonly outcome: Outcome
    readonly duplicateOf: string | null
    readonly at: string
    readonly by: string
    readonly seq: number
  } | null
  /** What is evidence and lies outside chat, by number. */
  readonly exhibits: readonly Exhibit[]
  readonly legalHold: { readonly at: string; readonly by: string; readonly seq: number } | null
  /** Asked and not yet carried out or withdrawn. */
  readonly disposals: readonly DisposalAsked[]
  /** When all that was sealed before was disposed of, the last time. */
  readonly disposed: { readonly at: string; readonly seq: number } | null
  /** Entries whose sealed content was disposed of one by one. */
  readonly redacted: readonly number[]
  readonly lastChange: {
    readonly kind: string
    readonly at: string
    readonly by: string
    readonly seq: number
  }
}
