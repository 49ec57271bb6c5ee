/** A card that names people without calling them: for what comes every day, where a mention would be a reminder nobody answers. */
import type { Block, Card, Line, Span } from './card.ts'

const isPerson = (span: Span): span is { readonly person: string } =>
  typeof span === 'object' && 'person' in span

const linesOf = (block: Block): readonly Line[] => {
  if (block.kind === 'lines' || block.kind === 'quiet') return block.lines
  return block.kind === 'facts' ? block.rows.map(({ value }) => value) : []
}

/** Everybody it mentions, each once. */
export const mentioned = ({ blocks }: Card): readonly string[] => [
  ...new Set(
    blocks
      .flatMap(linesOf)
      .flatMap((line) =>
        typeof line === 'string' ? [] : line.flatMap((span) => (isPerson(span) ? [span.person] : [])),
      ),
  ),
]

/** Names are words like any others: no platform reads a mention in them. */
export function unmentioned(card: Card, name: (person: string) => string): Card {
  const told = (line: Line): Line =>
    typeof line === 'string' ? line : line.map((span) => (isPerson(span) ? name(span.person) : span))
  const drawn = (block: Block): Block => {
    if (block.kind === 'lines' || block.kind === 'quiet') return { ...block, lines: block.lines.map(told) }
    if (block.kind !== 'facts') return block
    return { ...block, rows: block.rows.map(({ label, value }) => ({ label, value: told(value) })) }
  }
  return { ...card, blocks: card.blocks.map(drawn) }
}
