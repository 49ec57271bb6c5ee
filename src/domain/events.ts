/**
 * Every event there is. An event is what changes an incident and, by the same act, an evidence entry.
 * `data` is structured and never PHI; `text` is sealed apart. A kind's meaning never changes:
 * a new shape is `data.v` with an upcast.
 */
import type { AssessmentEvents } from './assessment-events.ts'
import type { CalendarEvents } from './calendar-events.ts'
import type { CheckpointEvents } from './checkpoint-events.ts'
import type { CoverageEvents, ReadBack } from './coverage-events.ts'
import type { CustodyEvents } from './custody-events.ts'
import type { DigestEvents } from './digest-events.ts'
import type { ExportEvents } from './export-events.ts'
import type { Fact, FactValue } from './facts.ts'
import type { IncidentKind } from './kinds.ts'
import type { Late } from './late-entry.ts'
import type { NotificationEvents } from './notification-events.ts'
import type { Outcome } from './outcomes.ts'
import type { PeopleEvents } from './people-events.ts'
import type { PhaseId } from './phases.ts'
import type { PhiEvents } from './phi-events.ts'
import type { PictureEvents } from './picture-events.ts'
import type { PrivilegeEvents } from './privilege-events.ts'
import type { RegisterEvents } from './register-events.ts'
import type { ReminderEvents } from './reminder-events.ts'
import type { Reminding } from './reminding.ts'
import type { Role } from './roles.ts'

/** The organisation as it stood when an incident was declared: what its clocks are counted with. */
export interface OrganisationFacts {
  readonly zone: string
  readonly entityType: 'covered_entity' | 'business_associate'
  readonly holidays: readonly string[]
  readonly regimes: readonly string[]
  /** Version of the regulation table. */
  readonly table: string
  /** Internal target, in days from discovery. */
  readonly targetDays: number
  /** Other targets, by beginnings of rows' ids. */
  readonly targets?: Readonly<Record<string, number>>
}

/** Quiet hours and escalation hold for every incident as they are today: none keeps those it was declared with. */
export interface OrganisationConfigured extends OrganisationFacts {
  readonly reminding?: Reminding
}

export type ClockMove = {
  readonly clock: string
  readonly before: string | null
  readonly after: string | null
  readonly cause: number | null
}

interface EventData
  extends AssessmentEvents,
    CheckpointEvents,
    CoverageEvents,
    CustodyEvents,
    CalendarEvents,
    PictureEvents,
    DigestEvents,
    ExportEvents,
    NotificationEvents,
    PeopleEvents,
    PrivilegeEvents,
    RegisterEvents,
    ReminderEvents,
    PhiEvents {
  // The organisation's log
  'org.configured': OrganisationConfigured
  'roster.named': {
    readonly role: Role
    readonly holder: string | null
    readonly deputy: string | null
    /** Absent: Slack. */
    readonly platform?: string
  }
  'incident.numbered': { readonly incident: string }

  // An incident's life
  'incident.declared': {
    readonly kind: IncidentKind
    readonly drill: boolean
    /** ISO instant, or a calendar date when only the day is known. */
    readonly noticedAt: string
    readonly organisation: OrganisationFacts
    readonly platform: string
    readonly workspace: string
    readonly excluded: readonly string[]
    /** People the roster named at that moment, by role. */
    readonly roster: Readonly<
      Partial<Record<Role, { readonly holder: string | null; readonly deputy: string | null }>>
    >
  }
  'incident.closed': { readonly outcome: Outcome; readonly duplicateOf: string | null }
  'incident.reopened': Record<string, never>
  'person.excluded': { readonly person: string }

  // Facts and clocks
  'fact.recorded': {
    readonly fact: Fact
    readonly value: FactValue
    readonly before: FactValue | null
  } & Late
  'clocks.changed': { readonly moves: readonly ClockMove[] }

  // Roles
  'role.assigned': {
    readonly role: Role
    readonly person: string
    readonly previous: string | null
    readonly how: 'assigned' | 'claimed' | 'handoff'
  }
  'role.offered': { readonly role: Role; readonly from: string; readonly to: string }
  'role.declined': { readonly role: Role; readonly person: string }
  /** Taken from somebody who may not hold it: the platform says they are a guest. */
  'role.vacated': { readonly role: Role; readonly person: string; readonly why: string }
  'role.acted': { readonly role: Role; readonly person: string }
  'role.escalated': { readonly role: Role; readonly step: number; readonly to: string | null }

  // Phases and checklist
  'phase.entered': {
    readonly phase: PhaseId
    readonly from: PhaseId
    readonly openRequired: readonly string[]
  }
  'item.completed': { readonly item: string; readonly by: 'person' | 'command' } & Late
  'item.skipped': { readonly item: string } & Late
  'item.reopened': { readonly item: string } & Late
  'item.added': { readonly item: string; readonly phase: PhaseId; readonly role: Role | null }
  'items.prompted': { readonly person: string; readonly items: readonly string[] }

  // What people put on the record on purpose
  'note.recorded': Late
  'decision.recorded': { readonly number: number; readonly message: string | null } & Late
  'evidence.recorded': { readonly message: string | null } & Late
  'message.marked': { readonly message: string; readonly mark: string } & ReadBack
  'message.unmarked': { readonly message: string; readonly mark: string } & ReadBack

  // Commands that were run, and those refused
  'command.ran': { readonly verb: string; readonly via: string }
  'command.refused': { readonly verb: string | null; readonly via: string; readonly reason: string }

  // The room
  'room.opened': {
    readonly platform: string
    readonly workspace: string
    readonly room: string
    readonly name: string
  }
  'room.requested': { readonly suffix: string | null }
  'room.renamed': { readonly room: string; readonly neutral: boolean }
  'room.moved': { readonly room: string; readonly newRoom: string }
  /** The platform would not make the room as it was asked for; it is tried on. Told once for each reason. */
  'room.not_opened': { readonly code: string }
  'room.lost': { readonly room: string; readonly why: string }
  'room.restored': { readonly room: string }
  'room.alarmed': { readonly room: string; readonly why: string; readonly person: string | null }
  'room.joined': {
    readonly room: string
    readonly person: string
    readonly invited: boolean
    readonly guest: boolean
  }
  'room.left': { readonly room: string; readonly person: string }
  'room.nicety_failed': { readonly step: string; readonly code: string; readonly person: string | null }
  'sheet.sent': { readonly on: string }

  // Reducer-inert: they move the head, never the state
  'message.posted': MessageData
  'message.edited': MessageData
  'message.deleted': MessageData
  /** A deletion was taken back, or a message that was missing is there again. */
  'message.restored': MessageData
  'message.reacted': { readonly message: string; readonly name: string } & ReadBack
  'message.unreacted': { readonly message: string; readonly name: string } & ReadBack
  'file.added': {
    readonly message: string | null
    readonly file: string
    readonly mime: string
    readonly size: number
    readonly chunks: number
    /** sha256(salt ‖ bytes); the salt is in the sealed text. Null when only a reference is kept. */
    readonly bytes: string | null
    readonly kept: 'bytes' | 'hash' | 'reference'
  }
  'file.not_captured': {
    readonly message: string | null
    readonly file: string
    readonly size: number
    readonly why: string
  }
  'post.sent': {
    readonly delivery: string
    readonly view: string
    readonly room: string
    readonly message: string
    readonly to: string | null
  }
  'post.failed': {
    readonly delivery: string
    readonly view: string
    readonly to: string | null
    readonly code: string
  }
  /**
   * It still waited when a newer one of its kind was wished for (`by`), which says what this one had to say. `maybeSent`:
   * an attempt ended in no answer, and the platform cannot be asked whether it arrived.
   */
  'post.superseded': {
    readonly delivery: string
    readonly view: string
    readonly to: string | null
    readonly by: string
    readonly maybeSent: boolean
  }
  'post.unknown': MessageData
  'access.viewed': { readonly verb: string; readonly via: string }
}

export interface MessageData {
  readonly room: string
  readonly message: string
  readonly thread: string | null
  /** The author where it is not the actor (an edit by an administrator, a message by another bot). */
  readonly author: string
  readonly files: readonly { readonly file: string; readonly mime: string; readonly size: number }[]
  /** Read from history, not seen as it happened. */
  readonly recovered: boolean
  /** The original was not seen; this is the platform's word for what it was. */
  readonly asToldLater: boolean
}

export type EventKind = keyof EventData
export type EventText = Readonly<Record<string, string>>

export type EventOf<K extends EventKind> = {
  readonly kind: K
  readonly data: EventData[K]
  /** Sealed apart: bodies, reasons, rationale, custom labels, display names. */
  readonly text?: EventText
  /** The entry this one is about. */
  readonly ref?: number
}

export type Event = { [K in EventKind]: EventOf<K> }[EventKind]

/** An event as the reducer sees it: with its number, time and actor. */
export type Recorded = Event & { readonly seq: number; readonly at: string; readonly actor: string }

/** Builds an event; the kind fixes the shape of its data. */
export function event<K extends EventKind>(
  kind: K,
  data: EventData[K],
  text?: EventText,
  ref?: number,
): EventOf<K> {
  return { kind, data, ...(text ? { text } : {}), ...(ref === undefined ? {} : { ref }) }
}
