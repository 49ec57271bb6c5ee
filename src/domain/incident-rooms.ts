/** The part of the fold that concerns an incident's rooms and who is in them. */
import type { Recorded } from './events.ts'
import type { IncidentState } from './incident-state.ts'

/** Alarms that say the room has more readers than it was made for. */
const WIDER: readonly string[] = ['shared', 'made-public']

export function roomChange(state: IncidentState, event: Recorded): Partial<IncidentState> {
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
      return {
        rooms: state.rooms.map((old) =>
          old.room === event.data.room ? { ...old, renamed: event.seq } : old,
        ),
      }
    case 'room.moved': {
      const { room, newRoom } = event.data
      return { rooms: state.rooms.map((old) => (old.room === room ? { ...old, room: newRoom } : old)) }
    }
    case 'room.lost':
      return {
        rooms: state.rooms.map((old) =>
          old.room === event.data.room ? { ...old, lost: event.data.why } : old,
        ),
      }
    case 'room.restored':
      return {
        rooms: state.rooms.map((old) => (old.room === event.data.room ? { ...old, lost: null } : old)),
      }
    case 'room.alarmed': {
      const { room, why, person } = event.data
      if (person !== null || !WIDER.includes(why)) return {}
      return { rooms: state.rooms.map((old) => (old.room === room ? { ...old, wider: why } : old)) }
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
