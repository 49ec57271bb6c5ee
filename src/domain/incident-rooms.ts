/** The part of the fold that concerns an incident's rooms and who is in them. */
import { allRooms, companionChange } from './companion.ts'
import type { Recorded } from './events.ts'
import type { IncidentState, Room } from './incident-state.ts'

/** Alarms that say the room has more readers than it was made for. */
const WIDER: readonly string[] = ['shared', 'made-public']

/** Whatever room it is: of the incident, or counsel's. */
function changed(
  { rooms, companions }: IncidentState,
  room: string,
  change: Partial<Room>,
): Partial<IncidentState> {
  const each = <R extends Room>(old: R): R => (old.room === room ? { ...old, ...change } : old)
  return { rooms: rooms.map(each), companions: companions.map(each) }
}

export function roomChange(state: IncidentState, event: Recorded): Partial<IncidentState> {
  const companion = companionChange(state, event)
  if (companion) return companion
  switch (event.kind) {
    case 'room.requested':
      return { roomWanted: { since: event.at, suffix: event.data.suffix } }
    case 'room.not_opened':
      return {
        roomWanted: state.roomWanted && { ...state.roomWanted, refused: event.data.code },
      }
    case 'room.opened':
      return {
        rooms: [
          ...state.rooms,
          { ...event.data, renamed: null, openedAt: event.at, lost: null, wider: null },
        ],
        roomWanted: null,
        members: [],
      }
    case 'room.renamed':
      return changed(state, event.data.room, { renamed: event.seq })
    case 'room.moved': {
      const { room, newRoom } = event.data
      const follow = <T extends { readonly room: string | null }>(each: T): T =>
        each.room === room ? { ...each, room: newRoom } : each
      const { formerly = [] } = allRooms(state).find((each) => each.room === room) ?? {}
      return {
        ...changed(state, room, { room: newRoom, formerly: [...formerly, room] }),
        gaps: state.gaps.map(follow),
        privilege: state.privilege.map(follow),
      }
    }
    case 'room.lost':
      return changed(state, event.data.room, { lost: event.data.why })
    case 'room.restored':
      return changed(state, event.data.room, { lost: null })
    case 'room.alarmed': {
      const { room, why, person } = event.data
      if (person !== null || !WIDER.includes(why)) return {}
      return changed(state, room, { wider: why })
    }
    case 'room.joined':
      return event.data.room === state.rooms.at(-1)?.room
        ? { members: [...new Set([...state.members, event.data.person])] }
        : {}
    case 'room.left':
      return { members: state.members.filter((person) => person !== event.data.person) }
    case 'room.nicety_failed':
      return { niceties: { ...state.niceties, [event.data.step]: { code: event.data.code, at: event.at } } }
    default:
      return {}
  }
}
