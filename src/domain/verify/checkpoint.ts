/** A checkpoint on the record: what it says was the head must be the entry before it, because it is signed under the head's lock. */
import { type Note, noteOf, noteText } from '../checkpoint.ts'
import type { EntryLine, Head } from '../record.ts'
import type { Keyring } from './keyring.ts'

export const coversOther = ({ seq, head }: Pick<Note, 'seq' | 'head'>, actual: Head): string | undefined =>
  seq !== actual.seq || head !== actual.hash
    ? 'checkpoint was signed over other entries than those before it'
    : undefined

export function checkpointFault(ring: Keyring, head: Head, line: EntryLine): string | undefined {
  if (line.kind !== 'checkpoint.signed') return undefined
  const note = noteOf(line)
  return coversOther(note, head) ?? ring.fault(note, noteText(note))
}
