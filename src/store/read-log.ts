/**
 * A log as it is, in order, for those who read all of it: a page and a statement at a time, so that neither memory nor
 * a transaction grows with it. Entries never change, so a page read later is the page that was there.
 */
import { and, asc, eq, gte, inArray, lte } from 'drizzle-orm'
import { type EntryLine, parseLine } from '../domain/record.ts'
import { type Opened, open, type Place, SealBroken } from '../domain/seal.ts'
import type { Handle } from './database.ts'
import { KeyBroken } from './keys.ts'
import type { LogKeys } from './log-keys.ts'
import { entry, sealed } from './schema.ts'

export interface LogEntry {
  readonly seq: number
  /** The stored bytes. */
  readonly record: Buffer
  readonly line: EntryLine
  /** What was sealed beside it; undefined where nothing was, where it was disposed of, or where it was not asked for. */
  readonly text: Opened | undefined
  /** It was asked for, something is stored, and it does not open: the stored bytes or the key were changed. */
  readonly isBroken?: boolean
}

export interface Reading {
  readonly from?: number
  readonly upTo?: number
  /** Whether an entry's text is to be opened. Asked in order, once an entry. */
  readonly text?: (line: EntryLine) => boolean
}

const PAGE = 500

export async function* readLog(
  on: Handle,
  keys: LogKeys,
  incident: string,
  { from = 1, upTo, text = () => true }: Reading = {},
): AsyncGenerator<LogEntry> {
  for (let next = from; ; ) {
    const page = await on
      .select({ seq: entry.seq, record: entry.record })
      .from(entry)
      .where(
        and(
          eq(entry.incident, incident),
          gte(entry.seq, next),
          upTo === undefined ? undefined : lte(entry.seq, upTo),
        ),
      )
      .orderBy(asc(entry.seq))
      .limit(PAGE)
    const lines = page.map(({ seq, record }) => ({ seq, record, line: parseLine(record) }))
    const wanted = lines.flatMap(({ seq, line }) => (text(line) && line.commit !== null ? [seq] : []))
    const texts = await openTexts(on, keys, incident, wanted)
    for (const read of lines) {
      const text = texts.get(read.seq)
      yield text === 'broken' ? { ...read, text: undefined, isBroken: true } : { ...read, text }
    }
    if (page.length < PAGE) return
    next = page.at(-1)!.seq + 1
  }
}

async function openTexts(
  on: Handle,
  keys: LogKeys,
  incident: string,
  seqs: readonly number[],
): Promise<ReadonlyMap<number, Opened | 'broken'>> {
  const dek = seqs.length > 0 ? await keyOf(on, keys, incident) : undefined
  if (!dek) return new Map()
  const rows = await on
    .select({ seq: sealed.seq, body: sealed.body })
    .from(sealed)
    .where(and(eq(sealed.incident, incident), inArray(sealed.seq, [...seqs]), eq(sealed.part, 0)))
  return new Map(rows.map(({ seq, body }) => [seq, opening(dek, { incident, seq, part: 0 }, body)]))
}

function opening(dek: Buffer | 'broken', place: Place, body: Uint8Array): Opened | 'broken' {
  if (dek === 'broken') return dek
  try {
    return open(dek, place, body)
  } catch (error) {
    if (error instanceof SealBroken) return 'broken'
    throw error
  }
}

/** A stored key that does not unwrap opens nothing, and must keep nobody from the lines. */
async function keyOf(on: Handle, keys: LogKeys, incident: string): Promise<Buffer | 'broken' | undefined> {
  try {
    return (await keys.of(on, [incident])).get(incident)
  } catch (error) {
    if (error instanceof KeyBroken) return 'broken'
    throw error
  }
}

/** A captured file in order, each part with the file's salt; one part in memory. Fewer than `parts` come where some are gone. */
export async function* openedFile(
  on: Handle,
  keys: LogKeys,
  incident: string,
  { seq, parts }: { readonly seq: number; readonly parts: number },
): AsyncGenerator<Opened> {
  const dek = await keyOf(on, keys, incident)
  for (let part = 1; dek && part <= parts; part += 1) {
    const [row] = await on
      .select({ body: sealed.body })
      .from(sealed)
      .where(and(eq(sealed.incident, incident), eq(sealed.seq, seq), eq(sealed.part, part)))
    if (!row) return
    if (dek === 'broken') throw new SealBroken({ incident, seq, part })
    yield open(dek, { incident, seq, part }, row.body)
  }
}
