/** The files of a proof, as its sealed text names them: for whoever reads the words, never for a card in the room. */
import type { EventText } from './events.ts'

export interface ProofFile {
  /** The entry that holds it. */
  readonly seq: number
  readonly name: string | undefined
  readonly sha256: string | undefined
}

export function proofFiles(text: EventText): readonly ProofFile[] {
  const seqs = Object.keys(text).flatMap((key) => /^(?:file|sha256):(\d+)$/.exec(key)?.[1] ?? [])
  return [...new Set(seqs)].map((seq) => ({
    seq: Number(seq),
    name: fileName(text[`file:${seq}`] ?? ''),
    sha256: text[`sha256:${seq}`],
  }))
}

/** The last part of a path, without what breaks or turns a line: whoever reads it sees one name, and which it is. */
export function fileName(told: string): string | undefined {
  const clean = told
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .split(/[\\/]/)
    .at(-1)
  const points = [...(clean ?? '').replace(/\s+/g, ' ').trim()]
  return points.length > 120 ? `${points.slice(0, 119).join('')}…` : points.join('') || undefined
}

/** Sixty-four digits are shown whole, because they are compared. */
export const proofFileWords = ({ seq, name, sha256 }: ProofFile): string =>
  [name ?? 'a file', ...(sha256 ? [`SHA-256 ${sha256}`] : []), `kept as entry ${seq}`].join(' · ')
