/** One post, once: found again after an interrupted attempt, recorded with what it said, its echo known. */
import { ChatError, type MessageRef, type PostTarget } from '../chat/port.ts'
import { event } from '../domain/events.ts'
import { type Border, stoppedAt } from '../domain/phi-border.ts'
import { messageKey } from '../evidence/evidence-of.ts'
import { renderView } from '../pipeline/render.ts'
import type { Claimed } from '../store/outbox.ts'
import type { Unit } from '../store/unit.ts'
import { type Card, cardText } from '../views/card.ts'
import type { Job, Outcome } from './delivering.ts'

/** Clocks of different machines differ a little; a room's name is this incident's alone, so looking back further is safe. */
export const SKEW_MS = 600_000

export const drawn = ({ delivering, row, state }: Job) => renderView(delivering, row, state)

/** What leaves the sealed record by a delivery: refused there as a platform would, and shown as refused. */
export function passed(border: Border, words: string): string {
  if (stoppedAt(border, words)) throw new ChatError('refused', 'phi_outside')
  return words
}

/** `thread`: the root it answers to. What the platform shows of it no longer is found missing, as a message is. */
export const posted = (job: Job, card: Card, ref: MessageRef, name: string | null, thread = ''): Outcome => ({
  outcome: 'posted',
  events: [sent(job, card, ref, null)],
  async also(unit, seq) {
    if (name) await job.delivering.store.outbox.placeCard(unit.tx, { ...job.row, ...ref, card: name })
    await echoIsKnown(job, ref, thread)(unit, seq)
  },
})

/** The platform's echo of this post is then a message already seen. */
const echoIsKnown =
  ({ row, port }: Job, ref: MessageRef, thread: string) =>
  async (unit: Unit, seq: number | undefined): Promise<void> => {
    const key = messageKey({ ...ref, platform: port.platform, workspace: port.workspace })
    await unit.claim(key, row.incident, seq, thread)
  }

/**
 * The first claim's time is the database's. Where our own clock is another (practice moves it), the platform's goes with
 * ours, and only the incident's beginning is certain to lie before every post about it.
 */
export function mayHaveLandedSince({
  row,
  state,
  delivering,
}: Pick<Job, 'row' | 'state' | 'delivering'>): Date {
  const first = row.firstClaimedAt.getTime()
  const isMoved = Math.abs(delivering.now().getTime() - (first + row.triedForMs)) > SKEW_MS
  return new Date((isMoved ? Date.parse(state.declared.at) : first) - SKEW_MS)
}

type Attempted = Pick<Claimed, 'attempt' | 'args'>

/** Some attempt before this one ended in no answer, or in none that we heard. */
export const mayHaveLanded = ({ attempt, args }: Attempted): boolean =>
  attempt > 1 && args.undone !== attempt - 1

/** While every attempt so far certainly did nothing, the next need not look for a post of theirs. */
export const undoneArgs = (row: Attempted, error: ChatError): Claimed['args'] =>
  error.maybeDone || mayHaveLanded(row) ? row.args : { ...row.args, undone: row.attempt }

/** On a retry the earlier attempt may have landed: look for its delivery id before posting again. */
export async function postOnce(job: Job, target: PostTarget, card: Card): Promise<MessageRef> {
  const { row, port } = job
  const { readBack, readBackDirect } = port.capabilities
  if (mayHaveLanded(row) && ('person' in target ? readBackDirect : readBack)) {
    const found = await port.findPost(target, row.id, mayHaveLandedSince(job))
    if (found) return found
  }
  return port.post(target, card, row.id)
}

export const sent = ({ row }: Job, card: Card, ref: MessageRef, to: string | null) =>
  event(
    'post.sent',
    { delivery: row.id, view: row.view, room: ref.room, message: ref.message, to },
    { body: cardText(card).toWellFormed() },
  )
