/**
 * Which sealed contents leave with a bundle. All of it follows from the chain, so whoever verifies a bundle knows
 * exactly which contents must be there and can name a missing one. Memory is bounded by people's acts and by files.
 */

import type { EntryLine } from './record.ts'
import { dateIn } from './zone.ts'

export type ScopeKind = 'decision-file' | 'full' | 'dates'

/** Days are calendar dates in the incident's zone, both included; null: open on that side. */
export interface Scope {
  readonly kind: ScopeKind
  readonly from: string | null
  readonly to: string | null
}

/**
 * `none`: nothing was sealed beside the entry. Withheld content is disposed of, privileged or out of scope, in this
 * order: what no longer exists cannot be privileged.
 */
export type Verdict = 'opened' | 'none' | 'disposed' | 'privileged' | 'out-of-scope'

/** Entries that say who people are and why something is withheld are understood by nobody without their words. */
const ALWAYS = ['person.', 'privilege.']
const CHATTER = ['message.', 'file.', 'post.', 'command.refused']
/** The bulk of a log. It chooses, withholds and disposes of nothing, so whoever only notes need not read it. */
const BULK: readonly string[] = [
  'message.posted',
  'message.edited',
  'message.deleted',
  'message.reacted',
  'post.sent',
]
export const isBulk = (kind: string): boolean => BULK.includes(kind)

/** Kinds that name a message because it matters. */
const CHOOSING = ['decision.', 'evidence.']

const startsWith = (kind: string, prefixes: readonly string[]) =>
  prefixes.some((prefix) => kind.startsWith(prefix))

/** A room, a message in it and the thread that is in: what a line's data may name, whatever its kind. */
interface Place {
  readonly room?: string | null | undefined
  readonly message?: string | null | undefined
  readonly thread?: string | null | undefined
}

/** What an entry is about, and where it was itself said: counsel may mean either. */
const placesOf = ({ data, source }: EntryLine): readonly Place[] => [
  data as Place,
  ...(source ? [source] : []),
]

/** Whether the entry belongs to the scope. `isChosen`: its message was marked, or recorded as evidence or by a decision. */
export function isInScope(
  scope: Scope,
  line: Pick<EntryLine, 'kind' | 'at'>,
  { zone, isChosen }: { readonly zone: string; readonly isChosen: boolean },
): boolean {
  if (scope.kind === 'full' || startsWith(line.kind, ALWAYS)) return true
  if (scope.kind === 'decision-file') return isChosen || !startsWith(line.kind, CHATTER)
  const on = dateIn(zone, line.at)
  return (scope.from === null || on >= scope.from) && (scope.to === null || on <= scope.to)
}

/** What counsel marked, from which entry on. */
type Mark = Place & { readonly seq: number; readonly target: string }

export interface Selecting {
  /** First every line of the log in order, because a message is marked after it was said. */
  readonly note: (line: EntryLine) => void
  /** Then each line again, in order. */
  readonly verdict: (line: EntryLine) => Verdict
  /** Of a line whose verdict was asked for: whether it belongs to the scope, whatever is sealed beside it. */
  readonly belongs: (line: EntryLine) => boolean
  /** Of a line whose verdict was asked for: the entry by which counsel marked what it is about. */
  readonly privilegedBy: (line: EntryLine) => number | undefined
}

export function selecting(scope: Scope): Selecting {
  const pinned = new Map<string, Set<string>>()
  const chosen = new Set<string>()
  const privileged = new Map<string, Mark>()
  const movedTo = new Map<string, string>()
  const disposed = new Set<number>()
  /** Files that prove that a notification went out, and, once passed, the entries they belong to. */
  const proving = new Set<number>()
  const filedUnder = new Map<number, number>()
  /** Entries that captured files belong to, and, once passed, what they are about. */
  const filed = new Set<number>()
  const places = new Map<number, readonly Place[]>()
  let disposedBefore = 0
  let zone = 'UTC'

  const newest = (room: string): string => {
    let last = room
    for (let hops = movedTo.size; hops > 0 && movedTo.has(last); hops -= 1) last = movedTo.get(last)!
    return last
  }
  const isSameRoom = (one: string, other: string) => newest(one) === newest(other)

  function pin({ kind, actor, data }: EntryLine): void {
    const { message, mark } = data as { message: string; mark: string }
    const by = pinned.get(message) ?? new Set()
    if (kind === 'message.marked') by.add(`${actor.id}\n${mark}`)
    else by.delete(`${actor.id}\n${mark}`)
    pinned.set(message, by)
  }

  function privilege(kind: string, { seq, ref, data }: EntryLine): void {
    const { target, room, message } = data as Place & { target?: string }
    // Counsel's request is the mark, whoever opened the room.
    if (kind === 'privilege.room_opened')
      privileged.set(`room ${room} null`, { seq: ref ?? seq, target: 'room', room, message: null })
    const key = `${target} ${room} ${message}`
    if (kind === 'privilege.marked' && target !== undefined)
      privileged.set(key, { seq, target, room, message })
    if (kind !== 'privilege.lifted') return
    privileged.delete(key)
    for (const [other, mark] of privileged) if (mark.seq === ref) privileged.delete(other)
  }

  function note(line: EntryLine): void {
    const kind: string = line.kind
    if (isBulk(kind)) return
    const { seq, ref } = line
    const data = line.data as Place & Readonly<Record<string, unknown>>
    if (seq === 1) zone = (data as { organisation?: { zone?: string } }).organisation?.zone ?? zone
    if (kind === 'message.marked' || kind === 'message.unmarked') pin(line)
    else if (startsWith(kind, CHOOSING)) chosen.add(String(data.message))
    else if (kind === 'notification.proved')
      for (const file of (data.files as readonly number[] | undefined) ?? []) proving.add(file)
    else if (kind.startsWith('privilege.')) privilege(kind, line)
    else if (kind === 'room.moved') movedTo.set(String(data.room), String(data.newRoom))
    else if (kind.startsWith('file.') && ref !== null) filed.add(ref)
    else if (kind === 'content.disposed') {
      const { seqs } = data as { seqs?: readonly number[] | null }
      if (seqs) for (const each of seqs) disposed.add(each)
      else disposedBefore = seq
    }
  }

  const covers = (mark: Mark, at: Place): boolean => {
    // What names a message and no room is about that message, whatever its room.
    if (mark.room && at.room ? !isSameRoom(mark.room, at.room) : mark.target === 'room') return false
    if (mark.target === 'room') return true
    const isIt = (id: string | null | undefined) => id !== undefined && id !== null && id === mark.message
    return isIt(at.message) || (mark.target === 'thread' && isIt(at.thread))
  }

  /** A file is about what the entry it belongs to is about, and so is a proof that repeats its name. */
  const about = (line: EntryLine): readonly Place[] => {
    if (line.kind === 'notification.proved') return [...placesOf(line), ...provedBy(line)]
    return (line.kind.startsWith('file.') && line.ref !== null && places.get(line.ref)) || placesOf(line)
  }

  const provedBy = ({ data }: EntryLine): readonly Place[] =>
    ((data as { files?: readonly number[] }).files ?? []).flatMap(
      (file) => places.get(filedUnder.get(file) ?? 0) ?? [],
    )

  function privilegedBy(line: EntryLine): number | undefined {
    if (startsWith(line.kind, ALWAYS)) return undefined
    const at = about(line)
    for (const mark of privileged.values()) if (at.some((place) => covers(mark, place))) return mark.seq
    return undefined
  }

  const isChosen = (line: EntryLine): boolean =>
    proving.has(line.seq) ||
    about(line).some(
      ({ message }) =>
        typeof message === 'string' && (chosen.has(message) || (pinned.get(message)?.size ?? 0) > 0),
    )

  const belongs = (line: EntryLine): boolean => isInScope(scope, line, { zone, isChosen: isChosen(line) })

  function verdict(line: EntryLine): Verdict {
    const { seq, commit } = line
    if (filed.has(seq)) places.set(seq, placesOf(line))
    if (proving.has(seq) && line.ref !== null) filedUnder.set(seq, line.ref)
    if (commit === null && !hasFile(line)) return 'none'
    if (disposed.has(seq) || seq < disposedBefore) return 'disposed'
    if (privilegedBy(line) !== undefined) return 'privileged'
    return belongs(line) ? 'opened' : 'out-of-scope'
  }

  return { note, verdict, belongs, privilegedBy }
}

/** Whether the entry's content, where it leaves, is a file with bytes beside its text. */
export function hasFile({ kind, data }: Pick<EntryLine, 'kind' | 'data'>): boolean {
  const { bytes = null, chunks = 0 } = data as { bytes?: string | null; chunks?: number }
  return kind === 'file.added' && bytes !== null && chunks > 0
}
