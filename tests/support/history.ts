/** A room's history as one list: every part read to the end, in the order in which it was said. */
import type { ChatPort, HistoryPart, HistoryWish, InboundMessage } from '../../src/chat/port.ts'

export async function partsOf(
  port: Pick<ChatPort, 'history'>,
  room: string,
  wish: HistoryWish,
): Promise<HistoryPart[]> {
  const parts: HistoryPart[] = []
  for await (const part of port.history(room, wish)) parts.push(part)
  return parts
}

export async function historyOf(
  port: Pick<ChatPort, 'history'>,
  room: string,
  since: Date,
): Promise<InboundMessage[]> {
  const parts = await partsOf(port, room, { since })
  return parts
    .flatMap(({ messages }) => messages)
    .sort((one, other) => Number(one.message) - Number(other.message))
}
