/** How checklist items are said on cards: their titles, and the button that fulfils each. */
import type { IncidentState } from '../domain/incident.ts'
import { type Item, isContaining } from '../domain/incident-items.ts'
import type { Button, Span } from './card.ts'
import { form } from './scene.ts'
import { itemLabel } from './sealed.ts'
import type { Text } from './view.ts'

/** Entry numbers of added labels a card will show. */
export const labelSeqs = (items: readonly Item[]): readonly number[] =>
  items.map(({ seq }) => seq).filter((seq) => seq !== null)

export const titleOf = (item: Item, text?: (seq: number) => Text): string => {
  if (item.title !== null) return item.title
  const label = item.seq !== null && text ? itemLabel(text(item.seq)) : undefined
  return label ?? 'an item your team added'
}

/** The command that fulfils an item is its button; the others are ticked with who, when and the evidence. */
const fulfilling: Readonly<Record<string, string>> = {
  'fact discovered': 'Confirm discovery',
  'fact affected': 'Record affected people',
  'fact unsecured': 'Record encryption',
  'fact severity': 'Set severity',
  assess: 'Answer the factors',
  'assess signed': 'Sign the assessment',
  decide: 'Record a decision',
  close: 'Close the incident',
}

/** Where what fulfils it is asked for by other words. */
const asked: Readonly<Record<string, string>> = { assess: 'assess answer', 'assess signed': 'assess sign' }

export function itemButton(state: IncidentState, item: Item): Button {
  const command = item.fulfilledBy
  const label = command ? fulfilling[command] : undefined
  if (label && command && (command !== 'decide' || isContaining(state)))
    return form(state, label, asked[command] ?? command)
  return form(state, `Complete ${item.id}`, `check ${item.id} done`)
}

/** `Confirm someone … (D1)` as one span row. */
export const shortItem = (item: Item, text?: (seq: number) => Text): Span[] => [
  { bold: item.id },
  ` ${titleOf(item, text)}`,
]
