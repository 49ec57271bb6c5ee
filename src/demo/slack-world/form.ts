/** A modal as a form to fill: fields by the words on them, and what a person meant as Block Kit's values. */
import { elementsOf, optionsOf, type Placed } from '../../practice/inputs.ts'
import type { Picked, PickedValues } from '../../practice/page-api.ts'
import type { Practice } from '../../practice/server.ts'
import type { Filling, SeenField, SeenForm } from '../world.ts'
import type { NameOf } from './as-read.ts'
import { readView } from './readable.ts'

export function formOf(practice: Practice, person: string, name: NameOf): SeenForm | undefined {
  const actor = practice.as(person)
  const modal = actor.modal()
  if (!modal) return undefined
  const inputs = elementsOf(modal.view.blocks).filter(({ block }) => block.type === 'input')
  return {
    key: modal.id,
    text: readView(modal.view, name),
    fields: inputs.map(fieldOf),
    async send(filled) {
      const { isSent, errors } = await actor.submit(pickedOf(inputs, filled))
      return { isSent, errors: errors ? Object.values(errors) : undefined }
    },
  }
}

const kinds: Readonly<Record<string, SeenField['kind']>> = {
  static_select: 'choice',
  radio_buttons: 'choice',
  checkboxes: 'choices',
  users_select: 'person',
  multi_users_select: 'people',
  datepicker: 'date',
  datetimepicker: 'instant',
}

const fieldOf = ({ block, element }: Placed): SeenField => ({
  key: block.block_id,
  label: String(block.label?.text ?? ''),
  kind: kinds[element.type] ?? 'text',
  options: optionsOf(element).map(({ text, value }) => ({ label: String(text?.text ?? ''), value })),
})

function pickedOf(inputs: readonly Placed[], filled: ReadonlyMap<string, Filling>): PickedValues {
  const picked: PickedValues = {}
  for (const { block, element } of inputs) {
    const value = filled.get(block.block_id)
    if (value !== undefined) picked[block.block_id] = { [element.action_id]: pick(value) }
  }
  return picked
}

function pick(value: Filling): Picked {
  if (value instanceof Date) return String(Math.floor(value.getTime() / 1000))
  return typeof value === 'string' ? value : [...value]
}
