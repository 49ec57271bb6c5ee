/**
 * What is sealed beside the entries of a page, against what each commits to. Texts come with their page; of a file one
 * part is in memory at a time, however many files a page has.
 */
import { createHash } from 'node:crypto'
import { and, between, count, eq, gt } from 'drizzle-orm'
import type { EntryLine } from '../domain/record.ts'
import { commitment, open } from '../domain/seal.ts'
import type { Handle } from './database.ts'
import { sealed } from './schema.ts'

export interface Sealed {
  readonly text: Buffer | undefined
  /** Parts of a file. */
  readonly chunks: number
}

export const isEmpty = ({ text, chunks }: Sealed): boolean => text === undefined && chunks === 0

export async function sealedBetween(
  on: Handle,
  incident: string,
  first: number,
  last: number,
): Promise<(seq: number) => Sealed> {
  const within = and(eq(sealed.incident, incident), between(sealed.seq, first, last))
  const texts = await on
    .select({ seq: sealed.seq, body: sealed.body })
    .from(sealed)
    .where(and(within, eq(sealed.part, 0)))
  const files = await on
    .select({ seq: sealed.seq, chunks: count() })
    .from(sealed)
    .where(and(within, gt(sealed.part, 0)))
    .groupBy(sealed.seq)
  const bodies = new Map(texts.map(({ seq, body }) => [seq, body]))
  const counts = new Map(files.map(({ seq, chunks }) => [seq, chunks]))
  return (seq) => ({ text: bodies.get(seq), chunks: counts.get(seq) ?? 0 })
}

/** Synchronous for all but files, which are few. */
export function sealedFault(
  on: Handle,
  dek: Buffer,
  line: EntryLine,
  { text, chunks }: Sealed,
): string | undefined | Promise<string | undefined> {
  if (!text && line.commit !== null) return 'sealed text the entry commits to is gone'
  const { bytes, chunks: promised = 0 } = line.data as { bytes?: string | null; chunks?: number }
  if (chunks !== promised) return `${chunks} sealed parts of a file, the entry has ${promised}`
  try {
    const opened = text && open(dek, { incident: line.incident, seq: line.seq, part: 0 }, text)
    if (opened && commitment(opened.salt, opened.body) !== line.commit)
      return 'sealed text is not what the entry commits to'
  } catch {
    return UNOPENED
  }
  if (chunks === 0) return undefined
  return bytes
    ? fileFault(on, dek, line, chunks, bytes)
    : 'a file is sealed that the entry does not commit to'
}

const UNOPENED = 'sealed content does not open'

async function fileFault(
  on: Handle,
  dek: Buffer,
  { incident, seq }: EntryLine,
  chunks: number,
  bytes: string,
): Promise<string | undefined> {
  const digest = createHash('sha256')
  let salt: Buffer | undefined
  for (let part = 1; part <= chunks; part += 1) {
    const at = and(eq(sealed.incident, incident), eq(sealed.seq, seq), eq(sealed.part, part))
    const [row] = await on.select({ body: sealed.body }).from(sealed).where(at)
    const opened = row && opening(dek, { incident, seq, part }, row.body)
    if (!opened || (salt && !salt.equals(opened.salt))) return UNOPENED
    if (!salt) digest.update(opened.salt)
    salt = opened.salt
    digest.update(opened.body)
  }
  return digest.digest('hex') === bytes ? undefined : UNOPENED
}

function opening(...given: Parameters<typeof open>) {
  try {
    return open(...given)
  } catch {
    return undefined
  }
}
