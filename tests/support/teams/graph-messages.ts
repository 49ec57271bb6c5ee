/**
 * Pages of messages. Threads come whole, the last changed first; replies only where they are asked for. A filter or a
 * delta token brings every thread in which anything changed since.
 */
import { randomBytes } from 'node:crypto'
import type { Core } from './core.ts'
import { messageRow, systemRow } from './graph-rows.ts'
import { type Answer, type Ask, graphError } from './http.ts'
import type { Channel, Json, Message } from './state.ts'

export interface Cursor {
  readonly top: number
  readonly from: number
  readonly replies: boolean
  /** Changed after this, in milliseconds. */
  readonly since: number
  /** The threads of this round, as they stood in order when its first page was asked for. */
  readonly roots: readonly string[] | undefined
  /** What changed later than this belongs to the next round. */
  readonly until: number
}

interface Thread {
  readonly root: Message
  readonly replies: readonly Message[]
  readonly changedAt: number
}

/** Tokens say nothing to who holds them. */
function seal(core: Core, cursor: Cursor): string {
  const token = randomBytes(24).toString('base64url')
  core.cursors.set(token, cursor)
  return token
}

const bad = (message: string) => graphError(400, 'BadRequest', message)

function cursorOf(core: Core, { query }: Ask): Cursor | Answer {
  const token = query.get('$skiptoken') ?? query.get('$deltatoken')
  if (token !== null) return core.cursors.get(token) ?? bad('Badly formed token.')
  const top = Number(query.get('$top') ?? 20)
  if (!Number.isInteger(top) || top < 1 || top > 50) return bad('Invalid $top: must be between 1 and 50.')
  const expand = query.get('$expand')
  if (expand !== null && expand !== 'replies') return bad('Only replies can be expanded.')
  const filter = query.get('$filter')
  const since =
    filter === null
      ? 0
      : Date.parse(/^lastModifiedDateTime gt (\d{4}-\d\d-\d\dT[\d:.]+(?:Z|z))$/.exec(filter)?.[1] ?? '')
  if (Number.isNaN(since)) return bad('Filter is not supported.')
  return { top, from: 0, replies: expand === 'replies', since, roots: undefined, until: 0 }
}

function threadsOf(core: Core, channel: Channel): Thread[] {
  const here = core.state.messages.filter(({ room, onlyFor }) => room === channel.id && onlyFor === undefined)
  return here
    .filter(({ root }) => root === undefined)
    .map((root) => {
      const replies = here
        .filter((each) => each.root === root.id)
        .sort((one, other) => Number(other.id) - Number(one.id))
      return { root, replies, changedAt: Math.max(...[root, ...replies].map(({ modifiedAt }) => modifiedAt)) }
    })
    .sort((one, other) => other.changedAt - one.changedAt)
}

const REPLIES = 1_000

function threadRow(core: Core, channel: Channel, { root, replies }: Thread, link: string): Json {
  const rows = replies.map((each) => messageRow(core, channel, each))
  const more =
    rows.length > REPLIES
      ? { 'replies@odata.nextLink': `${link}/messages/${root.id}/replies?$skip=${REPLIES}` }
      : {}
  return {
    ...messageRow(core, channel, root),
    'replies@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#replies',
    'replies@odata.count': rows.length,
    ...more,
    replies: rows.slice(0, REPLIES),
  }
}

const addressOf = (core: Core, channel: Channel) =>
  `${core.origin()}/graph/v1.0/teams/${channel.team}/channels/${encodeURIComponent(channel.id)}`
const showsKinds = ({ headers }: Ask) => String(headers.prefer ?? '').includes('include-unknown-enum-members')

export function messagePage(core: Core, channel: Channel, ask: Ask, kind: 'list' | 'delta'): Answer {
  const cursor = cursorOf(core, ask)
  if ('status' in cursor) return cursor
  const { top, from, replies, since } = cursor
  const until = cursor.roots ? cursor.until : core.state.lastId
  const threads = threadsOf(core, channel)
  const roots =
    cursor.roots ?? threads.filter(({ changedAt }) => changedAt > since).map(({ root }) => root.id)
  const changed = roots.flatMap((id) => threads.find(({ root }) => root.id === id) ?? [])
  const link = addressOf(core, channel)
  const rows = changed.map((thread) =>
    replies ? threadRow(core, channel, thread, link) : messageRow(core, channel, thread.root),
  )
  if (channel.createdAt > since) rows.push(systemRow(core, channel, showsKinds(ask)))
  const page = rows.slice(from, from + top)
  const path = `${link}/messages${kind === 'delta' ? '/delta' : ''}`
  const next =
    from + top < rows.length
      ? {
          '@odata.nextLink': `${path}?$skiptoken=${seal(core, { ...cursor, from: from + top, roots, until })}`,
        }
      : undefined
  const last =
    kind === 'delta'
      ? {
          '@odata.deltaLink': `${path}?$deltatoken=${seal(core, { ...cursor, from: 0, since: until, roots: undefined, until: 0 })}`,
        }
      : {}
  return {
    status: 200,
    body: {
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#Collection(chatMessage)',
      '@odata.count': page.length,
      ...(next ?? last),
      value: page,
    },
  }
}

export function repliesPage(core: Core, channel: Channel, { params, query }: Ask): Answer {
  const thread = threadsOf(core, channel).find(({ root }) => root.id === params[2])
  if (!thread) return graphError(404, 'NotFound', 'Message not found')
  const top = Number(query.get('$top') ?? 20)
  if (!Number.isInteger(top) || top < 1 || top > 50) return bad('Invalid $top: must be between 1 and 50.')
  const skip = Number(query.get('$skip') ?? query.get('$skiptoken') ?? 0)
  const page = thread.replies.slice(skip, skip + top).map((each) => messageRow(core, channel, each))
  const next =
    skip + top < thread.replies.length
      ? {
          '@odata.nextLink': `${addressOf(core, channel)}/messages/${thread.root.id}/replies?$top=${top}&$skiptoken=${skip + top}`,
        }
      : {}
  return {
    status: 200,
    body: {
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#replies',
      '@odata.count': page.length,
      ...next,
      value: page,
    },
  }
}
