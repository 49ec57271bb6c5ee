/** What the chat shows against the record: the one check that also catches whoever holds database and keys. */
import { noteText } from '../checkpoint.ts'
import type { Head } from '../record.ts'
import type { Keyring } from './keyring.ts'
import type { Witness } from './note.ts'

/** `hashAt`: of the entry of that number in the record, undefined where there is none. */
export function witnessFault(
  { note, signature }: Witness,
  record: {
    readonly incident: string
    readonly head: Head
    readonly ring: Keyring
    readonly hashAt: (seq: number) => string | undefined
  },
): string | undefined {
  const { incident, seq, head } = note
  if (incident !== record.incident) return `the post is about ${incident}`
  if (seq > record.head.seq)
    return `the post covers entry ${seq}, and the record ends at ${record.head.seq}: it was cut off, or is older than the post`
  if (record.hashAt(seq) !== head) return 'the post shows another hash for it: the record was rewritten'
  if (signature === null)
    return record.ring.knows(note.key) ? undefined : 'the post names a key the record does not know'
  return record.ring.fault({ ...note, signature }, noteText(note))
}
