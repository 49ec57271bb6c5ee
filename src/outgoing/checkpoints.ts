/**
 * A checkpoint, told: in the room's quiet thread, so that the chat platform witnesses it, and at the close to whoever
 * answers for the record, so that the room is not its only witness. The row carries the note itself: it is never PHI.
 */
import type { SignedNote } from '../domain/checkpoint.ts'
import { currentRoom, holderOf } from '../domain/incident.ts'
import type { Outgoing } from '../store/unit.ts'
import { cardKey, direct } from './deliveries.ts'
import { namedFor, once, type Situation, toEach } from './told.ts'

/** In the room's lane: behind the notice it hangs under, and with nothing once there is no room. */
export function witnessed({ state }: Pick<Situation, 'state'>, note: SignedNote): Outgoing[] {
  const room = currentRoom(state)
  if (!room) return []
  const { incident } = state
  const card = cardKey(state, room.room, `checkpoint-${note.entry}`)
  return [{ incident, lane: `room:${incident}`, verb: 'quiet', view: 'checkpoint', args: { note }, card }]
}

/** In a lane of its own: an authority that does not answer holds up nothing else. */
export const timeStamped = (note: SignedNote): Outgoing[] => [
  {
    incident: note.incident,
    lane: `timestamp:${note.incident}`,
    verb: 'timestamp',
    view: 'checkpoint',
    args: { note },
  },
]

export function keptByOfficers(situation: Situation, note: SignedNote): Outgoing[] {
  const { state } = situation
  const officers = (['counsel', 'privacy-officer'] as const).map(
    (role) => holderOf(state, role) ?? namedFor(situation, role)[0],
  )
  const told = once(officers).filter((id) => !state.excluded.includes(id))
  return toEach(told, (person) => direct(state, person, 'checkpoint-kept', { note }))
}
