/**
 * What a proof names: entries of this record or a message of its room, and the files that came in them. A file proves
 * something once its bytes are on the record; what counsel keeps is named by no proof.
 */
import { isCompanion, roomOf } from './companion.ts'
import type { EventOf, MessageData } from './events.ts'
import type { IncidentState } from './incident-state.ts'
import type { LinesWanted } from './lines-wanted.ts'
import { linkedMessage } from './message-link.ts'
import type { EntryLine } from './record.ts'

/** A file as the platform describes it. */
export interface GivenFile {
  readonly id: string
  readonly name: string
  readonly mime: string
  readonly size: number
}

/** Slack takes ten in one form, and more are hardly one proof. */
export const MOST_FILES = 10

/** What a person chose and cannot be fetched, before anybody tries; the first of them says why. */
export function filesMistake(files: readonly GivenFile[]): 'too-many' | 'unreadable' | 'empty' | undefined {
  if (files.length > MOST_FILES) return 'too-many'
  if (files.some(({ id }) => !/^[\w-]{1,64}$/.test(id))) return 'unreadable'
  // Where only its id is told, its size is asked for with the rest.
  return files.some(({ name, size }) => size === 0 && name !== '') ? 'empty' : undefined
}

const MOST_ENTRIES = 5

/** `entry 212`, `entries 212, 214 and 215`. */
function entriesIn(words: string): readonly number[] {
  const named = words.matchAll(/\bentr(?:y|ies)\s+#?(\d{1,9}(?:(?:\s*,\s*|\s+and\s+)#?\d{1,9})*)\b/gi)
  const seqs = [...named].flatMap(([, numbers = '']) => numbers.match(/\d+/g) ?? []).map(Number)
  return [...new Set(seqs)].filter((seq) => seq > 0 && seq < 2 ** 31).slice(0, MOST_ENTRIES)
}

/** What of the log a proof's words name; `message`: the one they were typed in, where files came with it. */
export function proofWanted(words: string | undefined, message: string | undefined): LinesWanted | undefined {
  const seqs = entriesIn(words ?? '')
  if (seqs.length > 0) return { of: 'files', seqs }
  const linked = linkedMessage(words ?? '')?.message ?? message
  return linked === undefined ? undefined : { of: 'files', message: linked }
}

export interface Named {
  /** Entries that hold files. */
  readonly files: readonly number[]
  /** Not on the record yet: they are being fetched. */
  readonly waiting: readonly { readonly file: string; readonly mime: string; readonly size: number }[]
  /** Not on the record, and why. */
  readonly lost: readonly { readonly file: string; readonly why: string }[]
  /** The message they came in, where something waits. */
  readonly message: string | null
  /** Entries that were named and are not there. */
  readonly unknown: readonly number[]
}

/** `lines`: as `proofWanted` asked for them. */
export function namedBy(
  words: string | undefined,
  lines: readonly EntryLine[],
  state: Pick<IncidentState, 'rooms' | 'companions' | 'privilege'>,
): Named {
  const shown = shownOf(lines, state)
  const files = shown.filter(({ kind }) => kind.startsWith('file.'))
  const told = files.map((line) => ({ line, file: (line.data as { file: string }).file }))
  const isHeld = new Set(told.flatMap(({ line, file }) => (line.kind === 'file.added' ? [file] : [])))
  const isTold = new Set(told.map(({ file }) => file))
  const asked = entriesIn(words ?? '')
  const named = new Set(asked)
  // Of a file that is named itself, what else came with it is not meant.
  const isOnlyFile = lines.some(({ seq, kind }) => named.has(seq) && kind.startsWith('file.'))
  const messages = isOnlyFile ? [] : shown.filter(({ kind }) => kind.startsWith('message.'))
  const coming = messages.flatMap(({ data }) => (data as MessageData).files)
  const waiting = new Map(coming.filter(({ file }) => !isTold.has(file)).map((each) => [each.file, each]))
  return {
    files: told.flatMap(({ line }) => (isProof(line) ? [line.seq] : [])),
    waiting: [...waiting.values()],
    lost: told.flatMap(({ line, file }) => (isProof(line) ? [] : lossOf(line, file, isHeld))),
    message: waiting.size > 0 ? ((messages[0]?.data as MessageData | undefined)?.message ?? null) : null,
    unknown: asked.filter((seq) => !lines.some((line) => line.seq === seq)),
  }
}

/** Of a reference the size may not be known. */
function isProof({ kind, data }: EntryLine): boolean {
  if (kind !== 'file.added') return false
  const { size, kept } = data as EventOf<'file.added'>['data']
  return size > 0 || kept === 'reference'
}

/** One that could not be fetched at first and was fetched later is not lost. */
function lossOf({ kind, data }: EntryLine, file: string, isHeld: ReadonlySet<string>) {
  if (kind === 'file.added') return [{ file, why: 'empty' }]
  return isHeld.has(file) ? [] : [{ file, why: (data as EventOf<'file.not_captured'>['data']).why }]
}

/** Without what was said in counsel's room or is marked, and the files that came in it. */
function shownOf(
  lines: readonly EntryLine[],
  state: Pick<IncidentState, 'rooms' | 'companions' | 'privilege'>,
): readonly EntryLine[] {
  const kept = new Set(lines.filter((line) => isCounsels(line, state)).map(({ seq }) => seq))
  return lines.filter(({ seq, ref }) => !kept.has(seq) && !(ref !== null && kept.has(ref)))
}

function isCounsels(
  { data, source }: EntryLine,
  state: Pick<IncidentState, 'rooms' | 'companions' | 'privilege'>,
): boolean {
  const { room: recorded, message, thread } = { ...source, ...(data as Partial<MessageData>) }
  if (isCompanion(state, recorded)) return true
  // Marks go by the room's id of today, entries by that of their day.
  const room = roomOf(state, recorded)?.room ?? recorded
  return state.privilege.some((mark) => {
    if (mark.lifted || (room && mark.room !== room)) return false
    if (mark.target === 'room') return room === mark.room
    return mark.message === message || (mark.target === 'thread' && mark.message === thread)
  })
}
