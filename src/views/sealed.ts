/** The names under which sealed words are kept, and what stands in their place once they were disposed of. */
import type { Text } from './view.ts'

const named = (text: Text, names: readonly string[]): string | undefined => {
  const found = names.map((name) => text[name]?.trim()).find((words) => words)
  return found === '' ? undefined : found
}

/** Slack shows a section of 3000 characters; a card quotes less and the record keeps all. */
const clipped = (words: string, limit: number): string =>
  [...words].length <= limit ? words : `${[...words].slice(0, limit - 1).join('')}…`

// Cut before the words are looked at: a message may have 40,000 characters and a card many of them.
const oneLine = (words: string | undefined, limit: number): string | undefined =>
  words &&
  clipped(
    words
      .slice(0, 2 * limit)
      .toWellFormed()
      .replace(/\s+/g, ' '),
    limit,
  )

export const decisionWhat = (text: Text): string =>
  oneLine(named(text, ['what', 'decision', 'text', 'body']), 1200) ?? '(the words are no longer kept)'
export const decisionWhy = (text: Text): string | undefined =>
  oneLine(named(text, ['why', 'rationale', 'because', 'reason']), 1200)
export const reasonOf = (text: Text): string | undefined =>
  oneLine(named(text, ['why', 'because', 'reason', 'rationale']), 600)
/** Who outside chat said or did it. */
export const outsider = (text: Text): string | undefined => oneLine(named(text, ['by']), 120)
export const itemLabel = (text: Text): string | undefined =>
  oneLine(named(text, ['label', 'title', 'what', 'text', 'item']), 200)
/** Words under one name, on one line. */
export const sealedLine = (text: Text, name: string, limit: number): string | undefined =>
  oneLine(named(text, [name]), limit)
export const phoneOf = (text: Text, whose: 'holder' | 'deputy'): string | undefined =>
  oneLine(
    named(
      text,
      whose === 'holder' ? ['phone', 'holderPhone'] : ['deputyPhone', 'deputy phone', 'phoneDeputy'],
    ),
    60,
  )
