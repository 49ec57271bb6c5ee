/**
 * Events API envelopes → Inbound, handled before the ack. Undefined: understood and of no interest. What no schema
 * knows becomes `unknown`, whose payload is sealed and never logged.
 */
import { createHash } from 'node:crypto'
import type { Inbound, InboundCommand, InboundReaction, InboundRoom, InboundUnknown } from '../port.ts'
import { isOwn, messageInbound, type Self } from './message.ts'
import {
  envelopeSchema,
  homeSchema,
  messageEventSchema,
  reactionSchema,
  renameSchema,
  roomEventSchema,
  type SlackMessageEvent,
} from './payload.ts'
import { commandLine, reactionName, tsDate } from './text.ts'

/** Understood and deliberately unused: a mention is read from its message event, a file from its message. */
const unused = new Set(['app_mention', 'file_shared', 'file_change', 'file_created', 'file_public'])

const roomChanges: Readonly<Record<string, InboundRoom['change']>> = {
  member_joined_channel: 'joined',
  member_left_channel: 'left',
  group_rename: 'renamed',
  channel_rename: 'renamed',
  group_archive: 'archived',
  channel_archive: 'archived',
  group_unarchive: 'unarchived',
  channel_unarchive: 'unarchived',
  group_deleted: 'deleted',
  channel_deleted: 'deleted',
  group_left: 'bot-removed',
  channel_left: 'bot-removed',
  channel_shared: 'shared',
  channel_id_changed: 'id-changed',
}

/** Our own coming and going is the room's, not a person's. */
const ofTheBot: Partial<Record<InboundRoom['change'], InboundRoom['change']>> = {
  joined: 'bot-added',
  left: 'bot-removed',
}

export function eventInbound(self: Self, payload: unknown, now: Date): Inbound | undefined {
  const envelope = envelopeSchema.safeParse(payload)
  if (!envelope.success) return unknownInbound(self, payload, now)
  const { event } = envelope.data
  const at = envelope.data.event_time ? new Date(envelope.data.event_time * 1000) : now
  if (unused.has(event.type)) return undefined
  if (event.type === 'message') {
    const message = messageEventSchema.safeParse(event)
    return message.success ? fromMessage(self, message.data) : unknownInbound(self, payload, at)
  }
  if (event.type === 'reaction_added' || event.type === 'reaction_removed') {
    const reaction = reactionSchema.safeParse(event)
    if (!reaction.success) return unknownInbound(self, payload, at)
    return reactionInbound(self, reaction.data)
  }
  if (event.type === 'app_home_opened') {
    const home = homeSchema.safeParse(event)
    if (!home.success) return unknownInbound(self, payload, at)
    if (home.data.tab && home.data.tab !== 'home') return undefined
    const key = `slack:${self.workspace}:home:${home.data.user}:${home.data.event_ts}`
    return { type: 'home', key, ...human(self, home.data.user), at: tsDate(home.data.event_ts) }
  }
  const change = roomChanges[event.type]
  const room = change && roomInbound(self, event, change, at)
  return room ?? unknownInbound(self, payload, at)
}

export function unknownInbound(self: Self, payload: unknown, at: Date): InboundUnknown {
  const text = JSON.stringify(payload) ?? 'undefined'
  const key = `slack:${self.workspace}:unknown:${createHash('sha256').update(text).digest('hex')}`
  return { type: 'unknown', key, ...system(self), at, payload: text }
}

/** In a direct message to us every new message is a command and nothing else there is recorded. */
function fromMessage(self: Self, event: SlackMessageEvent): Inbound | undefined {
  if (event.channel_type !== 'im' && !event.channel.startsWith('D')) {
    if (event.subtype === 'channel_convert_to_public') return madePublic(self, event)
    return messageInbound(self, event)
  }
  const typed = event.subtype === undefined || event.subtype === null || event.subtype === 'file_share'
  if (!typed || !event.user || event.bot_id || isOwn(self, event)) return undefined
  return directCommand(self, event, event.user)
}

function directCommand(self: Self, event: SlackMessageEvent, user: string): InboundCommand {
  const mention = new RegExp(`^\\s*<@${self.botUser}(\\|[^>]*)?>[:,]?`)
  return {
    type: 'command',
    via: 'direct',
    key: `slack:${self.workspace}:${event.channel}:${event.ts}`,
    ...human(self, user),
    at: tsDate(event.ts),
    line: commandLine((event.text ?? '').replace(mention, '')),
    room: event.channel,
    ...(event.thread_ts && event.thread_ts !== event.ts ? { thread: event.thread_ts } : {}),
    canOpenForm: false,
  }
}

function madePublic(self: Self, event: SlackMessageEvent): InboundRoom {
  return {
    type: 'room',
    change: 'made-public',
    key: `slack:${self.workspace}:${event.channel}:${event.ts}:made-public`,
    ...(event.user ? human(self, event.user) : system(self)),
    at: tsDate(event.ts),
    room: event.channel,
  }
}

function reactionInbound(
  self: Self,
  event: {
    type: string
    user: string
    reaction: string
    event_ts: string
    item: { channel?: string | null | undefined; ts?: string | null | undefined }
  },
): InboundReaction | undefined {
  const { channel, ts } = event.item
  if (!channel || !ts || event.user === self.botUser) return undefined
  const added = event.type === 'reaction_added'
  const name = reactionName(event.reaction)
  const sign = added ? '+' : '-'
  return {
    type: 'reaction',
    key: `slack:${self.workspace}:${channel}:${ts}:r:${event.user}:${name}:${sign}:${event.event_ts}`,
    ...human(self, event.user),
    at: tsDate(event.event_ts),
    room: channel,
    message: ts,
    name,
    added,
  }
}

function roomInbound(
  self: Self,
  raw: unknown,
  named: InboundRoom['change'],
  envelopeAt: Date,
): InboundRoom | undefined {
  const parsed = roomEventSchema.safeParse(raw)
  if (!parsed.success) return undefined
  const event = parsed.data
  const rename = renameSchema.safeParse(raw)
  const room = event.old_channel_id ?? event.channel
  if (!room || (named === 'renamed' && !rename.success)) return undefined
  if (named === 'id-changed' && !event.new_channel_id) return undefined
  const change = event.user === self.botUser ? (ofTheBot[named] ?? named) : named
  const at = event.event_ts ? tsDate(event.event_ts) : envelopeAt
  const person = named === 'joined' || named === 'left' ? event.user : undefined
  if ((named === 'joined' || named === 'left') && !person) return undefined
  // Whoever asked them in did it; by invitation of ours they come of themselves.
  const by = event.inviter && event.inviter !== self.botUser ? event.inviter : event.user
  const mark = event.event_ts ?? `${envelopeAt.getTime()}`
  return {
    type: 'room',
    change,
    key: `slack:${self.workspace}:${room}:${change}:${person ?? ''}:${mark}`,
    ...(by ? human(self, by) : system(self)),
    at,
    room,
    ...(person ? { person } : {}),
    ...(rename.success ? { name: rename.data.channel.name } : {}),
    ...(event.new_channel_id ? { newRoom: event.new_channel_id } : {}),
  }
}

export function human(self: Self, actor: string) {
  const kind = actor === self.botUser ? ('bot' as const) : ('human' as const)
  return { platform: 'slack' as const, workspace: self.workspace, actor, actorKind: kind }
}

function system(self: Self) {
  return { platform: 'slack' as const, workspace: self.workspace, actor: '', actorKind: 'system' as const }
}
