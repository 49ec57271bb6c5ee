/**
 * Card → Adaptive Cards 1.5, each under Teams' size. A card that is posted continues on further pages; one that is
 * updated in place is one card and says how much it leaves out. The delivery's id travels inside, so that an
 * interrupted post can be found again; nothing in a plain string can become markup, a link, a mention or a date.
 */
import type { Card } from '../../../views/card.ts'
import { actionSets, bytesOf } from './actions.ts'
import { hiddenDelivery } from './delivery.ts'
import { drawLine, type Json } from './line.ts'
import { type Drawing, entityOf, type Ink, inkOf } from './mentions.ts'
import { shortened } from './pieces.ts'
import { type Unit, units } from './units.ts'

export { deliveryOf, type Page, pageOf } from './delivery.ts'
export { type Drawing, peopleIn } from './mentions.ts'

export type AdaptiveCard = Json & { readonly type: 'AdaptiveCard' }

/** UTF-8 of the JSON. Teams takes 28 KB for a message with all that goes around its card. */
const cardBudget = 20_000

/** On as many pages as it needs, at least one; each carries the delivery's id. A budget below 16 KB is not kept. */
export function adaptivePages(card: Card, drawing: Drawing, budget = cardBudget): AdaptiveCard[] {
  const ink = inkOf(card, drawing)
  const room = budget - envelope(card, ink)
  const pages: Unit[][] = [[]]
  let left = room
  for (const unit of units(card, ink)) {
    const size = sizeOf(unit, ink)
    if (size > left && pages.at(-1)!.length > 0) {
      pages.push([])
      left = room
    }
    pages.at(-1)!.push(unit)
    left -= size
  }
  return pages.map((page, at) => sheet(card, page, ink, at + 1, pages.length))
}

/** One card, for what is updated in place: over the budget its end goes, but for its last buttons, and it says so. */
export function adaptiveCard(card: Card, drawing: Drawing, budget = cardBudget): AdaptiveCard {
  const ink = inkOf(card, drawing)
  const all = units(card, ink)
  const room = budget - envelope(card, ink)
  if (sum(all.map((unit) => sizeOf(unit, ink))) <= room) return sheet(card, all, ink, 1, 1)
  const last = card.blocks.at(-1)
  const tail = last?.kind === 'buttons' ? actionSets(last.buttons, ink.delivery).slice(0, 1) : []
  const kept: Unit[] = []
  let left = room - bytesOf(tail) - bytesOf(notShown(card.blocks.length * 1000, ink))
  for (const unit of all) {
    left -= sizeOf(unit, ink)
    if (left < 0) break
    kept.push(unit)
  }
  const hidden = sum(all.slice(kept.length).map(({ lines }) => lines))
  const elements = [...notShown(hidden, ink), ...tail]
  return sheet(card, [...kept, { ends: 'text', elements, people: [], lines: 0 }], ink, 1, 1)
}

const notShown = (count: number, ink: Ink): Json[] =>
  drawLine(`… ${count} more not shown here`, 'quiet', ink).map(({ element }) => element)

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)

const sizeOf = (unit: Unit, ink: Ink): number =>
  bytesOf(unit.elements) + sum([...new Set(unit.people)].map((person) => bytesOf(entityOf(person, ink)) + 1))

/** What a page weighs without its units, with the longest page number and an entity list. */
const envelope = (card: Card, ink: Ink): number => bytesOf(sheet(card, [], ink, 999, 999)) + 20

function sheet(card: Card, page: readonly Unit[], ink: Ink, number: number, of: number): AdaptiveCard {
  const people = [...new Set(page.flatMap((unit) => unit.people))]
  const entities = people.map((person) => entityOf(person, ink))
  const { delivery } = ink
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    fallbackText: shortened(card.summary, 300),
    msteams: { width: 'Full', ...(entities.length > 0 ? { entities } : {}) },
    body: [
      ...(number > 1 ? drawLine(`Continued, ${number} of ${of}`, 'quiet', ink) : []).map(
        ({ element }) => element,
      ),
      ...page.flatMap((unit) => unit.elements),
      ...(delivery === undefined ? [] : [hiddenDelivery({ delivery, page: number, of })]),
    ],
  }
}
