// Messages in a channel: post, reply, edit, delete, react, pin; each tells the bot what Slack would tell it.
import { type Core, nextTs, nowSeconds } from './core.ts'
import { emit, emitMessage } from './events.ts'
import { fileWire } from './files.ts'
import type { Json } from './page-api.ts'
import { appId, botId, botUserId, type Channel, type Message, teamId } from './state.ts'

export type Draft = {
  text: string
  blocks?: Json[] | undefined
  attachments?: Json[] | undefined
  metadata?: Json | undefined
  threadTs?: string | undefined
  broadcast?: boolean | undefined
  subtype?: string | undefined
  fileIds?: string[] | undefined
  extra?: Json | undefined
}

export const findMessage = (channel: Channel, ts: string): Message | undefined => {
  // newest first: nearly every look-up is of a recent message
  for (let at = channel.messages.length - 1; at >= 0; at -= 1) {
    if (channel.messages[at]?.ts === ts) return channel.messages[at]
  }
  return undefined
}

export const isReply = (message: Message): boolean =>
  message.thread_ts !== undefined && message.thread_ts !== message.ts

export const repliesOf = (channel: Channel, parentTs: string): Message[] =>
  channel.messages.filter((row) => row.thread_ts === parentTs && row.ts !== parentTs)

const botProfile = (core: Core): Json => ({
  id: botId,
  app_id: appId,
  user_id: botUserId,
  name: core.installed.appName,
  icons: {},
  deleted: false,
  updated: 0,
  team_id: teamId,
})

/** The message as Slack's API and events show it. Metadata only where it was asked for. */
export const wire = (core: Core, channel: Channel, message: Message, withMetadata = false): Json => {
  const { fileIds, extra, metadata, ...rest } = message
  const json: Json = { ...rest, ...extra }
  // a file_share carries no team in Slack either
  if (!message.subtype) json.team = teamId
  if (message.bot_id) json.bot_profile = botProfile(core)
  if (metadata && withMetadata) json.metadata = metadata
  if (message.reactions) {
    json.reactions = message.reactions.map((row) => ({
      ...row,
      users: [...row.users],
      count: row.users.length,
    }))
  }
  if (fileIds) {
    json.files = fileIds.flatMap((id) => {
      const file = core.state.files.find((row) => row.id === id)
      return file ? [fileWire(core, file)] : []
    })
  }
  const pin = channel.pins.find((row) => row.ts === message.ts)
  if (pin) json.pinned_to = [channel.id]
  if (isReply(message)) {
    const parent = findMessage(channel, message.thread_ts ?? '')
    if (parent) json.parent_user_id = parent.user
    return json
  }
  const replies = message.thread_ts ? repliesOf(channel, message.ts) : []
  if (replies.length > 0) {
    const users = [...new Set(replies.map((row) => row.user))]
    Object.assign(json, {
      reply_count: replies.length,
      reply_users_count: users.length,
      reply_users: users,
      latest_reply: replies.at(-1)?.ts,
      is_locked: false,
      subscribed: false,
    })
  }
  return json
}

export const postMessage = (core: Core, channel: Channel, user: string, draft: Draft): Message => {
  const ts = nextTs(core)
  const message: Message = { type: 'message', ts, user, text: draft.text }
  const parent = draft.threadTs ? findMessage(channel, draft.threadTs) : undefined
  const root = parent && isReply(parent) ? findMessage(channel, parent.thread_ts ?? '') : parent
  const subtype = draft.subtype ?? (root && draft.broadcast ? 'thread_broadcast' : undefined)
  if (subtype) message.subtype = subtype
  if (user === botUserId) Object.assign(message, { bot_id: botId, app_id: appId })
  if (draft.blocks) message.blocks = draft.blocks
  if (draft.attachments) message.attachments = draft.attachments
  if (draft.metadata) message.metadata = draft.metadata
  if (draft.fileIds) message.fileIds = draft.fileIds
  if (draft.extra) message.extra = draft.extra
  if (root) {
    root.thread_ts = root.ts
    message.thread_ts = root.ts
  }
  channel.messages.push(message)
  channel.lastRead[user] = ts
  for (const id of draft.fileIds ?? []) {
    const file = core.state.files.find((row) => row.id === id)
    if (file) file.shares[channel.id] = ts
  }
  const event = { ...wire(core, channel, message, true), event_ts: ts }
  if (root && subtype === 'thread_broadcast') Object.assign(event, { root: wire(core, channel, root) })
  emitMessage(core, event, channel)
  if (channel.kind !== 'im' && user !== botUserId && draft.text.includes(`<@${botUserId}>`)) {
    const { user: author, text, blocks, thread_ts, team, client_msg_id } = event as Json
    const mention = { type: 'app_mention', user: author, text, ts, blocks, team, client_msg_id, event_ts: ts }
    emit(core, { ...mention, channel: channel.id, ...(thread_ts ? { thread_ts } : {}) }, channel)
  }
  core.changed({ kind: 'messages', channel: channel.id, thread: root?.ts ?? null })
  return message
}

const emitChanged = (core: Core, channel: Channel, message: Json, previous: Json): void => {
  const ts = nextTs(core)
  emitMessage(
    core,
    {
      type: 'message',
      subtype: 'message_changed',
      message,
      previous_message: previous,
      hidden: true,
      ts,
      event_ts: ts,
    },
    channel,
  )
}

export type Edit = Pick<Draft, 'text' | 'blocks' | 'attachments' | 'metadata'>

export const editMessage = (core: Core, channel: Channel, message: Message, by: string, edit: Edit): void => {
  const previous = wire(core, channel, message, true)
  message.text = edit.text
  if (edit.blocks) message.blocks = edit.blocks
  if (edit.attachments) message.attachments = edit.attachments
  if (edit.metadata) message.metadata = edit.metadata
  message.edited = { user: by, ts: nextTs(core) }
  emitChanged(core, channel, wire(core, channel, message, true), previous)
  core.changed({ kind: 'messages', channel: channel.id, thread: message.thread_ts ?? null })
}

/** What Slack sends when only a link preview arrived: nobody wrote anything. */
export const unfurl = (core: Core, channel: Channel, message: Message): void => {
  const previous = wire(core, channel, message)
  message.attachments = [{ id: 1, from_url: 'https://example.org/', fallback: 'Example', title: 'Example' }]
  emitChanged(core, channel, wire(core, channel, message), previous)
}

/** What Slack may send when only a thread's counters moved. */
export const touchThread = (core: Core, channel: Channel, message: Message): void => {
  const current = wire(core, channel, message)
  emitChanged(core, channel, current, { ...current, reply_count: 0, latest_reply: message.ts })
}

export const deleteMessage = (core: Core, channel: Channel, message: Message): void => {
  const previous = wire(core, channel, message, true)
  channel.pins = channel.pins.filter((pin) => pin.ts !== message.ts)
  if (!isReply(message) && repliesOf(channel, message.ts).length > 0) {
    const tombstone: Message = {
      type: 'message',
      subtype: 'tombstone',
      ts: message.ts,
      thread_ts: message.ts,
      user: 'USLACKBOT',
      text: 'This message was deleted.',
      hidden: true,
    }
    channel.messages[channel.messages.indexOf(message)] = tombstone
    emitChanged(core, channel, wire(core, channel, tombstone), previous)
  } else {
    channel.messages.splice(channel.messages.indexOf(message), 1)
    const ts = nextTs(core)
    const deleted = { type: 'message', subtype: 'message_deleted', hidden: true, deleted_ts: message.ts }
    emitMessage(core, { ...deleted, previous_message: previous, ts, event_ts: ts }, channel)
  }
  core.changed({ kind: 'messages', channel: channel.id, thread: message.thread_ts ?? null })
}

export const addReaction = (
  core: Core,
  channel: Channel,
  message: Message,
  user: string,
  name: string,
): boolean => {
  message.reactions ??= []
  const row = message.reactions.find((reaction) => reaction.name === name)
  if (row?.users.includes(user)) return false
  if (row) row.users.push(user)
  else message.reactions.push({ name, users: [user] })
  emitReaction(core, 'reaction_added', channel, message, user, name)
  return true
}

export const removeReaction = (
  core: Core,
  channel: Channel,
  message: Message,
  user: string,
  name: string,
): boolean => {
  const row = message.reactions?.find((reaction) => reaction.name === name)
  if (!row?.users.includes(user)) return false
  row.users = row.users.filter((id) => id !== user)
  message.reactions = message.reactions?.filter((reaction) => reaction.users.length > 0) ?? []
  if (message.reactions.length === 0) delete message.reactions
  emitReaction(core, 'reaction_removed', channel, message, user, name)
  return true
}

const emitReaction = (
  core: Core,
  type: string,
  channel: Channel,
  message: Message,
  user: string,
  name: string,
) => {
  const item = { type: 'message', channel: channel.id, ts: message.ts }
  emit(core, { type, user, reaction: name, item, item_user: message.user }, channel)
  core.changed({ kind: 'messages', channel: channel.id, thread: message.thread_ts ?? null })
}

export const pinMessage = (core: Core, channel: Channel, message: Message, user: string): void => {
  const created = nowSeconds(core)
  channel.pins.push({ ts: message.ts, user, created })
  emitPin(core, 'pin_added', channel, message, user, created)
}

export const unpinMessage = (core: Core, channel: Channel, message: Message, user: string): void => {
  channel.pins = channel.pins.filter((pin) => pin.ts !== message.ts)
  emitPin(core, 'pin_removed', channel, message, user, nowSeconds(core))
}

const emitPin = (
  core: Core,
  type: string,
  channel: Channel,
  message: Message,
  user: string,
  created: number,
) => {
  const item = {
    type: 'message',
    created,
    created_by: user,
    channel: channel.id,
    message: { ...wire(core, channel, message), permalink: permalink(core, channel.id, message) },
  }
  emit(
    core,
    { type, user, channel_id: channel.id, item, item_user: message.user, pin_count: channel.pins.length },
    channel,
  )
  core.changed({ kind: 'messages', channel: channel.id, thread: message.thread_ts ?? null })
}

export const permalink = (core: Core, channelId: string, message: Message): string => {
  const link = `${core.origin()}/archives/${channelId}/p${message.ts.replace('.', '')}`
  return isReply(message) ? `${link}?thread_ts=${message.thread_ts}&cid=${channelId}` : link
}

/** Messages that only one person sees; they are never stored in the channel. */
export const postEphemeral = (core: Core, channelId: string, user: string, draft: Draft): string => {
  const ts = nextTs(core)
  const message: Message = { type: 'message', ts, user: botUserId, bot_id: botId, text: draft.text }
  if (draft.blocks) message.blocks = draft.blocks
  if (draft.threadTs) message.thread_ts = draft.threadTs
  core.ephemerals.push({ user, channel: channelId, message })
  if (core.ephemerals.length > 500) core.ephemerals.shift()
  core.changed({ kind: 'ephemeral', user, channel: channelId, ts })
  return ts
}
