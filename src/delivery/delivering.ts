/** What a delivery is given, and how it ends. */
import type { ChatPort } from '../chat/port.ts'
import type { Event } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import type { Draft } from '../store/append.ts'
import type { Claimed } from '../store/outbox.ts'
import type { Unit } from '../store/unit.ts'
import type { Wardroom } from '../wardroom.ts'

/** How a delivery ended: what goes on the record, and what else belongs in that commit. */
export interface Outcome {
  readonly outcome: string
  readonly events: readonly Event[]
  readonly file?: Draft['file']
  /** It is not over: taken up again with these arguments, after a while. */
  readonly again?: { readonly args: Readonly<Record<string, unknown>>; readonly waitMs: number }
  /** What goes on the record of other incidents that the same message spoke of. */
  readonly elsewhere?: Readonly<Record<string, readonly Event[]>>
  /** `seq`: the first entry of `events`. */
  readonly also?: (unit: Unit, seq: number | undefined) => Promise<void>
}

export const NOTHING: Outcome = { outcome: 'nothing to do', events: [] }

export interface Delivering extends Wardroom {
  readonly portOf: (platform: string) => ChatPort | undefined
  readonly capturing: { readonly keep: 'bytes' | 'hash' | 'reference'; readonly maxBytes: number }
  /** Bundles lie there until they are sent, on this machine of perhaps several; `tsaCa` goes into them. */
  readonly exports: { readonly host: string; readonly folder: string; readonly tsaCa: Buffer | undefined }
  readonly pager: ((incident: string, why: string) => Promise<void>) | undefined
  /** Undefined: no authority is asked. */
  readonly timeStamp?: ((text: string) => Promise<TimeStamp>) | undefined
}

export interface Job {
  readonly delivering: Delivering
  readonly row: Claimed
  readonly port: ChatPort
  readonly state: IncidentState
}

export interface TimeStamp {
  readonly response: Buffer
  readonly at: string
  readonly tsa: string
}

export type OrganisationJob = Omit<Job, 'state'>
