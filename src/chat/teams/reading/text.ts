/**
 * What was said, as text for the record and as a typed command line. People are `<@id>` as everywhere in Wardroom,
 * whoever is not known is `@name`, and everything else is what the reader saw.
 */
import type { Listed, Mention } from './mentioned.ts'
import type { Piece } from './runs.ts'

/** `activity.text` is what was typed, without any escaping: its marks count only where the list has them, in order. */
export function readPlain(text: string, listed: readonly Listed[]): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const mention of listed) {
    const found = mention.mark ? text.indexOf(mention.mark, at) : -1
    if (!mention.mark || found < 0) continue
    pieces.push({ text: text.slice(at, found), isQuoted: false })
    pieces.push({ text: mention.label, mention, isQuoted: false })
    at = found + mention.mark.length
  }
  pieces.push({ text: text.slice(at), isQuoted: false })
  return pieces.filter((piece) => piece.text !== '')
}

const spaces = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g

export function textOf(pieces: readonly Piece[]): string {
  return merged(pieces)
    .map(({ text, mention }) => (mention ? mentionText(mention) : text.replace(/\r\n?/g, '\n')))
    .join('')
    .replaceAll('\u00a0', ' ')
    .trim()
}

function mentionText({ person, label }: Mention): string {
  return person ? `<@${person}>` : label === '' ? '' : `@${label}`
}

/** Teams splits a name into a mention for each word of it, so that words can be taken away: they are one. */
function merged(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = []
  for (const piece of pieces) {
    const before = out.at(-1)
    const earlier = before?.mention ? before : before?.text.trim() === '' ? out.at(-2) : undefined
    if (piece.mention && earlier?.mention && isSamePerson(piece.mention, earlier.mention)) {
      if (before !== earlier) out.pop()
    } else out.push(piece)
  }
  return out
}

const isSamePerson = (a: Mention, b: Mention): boolean =>
  a.isBot ? b.isBot === true : a.person !== undefined && a.person === b.person

/** The same words however they were told: without white space, and people as the message shows them. */
export function fingerprint(pieces: readonly Piece[]): string {
  return pieces
    .map(({ text, mention }) => (mention ? mention.label : text))
    .join('')
    .replace(/[\s\u00a0\u200b\ufeff]+/g, '')
}

/** Phone keyboards' quotes and spaces made plain; marks that only turn the reading direction left out. */
export function commandLine(text: string): string {
  return text
    .replace(spaces, ' ')
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '')
    .replace(/[\u201c\u201d\u201e\u201f]/g, '"')
    .replace(/[\u2018\u2019\u201a\u201b]/g, "'")
    .trim()
}

/** The line of a message that begins by addressing the bot, what it answers to left out. Undefined when it does not. */
export function addressedLine(pieces: readonly Piece[]): string | undefined {
  const own = merged(withoutLeadingQuote(pieces))
  return own[0]?.mention?.isBot ? commandLine(textOf(own.slice(1)).replace(/^[:,]/, '')) : undefined
}

/** What was typed to the bot alone, who may be addressed all the same. */
export function directLine(pieces: readonly Piece[]): string {
  return addressedLine(pieces) ?? commandLine(textOf(withoutLeadingQuote(pieces)))
}

function withoutLeadingQuote(pieces: readonly Piece[]): readonly Piece[] {
  const start = pieces.findIndex(({ text, isQuoted }) => !isQuoted && commandLine(text) !== '')
  return start < 0 ? [] : pieces.slice(start)
}
