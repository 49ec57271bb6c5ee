/** The events of custody: exhibits outside chat, legal holds, disposal and verification. Words are sealed apart, as everywhere. */
import type { ExhibitSource } from './exhibits.ts'
import type { Late } from './late-entry.ts'

/** What is to be disposed of: the sealed content of a whole incident, or of the entries named. */
export type DisposalOf =
  | { readonly what: 'incident'; readonly seqs: null }
  | { readonly what: 'entry'; readonly seqs: readonly number[] }

export interface CustodyEvents {
  /** Its text says what it is, where it is kept and, where nobody of the chat keeps it, who does. */
  'evidence.added': {
    readonly exhibit: number
    readonly source: ExhibitSource
    readonly sha256: string | null
    /** Number of the seal or of the form it is kept under. */
    readonly seal: string | null
    /** Null: somebody outside the chat, by name in the sealed text. */
    readonly custodian: string | null
  } & Late
  'evidence.offered': { readonly exhibit: number; readonly from: string | null; readonly to: string }
  'evidence.transferred': { readonly exhibit: number; readonly from: string | null; readonly to: string }
  /** Turned down by whom it was offered to, or taken back by whoever offered it. */
  'evidence.declined': { readonly exhibit: number; readonly from: string | null; readonly to: string }

  'legal_hold.placed': { readonly over: 'incident' | 'organisation' }
  'legal_hold.lifted': { readonly over: 'incident' | 'organisation' }

  /** Whoever asks approves by asking. `keptUntilOn`: the day through which it is kept, where its age is the reason. */
  'disposal.requested': DisposalOf & {
    readonly keptUntilOn: string | null
    /** Public key of somebody outside the roster whose signature may approve; their name is in the sealed text. */
    readonly signer: string | null
  }
  /** A signature is over the request's words (disposal.ts). */
  'disposal.approved': DisposalOf & {
    readonly request: number
    readonly by: 'person' | 'signature'
    readonly signature?: string
  }
  'disposal.withdrawn': DisposalOf & { readonly request: number }
  /** An incident's: everything sealed before this entry, and the key. */
  'content.disposed': DisposalOf & { readonly request: number }

  /** Somebody ran the check over the database: of which log, or of all, and what came of it. */
  'verification.recorded': {
    readonly of: string
    readonly ok: boolean
    readonly code: string
    readonly logs: number
    readonly entries: number
    readonly opened: number
    readonly checkpoints: number
  }
}
