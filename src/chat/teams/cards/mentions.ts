/** Who a card mentions: `<at>Name</at>` in its text, and at its root the entity that says who that is. */
import type { Card, Form, Line } from '../../../views/card.ts'
import { inert } from './markdown.ts'
import { shortened, spansOf } from './pieces.ts'

/** What a card needs to be drawn: names, links to rooms, and the delivery's id where it is one. */
export interface Drawing {
  readonly name: (person: string) => string
  readonly room: (room: string) => { readonly name: string; readonly url: string } | undefined
  readonly delivery?: string
  /** False: people are named, not mentioned. For dialogs and for chats that those people are not in. */
  readonly mentions?: boolean
}

/** A drawing for one card: `mention` is undefined for whoever can only be named. */
export interface Ink extends Drawing {
  readonly mention: (person: string) => string | undefined
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export function inkOf(card: Card, drawing: Drawing): Ink {
  const texts = new Map<string, string>()
  const name = (person: string) => shortened(drawing.name(person) || person, 120)
  for (const person of drawing.mentions === false ? [] : peopleIn(card)) {
    if (!guid.test(person)) continue
    // Teams finds a mention by its text alone: two people of one name must not become one.
    const text = [name(person), `${name(person)} (${person.slice(0, 8)})`, person]
      .map((words) => `<at>${inert(words)}</at>`)
      .find((words) => ![...texts.values()].includes(words))
    if (text) texts.set(person, text)
  }
  return { ...drawing, name, mention: (person) => texts.get(person) }
}

export const entityOf = (person: string, ink: Ink) => ({
  type: 'mention',
  text: ink.mention(person),
  mentioned: { id: person, name: ink.name(person) },
})

/** Everybody a card or form names, each once. */
export function peopleIn(drawn: Card | Form): readonly string[] {
  const lines = 'blocks' in drawn ? drawn.blocks.flatMap(linesOf) : (drawn.intro ?? [])
  const named = lines.flatMap((line) =>
    spansOf(line).flatMap((span) => (typeof span === 'object' && 'person' in span ? [span.person] : [])),
  )
  return [...new Set([...named, ...('fields' in drawn ? drawn.fields.flatMap(filledIn) : [])])]
}

function linesOf(block: Card['blocks'][number]): readonly Line[] {
  if (block.kind === 'lines' || block.kind === 'quiet') return block.lines
  return block.kind === 'facts' ? block.rows.map(({ value }) => value) : []
}

function filledIn(field: Form['fields'][number]): readonly string[] {
  if (field.kind === 'person') return field.initial ? [field.initial] : []
  return field.kind === 'people' ? (field.initial ?? []) : []
}
