/** A room's history onto the record, for what nobody was told. */
import { event } from '../domain/events.ts'
import { currentRoom } from '../domain/incident.ts'
import { messageItem } from '../evidence/evidence-of.ts'
import { watchOn } from '../evidence/watch.ts'
import { alarmAbout } from '../pipeline/room-life.ts'
import { type Job, NOTHING, type Outcome } from './delivering.ts'
import { RESTART, SWEEP } from './read-back.ts'

/** Past this, Slack has given up bringing what nobody acknowledged. */
const GIVEN_UP_MS = 6 * 60_000

/**
 * What nobody was told is read: said between the room's making and its binding, or while we could not hear. Deletions of
 * that time cannot be found, so a gap in which anything was missed, or long enough for it, is on the record.
 */
export async function history({ row, port, state, delivering }: Job): Promise<Outcome> {
  const room = currentRoom(state)
  if (!room) return NOTHING
  const { since: from = room.openedAt, why } = row.args as { since?: string; why?: string }
  // Without a sign of loss, what the platform may still be bringing is not missed yet: the next sweep reads it.
  const until = why === SWEEP ? new Date(delivering.now().getTime() - GIVEN_UP_MS) : undefined
  const watch = watchOn(delivering, port.platform)
  let missed = 0
  for await (const message of port.history(room.room, new Date(from))) {
    const known = message.delivery !== undefined && (await delivering.store.outbox.isKnown(message.delivery))
    if (message.own && (known || message.change === 'edited')) continue
    if (until && message.at > until) continue
    if ((await delivering.capture(messageItem(message, delivering.now(), watch))) !== 'recorded') continue
    missed += 1
    if (message.own && message.change === 'posted') await alarmAbout(delivering, message, 'unknown-post')
  }
  const to = until ?? delivering.now()
  const isLong = why !== RESTART && why !== SWEEP && to.getTime() - Date.parse(from) > GIVEN_UP_MS
  const isGap = why !== undefined && (missed > 0 || isLong)
  return {
    outcome: 'read',
    events: isGap ? [event('coverage.gap', { from, to: to.toISOString(), why })] : [],
  }
}
