// The workspace as one person sees it: the page reads this, and so do tests.

import { isVisibleTo } from './conversations.ts'
import { type Core, findPerson } from './core.ts'
import { isReply, repliesOf } from './messages.ts'
import type { PageChannel, PageFile, PageMessage, PagePerson, PageView } from './page-api.ts'
import type { Person } from './people.ts'
import { botUserId, type Channel, type Message, type StoredFile } from './state.ts'
import { stackOf } from './views.ts'

export const pagePerson = (person: Person): PagePerson => ({
  id: person.id,
  name: person.name,
  realName: person.realName,
  title: person.title,
  isBot: false,
  isGuest: person.isGuest ?? false,
  tz: person.tz ?? 'America/New_York',
})

export const nameOf = (core: Core, id: string): string => {
  if (id === botUserId) return core.installed.appName
  return findPerson(core, id)?.realName ?? (id === 'USLACKBOT' ? 'Slackbot' : id)
}

const isUnread = (channel: Channel, message: Message, user: string): boolean =>
  message.user !== user &&
  message.ts > (channel.lastRead[user] ?? '') &&
  !message.subtype?.match(/_(join|leave|topic|purpose|name)$/) &&
  (!isReply(message) || message.subtype === 'thread_broadcast')

export const pageChannel = (core: Core, channel: Channel, user: string): PageChannel => {
  const isMember = channel.members.includes(user)
  const unread = isMember ? channel.messages.filter((row) => isUnread(channel, row, user)) : []
  const other = channel.kind === 'im' ? (channel.members.find((id) => id !== user) ?? user) : null
  const isForMe = (row: Message) => channel.kind === 'im' || row.text.includes(`<@${user}>`)
  return {
    id: channel.id,
    name: other ? nameOf(core, other) : channel.name,
    kind: channel.kind === 'im' ? 'dm' : channel.kind,
    with: other,
    topic: channel.topic.value,
    purpose: channel.purpose.value,
    members: [...channel.members],
    isMember,
    isArchived: channel.isArchived,
    unread: unread.length,
    mentions: unread.filter(isForMe).length,
    bookmarks: channel.bookmarks.map((row) => ({
      id: row.id,
      title: row.title,
      link: row.link,
      emoji: row.emoji,
    })),
    pins: channel.pins.map((pin) => pin.ts),
  }
}

const pageFile = (file: StoredFile, user: string): PageFile => ({
  id: file.id,
  name: file.isDeleted ? 'deleted file' : file.name,
  title: file.title,
  mimetype: file.mimetype,
  size: file.size,
  alt: file.altText,
  url: `/practice/file?id=${file.id}&as=${user}`,
})

export const pageMessage = (core: Core, channel: Channel, message: Message, user: string): PageMessage => {
  const replies = isReply(message) || !message.thread_ts ? [] : repliesOf(channel, message.ts)
  return {
    ts: message.ts,
    threadTs: message.thread_ts ?? null,
    user: message.user,
    author: nameOf(core, message.user),
    isBot: message.bot_id !== undefined,
    text: message.text,
    blocks: message.blocks ?? [],
    files: core.state.files
      .filter((file) => message.fileIds?.includes(file.id))
      .map((file) => pageFile(file, user)),
    reactions: (message.reactions ?? []).map((row) => ({ name: row.name, users: [...row.users] })),
    subtype: message.subtype ?? null,
    editedTs: message.edited?.ts ?? null,
    isTombstone: message.subtype === 'tombstone',
    isPinned: channel.pins.some((pin) => pin.ts === message.ts),
    isEphemeral: false,
    isMine: message.user === user && !message.subtype?.startsWith('channel_'),
    replyCount: replies.length,
    replyUsers: [...new Set(replies.map((row) => row.user))],
    latestReply: replies.at(-1)?.ts ?? null,
  }
}

export const ephemeralsFor = (core: Core, user: string, channelId?: string): PageMessage[] =>
  core.ephemerals
    .filter((row) => row.user === user && (!channelId || row.channel === channelId))
    .flatMap((row) => {
      const channel = core.state.channels.find((known) => known.id === row.channel)
      return channel ? [{ ...pageMessage(core, channel, row.message, user), isEphemeral: true }] : []
    })

export const messagesFor = (
  core: Core,
  channel: Channel,
  user: string,
  thread: string | null,
): PageMessage[] => {
  const isHere = (row: Message) =>
    thread
      ? row.ts === thread || row.thread_ts === thread
      : !isReply(row) || row.subtype === 'thread_broadcast'
  const stored = channel.messages.filter(isHere).map((row) => pageMessage(core, channel, row, user))
  const mine = ephemeralsFor(core, user, channel.id).filter((row) => row.threadTs === thread)
  return [...stored, ...mine].sort((one, other) => Number(one.ts) - Number(other.ts))
}

export const channelsFor = (core: Core, user: string): PageChannel[] => {
  const isGuest = findPerson(core, user)?.isGuest ?? false
  return core.state.channels
    .filter((channel) => channel.kind !== 'im' && isVisibleTo(channel, user, isGuest))
    .map((channel) => pageChannel(core, channel, user))
}

export const dmsFor = (core: Core, user: string): PageChannel[] =>
  core.state.channels
    .filter((channel) => channel.kind === 'im' && channel.members.includes(user))
    .map((channel) => pageChannel(core, channel, user))

/** What a client is given of a view: private_metadata is between Slack and the bot. */
export const pageView = (view: Record<string, unknown>): PageView => {
  const { private_metadata: _, ...shown } = view
  return { id: String(view.id), hash: String(view.hash), view: shown }
}

export const modalsFor = (core: Core, user: string): PageView[] => stackOf(core, user).map(pageView)
export const homeFor = (core: Core, user: string): PageView | null => {
  const home = core.state.homes[user]
  return home ? pageView(home) : null
}
