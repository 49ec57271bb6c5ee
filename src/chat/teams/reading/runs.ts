/**
 * Writing text down as a reader of the HTML would see it: white space collapsed, lines broken where blocks end, quotes
 * and list marks at the beginning of their lines.
 */
import type { Mention } from './mentioned.ts'

export interface Piece {
  readonly text: string
  readonly mention?: Mention
  /** Somebody else's words, quoted. */
  readonly isQuoted: boolean
}

export interface Runs {
  readonly pieces: readonly Piece[]
  /** One run as it stands, on this line. */
  put(text: string, mention?: Mention): void
  /** Text of the HTML, in which white space is one space and none at an edge of a line. */
  flow(text: string): void
  /** A space, if something follows on this line. */
  gap(): void
  /** The next run stands on a line of its own. */
  block(): void
  /** One line break more. */
  breakLine(): void
  quote(by: 1 | -1): void
  verbatim(by: 1 | -1): void
  /** What begins the next line. */
  mark(text: string): void
}

/** Nobody reads deeper, and hostile nesting would grow with its square. */
const deepestQuote = 4

export function makeRuns(): Runs {
  const pieces: Piece[] = []
  let breaks = 0
  let hasGap = false
  let quotes = 0
  let preserved = 0
  let marked = ''

  const put = (text: string, mention?: Mention) => {
    const isFirst = pieces.length === 0
    const isNewLine = isFirst || breaks > 0
    const start = '> '.repeat(Math.min(quotes, deepestQuote)) + marked
    const lead = (isFirst ? '' : '\n'.repeat(Math.min(breaks, 2))) + (isNewLine ? start : hasGap ? ' ' : '')
    const isQuoted = quotes > 0
    if (lead) pieces.push({ text: lead, isQuoted })
    pieces.push({ text, isQuoted, ...(mention ? { mention } : {}) })
    breaks = 0
    hasGap = false
    marked = ''
  }
  return {
    pieces,
    put,
    flow(text) {
      if (preserved > 0) {
        text.split('\n').forEach((line, at) => {
          if (at > 0) breaks += 1
          if (line !== '') put(line)
        })
        return
      }
      if (/^[\s\u00a0]/.test(text)) hasGap = true
      const words = text.replace(/[\s\u00a0]+/g, ' ').trim()
      if (words === '') return
      put(words)
      hasGap = /[\s\u00a0]$/.test(text)
    },
    gap: () => {
      hasGap = true
    },
    block: () => {
      breaks = Math.max(breaks, 1)
    },
    breakLine: () => {
      breaks += 1
    },
    quote: (by) => {
      quotes = Math.max(0, quotes + by)
    },
    verbatim: (by) => {
      preserved = Math.max(0, preserved + by)
    },
    mark: (text) => {
      marked = text
    },
  }
}
