/**
 * What is on the record and no longer in the platform's history: somebody deleted it and nobody told us, or the platform
 * took it with everything as old. What was missing and is there again is found too. Compared a stretch at a time.
 */
import type { Shown } from '../chat/port.ts'
import { CHECKPOINT_POST } from '../domain/checkpoint-cadence.ts'
import { event } from '../domain/events.ts'
import type { EntryLine } from '../domain/record.ts'
import { messageKey } from '../evidence/evidence-of.ts'
import { isDeleted, isGone, nextMark } from '../evidence/standing.ts'
import { SYSTEM } from '../pipeline/commit.ts'
import type { EvidenceItem } from '../store/evidence-plan.ts'
import type { Known } from '../store/standing.ts'
import type { Job } from './delivering.ts'

/** A platform's history may lag behind its own events. */
export const FRESH_MS = 60_000

/** A platform deletes by age in days; sooner, people did it. */
const RETAINED_MS = 24 * 3_600_000

/** So many at once, and nothing older left: no person deletes like that. Once it began, one is enough. */
const RETAINED_MANY = 10

export interface Swept {
  readonly from: string
  readonly to: string
  readonly count: number
  /** The newest message of them. */
  readonly through: string
}

export interface Compared {
  readonly vanished: number
  /** Of them, checkpoints that we posted: what the platform was to bear witness with. */
  readonly checkpoints: number
  readonly restored: number
  /** The platform's own retention. */
  readonly swept?: Swept
}

export interface Comparison {
  readonly job: Job
  readonly room: string
  /** When the platform was asked: what came later it need not have shown. */
  readonly readAt: Date
  /** Messages up to this one are known to be taken by retention. */
  readonly through: string | undefined
}

interface Missing {
  readonly known: Known
  readonly line: EntryLine
}

const CHUNK = 200

export async function compare(comparison: Comparison, shown: Shown): Promise<Compared> {
  const there = new Set(shown.messages)
  const oldest = shown.thread === '' && shown.from === null ? oldestOf(shown) : undefined
  const pile: Pile = { count: 0, kept: [] }
  const thread = shown.thread || null
  let found = NONE
  let restored = 0
  for await (const chunk of chunked(knownIn(comparison, shown))) {
    for (const known of chunk)
      if (there.has(known.message) && isGone(known) && !isDeleted(known))
        restored += await record(comparison, known, { mark: 'back', thread })
    for (const missing of await missingIn(comparison, chunk, there)) {
      const isOld = oldest !== undefined && missing.known.message < oldest
      if (isOld && isRetained(comparison, missing)) add(pile, missing)
      else found = sum(found, await tell(comparison, missing, thread))
    }
  }
  const isSweep = pile.count >= RETAINED_MANY || (pile.count > 0 && comparison.through !== undefined)
  if (!isSweep) for (const missing of pile.kept) found = sum(found, await tell(comparison, missing, thread))
  return { ...found, restored, ...(isSweep ? { swept: sweptOf(pile) } : {}) }
}

/** Ids are times of one length on each platform, so they compare as text. Undefined: nothing at all is left. */
function oldestOf({ messages, until }: Shown): string {
  let least = until ?? '~'
  for (const id of messages) if (id < least) least = id
  return least
}

function knownIn({ job, room, through }: Comparison, { thread, from, until }: Shown) {
  const { platform, workspace } = job.port
  const since = from ?? through ?? null
  return job.delivering.store.standing.messages({ platform, workspace, room }, { thread, from: since, until })
}

async function* chunked(all: AsyncIterable<Known>): AsyncGenerator<readonly Known[]> {
  let chunk: Known[] = []
  for await (const one of all) {
    chunk.push(one)
    if (chunk.length < CHUNK) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}

async function missingIn(
  { job, room, readAt, through }: Comparison,
  chunk: readonly Known[],
  there: ReadonlySet<string>,
): Promise<Missing[]> {
  const { standing } = job.delivering.store
  const absent = chunk.filter(
    (known) => !there.has(known.message) && known.message !== through && !isDeleted(known) && !isGone(known),
  )
  if (absent.length === 0) return []
  const keyOf = ({ message }: Known) => messageKey({ ...placeOf(job), room, message })
  // A deletion told since, or one whose thread the platform did not tell.
  const told = await standing.keys(absent.map((known) => `${keyOf(known)}:d`))
  const lines = await standing.lines(
    job.row.incident,
    absent.map(({ seq }) => seq),
  )
  return absent.flatMap((known): Missing[] => {
    const line = lines.get(known.seq)
    const isFresh = !line || Date.parse(line.at) > readAt.getTime() - FRESH_MS
    return isFresh || told.has(`${keyOf(known)}:d`) ? [] : [{ known, line }]
  })
}

const placeOf = ({ port: { platform, workspace } }: Job) => ({ platform, workspace })

const isRetained = ({ readAt }: Comparison, { line }: Missing): boolean =>
  Date.parse(saidAt(line)) < readAt.getTime() - RETAINED_MS

/** The platform's time; an edit's is the edit's. */
export const saidAt = ({ source, at }: EntryLine): string => source?.ts ?? at

/** Told one by one after all where they are few; only counted where they are many. */
interface Pile {
  count: number
  first?: string
  last?: { readonly at: string; readonly message: string }
  readonly kept: Missing[]
}

function add(pile: Pile, missing: Missing): void {
  const at = saidAt(missing.line)
  pile.count += 1
  pile.first ??= at
  pile.last = { at, message: missing.known.message }
  if (pile.kept.length < RETAINED_MANY) pile.kept.push(missing)
}

const sweptOf = ({ count, first = '', last = { at: '', message: '' } }: Pile): Swept => ({
  from: first,
  to: last.at,
  count,
  through: last.message,
})

type Counts = Pick<Compared, 'vanished' | 'checkpoints'>

const NONE: Counts = { vanished: 0, checkpoints: 0 }

const sum = (one: Counts, other: Counts): Counts => ({
  vanished: one.vanished + other.vanished,
  checkpoints: one.checkpoints + other.checkpoints,
})

/** With what was answered to it, where it was a root: nobody is shown replies without their root. */
async function tell(
  comparison: Comparison,
  { known, line }: Missing,
  thread: string | null,
): Promise<Counts> {
  const vanished = await record(comparison, known, { mark: 'gone', thread })
  const told = { vanished, checkpoints: ownPost(line) === CHECKPOINT_POST ? vanished : 0 }
  if (thread !== null) return told
  const replies = { thread: known.message, from: null, until: null, messages: [] }
  return sum(told, await compare({ ...comparison, through: undefined }, replies))
}

/** What a post of ours showed; undefined of everything else. */
const ownPost = ({ kind, data }: EntryLine): string | undefined =>
  kind === 'post.sent' ? (data as { readonly view: string }).view : undefined

async function record(
  comparison: Comparison,
  known: Known,
  { mark, thread }: { readonly mark: 'gone' | 'back'; readonly thread: string | null },
): Promise<number> {
  const { job, room } = comparison
  const { delivering, row } = job
  const line = (await delivering.store.standing.lines(row.incident, [known.seq])).get(known.seq)
  const { author = '' } = (line?.data ?? {}) as { author?: string }
  const own = line && ownPost(line)
  const { message, seq } = known
  const place = { ...placeOf(job), room }
  const key = messageKey({ ...place, message })
  const told =
    mark === 'gone'
      ? event(
          'message.vanished',
          {
            ...{ room, message, thread, deletedBy: 'unknown', deletedAt: 'unknown' },
            ...(own === undefined ? {} : { ownPost: own }),
          },
          undefined,
          seq,
        )
      : event(
          'message.restored',
          { room, message, thread, author, files: [], recovered: true, asToldLater: false },
          undefined,
          seq,
        )
  const item: EvidenceItem = {
    messageKey: key,
    ...place,
    stamp: { actor: SYSTEM, at: delivering.now(), source: { ...place, message, thread, ts: null } },
    thread: thread ?? '',
    versions: [{ key: `${key}:${nextMark(known, mark)}`, event: told }],
  }
  return (await delivering.capture(item)) === 'recorded' ? 1 : 0
}
