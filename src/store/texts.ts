/** Opens sealed text: authenticated by the cipher, and checked against the line's commitment where the line is at hand. */
import { and, eq, inArray } from 'drizzle-orm'
import { commitment, open } from '../domain/seal.ts'
import type { Handle } from './database.ts'
import { sealed } from './schema.ts'

/** Entries whose text was disposed of are simply absent. */
export async function decodeText(
  on: Handle,
  dek: Buffer,
  incident: string,
  seqs: readonly number[],
): Promise<Map<number, Readonly<Record<string, string>>>> {
  if (seqs.length === 0) return new Map()
  const rows = await on
    .select()
    .from(sealed)
    .where(and(eq(sealed.incident, incident), inArray(sealed.seq, [...seqs]), eq(sealed.part, 0)))
  return new Map(rows.map(({ seq, body }) => [seq, openText(dek, incident, seq, body).text]))
}

export function openText(dek: Buffer, incident: string, seq: number, body: Buffer) {
  const opened = open(dek, { incident, seq, part: 0 }, body)
  return {
    text: JSON.parse(opened.body.toString('utf8')) as Readonly<Record<string, string>>,
    commit: commitment(opened.salt, opened.body),
  }
}
