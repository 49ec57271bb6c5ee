/**
 * Reads the files of a bundle and compares each with SHA256SUMS as it passes, so that nothing is read twice for it.
 * Both ways: a file nobody listed is found as surely as one that is listed and gone.
 */
import { createHash } from 'node:crypto'
import { files, isBundlePath } from '../domain/bundle.ts'
import { sha256Hex } from '../domain/record.ts'
import type { Findings } from '../domain/verify/finding.ts'
import { readLines } from './read-lines.ts'
import type { Parts, Pieces } from './read-parts.ts'

export interface Reading {
  readonly names: () => Iterable<string>
  readonly has: (name: string) => boolean
  readonly pieces: (name: string) => Pieces
  /** Undefined: it is not there, or larger than it can be. */
  readonly whole: (name: string, limit: number) => Promise<Buffer | undefined>
  /** Compares what nobody asked for. */
  readonly rest: () => Promise<void>
}

/** A name, a hash and what is between them. */
const SUMS_LINE = 512

export async function reading(parts: Parts, found: Findings): Promise<Reading> {
  const sums = await readSums(parts, found)
  const compared = new Set<string>([files.sums])

  function compare(name: string, hash: string): void {
    compared.add(name)
    const listed = sums?.get(name)
    if (listed !== undefined && listed !== hash)
      found.add('sums', null, `${name} is not the file that SHA256SUMS lists`)
  }

  async function* pieces(name: string): AsyncGenerator<Buffer> {
    if (compared.has(name)) return yield* parts.pieces(name)
    const digest = createHash('sha256')
    for await (const piece of parts.pieces(name)) {
      digest.update(piece)
      yield piece
    }
    compare(name, digest.digest('hex'))
  }

  async function whole(name: string, limit: number): Promise<Buffer | undefined> {
    const size = parts.sizes.get(name)
    if (size === undefined || size > limit) return undefined
    const read: Buffer[] = []
    for await (const piece of parts.pieces(name)) read.push(Buffer.from(piece))
    const bytes = Buffer.concat(read)
    if (!compared.has(name)) compare(name, sha256Hex(bytes))
    return bytes
  }

  async function rest(): Promise<void> {
    for (const name of parts.sizes.keys()) {
      if (!isBundlePath(name)) found.add('sums', null, `a file no bundle has was put into it: ${name}`)
      else if (sums && !sums.has(name) && name !== files.sums)
        found.add('sums', null, `${name} is there and SHA256SUMS does not list it`)
      for await (const _ of compared.has(name) ? [] : pieces(name));
    }
    for (const name of sums?.keys() ?? [])
      if (!parts.sizes.has(name)) found.add('sums', null, `${name} is listed in SHA256SUMS and missing`)
  }

  return { names: () => parts.sizes.keys(), has: (name) => parts.sizes.has(name), pieces, whole, rest }
}

/** Undefined: there is nothing to compare with, which is a finding of its own. */
async function readSums(parts: Parts, found: Findings): Promise<Map<string, string> | undefined> {
  const bad = (what: string): undefined => found.add('sums', null, `SHA256SUMS ${what}`) as undefined
  if (!parts.sizes.has(files.sums)) return bad('is missing')
  const sums = new Map<string, string>()
  for await (const { lines, fault } of readLines(parts.pieces(files.sums), SUMS_LINE)) {
    for (const line of lines) {
      const text = line.toString('utf8')
      if (text.endsWith('\r')) return bad(CONVERTED)
      const [, hash, name] = /^([0-9a-f]{64}) [ *]([^\0]+)$/.exec(text) ?? []
      if (hash === undefined || name === undefined || sums.has(name)) return bad('is no list of sums')
      sums.set(name, hash)
      if (sums.size > parts.sizes.size + 1000) return bad('lists files by the thousand that are not there')
    }
    if (fault) return bad('is no list of sums')
  }
  return sums
}

export const CONVERTED = 'had its line ends converted on the way: take the ZIP as it was sent'
