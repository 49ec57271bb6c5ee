/** Which lines of a log somebody asks for: always few, whatever the log's length. */

export type LinesWanted =
  /** The newest entries of custody before one, newest first. */
  | { readonly of: 'custody'; readonly before?: number; readonly limit: number }
  /** The entry, or the message by the platform's id, and every entry that names the same message; oldest first. */
  | { readonly of: 'message'; readonly seq: number }
  | { readonly of: 'message'; readonly message: string }
  /** The entries, or the message by the platform's id, with the files that came in them; oldest first. */
  | { readonly of: 'files'; readonly seqs: readonly number[] }
  | { readonly of: 'files'; readonly message: string }
  /** The managers' digests posted last, newest first. */
  | { readonly of: 'digests'; readonly limit: number }
  /** From the newest back to the last one that starts a retention period, and that one. */
  | { readonly of: 'retention' }
