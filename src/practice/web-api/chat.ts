// chat.*
import { checkBlocks } from '../blocks-check.ts'
import { directChannel, isVisibleTo } from '../conversations.ts'
import { type Core, findChannel, findPerson } from '../core.ts'
import {
  type Draft,
  deleteMessage,
  editMessage,
  findMessage,
  permalink,
  postEphemeral,
  postMessage,
  wire,
} from '../messages.ts'
import type { Json } from '../page-api.ts'
import { botId, botUserId, type Channel } from '../state.ts'
import { withIds } from '../views.ts'
import { channelArg, messageArg, mustBeOpen } from './access.ts'
import { SlackError } from './args.ts'
import type { Methods } from './method.ts'

const maxText = 40_000
const maxMetadataBytes = 8_000

const content = (args: Json): Pick<Draft, 'text' | 'blocks' | 'attachments' | 'metadata'> => {
  const { blocks, attachments, metadata, markdown_text: markdown } = args
  const text = args.text as string | undefined
  if (markdown !== undefined && (text !== undefined || blocks)) throw new SlackError('markdown_text_conflict')
  if (markdown !== undefined && [...markdown].length > 12_000) throw new SlackError('msg_too_long')
  if (!text && !markdown && !blocks?.length && !attachments?.length) throw new SlackError('no_text')
  if (blocks) {
    const messages = checkBlocks(blocks, 'message')
    if (messages.length > 0) throw new SlackError('invalid_blocks', { response_metadata: { messages } })
  }
  if (attachments && !Array.isArray(attachments)) throw new SlackError('invalid_attachments')
  if (attachments?.length > 100) throw new SlackError('too_many_attachments')
  if (metadata) {
    const { event_type: type, event_payload: payload } = metadata
    if (typeof type !== 'string' || typeof payload !== 'object')
      throw new SlackError('invalid_metadata_schema')
    if (JSON.stringify(metadata).length > maxMetadataBytes) throw new SlackError('metadata_too_large')
  }
  return {
    text: [...(text ?? markdown ?? '')].slice(0, maxText).join(''),
    blocks: blocks ? withIds(blocks) : undefined,
    attachments,
    metadata,
  }
}

/** A channel id, a public `#name`, or a person's id (their direct messages with the bot). */
const destination = (core: Core, id: string): Channel => {
  if (findPerson(core, id)) return directChannel(core, botUserId, id)
  const named = core.state.channels.find((row) => row.kind === 'public' && row.name === id.replace(/^#/, ''))
  const channel = named ?? channelArg(core, id)
  if (!channel.members.includes(botUserId) && !core.installed.scopes.has('chat:write.public')) {
    throw new SlackError('not_in_channel')
  }
  mustBeOpen(channel)
  if (channel.kind === 'im' && !core.installed.messagesTab) throw new SlackError('messages_tab_disabled')
  return channel
}

const ownMessage = (core: Core, args: Json, code: string) => {
  const channel = channelArg(core, args.channel)
  const message = messageArg(channel, args.ts)
  if (message.bot_id !== botId) throw new SlackError(code)
  return { channel, message }
}

export const chatMethods: Methods = {
  'chat.postMessage': {
    scope: ['chat:write'],
    required: ['channel'],
    optional: [
      'text',
      'blocks',
      'attachments',
      'metadata',
      'thread_ts',
      'reply_broadcast',
      'mrkdwn',
      'parse',
      'link_names',
      'unfurl_links',
      'unfurl_media',
      'markdown_text',
    ],
    run: (core, args) => {
      const channel = destination(core, args.channel)
      const threadTs = args.thread_ts as string | undefined
      if (threadTs && !findMessage(channel, threadTs)) throw new SlackError('cannot_reply_to_message')
      const draft = { ...content(args), threadTs, broadcast: args.reply_broadcast }
      const message = postMessage(core, channel, botUserId, draft)
      return { channel: channel.id, ts: message.ts, message: wire(core, channel, message, true) }
    },
  },
  'chat.postEphemeral': {
    scope: ['chat:write'],
    required: ['channel', 'user'],
    optional: ['text', 'blocks', 'attachments', 'thread_ts', 'parse', 'link_names', 'markdown_text'],
    run: (core, args) => {
      const channel = destination(core, args.channel)
      if (!channel.members.includes(args.user)) throw new SlackError('user_not_in_channel')
      const message_ts = postEphemeral(core, channel.id, args.user, {
        ...content(args),
        threadTs: args.thread_ts,
      })
      return { message_ts }
    },
  },
  'chat.update': {
    scope: ['chat:write'],
    required: ['channel', 'ts'],
    optional: [
      'text',
      'blocks',
      'attachments',
      'metadata',
      'parse',
      'link_names',
      'markdown_text',
      'reply_broadcast',
      'file_ids',
    ],
    run: (core, args) => {
      const { channel, message } = ownMessage(core, args, 'cant_update_message')
      mustBeOpen(channel)
      if ([...(args.text ?? '')].length > 4000) throw new SlackError('msg_too_long')
      const edit = content(args)
      editMessage(core, channel, message, botUserId, edit)
      return {
        channel: channel.id,
        ts: message.ts,
        text: message.text,
        message: wire(core, channel, message, true),
      }
    },
  },
  'chat.delete': {
    scope: ['chat:write'],
    required: ['channel', 'ts'],
    optional: [],
    run: (core, args) => {
      const { channel, message } = ownMessage(core, args, 'cant_delete_message')
      deleteMessage(core, channel, message)
      return { channel: channel.id, ts: message.ts }
    },
  },
  'chat.getPermalink': {
    required: ['channel', 'message_ts'],
    optional: [],
    run: (core, args) => {
      const channel = findChannel(core, args.channel)
      if (!channel || !isVisibleTo(channel, botUserId)) throw new SlackError('channel_not_found')
      const message = messageArg(channel, args.message_ts)
      return { channel: channel.id, permalink: permalink(core, channel.id, message) }
    },
  },
}
