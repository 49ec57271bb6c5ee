// conversations.*: rooms and who is in them. Reading messages is in history.ts.
import {
  addMember,
  channelNameError,
  createChannel,
  directChannel,
  removeMember,
  renameChannel,
  setArchived,
  setPurpose,
  setTopic,
} from '../conversations.ts'
import { type Core, findPerson } from '../core.ts'
import type { Json } from '../page-api.ts'
import { botUserId, type Channel } from '../state.ts'
import {
  channelJson,
  conversation,
  familyScopes,
  mustBeMember,
  mustBeOpen,
  needScope,
  notDirect,
  pageOf,
} from './access.ts'
import { SlackError } from './args.ts'
import type { Methods } from './method.ts'

const writable = (core: Core, args: Json, family: 'write' | 'topic' | 'invite' = 'write'): Channel => {
  const channel = conversation(core, args.channel, family)
  notDirect(channel)
  mustBeMember(channel)
  return channel
}

const mustBeFree = (core: Core, name: string): void => {
  const error = channelNameError(core, name)
  if (error) throw new SlackError(error)
}

const inviteError = (core: Core, channel: Channel, id: string): string | null => {
  if (id === botUserId) return 'cant_invite_self'
  const person = findPerson(core, id)
  if (!person) return 'user_not_found'
  if (channel.members.includes(id)) return 'already_in_channel'
  return null
}

const kindOf: Record<string, Channel['kind']> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
}

const listed = (core: Core, args: Json, onlyMine: boolean): Channel[] => {
  const types = String(args.types ?? 'public_channel')
    .split(',')
    .map((type) => type.trim())
  if (types.some((type) => !(type in kindOf) && type !== 'mpim')) throw new SlackError('invalid_types')
  for (const type of types) if (kindOf[type]) needScope(core, familyScopes(kindOf[type], 'read'))
  return core.state.channels.filter(
    (channel) =>
      types.some((type) => kindOf[type] === channel.kind) &&
      (channel.members.includes(botUserId) || (channel.kind === 'public' && !onlyMine)) &&
      !(args.exclude_archived && channel.isArchived),
  )
}

const listing = (core: Core, args: Json, channels: Channel[]): Json => {
  const { rows, next } = pageOf(channels, args, 1000, 100)
  return { channels: rows.map((row) => channelJson(core, row)), response_metadata: { next_cursor: next } }
}

const topicLike = (name: 'topic' | 'purpose', set: typeof setTopic): Methods[string] => ({
  required: ['channel'],
  optional: [name],
  run: (core, args) => {
    const channel = writable(core, args, 'topic')
    mustBeOpen(channel)
    const value = String(args[name] ?? '')
    if ([...value].length > 250) throw new SlackError('too_long')
    set(core, channel, botUserId, value)
    return { channel: channelJson(core, channel), [name]: value }
  },
})

export const conversationMethods: Methods = {
  'conversations.create': {
    required: ['name'],
    optional: ['is_private'],
    run: (core, args) => {
      const isPrivate = args.is_private === true
      needScope(core, familyScopes(isPrivate ? 'private' : 'public', 'write'))
      mustBeFree(core, args.name)
      return { channel: channelJson(core, createChannel(core, botUserId, args.name, isPrivate)) }
    },
  },
  'conversations.rename': {
    required: ['channel', 'name'],
    optional: [],
    run: (core, args) => {
      const channel = writable(core, args)
      mustBeOpen(channel)
      mustBeFree(core, args.name)
      renameChannel(core, channel, botUserId, args.name)
      return { channel: channelJson(core, channel) }
    },
  },
  'conversations.archive': {
    required: ['channel'],
    optional: [],
    run: (core, args) => {
      const channel = writable(core, args)
      if (channel.isArchived) throw new SlackError('already_archived')
      if (channel.isGeneral) throw new SlackError('cant_archive_general')
      setArchived(core, channel, botUserId, true)
      return {}
    },
  },
  'conversations.unarchive': {
    required: ['channel'],
    optional: [],
    run: (core, args) => {
      const channel = writable(core, args)
      if (!channel.isArchived) throw new SlackError('not_archived')
      setArchived(core, channel, botUserId, false)
      return {}
    },
  },
  'conversations.setTopic': topicLike('topic', setTopic),
  'conversations.setPurpose': topicLike('purpose', setPurpose),
  'conversations.invite': {
    required: ['channel', 'users'],
    optional: ['force'],
    run: (core, args) => {
      const channel = writable(core, args, 'invite')
      mustBeOpen(channel)
      const ids = String(args.users)
        .split(',')
        .map((id) => id.trim())
        .filter(Boolean)
      if (ids.length === 0) throw new SlackError('no_user')
      if (ids.length > 1000) throw new SlackError('too_many_users')
      const errors = ids.flatMap((user) => {
        const error = inviteError(core, channel, user)
        return error ? [{ user, ok: false, error }] : []
      })
      const bad = new Set(errors.map((row) => row.user))
      const good = ids.filter((id) => !bad.has(id))
      const first = errors[0]
      if (first && (!args.force || good.length === 0)) throw new SlackError(first.error, { errors })
      for (const user of new Set(good)) addMember(core, channel, user, botUserId)
      return { channel: channelJson(core, channel), ...(first ? { errors } : {}) }
    },
  },
  'conversations.kick': {
    required: ['channel', 'user'],
    optional: [],
    run: (core, args) => {
      const channel = writable(core, args)
      const user = String(args.user)
      if (user === botUserId) throw new SlackError('cant_kick_self')
      if (channel.isGeneral) throw new SlackError('cant_kick_from_general')
      if (!findPerson(core, user)) throw new SlackError('user_not_found')
      if (!channel.members.includes(user)) throw new SlackError('not_in_channel')
      removeMember(core, channel, user, botUserId)
      return { errors: {} }
    },
  },
  'conversations.join': {
    scope: ['channels:join'],
    required: ['channel'],
    optional: [],
    run: (core, args) => {
      const channel = core.state.channels.find((row) => row.id === args.channel && row.kind === 'public')
      if (!channel) throw new SlackError('channel_not_found')
      mustBeOpen(channel)
      if (!channel.members.includes(botUserId)) addMember(core, channel, botUserId, null)
      return { channel: channelJson(core, channel) }
    },
  },
  'conversations.leave': {
    required: ['channel'],
    optional: [],
    run: (core, args) => {
      const channel = conversation(core, args.channel, 'write')
      notDirect(channel)
      if (channel.isGeneral) throw new SlackError('cant_leave_general')
      if (!channel.members.includes(botUserId)) return { not_in_channel: true }
      if (channel.members.length === 1 && channel.kind === 'private') throw new SlackError('last_member')
      removeMember(core, channel, botUserId, botUserId)
      return {}
    },
  },
  'conversations.open': {
    scope: ['im:write'],
    required: [],
    optional: ['users', 'channel', 'return_im', 'prevent_creation'],
    run: (core, args) => {
      if (args.channel) return { channel: channelJson(core, conversation(core, args.channel, 'write')) }
      const ids = String(args.users ?? '')
        .split(',')
        .filter(Boolean)
      if (ids.length === 0) throw new SlackError('users_list_not_supplied')
      if (ids.length > 1) throw new SlackError('missing_scope', { needed: 'mpim:write' })
      const user = ids[0] ?? ''
      if (!findPerson(core, user)) throw new SlackError('user_not_found')
      const already = core.state.channels.some(
        (row) => row.kind === 'im' && row.members.includes(user) && row.members.includes(botUserId),
      )
      const channel = directChannel(core, botUserId, user)
      const shown = args.return_im ? channelJson(core, channel) : { id: channel.id }
      return { channel: shown, ...(already ? { no_op: true, already_open: true } : {}) }
    },
  },
  'conversations.info': {
    required: ['channel'],
    optional: ['include_locale', 'include_num_members'],
    run: (core, args) => {
      const channel = conversation(core, args.channel, 'read')
      const members = args.include_num_members ? { num_members: channel.members.length } : {}
      return { channel: { ...channelJson(core, channel), ...members } }
    },
  },
  'conversations.members': {
    required: ['channel'],
    optional: ['cursor', 'limit'],
    run: (core, args) => {
      const channel = conversation(core, args.channel, 'read')
      const { rows, next } = pageOf(channel.members, args, 1000, 100)
      return { members: rows, response_metadata: { next_cursor: next } }
    },
  },
  'conversations.list': {
    required: [],
    optional: ['cursor', 'limit', 'types', 'exclude_archived', 'team_id'],
    run: (core, args) => listing(core, args, listed(core, args, false)),
  },
  'users.conversations': {
    required: [],
    optional: ['cursor', 'limit', 'types', 'exclude_archived', 'team_id'],
    run: (core, args) => listing(core, args, listed(core, args, true)),
  },
}
