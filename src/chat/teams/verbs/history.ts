/**
 * What Graph still knows of a room: messages, replies, latest edits and deletions. A thread comes whole; the threads are
 * in the order in which they last changed, so that one is missing is known only when all were listed.
 */
import { randomUUID } from 'node:crypto'
import {
  ChatError,
  type ChatPort,
  type HistoryPart,
  type HistoryWish,
  type Shown,
  type ShownReactions,
} from '../../port.ts'
import type { Api } from '../api.ts'
import { authorOf } from '../reading/author.ts'
import { recoveredMessage } from '../reading/message.ts'
import type { ChatMessage } from '../reading/payload.ts'
import { lastChange, pageAt, pathSince, readable, withReplies } from './rows.ts'

interface Mark {
  readonly link: string
  /** Under which the roots listed so far are remembered: by this process, and where it ended nobody compares them. */
  readonly walk: string
}

type Walks = Map<string, string[]>

/** Abandoned ones are forgotten, the oldest first. */
const WALKS = 32

export function historyReader(api: Api): ChatPort['history'] {
  const walks: Walks = new Map()
  return (room, wish) => history(api, walks, room, wish)
}

async function* history(api: Api, walks: Walks, room: string, wish: HistoryWish): AsyncIterable<HistoryPart> {
  let mark = wish.at === undefined ? undefined : (JSON.parse(wish.at) as Mark)
  const walk = mark?.walk ?? begun(walks)
  do {
    const { rows, next } = await pageOf(api, room, wish, mark?.link)
    const threads = await Promise.all(rows.map((row) => wholeThread(api, room, row)))
    walks.get(walk)?.push(...threads.flatMap(({ ids }) => ids.slice(0, 1)))
    mark = next ? { link: next, walk } : undefined
    yield {
      messages: threads
        .flatMap(({ messages }) => messages)
        .filter((row) => lastChange(row) >= wish.since.getTime())
        .sort((a, b) => Number(a.id) - Number(b.id))
        .flatMap((row) => recoveredMessage(api.self, room, row) ?? []),
      reactions: threads
        .flatMap(({ messages }) => messages)
        .filter((row) => !row.deletedDateTime)
        .map((row) => reactionsOn(api, row)),
      shown: [...threads.flatMap(repliesShown), ...(mark || !wish.whole ? [] : rootsShown(walks.get(walk)))],
      ...(mark ? { next: JSON.stringify(mark) } : {}),
    }
  } while (mark)
  walks.delete(walk)
}

function begun(walks: Walks): string {
  const walk = randomUUID()
  walks.set(walk, [])
  for (const old of walks.keys()) if (walks.size > WALKS) walks.delete(old)
  return walk
}

/** Graph forgets where a listing stood: then it begins anew, and what was recorded of it already is known. */
async function pageOf(api: Api, room: string, { since, whole }: HistoryWish, link: string | undefined) {
  if (link !== undefined) {
    try {
      return await pageAt(api, room, link)
    } catch (error) {
      if (!(error instanceof ChatError) || error.failure === 'transient') throw error
    }
  }
  return pageAt(api, room, await pathSince(api, room, since, whole))
}

interface Thread {
  /** The root's first, and those of messages that cannot be read. */
  readonly ids: readonly string[]
  readonly messages: readonly ChatMessage[]
}

async function wholeThread(api: Api, room: string, row: unknown): Promise<Thread> {
  const ids: string[] = []
  const messages: ChatMessage[] = []
  for await (const one of withReplies(api, room, row, 1)) {
    const { id } = (one ?? {}) as { id?: unknown }
    const message = readable(one)
    if (typeof id === 'string') ids.push(id)
    if (message) messages.push(message)
  }
  return { ids, messages }
}

/** As they are named elsewhere; what an organisation drew itself may be named in words, which are not ours to repeat. */
const names: Readonly<Record<string, string>> = { '📌': 'pushpin', '📍': 'round_pushpin' }

function reactionsOn({ self }: Api, { id, reactions }: ChatMessage): ShownReactions {
  return {
    message: id,
    reactions: (reactions ?? []).flatMap(({ reactionType, createdDateTime, user }) => {
      const author = authorOf(self, user)
      if (!author || author.isUs || !reactionType) return []
      const at = createdDateTime ? { at: new Date(createdDateTime) } : {}
      return [{ person: author.id, name: names[reactionType] ?? reactionType, ...at }]
    }),
    partly: [],
  }
}

const repliesShown = ({ ids: [root, ...replies] }: Thread): Shown[] =>
  root === undefined ? [] : [{ thread: root, from: null, until: null, messages: replies }]

const rootsShown = (roots: readonly string[] | undefined): Shown[] =>
  roots ? [{ thread: '', from: null, until: null, messages: roots }] : []
