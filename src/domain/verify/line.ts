/** One line of a log against the head before it. The words are an auditor's, not a stack trace. */
import { isKnownKind } from '../event-kinds.ts'
import { type EntryLine, type Head, parseLine } from '../record.ts'
import { isCanonical } from './canonical.ts'

export const UNKNOWN_KIND = 'entry is of a kind this version does not know'

/** The line, or why these bytes are none. A kind of a newer version is no fault of the line. */
export function readLine(record: Uint8Array): EntryLine | string {
  try {
    const line = parseLine(record)
    return isEntry(line) ? line : 'entry is not an entry'
  } catch {
    return 'entry is not JSON'
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Whatever reads a line goes by these members. */
const isEntry = (line: EntryLine): boolean =>
  isObject(line) &&
  isObject(line.data) &&
  isObject(line.actor) &&
  typeof line.actor.id === 'string' &&
  Number.isSafeInteger(line.seq) &&
  typeof line.kind === 'string' &&
  typeof line.at === 'string' &&
  typeof line.incident === 'string'

export const isOfKnownKind = (line: EntryLine): boolean => isKnownKind(line.kind)

/** Why a line cannot follow this head, or undefined when it can. */
export function brokenLink(
  head: Head,
  line: EntryLine,
  record: Uint8Array,
  incident: string,
): string | undefined {
  if (line.incident !== incident) return `entry names ${line.incident}`
  if (line.seq !== head.seq + 1) return `entry numbers itself ${line.seq}, expected ${head.seq + 1}`
  if (line.prev !== head.hash) return 'entry does not continue the entry before it'
  if (!isCanonical(line, record)) return 'entry is not in canonical form'
  return undefined
}
