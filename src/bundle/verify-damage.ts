/**
 * What a bundle says it lacks, in step with the entries: one at a time is held, however many an attacker lists. Each line
 * is one way to lack something, and none to be whole without it.
 */
import { files } from '../domain/bundle.ts'
import { type Damage, type Part, parseDamage } from '../domain/damaged.ts'
import { readLines } from './read-lines.ts'
import type { Reading } from './reading.ts'

const LINE = 256
/** As many as are said aloud; the file has all. */
const SAID = 20

export function damageIn(reading: Reading, bad: (what: string) => void) {
  const source = reading.has(files.damaged) ? linesOf(reading) : undefined
  let waiting: Damage | undefined
  let last = ''
  let begun = false
  let here: Damage[] = []
  let filesHere = 0
  const said: Damage[] = []
  let count = 0

  async function advance(): Promise<void> {
    waiting = undefined
    const line = await source?.next()
    if (!line || line.done) return
    const read = line.value === undefined ? undefined : parseDamage(line.value)
    const order = read && `${String(read.seq).padStart(10, '0')} ${read.part === 'text' ? 0 : 1}`
    if (!read || !order || order <= last) {
      bad(`${files.damaged} holds a line that is none, or is not in the order of the entries`)
      await source?.return()
      return
    }
    last = order
    count += 1
    if (said.length < SAID) said.push(read)
    waiting = read
  }

  async function at(seq: number): Promise<void> {
    if (!begun) await advance()
    begun = true
    here = []
    while (waiting && waiting.seq <= seq) {
      if (waiting.seq < seq) bad(`${files.damaged} names entry ${waiting.seq}, and there is none`)
      else here.push(waiting)
      if (waiting.seq === seq && waiting.part === 'file') filesHere += 1
      await advance()
    }
  }

  return {
    at,
    parts: (): readonly Part[] => here.map(({ part }) => part),
    of: (part: Part): Damage | undefined => here.find((each) => each.part === part),
    /** Files named so far. */
    files: () => filesHere,
    named: () => ({ count, said: said as readonly Damage[] }),
  }
}

/** Undefined: what follows is no line. */
async function* linesOf(reading: Reading): AsyncGenerator<string | undefined, void> {
  for await (const { lines, fault } of readLines(reading.pieces(files.damaged), LINE)) {
    for (const line of lines) yield line.toString('utf8')
    if (fault) yield undefined
  }
}
