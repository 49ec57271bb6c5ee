/**
 * What Slack still knows of a room: messages, replies and latest edits since an instant, oldest first. Slack lists
 * parents only and by their own age, so the whole room is paged: an old message may carry a new reply or a new edit.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { ChatError, type InboundMessage } from '../port.ts'
import type { Api } from './api.ts'
import { calling } from './errors.ts'
import { recoveredMessage } from './message.ts'
import { messageSchema, type SlackMessage } from './payload.ts'
import { dateTs } from './text.ts'

const pageSize = 999
const longestWaitMs = 65_000

export async function* history(api: Api, room: string, since: Date): AsyncIterable<InboundMessage> {
  const from = Number(dateTs(since))
  const rows = new Map<string, SlackMessage>()
  for await (const row of pages(api, room)) {
    if (isNew(row, from)) rows.set(row.ts, row)
    if (!row.reply_count || Number(row.latest_reply ?? Number.POSITIVE_INFINITY) < from) continue
    for await (const reply of pages(api, room, row.ts)) if (isNew(reply, from)) rows.set(reply.ts, reply)
  }
  const inOrder = [...rows.values()].sort((a, b) => Number(a.ts) - Number(b.ts))
  for (const row of inOrder) {
    const message = recoveredMessage(api.self, room, row)
    if (message) yield message
  }
}

/** A tombstone does not say when its message was deleted, so it is always told; its key makes it one. */
function isNew(row: SlackMessage, from: number): boolean {
  return Number(row.ts) >= from || Number(row.edited?.ts ?? 0) >= from || row.subtype === 'tombstone'
}

async function* pages(api: Api, channel: string, thread?: string): AsyncIterable<SlackMessage> {
  let cursor: string | undefined
  do {
    const asked = { channel, limit: pageSize, include_all_metadata: true, ...(cursor ? { cursor } : {}) }
    const page = await patient(() =>
      thread
        ? api.read.conversations.replies({ ...asked, ts: thread })
        : api.read.conversations.history(asked),
    )
    for (const row of page.messages ?? []) {
      const message = readable(row)
      if (message) yield message
    }
    cursor = page.response_metadata?.next_cursor || undefined
  } while (cursor)
}

/** A row whose trimmings no schema knows still says who said what, when. */
function readable(row: object): SlackMessage | undefined {
  const whole = messageSchema.safeParse(row)
  if (whole.success) return whole.data
  const { ts, user, bot_id, subtype, text, thread_ts } = row as Record<string, unknown>
  return messageSchema.safeParse({ ts, user, bot_id, subtype, text, thread_ts }).data
}

/** A long read may be told to slow down; giving up half-way would leave the gap it came to close. */
async function patient<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await calling(call)
    } catch (error) {
      const waitMs = error instanceof ChatError ? error.retryAfterMs : undefined
      if (waitMs === undefined || waitMs > longestWaitMs || tries >= 5) throw error
      await wait(waitMs)
    }
  }
}
