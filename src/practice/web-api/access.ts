// What the bot's token may reach: scopes of the installed manifest, channels it is in, messages that exist.
import { type Core, findChannel } from '../core.ts'
import { findMessage } from '../messages.ts'
import type { Json } from '../page-api.ts'
import { botUserId, type Channel, type Message, teamId } from '../state.ts'
import { SlackError } from './args.ts'

export const needScope = (core: Core, anyOf: readonly string[]): void => {
  if (anyOf.length === 0 || anyOf.some((scope) => core.installed.scopes.has(scope))) return
  throw new SlackError('missing_scope', { needed: anyOf[0], provided: [...core.installed.scopes].join(',') })
}

export type Family = 'write' | 'read' | 'history' | 'topic' | 'invite'

const kindPrefix = { public: 'channels', private: 'groups', im: 'im' } as const

export const familyScopes = (kind: Channel['kind'], family: Family): string[] => {
  const prefix = kindPrefix[kind]
  if (family === 'read' || family === 'history') return [`${prefix}:${family}`]
  const write = kind === 'public' ? 'channels:manage' : `${prefix}:write`
  return family === 'write' ? [write] : [write, `${prefix}:write.${family}`]
}

/** A private channel without the bot does not exist for it. */
export const channelArg = (core: Core, id: unknown): Channel => {
  const channel = findChannel(core, String(id))
  if (!channel || (channel.kind !== 'public' && !channel.members.includes(botUserId))) {
    throw new SlackError('channel_not_found')
  }
  return channel
}

export const conversation = (core: Core, id: unknown, family: Family): Channel => {
  const channel = channelArg(core, id)
  needScope(core, familyScopes(channel.kind, family))
  return channel
}

export const mustBeMember = (channel: Channel): void => {
  if (!channel.members.includes(botUserId)) throw new SlackError('not_in_channel')
}

export const mustBeOpen = (channel: Channel): void => {
  if (channel.isArchived) throw new SlackError('is_archived')
}

export const notDirect = (channel: Channel): void => {
  if (channel.kind === 'im') throw new SlackError('method_not_supported_for_channel_type')
}

export const messageArg = (channel: Channel, ts: unknown, code = 'message_not_found'): Message => {
  const message = findMessage(channel, String(ts))
  if (!message) throw new SlackError(code)
  return message
}

export const pageOf = <Row>(rows: readonly Row[], args: Json, most: number, fallback: number) => {
  const limit = args.limit ?? fallback
  if (limit < 1 || limit > most) throw new SlackError('invalid_limit')
  const cursor = args.cursor ? Buffer.from(args.cursor, 'base64').toString('utf8') : 'next:0'
  const start = Number(/^next:(\d+)$/.exec(cursor)?.[1] ?? Number.NaN)
  if (Number.isNaN(start)) throw new SlackError('invalid_cursor')
  const end = start + limit
  const next = end < rows.length ? Buffer.from(`next:${end}`).toString('base64') : ''
  return { rows: rows.slice(start, end), next }
}

export const channelJson = (core: Core, channel: Channel): Json => {
  const base = {
    id: channel.id,
    created: channel.createdAt,
    is_archived: channel.isArchived,
    is_im: channel.kind === 'im',
    is_mpim: false,
    is_org_shared: false,
    context_team_id: teamId,
    updated: core.now().getTime(),
  }
  if (channel.kind === 'im') {
    return {
      ...base,
      is_channel: false,
      user: channel.members.find((id) => id !== botUserId) ?? botUserId,
      is_open: true,
    }
  }
  return {
    ...base,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_general: channel.isGeneral,
    is_private: channel.kind === 'private',
    is_member: channel.members.includes(botUserId),
    is_shared: channel.isShared,
    is_ext_shared: channel.isShared,
    is_pending_ext_shared: false,
    creator: channel.creator,
    shared_team_ids: [teamId],
    topic: channel.topic,
    purpose: channel.purpose,
    previous_names: channel.previousNames,
  }
}
