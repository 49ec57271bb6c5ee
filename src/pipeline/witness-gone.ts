/**
 * A checkpoint we posted is no longer in the chat: the platform's witness of it is lost. Said once a room and day, however
 * many are deleted, and the last one is posted again.
 */
import type { InboundMessage, Place } from '../chat/port.ts'
import { CHECKPOINT_POST } from '../domain/checkpoint-cadence.ts'
import { event } from '../domain/events.ts'
import { dateIn } from '../domain/zone.ts'
import { messageKey } from '../evidence/message-key.ts'
import type { Wardroom } from '../wardroom.ts'
import { commitEvents, SYSTEM } from './commit.ts'

export const WITNESS_GONE = 'checkpoint-deleted'

export async function witnessGone(
  wardroom: Wardroom,
  {
    platform,
    workspace,
    room,
    incident,
  }: Pick<Place, 'workspace' | 'room'> & {
    readonly platform: string
    readonly incident: string
  },
): Promise<void> {
  const at = wardroom.now()
  wardroom.log.error({ incident, why: WITNESS_GONE }, 'alarm')
  const today = dateIn(wardroom.settings.organisation.zone, at)
  await wardroom.store.write(async (unit) => {
    const state = await unit.incident(incident)
    await wardroom.store.checkpoints.postAgain(unit.tx, incident)
    if (!(await unit.claim(`${WITNESS_GONE}:${platform}:${workspace}:${room}:${today}`, incident))) return
    const events = [event('room.alarmed', { room, why: WITNESS_GONE, person: null })]
    await commitEvents(unit, incident, state, events, { actor: SYSTEM, at, source: null }, wardroom.telling)
  }, {})
  wardroom.poke()
}

/** Of a deletion that was told, as it happened or by history. */
export async function deletedOwn(wardroom: Wardroom, inbound: InboundMessage): Promise<void> {
  const post = await wardroom.store.seenAs(messageKey(inbound))
  if (!post?.incident || !post.seq) return
  const { incident, seq } = post
  const line = (await wardroom.store.standing.lines(incident, [seq])).get(seq)
  const { view } = (line?.data ?? {}) as { view?: string }
  if (line?.kind === 'post.sent' && view === CHECKPOINT_POST)
    await witnessGone(wardroom, { ...inbound, incident })
}
