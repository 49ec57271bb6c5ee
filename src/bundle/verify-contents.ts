/**
 * What was opened, against what each entry commits to: the texts in step with the entries, the files by number. Which of
 * them must be there follows from the record itself, so a missing one is as plain as a changed one.
 */
import { createHash } from 'node:crypto'
import { filePath, files, saltPath } from '../domain/bundle.ts'
import { hasFile, type Selecting, type Verdict } from '../domain/bundle-scope.ts'
import { parseTextLine, type TextLine } from '../domain/bundle-text.ts'
import { type Part, whyWords } from '../domain/damaged.ts'
import type { EventOf } from '../domain/events.ts'
import type { EntryLine } from '../domain/record.ts'
import { commitment, saltBytes } from '../domain/seal.ts'
import type { Findings } from '../domain/verify/finding.ts'
import { readLines } from './read-lines.ts'
import { CONVERTED, type Reading } from './reading.ts'
import { damageIn } from './verify-damage.ts'

/** A message of forty thousand characters, each of them escaped, with room to spare. */
const TEXT_LINE = 4 * 1024 * 1024
const FILE = /^content\/files\/(\d+)/

/** Why content that is there should not be. */
const withheld: Readonly<Record<Verdict, string>> = {
  opened: 'content lies there that the entry does not commit to',
  none: 'content lies there for an entry that has none',
  disposed: 'its content was disposed of, and lies there',
  privileged: 'its content is privileged, and lies there',
  'out-of-scope': 'its content is outside what was exported, and lies there',
}

export function contentsOf(reading: Reading, found: Findings, selection: Selecting) {
  const texts = textsOf(reading, (seq, what) => found.add('contents', seq, what))
  const damage = damageIn(reading, (what) => found.add('contents', null, what))
  const filed = new Set<number>()
  let opened = 0

  /** Why this content is missing, as far as the bundle says. That it says so makes it no less an alteration. */
  const missing = (part: Part): string => {
    const named = damage.of(part)
    const what = part === 'text' ? 'its text' : 'its file'
    return named
      ? `${what} was left out as damaged when this was exported: ${whyWords(named.why)}`
      : `${what} is missing`
  }

  async function see(line: EntryLine): Promise<void> {
    const { seq, commit } = line
    const verdict = verdictOf(line)
    if (!verdict) return found.add('chain', seq, 'entry is not an entry')
    const text = await texts.at(seq)
    await damage.at(seq)
    for (const part of damage.parts()) {
      const due = verdict === 'opened' && (part === 'text' ? commit !== null : hasFile(line))
      const isHere = part === 'text' ? text !== undefined : reading.has(filePath(seq))
      if (!due || isHere)
        found.add(
          'contents',
          seq,
          `${files.damaged} names its ${part}, ${due ? 'and it lies here' : 'and none was to leave'}`,
        )
    }
    if (text) {
      opened += 1
      if (verdict !== 'opened' || commit === null) found.add('contents', seq, withheld[verdict])
      if (commitment(text.salt, text.body) !== commit)
        found.add('commitment', seq, 'its text is not what the entry commits to')
    } else if (verdict === 'opened' && commit !== null) found.add('contents', seq, missing('text'))
    if (verdict === 'opened' ? hasFile(line) : reading.has(filePath(seq))) await file(line, verdict)
  }

  /** Undefined: a line whose members are not what its kind has. */
  function verdictOf(line: EntryLine): Verdict | undefined {
    try {
      return selection.verdict(line)
    } catch {
      return undefined
    }
  }

  async function file(line: EntryLine, verdict: Verdict): Promise<void> {
    const { seq } = line
    filed.add(seq)
    if (verdict !== 'opened') return found.add('contents', seq, withheld[verdict])
    const salt = await reading.whole(saltPath(seq), saltBytes)
    if (!salt || !reading.has(filePath(seq))) return found.add('contents', seq, missing('file'))
    const digest = createHash('sha256').update(salt)
    for await (const piece of reading.pieces(filePath(seq))) digest.update(piece)
    if (digest.digest('hex') !== (line.data as EventOf<'file.added'>['data']).bytes)
      found.add('commitment', seq, 'its file is not what the entry commits to')
  }

  async function done(): Promise<void> {
    await texts.at(Number.MAX_SAFE_INTEGER)
    await damage.at(Number.MAX_SAFE_INTEGER)
    for (const name of reading.names()) {
      const seq = Number(FILE.exec(name)?.[1] ?? 0)
      if (seq > 0 && !filed.has(seq)) found.add('contents', seq, 'a file lies there for it, and it has none')
    }
  }

  return { see, done, opened: () => opened, files: () => filed.size - damage.files(), damaged: damage.named }
}

/** The texts in step with the entries. They lie in the same order, so that one at a time is held. */
function textsOf(reading: Reading, bad: (seq: number | null, what: string) => void) {
  const source = reading.has(files.text) ? linesOf(reading) : undefined
  let text: TextLine | undefined
  let last = 0
  let begun = false
  let asked = 0

  async function advance(): Promise<void> {
    text = undefined
    const line = await source?.next()
    if (!line || line.done) return
    const why = typeof line.value === 'string' ? line.value : take(line.value)
    if (why === undefined) return
    bad(null, `${files.text} ${why}`)
    await source?.return()
  }

  function take(line: Buffer): string | undefined {
    if (line.at(-1) === 0x0d) return CONVERTED
    const read = parseTextLine(line)
    if (!read) return 'holds a line that is none'
    if (read.seq <= last) return 'is not in the order of the entries'
    text = read
    last = read.seq
    return undefined
  }

  async function at(seq: number): Promise<TextLine | undefined> {
    if (!begun) await advance()
    begun = true
    while (text && text.seq < seq) {
      // Taken by the entry before this one, or left over.
      if (text.seq !== asked) bad(text.seq, 'a text lies there for it, and there is no such entry')
      await advance()
    }
    asked = seq
    return text?.seq === seq ? text : undefined
  }

  return { at }
}

/** A string instead of a line says why there are no more. */
async function* linesOf(reading: Reading): AsyncGenerator<Buffer | string, void> {
  for await (const { lines, fault } of readLines(reading.pieces(files.text), TEXT_LINE)) {
    yield* lines
    if (fault) yield fault === 'long' ? 'holds a line longer than any' : 'is cut off'
  }
}
