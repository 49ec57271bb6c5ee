/**
 * What was to leave with a bundle and cannot: found when writing one meets it, named in the next. Everything that is to
 * leave is looked at, so that one export tells of all of it.
 */
import { createHash } from 'node:crypto'
import { hasFile, selecting } from '../domain/bundle-scope.ts'
import { type Damage, damageOf, type Part, type Why } from '../domain/damaged.ts'
import type { EventOf } from '../domain/events.ts'
import type { EntryLine } from '../domain/record.ts'
import { SealBroken } from '../domain/seal.ts'
import type { BundleSource } from './source.ts'

/** Writing met what is not as it was recorded, and nobody had said so. */
export class ContentDamaged extends Error {
  override readonly name = 'ContentDamaged'
  constructor(seq: number, part: Part, why: string) {
    super(`the ${part} of entry ${seq} cannot leave: ${why}`)
  }
}

export async function damagedIn(source: BundleSource): Promise<readonly Damage[]> {
  const selection = selecting(source.scope)
  for await (const { line } of source.log({ text: () => false })) selection.note(line)
  const found: Damage[] = []
  const leaves = (line: EntryLine) => selection.verdict(line) === 'opened'
  const files: EntryLine[] = []
  for await (const { line, text, isBroken } of source.log({ text: leaves })) {
    if (selection.verdict(line) !== 'opened') continue
    if (line.commit !== null && !text) found.push(damageOf(line, 'text', isBroken ? 'does-not-open' : 'gone'))
    if (hasFile(line)) files.push(line)
  }
  for (const line of files) {
    const why = await fileFault(source, line)
    if (why) found.push(damageOf(line, 'file', why))
  }
  return found.sort((one, other) => one.seq - other.seq || (one.part === 'text' ? -1 : 1))
}

async function fileFault(source: BundleSource, { seq, data }: EntryLine): Promise<Why | undefined> {
  const { bytes, chunks: parts } = data as EventOf<'file.added'>['data']
  const hash = createHash('sha256')
  let count = 0
  try {
    for await (const part of source.file({ seq, parts })) {
      if (count === 0) hash.update(part.salt)
      count += 1
      hash.update(part.body)
    }
  } catch (error) {
    if (error instanceof SealBroken) return 'does-not-open'
    throw error
  }
  if (count < parts) return 'gone'
  return hash.digest('hex') === bytes ? undefined : 'not-committed'
}
