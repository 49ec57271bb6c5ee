/**
 * The checkpoints of a bundle: each on the record covers the entries before it, is signed by its key, and lies there as
 * the very files `openssl` is given. The last is signed over the last entry, so that nothing can be cut off behind it.
 */
import { checkpointPath, files } from '../domain/bundle.ts'
import { noteOf, noteText } from '../domain/checkpoint.ts'
import type { EventOf } from '../domain/events.ts'
import type { EntryLine, Head } from '../domain/record.ts'
import { checkpointFault, coversOther } from '../domain/verify/checkpoint.ts'
import type { Findings } from '../domain/verify/finding.ts'
import { parseNote } from '../domain/verify/note.ts'
import { stampOf } from '../domain/verify/time-stamp.ts'
import type { Reading } from './reading.ts'
import type { Keys } from './verify-keys.ts'

/** What the newest time stamp says. */
export interface Stamped {
  readonly entry: number
  readonly at: string
  readonly signer: string
  readonly isTrusted: boolean
}

const SMALL = 4096
const STAMP = 64 * 1024
const NAME = /^checkpoints\/(\d+)\.(?:txt|sig|tsr)$/

export interface Signed {
  readonly practice: boolean
  readonly at: string
  readonly key: string
}

export function checkpointsOf(reading: Reading, { ring, given }: Keys, found: Findings) {
  const seen = new Set<number>()
  const stamped = new Set<number>()
  let newest: Stamped | undefined
  const bad = (seq: number | null, what: string | undefined) =>
    what !== undefined && found.add('signature', seq, what)

  async function filed(entry: number): Promise<{ text: string; signature: string } | undefined> {
    const text = await reading.whole(checkpointPath(entry, 'txt'), SMALL)
    const signature = await reading.whole(checkpointPath(entry, 'sig'), SMALL)
    return text && signature
      ? { text: text.toString('utf8'), signature: signature.toString('base64') }
      : undefined
  }

  /** An entry, and the head before it. */
  async function signed(line: EntryLine, head: Head): Promise<void> {
    const note = noteOf(line)
    seen.add(line.seq)
    bad(line.seq, checkpointFault(ring, head, line))
    const files = await filed(line.seq)
    if (!files) bad(line.seq, 'its checkpoint’s files are missing')
    else if (files.text !== noteText(note) || files.signature !== note.signature)
      bad(line.seq, 'its checkpoint’s files are not what the entry says')
  }

  async function timestamped(line: EntryLine): Promise<void> {
    const { entry, token, at } = line.data as EventOf<'checkpoint.timestamped'>['data']
    const bad = (what: string) => found.add('time stamp', line.seq, what)
    stamped.add(entry)
    const response = await reading.whole(checkpointPath(entry, 'tsr'), STAMP)
    if (response?.toString('base64') !== token)
      return bad(`the time stamp it holds is ${response ? 'not the one' : 'missing'} among the files`)
    const roots = (await reading.whole(files.tsaCa, STAMP))?.toString('utf8')
    const { fault, signer, isTrusted } = stampOf(line, (await filed(entry))?.text, roots)
    if (fault) bad(fault)
    else newest = { entry, at, signer, isTrusted }
  }

  async function see(line: EntryLine, head: Head): Promise<void> {
    if (line.kind === 'checkpoint.signed') await signed(line, head)
    else if (line.kind === 'checkpoint.timestamped') await timestamped(line)
  }

  /** After the last entry: the checkpoint over it, whose own entry comes next and is not in the bundle. */
  async function done(incident: string, head: Head): Promise<Signed | undefined> {
    const last = head.seq + 1
    for (const name of reading.names()) {
      const entry = Number(NAME.exec(name)?.[1] ?? last)
      if (entry !== last && !seen.has(entry)) bad(null, `${name} belongs to no checkpoint of this record`)
      if (name.endsWith('.tsr') && !stamped.has(entry))
        found.add('time stamp', null, `${name} is a time stamp this record does not hold`)
    }
    const end = await filed(last)
    const note = end && parseNote(end.text)
    if (!end || !note) {
      bad(head.seq, 'nobody signed the record up to here: its end was cut off or added')
      return undefined
    }
    if (note.incident !== incident) bad(head.seq, 'the last checkpoint is of another incident')
    bad(head.seq, coversOther(note, head) && 'the last checkpoint was signed over another end of the record')
    bad(head.seq, ring.fault({ ...note, signature: end.signature }, end.text))
    if (given !== note.key) bad(null, `${files.key} is not the key that signed the last checkpoint`)
    return { practice: note.practice, at: note.at, key: note.key }
  }

  return { see, done, count: () => seen.size + 1, stamps: () => stamped.size, newest: () => newest }
}
