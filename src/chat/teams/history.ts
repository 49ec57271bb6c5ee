/** What Graph still knows of a room: messages, replies, latest edits and deletions since an instant, oldest first. */
import type { InboundMessage } from '../port.ts'
import type { Api } from './api.ts'
import { recoveredMessage } from './message.ts'
import type { ChatMessage } from './payload.ts'
import { rowsSince } from './rows.ts'

export async function* history(api: Api, room: string, since: Date): AsyncIterable<InboundMessage> {
  const rows = new Map<string, ChatMessage>()
  for await (const row of rowsSince(api, room, since)) rows.set(row.id, row)
  const inOrder = [...rows.values()].sort((a, b) => Number(a.id) - Number(b.id))
  for (const row of inOrder) {
    const message = recoveredMessage(api.self, room, row)
    if (message) yield message
  }
}
