/** A line cut where it breaks and where it grows long, so that every element of a card stays small. No word is lost. */
import type { Line, Span } from '../../../views/card.ts'

export const spansOf = (line: Line): readonly Span[] => (typeof line === 'string' ? [line] : line)

/** The longest run of text, and what all runs of one element weigh together: characters and some for each run. */
const runLimit = 1000
const elementLimit = 3000
const runWeight = 60

export function pieces(line: Line): Span[][] {
  const out: Span[][] = [[]]
  let weight = 0
  for (const part of spansOf(line).flatMap(parts)) {
    const more = runWeight + lengthOf(part)
    if (part === '\n' || weight + more > elementLimit) {
      out.push([])
      weight = 0
    }
    if (part === '\n') continue
    out.at(-1)?.push(part)
    weight += more
  }
  return out.filter((spans) => spans.some(isSeen))
}

/** A break stands for itself. */
function parts(span: Span): Span[] {
  if (typeof span === 'string') return cut(span)
  if ('bold' in span) return cut(span.bold, (bold) => ({ bold }))
  if ('code' in span) return cut(span.code, (code) => ({ code }))
  if ('struck' in span) return cut(span.struck, (struck) => ({ struck }))
  if ('link' in span) return [{ link: shortened(printable(span.link), 300), url: span.url }]
  return [span]
}

const cut = (text: string, as: (text: string) => Span = (same) => same): Span[] =>
  text.split(/(\r\n|\r|\n)/).flatMap((row, at) => (at % 2 === 1 ? ['\n'] : chunks(printable(row)).map(as)))

/** Between words where there are some, else between whole characters. */
function chunks(text: string): string[] {
  const out: string[] = []
  let rest = text
  while (rest.length > runLimit) {
    const space = rest.lastIndexOf(' ', runLimit - 1)
    const most = /[\ud800-\udbff]$/.test(rest.slice(0, runLimit)) ? runLimit - 1 : runLimit
    const end = space > runLimit / 2 ? space + 1 : most
    out.push(rest.slice(0, end))
    rest = rest.slice(end)
  }
  return rest === '' ? out : [...out, rest]
}

/** Half characters and control codes are refused by servers and drawn by no client. */
const printable = (text: string): string => text.toWellFormed().replace(/\p{Cc}/gu, ' ')

const isSeen = (span: Span): boolean =>
  typeof span === 'object' && ('person' in span || 'room' in span) ? true : wordsOf(span).trim() !== ''

function wordsOf(span: Span): string {
  if (typeof span === 'string') return span
  if ('bold' in span) return span.bold
  if ('code' in span) return span.code
  if ('struck' in span) return span.struck
  if ('link' in span) return span.link
  return 'person' in span ? span.person : span.room
}

const lengthOf = (span: Span): number =>
  wordsOf(span).length + (typeof span === 'object' && 'url' in span ? span.url.length : 0)

/** Cut at a whole character. */
export function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text
  return `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
