/** Rooms that are open: standard channels of the one restricted team, which whoever is in the team sees. */
import { ChatError, type Nicety, type RoomInfo } from '../../port.ts'
import type { Api } from '../api.ts'
import { chatError } from '../wire/errors.ts'
import { channelOf, inRoom, isRestricted, pathOf, teamOf } from './channels.ts'
import { opened } from './open-room.ts'
import { teamMembers } from './people.ts'

/** Being in the team is being invited; nobody is added to it by us. */
export async function invite(api: Api, people: readonly string[]) {
  const members = await teamMembers(api)
  return [...new Set(people)]
    .filter((person) => !members.includes(person.toLowerCase()))
    .map((person) => ({ person, code: 'not_in_team' }))
}

export function roomInfo(api: Api, room: string): Promise<RoomInfo> {
  return inRoom(api, room, async () => {
    try {
      const channel = await channelOf(api, room)
      const team = await teamOf(api)
      return {
        room,
        name: channel.displayName ?? '',
        private: isRestricted(team),
        shared: (channel.membershipType ?? 'standard') !== 'standard',
        archived: Boolean(channel.isArchived || team.isArchived),
        present: true,
        members: await teamMembers(api),
      }
    } catch (error) {
      const failure = chatError(error)
      if (failure.code === 'no_permission' && (await isRemoved(api, room))) return unseen(room)
      throw failure
    }
  })
}

/** Taken out of the team, the app loses what the team granted: Graph then says only that it may not look. */
const isRemoved = (api: Api, room: string): Promise<boolean> =>
  api.connector.members(room).then(
    () => false,
    (error: unknown) => chatError(error).code === 'app_not_installed',
  )

const unseen = (room: string): RoomInfo => ({
  room,
  name: '',
  private: true,
  shared: false,
  archived: false,
  present: false,
  members: [],
})

const descriptionLimit = 1024

/** The mark stays in front: without it an interrupted opening could not be told for ours. */
export async function dress(api: Api, room: string, nicety: Nicety): Promise<void> {
  if (nicety.kind === 'pin') throw new ChatError('unsupported', 'no_pins')
  await inRoom(api, room, async () => {
    const { description, displayName } = await channelOf(api, room)
    const mark = new RegExp(`^.{1,50}?${opened}`).exec(description ?? '')?.[0] ?? `${displayName}${opened}`
    const wanted = `${mark} · ${nicety.text}`.slice(0, descriptionLimit).toWellFormed()
    await api.graph.patch(pathOf(api, room), { description: wanted })
  })
}
