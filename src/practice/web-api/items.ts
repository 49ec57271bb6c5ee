// pins.*, bookmarks.*, reactions.*
import { type Core, nextId, nowSeconds } from '../core.ts'
import { addReaction, permalink, pinMessage, removeReaction, unpinMessage, wire } from '../messages.ts'
import type { Json } from '../page-api.ts'
import { appId, botUserId } from '../state.ts'
import { channelArg, messageArg, mustBeMember, mustBeOpen } from './access.ts'
import { SlackError } from './args.ts'
import type { Methods } from './method.ts'

const mine = (core: Core, id: unknown) => {
  const channel = channelArg(core, id)
  mustBeMember(channel)
  return channel
}

const pinnable = (core: Core, args: Json) => {
  const channel = mine(core, args.channel)
  if (!args.timestamp) throw new SlackError('no_item_specified')
  if (!/^\d+\.\d{6}$/.test(args.timestamp)) throw new SlackError('bad_timestamp')
  return { channel, message: messageArg(channel, args.timestamp) }
}

const linkError = (args: Json): void => {
  if (args.link !== undefined && !/^https?:\/\/\S+$/.test(args.link)) throw new SlackError('invalid_link')
  if (args.emoji && !/^:[\w+-]+:$/.test(args.emoji)) throw new SlackError('invalid_emoji')
}

export const itemMethods: Methods = {
  'pins.add': {
    scope: ['pins:write'],
    required: ['channel'],
    optional: ['timestamp'],
    run: (core, args) => {
      const { channel, message } = pinnable(core, args)
      if (channel.pins.some((pin) => pin.ts === message.ts)) throw new SlackError('already_pinned')
      if (message.subtype && !['thread_broadcast', 'bot_message'].includes(message.subtype)) {
        throw new SlackError('not_pinnable')
      }
      if (channel.pins.length >= 100) throw new SlackError('too_many_pins')
      pinMessage(core, channel, message, botUserId)
      return {}
    },
  },
  'pins.remove': {
    scope: ['pins:write'],
    required: ['channel'],
    optional: ['timestamp'],
    run: (core, args) => {
      const { channel, message } = pinnable(core, args)
      if (!channel.pins.some((pin) => pin.ts === message.ts)) throw new SlackError('no_pin')
      unpinMessage(core, channel, message, botUserId)
      return {}
    },
  },
  'pins.list': {
    scope: ['pins:read'],
    required: ['channel'],
    optional: [],
    run: (core, args) => {
      const channel = mine(core, args.channel)
      const items = [...channel.pins].reverse().map((pin) => {
        const message = messageArg(channel, pin.ts)
        return {
          type: 'message',
          channel: channel.id,
          created: pin.created,
          created_by: pin.user,
          message: { ...wire(core, channel, message), permalink: permalink(core, channel.id, message) },
        }
      })
      return { items }
    },
  },
  'bookmarks.add': {
    scope: ['bookmarks:write'],
    required: ['channel_id', 'title', 'type'],
    optional: ['link', 'emoji', 'entity_id', 'parent_id', 'access_level'],
    run: (core, args) => {
      const channel = mine(core, args.channel_id)
      if (args.type !== 'link') throw new SlackError('invalid_bookmark_type')
      if (!args.link) throw new SlackError('invalid_link')
      linkError(args)
      if (channel.bookmarks.length >= 100) throw new SlackError('too_many_bookmarks')
      const bookmark = {
        id: nextId(core, 'Bk'),
        channel_id: channel.id,
        title: args.title,
        link: args.link,
        emoji: args.emoji ?? '',
        icon_url: null,
        type: 'link',
        entity_id: null,
        date_created: nowSeconds(core),
        date_updated: 0,
        rank: 'i',
        last_updated_by_user_id: botUserId,
        last_updated_by_team_id: core.state.team.id,
        shortcut_id: null,
        app_id: appId,
      }
      channel.bookmarks.push(bookmark)
      core.changed({ kind: 'state' })
      return { bookmark }
    },
  },
  'bookmarks.edit': {
    scope: ['bookmarks:write'],
    required: ['channel_id', 'bookmark_id'],
    optional: ['title', 'link', 'emoji'],
    run: (core, args) => {
      const channel = mine(core, args.channel_id)
      const bookmark = channel.bookmarks.find((row) => row.id === args.bookmark_id)
      if (!bookmark) throw new SlackError('not_found')
      linkError(args)
      for (const name of ['title', 'link', 'emoji']) if (args[name] !== undefined) bookmark[name] = args[name]
      bookmark.date_updated = nowSeconds(core)
      core.changed({ kind: 'state' })
      return { bookmark }
    },
  },
  'bookmarks.list': {
    scope: ['bookmarks:read'],
    required: ['channel_id'],
    optional: [],
    run: (core, args) => ({ bookmarks: mine(core, args.channel_id).bookmarks }),
  },
  'bookmarks.remove': {
    scope: ['bookmarks:write'],
    required: ['channel_id', 'bookmark_id'],
    optional: [],
    run: (core, args) => {
      const channel = mine(core, args.channel_id)
      const at = channel.bookmarks.findIndex((row) => row.id === args.bookmark_id)
      if (at < 0) throw new SlackError('not_found')
      channel.bookmarks.splice(at, 1)
      core.changed({ kind: 'state' })
      return {}
    },
  },
  'reactions.add': {
    scope: ['reactions:write'],
    required: ['channel', 'name', 'timestamp'],
    optional: [],
    run: (core, args) => {
      const channel = mine(core, args.channel)
      mustBeOpen(channel)
      const name = emojiName(args.name)
      const message = messageArg(channel, args.timestamp)
      if (!addReaction(core, channel, message, botUserId, name)) throw new SlackError('already_reacted')
      return {}
    },
  },
  'reactions.remove': {
    scope: ['reactions:write'],
    required: ['channel', 'name', 'timestamp'],
    optional: [],
    run: (core, args) => {
      const channel = mine(core, args.channel)
      const message = messageArg(channel, args.timestamp)
      if (!removeReaction(core, channel, message, botUserId, emojiName(args.name)))
        throw new SlackError('no_reaction')
      return {}
    },
  },
  'reactions.get': {
    scope: ['reactions:read'],
    required: ['channel', 'timestamp'],
    optional: ['full'],
    run: (core, args) => {
      const channel = mine(core, args.channel)
      const message = messageArg(channel, args.timestamp)
      return { type: 'message', channel: channel.id, message: wire(core, channel, message) }
    },
  },
}

export const emojiName = (given: string): string => {
  const name = given.replace(/^:|:$/g, '')
  if (!/^[\w+'-]+(::skin-tone-[2-6])?$/.test(name)) throw new SlackError('invalid_name')
  return name
}
