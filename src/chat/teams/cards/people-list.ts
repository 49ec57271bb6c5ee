/** Who can be chosen in a dialog: a list that every field of people repeats, as long as the card allows. */
import type { Field, Form } from '../../../views/card.ts'
import { bytesOf } from './actions.ts'
import { type Choice, choiceOf, type Values } from './fields.ts'
import { peopleIn } from './mentions.ts'

export const isPeople = ({ kind }: Field): boolean => kind === 'person' || kind === 'people'

/** Whoever is filled in already: on the list wherever they stand. */
export function filledIn(
  form: Form,
  people: readonly Choice[],
  name: (person: string) => string,
  filled: Values | undefined,
): readonly Choice[] {
  const fields = form.fields.filter(isPeople)
  const ids = filled
    ? fields.flatMap((field) => filled[field.name] ?? [])
    : peopleIn({ ...form, intro: [], fields })
  return [...new Set(ids)].map((id) => people.find((one) => one.id === id) ?? { id, name: name(id) })
}

/** Those, then the others in their order while there is room; `isCut` where somebody is left out. */
export function listed(
  form: Form,
  first: readonly Choice[],
  people: readonly Choice[],
  room: number,
): { readonly people: readonly Choice[]; readonly isCut: boolean } {
  const times = form.fields.filter(isPeople).length
  if (times === 0) return { people: [], isCut: false }
  const out = [...first]
  let left = room
  for (const one of people) {
    if (first.some(({ id }) => id === one.id)) continue
    left -= (bytesOf(choiceOf(one)) + 1) * times
    if (left < 0) return { people: out, isCut: true }
    out.push(one)
  }
  return { people: out, isCut: false }
}
