/**
 * Daily, because the platform does not tell a bot everything: a room made public, shared or renamed, people who came or
 * went while events were lost, a lost room that is there again. What is found is recorded as if it had been told.
 */
import { ChatError, type InboundRoom, type RoomInfo } from '../chat/port.ts'
import { allRooms, companionOf } from '../domain/companion.ts'
import { type Event, event } from '../domain/events.ts'
import { currentRoom, type Room } from '../domain/incident.ts'
import { roomEvents } from '../pipeline/room-life.ts'
import { type Job, NOTHING, type Outcome } from './delivering.ts'

type Told = (change: InboundRoom['change'], more?: Partial<InboundRoom>) => Event[]

/** `args.room`: which of the incident's rooms; without it, the one people are in. */
export async function checkRoom(job: Job): Promise<Outcome> {
  const { row, state } = job
  const wanted = row.args.room ?? currentRoom(state)?.room
  const room = allRooms(state).find((each) => each.room === wanted)
  if (!room) return NOTHING
  const isLatest = room === state.rooms.at(-1) || room === state.companions.at(-1)
  if (room.lost === null) return isLatest ? checkCurrent(job, room) : NOTHING
  const info = await infoOfLost(job, room.room)
  if (!info?.present || info.archived) return { outcome: 'still lost', events: [] }
  const restored = told(job, room.room)('unarchived')
  // Members and name are watched in the room people are in; an earlier one is only kept listening to.
  return { outcome: 'restored', events: [...restored, ...(isLatest ? await changes(job, room, info) : [])] }
}

/** A room the bot cannot see is no failure here: it was lost, and still is. */
const infoOfLost = ({ port }: Job, room: string): Promise<RoomInfo | undefined> =>
  port.roomInfo(room).catch((error: unknown) => {
    if (error instanceof ChatError && error.failure === 'gone') return undefined
    throw error
  })

async function checkCurrent(job: Job, room: Room): Promise<Outcome> {
  const info = await job.port.roomInfo(room.room)
  const tell = told(job, room.room)
  if (info.archived) return { outcome: 'archived', events: tell('archived') }
  if (!info.present) return { outcome: 'bot removed', events: tell('bot-removed') }
  return { outcome: 'checked', events: await changes(job, room, info) }
}

async function changes(job: Job, room: Room, info: RoomInfo): Promise<readonly Event[]> {
  const { state } = job
  const tell = told(job, room.room)
  const wider = !info.private ? 'made-public' : info.shared ? 'shared' : null
  const known = await knownName(job, room)
  const { members } = companionOf(state, room.room) ?? state
  const came = info.members.filter((person) => !members.includes(person))
  const gone = members.filter((person) => !info.members.includes(person))
  return [
    ...(wider && wider !== room.wider ? tell(wider) : []),
    ...(info.name && known && info.name !== known ? tell('renamed', { name: info.name }) : []),
    ...(await joinedNow(job, room.room, came)),
    ...gone.flatMap((person) => tell('left', { person })),
  ]
}

/** People found in a room, each as if the platform had told of their joining. */
export async function joinedNow(job: Job, room: string, people: readonly string[]): Promise<Event[]> {
  const { port } = job
  const standing = port.capabilities.audience === 'team' ? ({ standing: true } as const) : {}
  const guests = await Promise.all(
    people.map(async (person) => ({ person, guest: (await port.person(person)).guest })),
  )
  return guests.flatMap((one) => told(job, room)('joined', { ...one, ...standing }))
}

/** A name people gave is sealed with the entry of its renaming; undefined once that was disposed of. */
async function knownName({ row, delivering }: Job, { name, renamed }: Room): Promise<string | undefined> {
  if (renamed === null) return name
  return (await delivering.store.texts(row.incident, [renamed])).get(renamed)?.name
}

const told =
  ({ port, state, delivering }: Job, room: string): Told =>
  (change, more = {}) =>
    roomEvents(state, {
      type: 'room',
      key: '',
      platform: port.platform,
      workspace: port.workspace,
      room,
      actor: '',
      actorKind: 'system',
      at: delivering.now(),
      change,
      ...more,
    })

/** A joiner nobody invited is looked up after the fact: no look-up stands between an event and its acknowledgement. */
export async function checkGuest({ row, port, state }: Job): Promise<Outcome> {
  const person = String(row.args.person)
  const room = row.args.room ?? currentRoom(state)?.room
  if (typeof room !== 'string' || !(await port.person(person)).guest) return NOTHING
  return { outcome: 'guest', events: [event('room.alarmed', { room, why: 'guest', person })] }
}
