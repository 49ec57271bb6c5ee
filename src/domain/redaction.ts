/** Which entries one redaction is about: every version of one message, or one entry; and where the same words may stand besides. */
import type { MessageData } from './events.ts'
import type { EntryLine } from './record.ts'

export interface Redaction {
  /** Entries with sealed content that would be disposed of. */
  readonly seqs: readonly number[]
  /** Entries that may hold the same words, each for a decision of its own. */
  readonly also: readonly { readonly seq: number; readonly kind: string }[]
}

const VERSIONS: readonly string[] = [
  'message.posted',
  'message.edited',
  'message.deleted',
  'message.restored',
]

const hasContent = (line: EntryLine): boolean =>
  line.commit !== null || ((line.data as { chunks?: number }).chunks ?? 0) > 0

/** `lines`: the entry named and every entry that names the same message. `rooms`: every id of the room that a link says. */
export function redactionOf(
  lines: readonly EntryLine[],
  target: { readonly seq: number } | { readonly message: string; readonly rooms?: readonly string[] },
): Redaction | undefined {
  const named = 'seq' in target ? lines.find(({ seq }) => seq === target.seq) : undefined
  if ('seq' in target && !named) return undefined
  const message =
    named === undefined
      ? (target as { message: string }).message
      : VERSIONS.includes(named.kind)
        ? (named.data as MessageData).message
        : undefined
  const isVersion = ({ kind, data }: EntryLine): boolean =>
    VERSIONS.includes(kind) &&
    (data as MessageData).message === message &&
    (!('rooms' in target) || target.rooms === undefined || target.rooms.includes((data as MessageData).room))
  const about = message === undefined ? [named!] : lines.filter(isVersion)
  const isAbout = new Set(about.map(({ seq }) => seq))
  const others = lines.filter((line) => !isAbout.has(line.seq) && hasContent(line) && names(line, about))
  return {
    seqs: about.filter(hasContent).map(({ seq }) => seq),
    also: others.map(({ seq, kind }) => ({ seq, kind })),
  }
}

/** Typed in the same message, about it, or with it: a reply in its thread is words of its own. */
function names(line: EntryLine, about: readonly EntryLine[]): boolean {
  const { message } = line.data as { message?: string | null }
  return about.some((one) => {
    const of = (one.data as Partial<MessageData>).message ?? one.source?.message
    return of !== undefined && of !== null && (message === of || line.source?.message === of)
  })
}
