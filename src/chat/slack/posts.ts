/** Posts: sent once with the delivery's id in metadata, replaced in place, and found again by that id. */
import type { types } from '@slack/bolt'
import type { Card } from '../../views/card.ts'
import { ChatError, type MessageRef, type PostTarget } from '../port.ts'
import type { Api } from './api.ts'
import { cardBlocks, cardMessage } from './blocks.ts'
import { calling } from './errors.ts'
import { deliveryEvent, deliveryOf } from './message.ts'
import { messageSchema } from './payload.ts'
import { dateTs } from './text.ts'

type Blocks = types.KnownBlock[]

export async function post(api: Api, target: PostTarget, card: Card, delivery: string): Promise<MessageRef> {
  const channel = await channelOf(api, target)
  const { text, blocks } = cardMessage(card)
  const thread = 'room' in target ? target.thread : undefined
  const answer = await calling(() =>
    api.once.chat.postMessage({
      channel,
      text,
      blocks: blocks as unknown as Blocks,
      ...(thread ? { thread_ts: thread } : {}),
      metadata: { event_type: deliveryEvent, event_payload: { delivery } },
      unfurl_links: false,
      unfurl_media: false,
    }),
  )
  if (!answer.ts) throw new ChatError('transient', 'no_ts', { maybeDone: true })
  return { room: answer.channel ?? channel, message: answer.ts }
}

export async function update(api: Api, ref: MessageRef, card: Card): Promise<void> {
  const { text, blocks } = cardMessage(card)
  await calling(() =>
    api.once.chat.update({
      channel: ref.room,
      ts: ref.message,
      text,
      blocks: blocks as unknown as Blocks,
    }),
  )
}

/** A minute of slack for clocks that disagree. A place the bot may not read back is `unsupported`, never "not there". */
export async function findPost(
  api: Api,
  target: PostTarget,
  delivery: string,
  since: Date,
): Promise<MessageRef | undefined> {
  const channel = await channelOf(api, target)
  const thread = 'room' in target ? target.thread : undefined
  const oldest = dateTs(new Date(since.getTime() - 60_000))
  let cursor: string | undefined
  do {
    const page = await readable(() => {
      const asked = {
        channel,
        oldest,
        limit: 200,
        include_all_metadata: true,
        ...(cursor ? { cursor } : {}),
      }
      return thread
        ? api.read.conversations.replies({ ...asked, ts: thread })
        : api.read.conversations.history(asked)
    })
    for (const row of page.messages ?? []) {
      const message = messageSchema.safeParse(row).data
      if (message && deliveryOf(api.self, message) === delivery) return { room: channel, message: message.ts }
    }
    cursor = page.response_metadata?.next_cursor || undefined
  } while (cursor)
  return undefined
}

async function readable<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await calling(call)
  } catch (error) {
    if (error instanceof ChatError && error.code === 'missing_scope')
      throw new ChatError('unsupported', error.code)
    throw error
  }
}

export async function channelOf(api: Api, target: PostTarget): Promise<string> {
  if ('room' in target) return target.room
  if ('channel' in target) return target.channel
  return directRoom(api, target.person)
}

export async function directRoom(api: Api, person: string): Promise<string> {
  const { channel } = await calling(() => api.read.conversations.open({ users: person }))
  if (!channel?.id) throw new ChatError('gone', 'user_not_found')
  return channel.id
}

export async function publishHome(api: Api, person: string, card: Card): Promise<void> {
  const blocks = cardBlocks(card, 100) as unknown as Blocks
  await calling(() => api.once.views.publish({ user_id: person, view: { type: 'home', blocks } }))
}
