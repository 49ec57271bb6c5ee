/**
 * The companion room: a private room beside the war room in which counsel advises. It is on the incident's chain and none
 * of its war rooms: no card, reminder or mention goes there, and all that is said in it is privileged.
 */
import type { Recorded } from './events.ts'
import type { Companion, IncidentState, Room } from './incident-state.ts'

/** Every id it was ever seen under: what was recorded under an earlier one says so for ever. */
export const idsOf = ({ room, formerly = [] }: Room): readonly string[] => [room, ...formerly]

export const companionOf = (
  { companions }: Pick<IncidentState, 'companions'>,
  room: string | null | undefined,
): Companion | undefined => companions.find((each) => idsOf(each).some((id) => id === room))

export const isCompanion = (
  state: Pick<IncidentState, 'companions'>,
  room: string | null | undefined,
): boolean => companionOf(state, room) !== undefined

/** The one counsel uses now, unless it is lost or not open yet. */
export function currentCompanion({ companions }: Pick<IncidentState, 'companions'>): Companion | undefined {
  const last = companions.at(-1)
  return last && last.lost === null ? last : undefined
}

/** Every room that is captured on this chain. */
export const allRooms = ({
  rooms,
  companions,
}: Pick<IncidentState, 'rooms' | 'companions'>): readonly Room[] => [...rooms, ...companions]

/** A room of this incident, by any id it ever had. */
export const roomOf = (
  state: Pick<IncidentState, 'rooms' | 'companions'>,
  room: string | null | undefined,
): Room | undefined => allRooms(state).find((each) => idsOf(each).some((id) => id === room))

/** What an entry says of a companion room is counsel's: who leads the incident is not told of it. */
export const isOfCompanion = (
  state: Pick<IncidentState, 'companions'>,
  { data }: { data: unknown },
): boolean => isCompanion(state, (data as { readonly room?: string | null }).room)

const joined = (people: readonly string[], person: string): readonly string[] => [
  ...new Set([...people, person]),
]
const without = (people: readonly string[], person: string): readonly string[] =>
  people.filter((each) => each !== person)

/** What the fold does of it besides what becomes of any room. */
export function companionChange(state: IncidentState, event: Recorded): Partial<IncidentState> | undefined {
  const { at, actor, seq } = event
  const wanted = state.companionWanted
  switch (event.kind) {
    case 'privilege.room_requested':
      return { companionWanted: { seq, at, by: actor, suffix: event.data.suffix, admitted: [] } }
    case 'privilege.room_not_opened':
      return { companionWanted: wanted && { ...wanted, refused: event.data.code } }
    case 'privilege.admitted': {
      const { room, person } = event.data
      if (room === null)
        return { companionWanted: wanted && { ...wanted, admitted: joined(wanted.admitted, person) } }
      return changed(state, room, ({ admitted }) => ({ admitted: joined(admitted, person) }))
    }
    // Not in, so nobody was let in: they may be named again.
    case 'privilege.not_admitted': {
      const { room, person } = event.data
      return changed(state, room, ({ admitted }) => ({ admitted: without(admitted, person) }))
    }
    case 'privilege.room_opened': {
      if (!wanted) return {}
      const { by, admitted } = wanted
      const life = { renamed: null, openedAt: at, lost: null, wider: null }
      const { room } = event.data
      return {
        companions: [...state.companions, { ...event.data, ...life, by, admitted, members: [] }],
        companionWanted: null,
        privilege: [
          ...state.privilege,
          { target: 'room', room, message: null, seq: wanted.seq, at: wanted.at, by, lifted: null },
        ],
      }
    }
    case 'room.joined':
      if (!isOfCompanion(state, event)) return undefined
      return changed(state, event.data.room, ({ members }) => ({
        members: joined(members, event.data.person),
      }))
    // Whoever left was let in once: to come again they are let in again.
    case 'room.left':
      if (!isOfCompanion(state, event)) return undefined
      return changed(state, event.data.room, ({ members, admitted }) => ({
        members: without(members, event.data.person),
        admitted: without(admitted, event.data.person),
      }))
    default:
      return undefined
  }
}

const changed = (
  { companions }: IncidentState,
  room: string,
  change: (old: Companion) => Partial<Companion>,
): Partial<IncidentState> => ({
  companions: companions.map((old) => (old.room === room ? { ...old, ...change(old) } : old)),
})
