/**
 * A post's delivery id inside its card, unseen, with which page of how many it is on: an interrupted post is found again
 * by it, and one interrupted between its pages goes on with the next.
 */
import type { Json } from './line.ts'

export interface Page {
  readonly delivery: string
  readonly page: number
  readonly of: number
}

const mark = 'delivery:'

export const hiddenDelivery = ({ delivery, page, of }: Page): Json => ({
  type: 'TextBlock',
  isVisible: false,
  id: `${mark}${delivery}`,
  text: of === 1 ? '·' : `${page}/${of}`,
})

export function deliveryOf(card: unknown): string | undefined {
  return pageOf(card)?.delivery
}

/** Read from the card as JSON, or as the text of it that Graph returns. */
export function pageOf(card: unknown): Page | undefined {
  const { body } = (parsed(card) ?? {}) as { body?: unknown }
  for (const element of Array.isArray(body) ? body : []) {
    const { id, text } = (element ?? {}) as { id?: unknown; text?: unknown }
    if (typeof id !== 'string' || !id.startsWith(mark)) continue
    const [, page = '1', of = '1'] = /^(\d{1,3})\/(\d{1,3})$/.exec(String(text)) ?? []
    return { delivery: id.slice(mark.length), page: Number(page), of: Number(of) }
  }
  return undefined
}

function parsed(card: unknown): unknown {
  if (typeof card !== 'string') return card
  try {
    return JSON.parse(card)
  } catch {
    return undefined
  }
}
