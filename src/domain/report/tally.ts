/** What is only counted: messages by the hour, posts by their view, checkpoints by why they were signed. */
import { CHECKPOINT_POST } from '../checkpoint-cadence.ts'
import type { EventOf, MessageData } from '../events.ts'
import type { EntryLine } from '../record.ts'
import { msOf } from '../zone.ts'
import type { CheckpointRow, PostsRow, Report } from './report.ts'

const hourMs = 3_600_000
type Counted = Pick<Report, 'messages' | 'posts' | 'checkpoints' | 'practice'>

export function tally() {
  const hours = new Map<number, number>()
  const authors = new Set<string>()
  const posts = new Map<string, PostsRow>()
  const whys = new Map<string, number>()
  const keys = new Set<string>()
  const authorities = new Set<string>()
  const count = {
    posted: 0,
    edited: 0,
    deleted: 0,
    files: 0,
    recovered: 0,
    vanished: 0,
    ownVanished: 0,
    checkpointsVanished: 0,
    signed: 0,
    stamped: 0,
  }
  let practice = false
  let first: CheckpointRow | null = null
  let last: CheckpointRow | null = null

  function message({ at, data, actor }: EntryLine): void {
    const { author, recovered } = data as MessageData
    const hour = Math.floor(msOf(at) / hourMs) * hourMs
    hours.set(hour, (hours.get(hour) ?? 0) + 1)
    authors.add(author || actor.id)
    count.posted += 1
    if (recovered) count.recovered += 1
  }

  function vanished({ data }: EntryLine): void {
    const { ownPost } = data as EventOf<'message.vanished'>['data']
    if (ownPost === undefined) count.vanished += 1
    else count.ownVanished += 1
    if (ownPost === CHECKPOINT_POST) count.checkpointsVanished += 1
  }

  function post({ kind, at, data }: EntryLine): void {
    const { view } = data as EventOf<'post.sent'>['data']
    const old = posts.get(view) ?? { view, sent: 0, failed: 0, superseded: 0, firstAt: at, lastAt: at }
    posts.set(view, {
      ...old,
      sent: old.sent + Number(kind === 'post.sent'),
      failed: old.failed + Number(kind === 'post.failed'),
      superseded: old.superseded + Number(kind === 'post.superseded'),
      lastAt: at,
    })
  }

  function checkpoint({ seq: entry, at, data }: EntryLine): void {
    const note = data as EventOf<'checkpoint.signed'>['data']
    last = { entry, at, seq: note.seq, head: note.head, key: note.key }
    first ??= last
    practice ||= note.practice === true
    count.signed += 1
    keys.add(note.key)
    whys.set(note.why, (whys.get(note.why) ?? 0) + 1)
  }

  const counters: Readonly<Record<string, (line: EntryLine) => void>> = {
    'message.posted': message,
    'message.edited': () => (count.edited += 1),
    'message.deleted': () => (count.deleted += 1),
    'message.vanished': vanished,
    'file.added': () => (count.files += 1),
    'post.sent': post,
    'post.failed': post,
    'post.superseded': post,
    'checkpoint.signed': checkpoint,
    'checkpoint.timestamped': ({ data }) => {
      count.stamped += 1
      authorities.add((data as EventOf<'checkpoint.timestamped'>['data']).tsa)
    },
  }

  return {
    add: (line: EntryLine): void => counters[line.kind]?.(line),
    done(): Counted {
      const { signed, stamped, ...messages } = count
      const byHour = [...hours].sort(([a], [b]) => a - b)
      return {
        practice,
        messages: {
          ...messages,
          authors: authors.size,
          hours: byHour.map(([at, count]) => ({ at: new Date(at).toISOString(), count })),
        },
        posts: [...posts.values()].sort((a, b) => (a.view < b.view ? -1 : 1)),
        checkpoints: {
          ...{ signed, stamped, first, last, byWhy: [...whys].sort(), keys: [...keys].sort() },
          authorities: [...authorities].sort(),
        },
      }
    },
  }
}
