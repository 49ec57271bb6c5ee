/**
 * Lines → text of an Adaptive Card. What mentions nobody is runs of text, which no client reads as Markdown: words stay
 * exactly what people typed, by construction. A line with a mention needs a TextBlock, whose words `markdown.ts` tames.
 */
import type { Line, Span } from '../../../views/card.ts'
import { inert, isAddress, mentionLine, undated } from './markdown.ts'
import type { Ink } from './mentions.ts'
import { pieces } from './pieces.ts'

export type Json = Readonly<Record<string, unknown>>

/** An element and the people it mentions. */
export interface Drawn {
  readonly element: Json
  readonly people: readonly string[]
}

export type Look = 'plain' | 'quiet'

const looks: Readonly<Record<Look, Json>> = { plain: {}, quiet: { isSubtle: true, size: 'small' } }

/** The elements of one line: one, or more where it is long or holds line breaks; none for a blank one. */
export function drawLine(line: Line, look: Look, ink: Ink): Drawn[] {
  return pieces(line).map((spans) => {
    const people = spans.flatMap((span) => mentioned(span, ink))
    const element =
      people.length > 0
        ? { type: 'TextBlock', text: textOf(spans, ink), wrap: true, ...looks[look] }
        : { type: 'RichTextBlock', inlines: spans.map((span) => run(span, looks[look], ink)) }
    return { element, people }
  })
}

const mentioned = (span: Span, { mention }: Ink): string[] =>
  typeof span === 'object' && 'person' in span && mention(span.person) ? [span.person] : []

const textOf = (spans: readonly Span[], ink: Ink): string =>
  mentionLine(
    spans,
    (person) => ink.mention(person) ?? inert(ink.name(person)),
    (room) => roomSpan(room, ink),
  )

function run(span: Span, look: Json, ink: Ink): Json {
  const text = (words: string, more: Json = {}) => ({
    type: 'TextRun',
    text: undated(words),
    ...look,
    ...more,
  })
  if (typeof span === 'string') return text(span)
  if ('bold' in span) return text(span.bold, { weight: 'bolder' })
  if ('code' in span) return text(span.code, { fontType: 'monospace' })
  if ('struck' in span) return text(span.struck, { strikethrough: true })
  if ('person' in span) return text(ink.name(span.person))
  if ('room' in span) return run(roomSpan(span.room, ink), look, ink)
  if (!isAddress(span.url)) return text(span.link)
  return text(span.link, { selectAction: { type: 'Action.OpenUrl', url: span.url } })
}

function roomSpan(id: string, ink: Ink): Span {
  const room = ink.room(id)
  return room ? { link: room.name, url: room.url } : 'in its channel'
}
