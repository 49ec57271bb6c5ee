/** Small cards: answers of a line or two. */
import { isStopped } from '../domain/phi-border.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Block, Button, Card, Line, Span } from './card.ts'

/** An answer: its lines, then its buttons. The summary is the first line unless given, so it must be free of PHI. */
export function say(summary: string, lines: readonly Line[], buttons: readonly Button[] = []): Card {
  const blocks: Block[] = [{ kind: 'lines', lines }]
  if (buttons.length > 0) blocks.push({ kind: 'buttons', buttons })
  return { summary, blocks }
}

export const button = (label: string, line: string, more: Omit<Button, 'label' | 'line'> = {}): Button => ({
  label,
  line,
  ...more,
})

/** The private answer to a mistake: the sentence, what was typed, and that nothing was recorded. */
export function refusalCard(refusal: Refusal, typed: string): Card {
  const lines: Line[] = refusal.refusal.split('\n').map(withPeople)
  if (typed && !refusal.unsaid) lines.push([...typedSpans(typed), ' — Nothing was recorded.'])
  else lines.push('Nothing was recorded.')
  return say('Nothing was recorded.', lines, refusal.buttons?.map((next) => ({ ...next })) ?? [])
}

const typedSpans = (typed: string): Span[] => [{ bold: 'You typed: ' }, ...withPeople(typed)]

/** What somebody typed in vain, so that it can be copied; no line where nothing was typed. */
export const typedLine = (typed: string): Line[] => (typed === '' ? [] : [typedSpans(typed)])

/** A summary shows on locked phones: what may not stand there is said without it. */
export const safelySummed = (card: Card): Card =>
  isStopped(card.summary) ? { ...card, summary: 'Wardroom: open this to read it.' } : card

/** Text from the domain names people as `<@id>`; on a card they are people. */
export function withPeople(text: string): Span[] {
  return text
    .split(/(<@[A-Za-z0-9-]+>)/)
    .filter((part) => part !== '')
    .map((part) => (/^<@[A-Za-z0-9-]+>$/.test(part) ? { person: part.slice(2, -1) } : part))
}
