// Channels and who is in them. Each change tells the bot, and the channel, what Slack would.
import { type Core, nextId, nowSeconds } from './core.ts'
import { emit } from './events.ts'
import { postMessage } from './messages.ts'
import { botUserId, type Channel, newChannel, teamId } from './state.ts'

export const isVisibleTo = (channel: Channel, user: string, isGuest = false): boolean =>
  channel.members.includes(user) || (channel.kind === 'public' && !isGuest)

/** Slack's error code for a channel name, or null when it is good. Archived channels keep their names. */
export const channelNameError = (core: Core, name: string): string | null => {
  if (name.trim() === '') return 'invalid_name_required'
  if (name.length > 80) return 'invalid_name_maxlength'
  if (/^[-_]+$/.test(name)) return 'invalid_name_punctuation'
  if (!/^[\p{Ll}\p{Lo}\p{N}_-]+$/u.test(name)) return 'invalid_name_specials'
  const isTaken = core.state.channels.some((row) => row.kind !== 'im' && row.name === name)
  return isTaken ? 'name_taken' : null
}

const prefix = (channel: Channel): 'channel' | 'group' => (channel.kind === 'private' ? 'group' : 'channel')
const letter = (channel: Channel): 'C' | 'G' => (channel.kind === 'private' ? 'G' : 'C')
const channelInfo = (channel: Channel) => ({
  id: channel.id,
  name: channel.name,
  name_normalized: channel.name,
  created: channel.createdAt,
  is_channel: channel.kind === 'public',
  is_mpim: false,
})

export const createChannel = (core: Core, by: string, name: string, isPrivate: boolean): Channel => {
  const channel = newChannel(nextId(core, 'C'), isPrivate ? 'private' : 'public', name, by, nowSeconds(core))
  channel.members.push(by)
  core.state.channels.push(channel)
  if (!isPrivate) {
    emit(core, { type: 'channel_created', channel: { ...channelInfo(channel), creator: by } }, channel, false)
  }
  core.changed({ kind: 'state' })
  return channel
}

export const addMember = (core: Core, channel: Channel, user: string, inviter: string | null): void => {
  channel.members.push(user)
  postMessage(core, channel, user, {
    text: `<@${user}> has joined the channel`,
    subtype: 'channel_join',
    extra: inviter ? { inviter } : {},
  })
  // One's own joining is read; a room one is brought into is not, so that it stands out in the list.
  if (inviter && inviter !== user) delete channel.lastRead[user]
  const joined = { type: 'member_joined_channel', user, channel: channel.id, channel_type: letter(channel) }
  emit(core, { ...joined, team: teamId, ...(inviter ? { inviter } : {}) }, channel)
  core.changed({ kind: 'state' })
}

/** Leaves or is removed. The bot hears of its own going only as channel_left or group_left. */
export const removeMember = (core: Core, channel: Channel, user: string, by: string): void => {
  if (user === botUserId) {
    emit(core, { type: `${prefix(channel)}_left`, channel: channel.id, actor_id: by }, channel)
  }
  channel.members = channel.members.filter((id) => id !== user)
  delete channel.lastRead[user]
  postMessage(core, channel, user, { text: `<@${user}> has left the channel`, subtype: 'channel_leave' })
  delete channel.lastRead[user]
  const left = { type: 'member_left_channel', user, channel: channel.id, channel_type: letter(channel) }
  emit(core, { ...left, team: teamId }, channel)
  core.changed({ kind: 'state' })
}

export const renameChannel = (core: Core, channel: Channel, by: string, name: string): void => {
  const oldName = channel.name
  channel.previousNames.push(oldName)
  channel.name = name
  postMessage(core, channel, by, {
    text: `has renamed the channel from "${oldName}" to "${name}"`,
    subtype: `${prefix(channel)}_name`,
    extra: { old_name: oldName, name },
  })
  const isPublic = channel.kind === 'public'
  emit(core, { type: `${prefix(channel)}_rename`, channel: channelInfo(channel) }, channel, !isPublic)
  core.changed({ kind: 'state' })
}

export const setTopic = (core: Core, channel: Channel, by: string, value: string): void => {
  channel.topic = { value, creator: by, last_set: nowSeconds(core) }
  const text = `set the channel topic: ${value}`
  postMessage(core, channel, by, { text, subtype: `${prefix(channel)}_topic`, extra: { topic: value } })
  core.changed({ kind: 'state' })
}

export const setPurpose = (core: Core, channel: Channel, by: string, value: string): void => {
  channel.purpose = { value, creator: by, last_set: nowSeconds(core) }
  const text = `set the channel purpose: ${value}`
  postMessage(core, channel, by, { text, subtype: `${prefix(channel)}_purpose`, extra: { purpose: value } })
  core.changed({ kind: 'state' })
}

export const setArchived = (core: Core, channel: Channel, by: string, isArchived: boolean): void => {
  const verb = isArchived ? 'archive' : 'unarchive'
  channel.isArchived = isArchived
  postMessage(core, channel, by, { text: `${verb}d the channel`, subtype: `${prefix(channel)}_${verb}` })
  const event = { type: `${prefix(channel)}_${verb}`, channel: channel.id, user: by, is_moved: 0 }
  emit(core, event, channel, channel.kind !== 'public')
  core.changed({ kind: 'state' })
}

/** Deleted for good: its messages are gone too, and the API no longer knows it. */
export const deleteChannel = (core: Core, channel: Channel, by: string): void => {
  const event = { type: `${prefix(channel)}_deleted`, channel: channel.id, actor_id: by }
  emit(core, event, channel, channel.kind !== 'public')
  core.state.channels.splice(core.state.channels.indexOf(channel), 1)
  core.changed({ kind: 'state' })
}

/** Another organisation was connected to the channel. */
export const shareChannel = (core: Core, channel: Channel): void => {
  channel.isShared = true
  emit(core, { type: 'channel_shared', connected_team_id: 'T0OTHERORG0', channel: channel.id }, channel)
  core.changed({ kind: 'state' })
}

/** Slack may give a channel another id, for example when it becomes shared. */
export const changeChannelId = (core: Core, channel: Channel): string => {
  const oldId = channel.id
  channel.id = nextId(core, 'C')
  for (const file of core.state.files) {
    const ts = file.shares[oldId]
    if (!ts) continue
    delete file.shares[oldId]
    file.shares[channel.id] = ts
  }
  emit(core, { type: 'channel_id_changed', old_channel_id: oldId, new_channel_id: channel.id }, channel)
  core.changed({ kind: 'state' })
  return channel.id
}

/** The direct-message channel between two people, opened when there is none. */
export const directChannel = (core: Core, one: string, other: string): Channel => {
  const known = core.state.channels.find(
    (row) => row.kind === 'im' && row.members.includes(one) && row.members.includes(other),
  )
  if (known) return known
  const channel = newChannel(nextId(core, 'D'), 'im', 'directmessage', one, nowSeconds(core))
  channel.members.push(one, other)
  core.state.channels.push(channel)
  core.changed({ kind: 'state' })
  return channel
}
