/** The events of what the bot could not see, and of what the platform no longer shows. */
export interface CoverageEvents {
  /** Members after `why` are absent in entries of older versions, and where there is nothing to say. */
  'coverage.gap': {
    readonly from: string
    readonly to: string | null
    readonly why: string
    readonly room?: string
    /** Messages, edits and deletions of that time that were found and recorded. Absent: nothing was read back. */
    readonly recovered?: number
    /** Messages on the record that the platform was found to show no longer. */
    readonly vanished?: number
    /** What of that time cannot be recovered. */
    readonly lost?: readonly Lost[]
    /** Of a platform's own retention: the last message it took. */
    readonly through?: string
  }
  /**
   * On the record, and no longer in the platform's history: it was deleted, and nobody told us. What it last said is
   * the entry this one is about, and stays. Inert.
   */
  'message.vanished': {
    readonly room: string
    readonly message: string
    readonly thread: string | null
    readonly deletedBy: 'unknown'
    readonly deletedAt: 'unknown'
    /** One of our own posts, by what it showed: what it said is the entry of its sending. */
    readonly ownPost?: string
  }
}

/** Present where it was read from history, not seen as it happened. */
export interface ReadBack {
  readonly recovered?: true
}

/**
 * `all`: nothing of that time was read. `deleted-unseen`: what was posted and deleted within it. `who-deleted`: by whom
 * and when messages were deleted. `deleted-text`: what deleted messages said at the end, where we had not seen it.
 * `versions`: the versions between two edits. `reactions`: reactions, or (`reactions-undone`) only those taken back.
 * `retained`: what had never been read when the platform deleted it of its own accord.
 */
export type Lost =
  | 'all'
  | 'deleted-unseen'
  | 'who-deleted'
  | 'deleted-text'
  | 'versions'
  | 'reactions'
  | 'reactions-undone'
  | 'retained'

/** A time in which the bot could not see a room, as last known. */
export interface Gap {
  /** The entry that tells it, or the last one to tell more of it. */
  readonly seq: number
  readonly from: string
  /** Null: it lasts. */
  readonly to: string | null
  readonly why: string
  readonly room: string | null
  readonly recovered: number
  readonly vanished: number
  readonly lost: readonly Lost[]
  /** Of the platform's own retention: the last message it took. */
  readonly through?: string
}
