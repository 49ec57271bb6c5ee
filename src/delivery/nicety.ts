/** Niceties of a room: each may fail without stopping anything. */
import { ChatError, type Nicety } from '../chat/port.ts'
import { currentRoom } from '../domain/incident.ts'
import { type Job, NOTHING, type Outcome } from './delivering.ts'
import { passed } from './posting.ts'

const SOON_MS = 125

export async function nicety(job: Job): Promise<Outcome> {
  const { row, port, state, delivering } = job
  const room = currentRoom(state)
  if (!room || (row.view === 'pin' && !port.capabilities.pins)) return NOTHING
  const wanted = await nicetyOf(job, room.room)
  // The status card is not up yet: its lane is slower than ours, by little, and whoever is to be invited waits behind us.
  if (!wanted)
    throw new ChatError('transient', 'card_not_posted', { retryAfterMs: SOON_MS * 2 ** (row.attempt - 1) })
  await port.dress(room.room, wanted)
  delivering.log.debug({ incident: row.incident, step: row.view }, 'room dressed')
  return { outcome: 'done', events: [] }
}

async function nicetyOf({ row, state, delivering }: Job, room: string): Promise<Nicety | undefined> {
  if (row.view === 'topic')
    return { kind: 'topic', text: passed('topic', String(row.args.text ?? state.incident)) }
  const place = await delivering.store.outbox.cardPlace(`${state.incident}/${room}/status`)
  return place && { kind: 'pin', message: place.message }
}
