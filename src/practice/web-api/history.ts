// conversations.history and replies: parents only, newest first; a thread oldest first. Only where the bot is a member.
import type { Core } from '../core.ts'
import { isReply, repliesOf, wire } from '../messages.ts'
import type { Json } from '../page-api.ts'
import type { Message } from '../state.ts'
import { conversation, messageArg, mustBeMember, pageOf } from './access.ts'
import { SlackError } from './args.ts'
import type { Methods } from './method.ts'

const tsShape = /^\d{1,10}(\.\d{1,6})?$/

const bound = (args: Json, name: 'oldest' | 'latest'): number | null => {
  const value = args[name]
  if (value === undefined || value === '' || value === 'now') return null
  if (!tsShape.test(value)) throw new SlackError(`invalid_ts_${name}`)
  return Number(value)
}

const within = (args: Json): ((message: Message) => boolean) => {
  const oldest = bound(args, 'oldest')
  const latest = bound(args, 'latest')
  const isInclusive = args.inclusive === true
  return ({ ts }) => {
    const at = Number(ts)
    if (oldest !== null && (isInclusive ? at < oldest : at <= oldest)) return false
    return latest === null || (isInclusive ? at <= latest : at < latest)
  }
}

const readable = (core: Core, args: Json) => {
  const channel = conversation(core, args.channel, 'history')
  mustBeMember(channel)
  return channel
}

/** Asked for more than it may have, an app gets what it may. */
const atMost = (core: Core, args: Json): Json => ({
  ...args,
  limit: Math.min(args.limit ?? 100, core.delivery.faults.historyRows()),
})

const optional = ['cursor', 'include_all_metadata', 'inclusive', 'latest', 'limit', 'oldest']

export const historyMethods: Methods = {
  'conversations.history': {
    required: ['channel'],
    optional,
    run: (core, args) => {
      const channel = readable(core, args)
      const isTop = (row: Message) => !isReply(row) || row.subtype === 'thread_broadcast'
      const rows = channel.messages.filter(isTop).filter(within(args)).reverse()
      const page = pageOf(rows, atMost(core, args), 999, 100)
      return {
        messages: page.rows.map((row) => wire(core, channel, row, args.include_all_metadata)),
        has_more: page.next !== '',
        pin_count: channel.pins.length,
        response_metadata: { next_cursor: page.next },
      }
    },
  },
  'conversations.replies': {
    required: ['channel', 'ts'],
    optional,
    run: (core, args) => {
      const channel = readable(core, args)
      const asked = messageArg(channel, args.ts, 'thread_not_found')
      const parent = isReply(asked) ? messageArg(channel, asked.thread_ts, 'thread_not_found') : asked
      const inRange = within(args)
      const page = pageOf(repliesOf(channel, parent.ts).filter(inRange), atMost(core, args), 999, 100)
      return {
        // every page begins with the parent
        messages: [parent, ...page.rows].map((row) => wire(core, channel, row, args.include_all_metadata)),
        has_more: page.next !== '',
        response_metadata: { next_cursor: page.next },
      }
    },
  },
}
