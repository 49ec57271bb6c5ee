/** Messages: what a change of one stores, and what the bot is told of it. Its own come back to it only when asked to. */
import { changedActivity, deletedActivity, messageActivity, reactionActivity } from './activities.ts'
import { type Core, nextId, stamp } from './core.ts'
import { BOT, type Body, channelOf, type FileRef, guid, type Json, type Message, teamOf } from './state.ts'

export interface Draft {
  readonly body: Body
  /** Taken beforehand, where the body names its own message. */
  readonly id?: string
  readonly root?: string | undefined
  readonly files?: readonly FileRef[]
  readonly card?: Json | undefined
  readonly summary?: string | undefined
  readonly onlyFor?: string | undefined
}

/** Does the bot hear what is said here? In a channel of a team it is installed in, and in its chats. */
function isHeard(core: Core, room: string): boolean {
  const channel = channelOf(core.state, room)
  if (!channel) return true
  const team = teamOf(core.state, channel.team)
  return channel.membership === 'standard' && team?.hasBot === true
}

/** Without the grant Teams pushes only what mentions the bot. */
function isTold(core: Core, message: Message): boolean {
  if ((message.author === BOT && !core.echoes) || !isHeard(core, message.room)) return false
  const channel = channelOf(core.state, message.room)
  const team = channel && teamOf(core.state, channel.team)
  const isMentioned = message.mentions.some(({ member }) => member === `28:${core.state.appId}`)
  return !team || isMentioned || message.onlyFor !== undefined || team.grants.has('ChannelMessage.Read.Group')
}

export function postMessage(core: Core, room: string, author: string, draft: Draft): Message {
  const id = draft.id ?? nextId(core)
  const message: Message = {
    ...draft.body,
    id,
    room,
    root: draft.root,
    author,
    files: draft.files ?? [],
    card: draft.card,
    cardId: guid().replaceAll('-', ''),
    summary: draft.summary,
    createdAt: Number(id),
    editedAt: undefined,
    deletedAt: undefined,
    modifiedAt: Number(id),
    reactions: [],
    views: new Map(),
    onlyFor: draft.onlyFor,
  }
  core.state.messages.push(message)
  if (isTold(core, message)) core.delivery.push(messageActivity(core, message))
  return message
}

export function editMessage(
  core: Core,
  message: Message,
  change: { body: Body; card?: Json | undefined; summary?: string | undefined },
): void {
  const at = stamp(core)
  const { text, pushed, stored, mentions } = change.body
  Object.assign(message, { text, pushed, stored, mentions, editedAt: at, modifiedAt: at })
  if (message.author === BOT) {
    message.card = change.card
    message.summary = change.summary
    message.views.clear()
  }
  if (isTold(core, message))
    core.delivery.push(changedActivity(core, message, 'editMessage', at + core.skewMs))
}

export function deleteMessage(core: Core, message: Message): void {
  const at = stamp(core)
  Object.assign(message, { deletedAt: at, modifiedAt: at })
  if (isTold(core, message)) core.delivery.push(deletedActivity(core, message, at + core.skewMs))
}

export function undeleteMessage(core: Core, message: Message): void {
  const at = stamp(core)
  Object.assign(message, { deletedAt: undefined, modifiedAt: at })
  if (isTold(core, message))
    core.delivery.push(changedActivity(core, message, 'undeleteMessage', at + core.skewMs))
}

/** Only reactions on the bot's own posts are told. One person, one reaction of a kind. */
export function react(core: Core, message: Message, person: string, type: string, isAdded: boolean): void {
  const isThere = message.reactions.some((row) => row.person === person && row.type === type)
  if (isThere === isAdded) return
  const at = stamp(core)
  message.reactions = isAdded
    ? [...message.reactions, { person, type, at }]
    : message.reactions.filter((row) => row.person !== person || row.type !== type)
  message.modifiedAt = at
  if (message.author === BOT && isHeard(core, message.room)) {
    core.delivery.push(reactionActivity(core, message, person, type, isAdded, at))
  }
}
