// What happens to a workspace from outside a conversation: deletions, shared channels, previews, groups, revoked tokens.

import { changeChannelId, deleteChannel, removeMember, shareChannel } from './conversations.ts'
import { type Core, findChannel, nextId, nowSeconds, PracticeRefusal } from './core.ts'
import { emit } from './events.ts'
import { changeFile, deleteFile } from './file-sharing.ts'
import { deleteMessage, findMessage, touchThread, unfurl } from './messages.ts'
import type { Person } from './people.ts'
import { botUserId, type Channel, type Message, type StoredFile } from './state.ts'

export type Admin = ReturnType<typeof createAdmin>

export const createAdmin = (core: Core) => {
  const by = () => core.state.people[0]?.id ?? botUserId
  const channelOf = (wanted: string): Channel => {
    const byName = core.state.channels.find(
      (row) => row.kind !== 'im' && row.name === wanted.replace(/^#/, ''),
    )
    const channel = findChannel(core, wanted) ?? byName
    if (!channel) throw new PracticeRefusal(`There is no channel ${wanted}.`)
    return channel
  }
  const messageOf = (channel: Channel, ts: string): Message => {
    const message = findMessage(channel, ts)
    if (!message) throw new PracticeRefusal('That message is gone.')
    return message
  }
  const fileOf = (id: string): StoredFile => {
    const file = core.state.files.find((row) => row.id === id)
    if (!file) throw new PracticeRefusal('That file is gone.')
    return file
  }
  return {
    /** stored state of a channel, private ones too */
    channel: channelOf,
    removeBot: (channel: string) => removeMember(core, channelOf(channel), botUserId, by()),
    deleteChannel: (channel: string) => deleteChannel(core, channelOf(channel), by()),
    shareChannel: (channel: string) => shareChannel(core, channelOf(channel)),
    /** answers the new id */
    changeChannelId: (channel: string) => changeChannelId(core, channelOf(channel)),
    /** anybody's message, as an administrator of the workspace may */
    deleteMessage: (channel: string, ts: string) =>
      deleteMessage(core, channelOf(channel), messageOf(channelOf(channel), ts)),
    unfurl: (channel: string, ts: string) =>
      unfurl(core, channelOf(channel), messageOf(channelOf(channel), ts)),
    touchThread: (channel: string, ts: string) =>
      touchThread(core, channelOf(channel), messageOf(channelOf(channel), ts)),
    renameFile: (id: string, title: string) => changeFile(core, fileOf(id), title),
    deleteFile: (id: string) => deleteFile(core, fileOf(id)),
    addPerson: (person: Person) => {
      core.state.people.push(person)
      core.changed({ kind: 'state' })
    },
    /** makes or changes a group; answers its id */
    setUsergroup: (handle: string, users: string[]): string => {
      const known = core.state.usergroups.find((row) => row.handle === handle)
      const before = known?.users ?? []
      const group = known ?? { id: nextId(core, 'S'), handle, name: handle, users }
      group.users = users
      if (!known) core.state.usergroups.push(group)
      const added = users.filter((id) => !before.includes(id))
      const removed = before.filter((id) => !users.includes(id))
      const counts = { added_users_count: added.length, removed_users_count: removed.length }
      const event = {
        type: 'subteam_members_changed',
        subteam_id: group.id,
        team_id: core.state.team.id,
        ...counts,
      }
      emit(
        core,
        { ...event, added_users: added, removed_users: removed, date_update: nowSeconds(core) },
        null,
      )
      return group.id
    },
    uninstall: () => {
      emit(core, { type: 'tokens_revoked', tokens: { oauth: [], bot: [botUserId] } }, null)
      emit(core, { type: 'app_uninstalled' }, null)
    },
  }
}
