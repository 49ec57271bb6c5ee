/** What a unit of work offers those who change the record; unit.ts does it. */
import type { DisposalOf } from '../domain/custody-events.ts'
import type { Event } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import type { LinesWanted } from '../domain/lines-wanted.ts'
import type { Organisation } from '../domain/organisation.ts'
import type { EntryLine, Head } from '../domain/record.ts'
import type { Draft, Stamp } from './append.ts'
import type { Tx } from './database.ts'
import type { Place } from './places.ts'

/** An outgoing delivery: names, arguments and entry numbers; never text. */
export interface Outgoing {
  readonly incident: string
  readonly lane: string
  readonly verb: string
  readonly view: string
  readonly args: Readonly<Record<string, unknown>>
  readonly card?: string
  readonly afterMs?: number
}

export interface Unit {
  /**
   * False when this content key is already on the record: then nothing more may be done. `seq` is the entry it became,
   * where there is one that later entries may be about; `thread` says that it is a message (schema.ts).
   */
  claim: (key: string, incident: string | null, seq?: number, thread?: string) => Promise<boolean>
  /** A key from words that may be PHI: an HMAC under the organisation's key, so that nobody can guess them back. */
  blind: (words: string) => Promise<string>
  /** The incident recorded under one of these keys. */
  seen: (keys: readonly string[]) => Promise<string | undefined>
  /** Whether anybody of the platform has a home that shows how things stood. */
  hasHomes: (platform: string) => Promise<boolean>
  /** Locks the organisation's log: only for what changes it. Take it before any incident. */
  organisation: () => Promise<Organisation>
  /** The organisation as last committed, without a lock. */
  readOrganisation: () => Promise<Organisation>
  /** Locks an incident's head, waiting for it; undefined when there is none. */
  incident: (id: string) => Promise<IncidentState | undefined>
  /** Where a log stands, what this unit appended included. Locks it. */
  head: (id: string) => Promise<Head>
  /** Starts an incident's log; its first event must follow in the same unit. */
  begin: (id: string) => Promise<void>
  append: (
    id: string,
    events: readonly Event[],
    stamp: Stamp,
    /** Bytes of a file, sealed beside the first event. */
    file?: Draft['file'],
  ) => Promise<{ seqs: number[]; state: IncidentState }>
  /**
   * Drops what is sealed with these entries, or with all so far and then the key too; the entry that says so must follow
   * in the same unit. Throws `NO_DISPOSAL` where this login may not.
   */
  dispose: (id: string, of: DisposalOf) => Promise<void>
  /** Computes the next wake time anew, even where nothing was appended. */
  touch: (id: string) => Promise<void>
  appendOrganisation: (events: readonly Event[], stamp: Stamp) => Promise<Organisation>
  /** One pending row per card: a second wish for the same card is already granted. */
  enqueue: (rows: readonly Outgoing[]) => Promise<void>
  bindRoom: (place: Place, incident: string, how?: { readonly isBeside?: boolean }) => Promise<void>
  /** The platform gave a room another id: its cards are where they were. */
  moveRoom: (from: string, to: Place, incident: string) => Promise<void>
  /** False when this reminder was sent before. */
  claimReminder: (incident: string, identity: string) => Promise<boolean>
  texts: (
    incident: string,
    seqs: readonly number[],
  ) => Promise<ReadonlyMap<number, Readonly<Record<string, string>>>>
  /** A few lines of a log, as last committed or appended here. */
  lines: (incident: string, wanted: LinesWanted) => Promise<readonly EntryLine[]>
  /** For work that must commit together with the unit and belongs to one module (the outbox's own bookkeeping). */
  readonly tx: Tx
}
