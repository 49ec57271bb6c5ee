/**
 * Activities that nobody waits for → Inbound, handled before the answer. None: understood and of no interest. One activity
 * may tell several facts: two people added, one reaction exchanged for another. What no schema knows becomes `unknown`,
 * whose payload is sealed and never logged.
 */
import type { Inbound, InboundCommand, InboundReaction } from '../../port.ts'
import type { Self } from '../wire/self.ts'
import { authorIn } from './author.ts'
import type { Directory } from './directory.ts'
import { roomId, rootId } from './ids.ts'
import { messageInbound } from './message.ts'
import { originIn, teach } from './origin.ts'
import { type Activity, activitySchema } from './payload.ts'
import { roomInbounds } from './room-events.ts'
import { saidInActivity } from './said.ts'
import { activityKey, messageKey, stampOf, timeOf, unknownInbound } from './stamps.ts'

/** Undefined: it lacks what we need of it. */
type Reader = (
  self: Self,
  directory: Directory,
  activity: Activity,
  now: Date,
) => readonly Inbound[] | undefined

const nothing: Reader = () => []

const readers: ReadonlyMap<string, Reader> = new Map([
  ['message', onMessage],
  ['messageUpdate', onChange],
  ['messageDelete', onChange],
  ['messageReaction', onReaction],
  ['conversationUpdate', roomInbounds],
  ['installationUpdate', roomInbounds],
  // Somebody types, has read, entered a meeting; the end of what was never begun.
  ['typing', nothing],
  ['event', nothing],
  ['endOfConversation', nothing],
])

export { unknownInbound } from './stamps.ts'

export function activityInbound(
  self: Self,
  directory: Directory,
  activity: unknown,
  now: Date,
): readonly Inbound[] {
  const parsed = activitySchema.safeParse(activity)
  if (!parsed.success) return [unknownInbound(self, activity, now)]
  teach(directory, parsed.data)
  const told = readers.get(parsed.data.type)?.(self, directory, parsed.data, now)
  return told ?? [unknownInbound(self, activity, timeOf(parsed.data, now))]
}

/** In a channel a message is evidence; a slash command and the chat with the bot are commands, and no message. */
function onMessage(self: Self, directory: Directory, activity: Activity, now: Date) {
  const { scope } = originIn(activity)
  if (scope === 'groupChat') return []
  const isSlash = activity.recipient?.isTargeted === true
  if (isSlash || scope === 'personal')
    return typed(self, directory, activity, now, isSlash ? 'slash' : 'direct')
  return one(messageInbound(self, directory, activity))
}

function typed(
  self: Self,
  directory: Directory,
  activity: Activity,
  now: Date,
  via: 'slash' | 'direct',
): readonly InboundCommand[] | undefined {
  const author = authorIn(self, directory, activity.from)
  if (!author) return undefined
  if (author.kind !== 'human') return []
  const root = rootId(activity.conversation.id)
  return [
    {
      type: 'command',
      via,
      key: activityKey(self, activity),
      ...stampOf(self, author),
      at: timeOf(activity, now),
      line: saidInActivity(self, directory, activity).direct,
      room: roomId(activity.conversation.id),
      ...(root !== undefined && root !== activity.id ? { thread: root } : {}),
      canOpenForm: false,
    },
  ]
}

/** What was typed to the bot alone was a command, once: changed or taken back, it is nothing. */
function onChange(self: Self, directory: Directory, activity: Activity) {
  const isEvidence = originIn(activity).scope === 'channel' && activity.recipient?.isTargeted !== true
  return isEvidence ? one(messageInbound(self, directory, activity)) : []
}

function onReaction(
  self: Self,
  directory: Directory,
  activity: Activity,
): readonly InboundReaction[] | undefined {
  if (originIn(activity).scope !== 'channel') return []
  const { replyToId: message, timestamp } = activity
  const author = authorIn(self, directory, activity.from)
  if (!author || !message || !timestamp) return undefined
  if (author.isUs) return []
  const room = roomId(activity.conversation.id)
  const at = new Date(timestamp)
  const read = (added: boolean) => (reaction: { readonly type: string }) => {
    const mark = `${author.id}:${reaction.type}:${added ? '+' : '-'}:${at.getTime()}`
    const key = `${messageKey(self, room, message)}:r:${mark}`
    const name = reaction.type
    return { type: 'reaction' as const, key, ...stampOf(self, author), at, room, message, name, added }
  }
  return [
    ...(activity.reactionsRemoved ?? []).map(read(false)),
    ...(activity.reactionsAdded ?? []).map(read(true)),
  ]
}

const one = <T>(inbound: T | undefined): readonly T[] | undefined => inbound && [inbound]
