/**
 * A long text as texts that each fit a section, and back to the character. White space at a section's edge may be
 * trimmed on the way, so a text is parted where white space can travel apart from it, or where there is none at all; a
 * piece that still begins or ends with what could be trimmed stands between two bars.
 */

export interface Piece {
  /** White space that stands before the piece. */
  readonly before: string
  readonly text: string
  readonly isFramed: boolean
}

/** A section takes 3000; two are for the bars. */
const limit = 2998
/** Slack may count and store these escaped. */
const cost: Readonly<Record<string, number>> = { '&': 5, '<': 4, '>': 4 }
const leading = /^\s{1,20}(?=\S)/
const between = /(?<=\S)\s{1,20}(?=\S)/g
const frail = /^[\s\p{Z}\p{C}]|[\s\p{Z}\p{C}]$/u

export function split(text: string): Piece[] {
  const pieces: Piece[] = []
  for (let rest = text; rest !== ''; ) {
    const before = leading.exec(rest)?.[0] ?? ''
    const body = rest.slice(before.length)
    const piece = body.slice(0, partingOf(body))
    const isFramed = frail.test(piece)
    pieces.push({ before, text: isFramed ? `|${piece}|` : piece, isFramed })
    rest = body.slice(piece.length)
  }
  return pieces
}

export function join(pieces: readonly Piece[]): string {
  return pieces
    .map(({ before, text, isFramed }) => before + (isFramed ? text.replace(/^\|([\s\S]*)\|$/, '$1') : text))
    .join('')
}

/** After a line, else after a word, else between two letters; in nothing but white space wherever it is full. */
function partingOf(text: string): number {
  const most = fitting(text)
  if (most === text.length) return most
  const half = most >> 1
  const gaps = [...text.slice(half, most).matchAll(between)]
  const gap = gaps.findLast(([space]) => space.includes('\n')) ?? gaps.at(-1)
  if (gap) return half + gap.index
  return (
    betweenLetters(text, most) ??
    (/^[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(most - 1)) ? most - 1 : most)
  )
}

function fitting(text: string): number {
  let left = limit
  for (let at = 0; at < text.length; at++) {
    left -= cost[text[at]!] ?? 1
    if (left < 0) return at
  }
  return text.length
}

const letters = new Intl.Segmenter()

function betweenLetters(text: string, most: number): number | undefined {
  const start = most - 100
  const found = [...letters.segment(text.slice(start, most))]
  const at = found.findLastIndex(
    ({ segment }, at) => at > 0 && !frail.test(segment) && !frail.test(found[at - 1]!.segment),
  )
  return at < 0 ? undefined : start + found[at]!.index
}
