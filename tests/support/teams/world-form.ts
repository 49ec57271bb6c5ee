/** A dialog as a form to fill: fields by the words on them, and what a person meant as the inputs' values. */
import { dayOf, timeOf } from '../../../src/demo/dates.ts'
import type { Filling, SeenField, SeenForm } from '../../../src/demo/world.ts'
import { asRead } from './as-read.ts'
import { actionsIn, elementsIn, type Filled, inputsIn } from './cards.ts'
import { list, record, text } from './core.ts'
import type { LocalTeams } from './local.ts'
import type { Json } from './state.ts'

const TIME = /:time$/

export function formOf(local: LocalTeams, person: string): SeenForm | undefined {
  const dialog = local.as(person).dialog()
  if (!dialog) return undefined
  const inputs = inputsIn(dialog.card)
  return {
    key: nonceOf(dialog.card),
    text: [dialog.title, asRead(dialog.card)].join('\n'),
    fields: inputs
      .filter(({ id }) => !TIME.test(text(id)))
      .map((input) => fieldOf(input, inputs, (id) => local.people.some((each) => each.id === id))),
    async send(filled) {
      const sent = await local.as(person).submit(filledOf(inputs, filled))
      const errors = sent.errors ? Object.values(sent.errors) : sent.dialog && marked(sent.dialog.card)
      return { isSent: sent.ok && !errors, errors }
    },
  }
}

/** A form drawn again with what is wrong in it is the same form. */
const nonceOf = (card: Json): string =>
  actionsIn(card).map(({ action }) => text(record(record(action.data).w).nonce))[0] ?? ''

function fieldOf(input: Json, all: readonly Json[], isPerson: (id: string) => boolean): SeenField {
  const options = list(input.choices)
    .map(record)
    .map(({ title, value }) => ({ label: text(title), value: text(value) }))
  const many = input.isMultiSelect === true
  const base = { key: text(input.id), label: text(input.label), options }
  if (input.type === 'Input.ChoiceSet') {
    const isPeople = options.some(({ value }) => isPerson(value))
    return { ...base, kind: isPeople ? (many ? 'people' : 'person') : many ? 'choices' : 'choice' }
  }
  if (input.type !== 'Input.Date') return { ...base, kind: 'text' }
  return { ...base, kind: timeFor(base.key, all) ? 'instant' : 'date' }
}

const timeFor = (key: string, inputs: readonly Json[]) =>
  inputs.map(({ id }) => text(id)).find((id) => TIME.test(id) && id.replace(TIME, ':date') === key)

function filledOf(inputs: readonly Json[], filled: ReadonlyMap<string, Filling>): Filled {
  const values: Record<string, string | readonly string[]> = {}
  for (const [key, value] of filled) {
    const time = timeFor(key, inputs)
    values[key] = value instanceof Date ? dayOf(value) : value
    if (time && value instanceof Date) values[time] = timeOf(value)
  }
  return values
}

/** Each sentence that stands beside a field, and not the one that says there are some. */
function marked(card: Json): readonly string[] {
  const runs = elementsIn(card).flatMap(({ inlines }) => list(inlines).map(record))
  return runs.filter(({ color }) => color === 'attention').map((run) => text(run.text))
}
