/**
 * What Slack still knows of a room, newest page first: messages, replies and latest edits. Slack lists parents only and by
 * their own age, so the whole room is paged: an old message may carry a new reply or a new edit.
 */
import {
  ChatError,
  type HistoryPart,
  type HistoryWish,
  type InboundMessage,
  type Shown,
  type ShownReactions,
} from '../port.ts'
import type { Api } from './api.ts'
import { calling } from './errors.ts'
import type { Pace } from './history-pace.ts'
import { recoveredMessage } from './message.ts'
import { messageSchema, type SlackMessage } from './payload.ts'
import { dateTs, reactionName } from './text.ts'

/** Where a read stands: threads of the pages so far that are still to be read, and the pages that are older. */
interface Mark {
  /** First-level messages older than this; null: from the newest. Absent: all of them were listed. */
  readonly before?: string | null
  readonly threads: readonly string[]
  /** Replies of the first of these threads up to this one were read. */
  readonly after?: string
}

interface Row {
  readonly ts: string
  readonly message: SlackMessage | undefined
}

export async function* history(
  api: Api,
  pace: Pace,
  room: string,
  wish: HistoryWish,
): AsyncIterable<HistoryPart> {
  let mark: Mark | undefined = wish.at === undefined ? { before: null, threads: [] } : JSON.parse(wish.at)
  while (mark) {
    const [thread] = mark.threads
    const read: Read = await (thread === undefined
      ? firstLevel(api, pace, room, wish, mark)
      : replies(api, pace, room, mark, thread))
    mark = read.next
    const { rows, shown } = read
    yield {
      messages: messagesIn(api, room, rows, wish.since),
      reactions: rows.flatMap(({ message }) => (message ? [reactionsOn(api, message)] : [])),
      shown,
      ...(mark ? { next: JSON.stringify(mark), ...pace.rest() } : {}),
    }
  }
}

interface Read {
  readonly rows: readonly Row[]
  readonly shown: readonly Shown[]
  readonly next: Mark | undefined
}

async function firstLevel(
  api: Api,
  pace: Pace,
  channel: string,
  wish: HistoryWish,
  mark: Mark,
): Promise<Read> {
  const { before = null } = mark
  const { rows, hasMore } = await page(pace, (limit) =>
    api.read.conversations.history({
      ...asked(channel, limit),
      ...(before === null ? {} : { latest: before }),
    }),
  )
  const ids = rows.map(({ ts }) => ts)
  const oldest = ids.reduce<string | undefined>(
    (least, ts) => (Number(ts) < Number(least ?? ts) ? ts : (least ?? ts)),
    undefined,
  )
  const more = hasMore && oldest !== undefined
  const { read, emptied } = await threadsToRead(rows, wish)
  const threads = [...mark.threads, ...read]
  const next = { ...(more ? { before: oldest } : {}), threads }
  return {
    rows,
    shown: [
      { thread: '', from: more ? oldest : null, until: before, messages: ids },
      ...emptied.map((thread) => ({ thread, from: null, until: null, messages: [] })),
    ],
    next: more || threads.length > 0 ? next : undefined,
  }
}

/**
 * Threads with a new reply, and those with fewer or more replies than are on the record; and those that lost all. That a
 * reply was edited shows in its thread alone: where the whole room is asked for, each is read.
 */
async function threadsToRead(rows: readonly Row[], { since, whole, standing }: HistoryWish) {
  const from = Number(dateTs(since))
  const known = (await standing?.(rows.map(({ ts }) => ts))) ?? new Map<string, number>()
  const parents = rows.flatMap(({ ts, message }) =>
    message && !isReply(message) ? [{ ts, message, wanted: known.get(ts) ?? 0 }] : [],
  )
  const read = parents.filter(({ message: { reply_count, latest_reply }, wanted }) => {
    if (!reply_count) return false
    const isNew = Number(latest_reply ?? Number.POSITIVE_INFINITY) >= from
    return whole || isNew || (wanted > 0 && wanted !== reply_count)
  })
  const emptied = parents.filter(({ message, wanted }) => !message.reply_count && wanted > 0)
  return { read: read.map(({ ts }) => ts), emptied: emptied.map(({ ts }) => ts) }
}

async function replies(
  api: Api,
  pace: Pace,
  channel: string,
  { before, threads, after }: Mark,
  thread: string,
): Promise<Read> {
  const answer = await page(pace, (limit) =>
    api.read.conversations.replies({
      ...asked(channel, limit),
      ts: thread,
      ...(after ? { oldest: after } : {}),
    }),
  ).catch((error: unknown) => {
    // Deleted with its replies since its page was listed: the next read sees that it is missing.
    if (error instanceof ChatError && error.code === 'thread_not_found') return undefined
    throw error
  })
  const { rows: all, hasMore } = answer ?? { rows: [], hasMore: false }
  const rows = all.filter(({ ts }) => ts !== thread && ts !== after)
  const newest = rows.at(-1)?.ts
  const more = hasMore && newest !== undefined && newest !== after
  const rest = { ...(before === undefined ? {} : { before }), threads: more ? threads : threads.slice(1) }
  const isOver = !more && rest.threads.length === 0 && before === undefined
  const seen = after === undefined ? [] : [after]
  return {
    // What was sent to the room too is listed there.
    rows: rows.filter(({ message }) => message?.subtype !== 'thread_broadcast'),
    shown: answer
      ? [
          {
            thread,
            from: after ?? null,
            until: more ? newest : null,
            messages: [...seen, ...rows.map(({ ts }) => ts)],
          },
        ]
      : [],
    next: isOver ? undefined : { ...rest, ...(more ? { after: newest } : {}) },
  }
}

const asked = (channel: string, limit: number) => ({ channel, limit, include_all_metadata: true })

interface Answer {
  readonly messages?: readonly object[]
  readonly has_more?: boolean
  readonly response_metadata?: { readonly next_cursor?: string }
}

async function page(pace: Pace, call: (limit: number) => Promise<Answer>) {
  const answer = await pace.asking((limit) => calling(() => call(limit)))
  const rows = (answer.messages ?? []).flatMap((row): Row[] => {
    const { ts } = row as { ts?: unknown }
    return typeof ts === 'string' ? [{ ts, message: readable(row) }] : []
  })
  return { rows, hasMore: answer.has_more === true || Boolean(answer.response_metadata?.next_cursor) }
}

function messagesIn(api: Api, room: string, rows: readonly Row[], since: Date): InboundMessage[] {
  const from = Number(dateTs(since))
  return rows
    .flatMap(({ message }) => (message && isNew(message, from) ? [message] : []))
    .sort((a, b) => Number(a.ts) - Number(b.ts))
    .flatMap((row) => recoveredMessage(api.self, room, row) ?? [])
}

/** Of many people Slack names some; a row whose trimmings are unread names none, and so takes none back. */
function reactionsOn({ self }: Api, { ts, reactions }: SlackMessage): ShownReactions {
  const told = reactions ?? []
  return {
    message: ts,
    reactions: told.flatMap(({ name, users }) =>
      (users ?? [])
        .filter((person) => person !== self.botUser)
        .map((person) => ({ person, name: reactionName(name) })),
    ),
    partly: told.flatMap(({ name, users, count }) =>
      (users?.length ?? 0) < (count ?? 0) ? [reactionName(name)] : [],
    ),
  }
}

const isReply = ({ ts, thread_ts }: SlackMessage): boolean => Boolean(thread_ts) && thread_ts !== ts

/** A tombstone does not say when its message was deleted, so it is always told; its key makes it one. */
function isNew(row: SlackMessage, from: number): boolean {
  return Number(row.ts) >= from || Number(row.edited?.ts ?? 0) >= from || row.subtype === 'tombstone'
}

/** A row whose trimmings no schema knows still says who said what, when, and how many answered. */
function readable(row: object): SlackMessage | undefined {
  const whole = messageSchema.safeParse(row)
  if (whole.success) return whole.data
  const { ts, user, bot_id, subtype, text, thread_ts, reply_count, latest_reply } = row as Record<
    string,
    unknown
  >
  const least = { ts, user, bot_id, subtype, text, thread_ts, reply_count, latest_reply }
  return messageSchema.safeParse(least).data
}
