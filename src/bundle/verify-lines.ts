/** The entries of a bundle, one after the other, as far as they are lines of a record at all. */
import { files, type Manifest } from '../domain/bundle.ts'
import { isBulk, type Selecting, selecting } from '../domain/bundle-scope.ts'
import type { EntryLine } from '../domain/record.ts'
import type { Findings } from '../domain/verify/finding.ts'
import { readLine } from '../domain/verify/line.ts'
import { readLines } from './read-lines.ts'
import { CONVERTED, type Reading } from './reading.ts'

/** A line holds no words: the longest are a time stamp's token and the clocks of a long incident. */
const LINE = 1024 * 1024
const CARRIAGE_RETURN = 0x0d
const QUOTE = 0x22

export async function eachLine(
  reading: Reading,
  found: Pick<Findings, 'add'>,
  use: (line: EntryLine, record: Buffer) => void | Promise<void>,
  isSkipped: (record: Buffer) => boolean = () => false,
): Promise<void> {
  let count = 0
  const bad = (what: string) => found.add('chain', count + 1, what)
  for await (const { lines, fault } of readLines(reading.pieces(files.events), LINE)) {
    for (const record of lines) {
      count += 1
      if (isSkipped(record)) continue
      const line = readLine(record)
      if (record.at(-1) === CARRIAGE_RETURN) return found.add('chain', count, `${files.events} ${CONVERTED}`)
      if (typeof line === 'string') return found.add('chain', count, line)
      const wait = use(line, record)
      if (wait) await wait
    }
    if (fault) bad(fault === 'long' ? 'the line is longer than any entry' : 'the line is cut off')
  }
}

/** Read once before the entries are: a message is marked, and content disposed of, after it was said. */
export async function selected(
  reading: Reading,
  found: Findings,
  { incident, scope }: Pick<Manifest, 'incident' | 'scope'>,
): Promise<Selecting> {
  const selection = selecting(scope)
  const note = (line: EntryLine): void => {
    try {
      selection.note(line)
    } catch {
      found.add('chain', line.seq, 'entry is not an entry')
    }
  }
  await eachLine(reading, { add: () => {} }, note, bulkOf(incident))
  return selection
}

/**
 * Whether a canonical line is surely of a kind that nothing is noted of, told without parsing it: its members stand in
 * order, and no string can hold these bytes, because its quotation marks would be escaped.
 */
function bulkOf(incident: string): (record: Buffer) => boolean {
  const before = Buffer.from(`,"incident":"${incident}","kind":"`)
  return (record) => {
    const at = record.indexOf(before)
    if (at < 0 || record.indexOf(before, at + 1) >= 0) return false
    const from = at + before.length
    return isBulk(record.toString('latin1', from, record.indexOf(QUOTE, from)))
  }
}
