/**
 * A channel's messages as Graph has them, changed since an instant. A thread in which anything changed comes whole; a
 * page that fails is asked for again from its own address.
 */
import type { Api } from '../api.ts'
import { type ChatMessage, chatMessageSchema } from '../reading/payload.ts'
import { chatError } from '../wire/errors.ts'
import type { Page } from '../wire/graph.ts'
import { inRoom, teamHolding } from './channels.ts'

const longestWaitMs = 65_000
const patience = 5
/** Where Graph named no time: doubled with every try. */
const firstWaitMs = 1000
/** Changes older than this are not told by delta; the whole room is listed instead. */
const deltaMs = 240 * 86_400_000

/**
 * Rows changed at or after `since`, in no order. `tries`: how often a page is asked for; once where a delivery waits,
 * whose own retry comes before its lease runs out.
 */
export async function* rowsSince(
  api: Api,
  room: string,
  since: Date,
  tries = patience,
): AsyncIterable<ChatMessage> {
  for await (const row of pages(api, room, await pathSince(api, room, since), tries)) {
    for await (const one of withReplies(api, room, row, tries)) {
      const message = readable(one)
      if (message && lastChange(message) >= since.getTime()) yield message
    }
  }
}

/** Where the threads begin in which anything changed since; or, of a whole room, all of them. */
export async function pathSince(api: Api, room: string, since: Date, isWhole = false): Promise<string> {
  const team = await teamHolding(api, room)
  const messages = `/teams/${team}/channels/${encodeURIComponent(room)}/messages`
  const from = new Date(Math.max(0, since.getTime() - 1000)).toISOString()
  const isDelta = !isWhole && api.now().getTime() - since.getTime() < deltaMs
  const changed = `$filter=${encodeURIComponent(`lastModifiedDateTime gt ${from}`)}&`
  return `${messages}${isDelta ? '/delta' : ''}?${isDelta ? changed : ''}$expand=replies&$top=50`
}

/** One page, and where the next one is. */
export async function pageAt(api: Api, room: string, path: string) {
  const page = (await inRoom(api, room, () => api.graph.get(path))) as Page
  return { rows: page.value ?? [], next: page['@odata.nextLink'] }
}

export async function* withReplies(
  api: Api,
  room: string,
  row: unknown,
  tries: number,
): AsyncIterable<unknown> {
  yield row
  const { replies, 'replies@odata.nextLink': more } = row as {
    replies?: unknown
    'replies@odata.nextLink'?: string
  }
  if (Array.isArray(replies)) yield* replies
  if (more) yield* pages(api, room, more, tries)
}

async function* pages(api: Api, room: string, path: string, tries: number): AsyncIterable<unknown> {
  for (let at: string | undefined = path; at; ) {
    const link = at
    const page = (await patient(api, tries, () => inRoom(api, room, () => api.graph.get(link)))) as Page
    yield* page.value ?? []
    at = page['@odata.nextLink']
  }
}

export const lastChange = (row: ChatMessage): number =>
  Math.max(
    ...[row.createdDateTime, row.lastModifiedDateTime, row.lastEditedDateTime, row.deletedDateTime].map(
      (told) => Date.parse(told ?? '') || 0,
    ),
  )

/** A row whose trimmings no schema knows still says who said what, when. */
export function readable(row: unknown): ChatMessage | undefined {
  const whole = chatMessageSchema.safeParse(row)
  if (whole.success) return whole.data
  const { id, replyToId, createdDateTime, lastModifiedDateTime, deletedDateTime, from, body } = (row ??
    {}) as Record<string, unknown>
  const least = { id, replyToId, createdDateTime, lastModifiedDateTime, deletedDateTime, from, body }
  return chatMessageSchema.safeParse(least).data
}

/** A long read may be told to slow down, or meet a gateway that is: begun anew each time, it would never end. */
async function patient<T>(api: Api, tries: number, call: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await call()
    } catch (error) {
      const { failure, retryAfterMs = firstWaitMs * 2 ** (tried - 1) } = chatError(error)
      if (failure !== 'transient' || retryAfterMs > longestWaitMs || tried >= tries) throw error
      await api.time.wait(retryAfterMs)
    }
  }
}
