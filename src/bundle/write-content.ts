/** What was sealed, opened: every text that leaves on a line of its own, every captured file as it was. */
import { createHash } from 'node:crypto'
import { filePath, saltPath } from '../domain/bundle.ts'
import { hasFile } from '../domain/bundle-scope.ts'
import { formatTextLine } from '../domain/bundle-text.ts'
import { whyWords } from '../domain/damaged.ts'
import type { EventOf } from '../domain/events.ts'
import { type Opened, SealBroken } from '../domain/seal.ts'
import { ContentDamaged } from './damage.ts'
import type { BundleSource } from './source.ts'
import { leaving, type Survey } from './survey.ts'
import type { ZipWriter } from './write-zip.ts'

/** A captured file: its entry, its sealed parts, and what the entry commits to. */
export interface Captured {
  readonly seq: number
  readonly parts: number
  readonly commit: string
}

export async function* textLines(
  source: BundleSource,
  found: Survey,
  onFile: (file: Captured) => void,
): AsyncGenerator<Buffer> {
  for await (const { line, text } of leaving(source, found)) {
    if (text) yield formatTextLine({ seq: line.seq, ...text })
    if (!hasFile(line) || found.selection.verdict(line) !== 'opened') continue
    if (found.isDamaged(line.seq, 'file')) continue
    const { bytes, chunks } = line.data as EventOf<'file.added'>['data']
    onFile({ seq: line.seq, parts: chunks, commit: bytes! })
  }
}

/** The file and its salt. What is not what the entry commits to never leaves as if it were. */
export async function addFile(
  source: BundleSource,
  { seq, parts, commit }: Captured,
  add: ZipWriter['add'],
): Promise<void> {
  const hash = createHash('sha256')
  let salt: Buffer | undefined
  async function* bytes() {
    for await (const part of whole(source, seq, parts)) {
      if (!salt) hash.update(part.salt)
      // A copy: the part it is a view of would stay with it.
      salt ??= Buffer.from(part.salt)
      hash.update(part.body)
      yield part.body
    }
    if (hash.digest('hex') !== commit) throw new ContentDamaged(seq, 'file', whyWords('not-committed'))
  }
  await add(filePath(seq), bytes())
  if (salt) await add(saltPath(seq), salt)
}

async function* whole(source: BundleSource, seq: number, parts: number): AsyncGenerator<Opened> {
  try {
    yield* source.file({ seq, parts })
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error
    throw new ContentDamaged(seq, 'file', whyWords('does-not-open'))
  }
}
