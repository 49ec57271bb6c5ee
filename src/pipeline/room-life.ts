/** Joins, leaves, renames and losses of a room, as events of its incident. A guest or a wider room is an alarm. */
import type { InboundMessage, InboundRoom } from '../chat/port.ts'
import { allRooms, companionOf } from '../domain/companion.ts'
import { type Event, event } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import { expectedPeople, isExcluded } from '../domain/permit.ts'
import { checkGuest } from '../outgoing/deliveries.ts'
import type { Wardroom } from '../wardroom.ts'

import { commitEvents, SYSTEM } from './commit.ts'

export async function recordRoomChange(wardroom: Wardroom, inbound: InboundRoom): Promise<void> {
  if (inbound.everyRoom) return recordEverywhere(wardroom, inbound)
  const { platform, workspace, room } = inbound
  const incident = await wardroom.store.incidentOfRoom({ platform, workspace, room })
  if (incident) await recordIn(wardroom, inbound, incident)
}

/** What holds all rooms changed: each incident's latest room changed with it. Earlier ones nobody works in. */
async function recordEverywhere(wardroom: Wardroom, inbound: InboundRoom): Promise<void> {
  const { platform, workspace, key } = inbound
  for (const state of await wardroom.store.incidents()) {
    const room = state.rooms.at(-1)?.room
    if (state.platform !== platform || state.workspace !== workspace || !room) continue
    await recordIn(wardroom, { ...inbound, key: `${key}:${state.incident}`, room }, state.incident)
  }
}

async function recordIn(wardroom: Wardroom, inbound: InboundRoom, incident: string): Promise<void> {
  const { platform, workspace, room } = inbound
  await wardroom.store.write(
    async (unit) => {
      if (!(await unit.claim(inbound.key, incident))) return
      const state = await unit.incident(incident)
      if (!state) return
      if (inbound.change === 'id-changed' && inbound.newRoom)
        await unit.moveRoom(room, { platform, workspace, room: inbound.newRoom }, incident)
      const stamp = {
        actor: { id: inbound.actor, kind: inbound.actorKind },
        at: wardroom.now(),
        source: { platform, workspace, room, message: null, thread: null, ts: inbound.at.toISOString() },
      }
      await commitEvents(unit, incident, state, roomEvents(state, inbound), stamp, wardroom.telling)
      // Nobody invites whoever comes by standing, so nobody looked up whether they are a guest.
      const { change, standing, guest, person } = inbound
      if (change === 'joined' && standing && guest === undefined && person)
        await unit.enqueue(checkGuest(state, person))
    },
    // Nobody waits for an answer: patience beats a redelivery.
    {},
  )
  wardroom.poke()
}

/** A post under our name that we did not send: somebody else has the token. */
export async function alarmAbout(wardroom: Wardroom, inbound: InboundMessage, why: string): Promise<void> {
  const incident = await wardroom.store.incidentOfRoom(inbound)
  if (!incident) return
  wardroom.log.error({ incident, why }, 'alarm')
  await wardroom.store.write(async (unit) => {
    if (!(await unit.claim(`${inbound.key}:${why}`, incident))) return
    const state = await unit.incident(incident)
    const events = [event('room.alarmed', { room: inbound.room, why, person: null })]
    const stamp = { actor: SYSTEM, at: wardroom.now(), source: null }
    await commitEvents(unit, incident, state, events, stamp, wardroom.telling)
  }, {})
  wardroom.poke()
}

export function roomEvents(state: IncidentState, inbound: InboundRoom): Event[] {
  const { room, person, change } = inbound
  const from = inbound.at.toISOString()
  // A loss may be told twice, in two ways: the gap began with the first.
  const isLost = allRooms(state).some((each) => each.room === room && each.lost !== null)
  const lost = (why: string) => (isLost ? [] : [event('room.lost', { room, why }), gapFrom(from, room, why)])
  switch (change) {
    case 'joined':
      return person ? joined(state, inbound, person) : []
    case 'left':
      return person ? [event('room.left', { room, person })] : []
    case 'renamed': {
      const neutral = (inbound.name ?? '').startsWith(state.incident)
      return [event('room.renamed', { room, neutral }, { name: inbound.name ?? '' })]
    }
    case 'archived':
    case 'deleted':
    case 'bot-removed':
      return lost(change)
    case 'unarchived':
      return [event('room.restored', { room })]
    case 'bot-added':
      return isLost ? [event('room.restored', { room })] : []
    case 'shared':
    case 'made-public':
      return [event('room.alarmed', { room, why: change, person: null })]
    case 'id-changed':
      return inbound.newRoom ? moved(room, inbound.newRoom, isLost) : []
  }
}

/** Under its old id it may have been refused, and taken for lost, before the platform told of the new one. */
const moved = (room: string, newRoom: string, isLost: boolean): Event[] => [
  event('room.moved', { room, newRoom }),
  ...(isLost ? [event('room.restored', { room: newRoom })] : []),
]

/** From when on nothing said in a room can be seen. */
export const gapFrom = (from: string, room: string, why: string): Event =>
  event('coverage.gap', { from, to: null, why, room, lost: ['all'] })

/** Named to the commander at once when nobody invited them, and always when they are kept out or a guest. */
function joined(
  state: IncidentState,
  { room, guest = false, standing = false, actor }: InboundRoom,
  person: string,
): Event[] {
  const welcome = companionOf(state, room)?.admitted ?? expectedPeople(state)
  const expected = !isExcluded(state, person) && (standing || welcome.includes(person))
  const join = event('room.joined', { room, person, invited: expected, guest })
  if (expected && !guest) return [join]
  const why = guest ? 'guest' : isExcluded(state, person) ? 'kept-out' : 'uninvited'
  // Somebody already in the room who invites a colleague is ordinary; it is still said.
  return [
    join,
    event('room.alarmed', { room, why, person }, actor && actor !== person ? { by: actor } : undefined),
  ]
}
