/** A checkpoint's text read back, from a file of a bundle or from what somebody copied out of a chat. */
import { type Note, noteText } from '../checkpoint.ts'

const BODY =
  'wardroom checkpoint (?<incident>[\\w-]{1,64})\\s+(?<seq>[1-9]\\d{0,9})\\s+(?<head>[0-9a-f]{64})\\s+' +
  '(?<at>\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z)\\s+(?<key>[0-9A-F]{4}(?:-[0-9A-F]{4}){3})(?<practice>\\s+practice\\b)?'
const EXACT = new RegExp(`^${BODY}\n$`)
const COPIED = new RegExp(
  `${BODY}(?:\\s*-+\\s*(?<signer>[0-9A-F-]{19})\\s+(?<signature>[A-Za-z0-9+/]{86}==))?`,
  'g',
)

type Groups = Readonly<Record<string, string | undefined>>

const noteFrom = (groups: Groups): Note => ({
  incident: groups.incident!,
  seq: Number(groups.seq),
  head: groups.head!,
  at: groups.at!,
  key: groups.key!,
  practice: groups.practice !== undefined,
})

/** Undefined: these are not the very bytes that are signed. */
export function parseNote(text: string): Note | undefined {
  const groups = EXACT.exec(text)?.groups
  const note = groups && noteFrom(groups)
  return note && noteText(note) === text ? note : undefined
}

export interface Witness {
  readonly note: Note
  /** Null: its last line was not copied. */
  readonly signature: string | null
}

/**
 * Every checkpoint in a copy of a chat. Clients quote, indent, join and break lines, write other spaces and dashes, and
 * put invisible characters between; none of these is part of what is signed.
 */
export function readWitness(copied: string): readonly Witness[] {
  const text = copied
    .replace(/[\p{Cf}\u00ad]/gu, '')
    .replace(/\p{Pd}|\u2212/gu, '-')
    .replace(/[>|`*_~•"'“”„«»\s]+/gu, (run) => (/[\r\n]/.test(run) ? '\n' : ' '))
  return [...text.matchAll(COPIED)].map(({ groups = {} }) => ({
    note: noteFrom(groups),
    signature: groups.signer === groups.key ? (groups.signature ?? null) : null,
  }))
}
