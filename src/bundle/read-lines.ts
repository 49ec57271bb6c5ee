/** Lines of a file, a piece's worth at a time: a line is good until the next ones are asked for, and none may be longer than the limit. */
import type { Pieces } from './read-parts.ts'

const LINE_FEED = 0x0a

export interface Lines {
  readonly lines: readonly Buffer[]
  /** Why there are no more: a line over the limit, or a last one without its line feed. */
  readonly fault?: 'long' | 'open'
}

export async function* readLines(pieces: Pieces, limit: number): AsyncGenerator<Lines> {
  let begun: Buffer[] = []
  let length = 0
  for await (const piece of pieces) {
    const lines: Buffer[] = []
    let from = 0
    for (let to = piece.indexOf(LINE_FEED); to >= 0; to = piece.indexOf(LINE_FEED, from)) {
      const rest = piece.subarray(from, to)
      if (length + rest.length > limit) return yield { lines, fault: 'long' }
      lines.push(begun.length === 0 ? rest : Buffer.concat([...begun, rest]))
      begun = []
      length = 0
      from = to + 1
    }
    length += piece.length - from
    if (length > limit) return yield { lines, fault: 'long' }
    // The piece's bytes are overwritten by the next one.
    if (from < piece.length) begun.push(Buffer.from(piece.subarray(from)))
    yield { lines }
  }
  if (length > 0) yield { lines: [], fault: 'open' }
}
