/** When a checkpoint is signed and when one is posted: from numbers alone, so that asking costs nothing that grows. */

export const SIGN_EVERY_MS = 60_000
export const SIGN_EVERY_ENTRIES = 500
export const POST_EVERY_MS = 60 * 60_000

/** Where a log's checkpoints stand. Entry numbers; 0 for none. */
export interface Standing {
  readonly head: number
  /** Every entry up to this one was considered, the last time at `lookedAt`. */
  readonly looked: number
  readonly lookedAt: Date
  /** The last checkpoint's entry, and the last one that was sent to the room. */
  readonly signed: number
  readonly posted: number
  readonly postedAt: Date
  /** The last entries of these. The phase an incident begins in was not changed to. */
  readonly decided: number
  readonly phased: number
  readonly closed: number
}

/** Nothing is left to look at, and the room has seen what was signed. */
export const isOver = ({
  head,
  looked,
  signed,
  posted,
}: Pick<Standing, 'head' | 'looked' | 'signed' | 'posted'>): boolean => head <= looked && signed <= posted

export type Why = 'closed' | 'export' | 'phase' | 'decision' | 'entries' | 'minute'

/** Signed in the commit that records them, for the bundle ends with the checkpoint over their entry. */
export const isSignedAtOnce = (kind: string): boolean => kind === 'export.requested'

/** The view that posts one. */
export const CHECKPOINT_POST = 'checkpoint'

const POSTED_AT_ONCE: readonly (Why | undefined)[] = ['closed', 'export', 'phase']

/** `minute`: only if people's entries arrived, which the caller looks up. */
export function whySign(standing: Standing, now: Date): Why | undefined {
  const { head, looked, lookedAt, decided, phased, closed } = standing
  if (head <= looked) return undefined
  if (closed > looked) return 'closed'
  if (phased > looked) return 'phase'
  if (decided > looked) return 'decision'
  if (head - looked >= SIGN_EVERY_ENTRIES) return 'entries'
  return now.getTime() - lookedAt.getTime() >= SIGN_EVERY_MS ? 'minute' : undefined
}

/** `signed`: why one was signed just now, if one was. */
export function isPostDue(
  { signed, posted, postedAt }: Pick<Standing, 'signed' | 'posted' | 'postedAt'>,
  now: Date,
  why?: Why,
): boolean {
  if (signed <= posted) return false
  return POSTED_AT_ONCE.includes(why) || now.getTime() - postedAt.getTime() >= POST_EVERY_MS
}
