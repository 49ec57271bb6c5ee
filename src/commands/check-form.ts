/** The forms of `check`: complete an item with its evidence, skip it with a reason, add one. */
import type { IncidentState } from '../domain/incident.ts'
import { type Item, isOpen, itemsOf, openItems } from '../domain/incident-items.ts'
import type { Field, Form, Line } from '../views/card.ts'
import { titleOf } from '../views/items.ts'
import { type CheckWords, readCheck } from './check-words.ts'
import type { Context } from './command.ts'
import { lateFields, seen } from './here.ts'
import { itemOf } from './items.ts'
import { reasonField, roleField, roleIds } from './role-words.ts'

type Drawn = Omit<Form, 'verb' | 'nonce' | 'incident'>

export function checkForm(context: Context, prefill: Readonly<Record<string, string>>): Drawn {
  const read = readCheck(prefill.words ?? '', context)
  if (read.do === 'add') return addForm(read.title)
  const state = seen(context)
  const item = state && read.item ? itemOf(state, read.item) : undefined
  const act = read.do === 'skip' || read.do === 'reopen' ? read.do : 'done'
  const choice = item || !state ? [] : [itemField(choices(state, act))]
  return {
    title: `${titles[act]} ${item ? item.id : 'an item'}`,
    submit: titles[act],
    ...(item ? { intro: intro(item, act) } : {}),
    fields: [
      ...choice,
      ...(act === 'skip' ? [whyField(read.reason), ...lateFields(read)] : noteAndLate(act, item, read)),
    ],
    carry: { do: act, ...(item ? { item: item.id } : {}) },
  }
}

const titles = { done: 'Complete', skip: 'Skip', reopen: 'Reopen' } as const
type Act = keyof typeof titles

/** An added item goes by its id here: its title is sealed, and a form opens without reading the record. */
const intro = (item: Item, act: Act): readonly Line[] => [
  `${item.id} ${titleOf(item)}`,
  ...(act === 'done' && item.evidence ? [`Evidence: ${item.evidence}.`] : []),
  ...(item.citation ? [item.citation] : []),
]

/** What this phase needs first, then whatever is open elsewhere; settled items where one is reopened. */
function choices(state: IncidentState, act: Act): readonly Item[] {
  const all = itemsOf(state)
  const first = openItems(state)
  const others = all.filter((item) => isOpen(item) && !first.some(({ id }) => id === item.id))
  const fitting = act === 'reopen' ? all.filter((item) => !isOpen(item)) : [...first, ...others]
  return fitting.length > 0 ? fitting : all
}

const whyField = (reason: string | undefined): Field =>
  reasonField(reason, { label: 'Why it is skipped', required: true })

const noteAndLate = (act: Act, item: Item | undefined, read: CheckWords): readonly Field[] =>
  act === 'done'
    ? [noteField(item?.required ?? false, read.note), ...lateFields(read)]
    : [{ ...noteField(false, read.note), label: 'Why it is open again', hint: 'No patient names.' }]

const addForm = (title: string | undefined): Drawn => ({
  title: 'Add an item',
  submit: 'Add',
  fields: [
    { kind: 'text', name: 'title', label: 'What is to be done', ...(title ? { initial: title } : {}) },
    { ...roleField(roleIds), label: 'For which role', optional: true },
  ],
  carry: { do: 'add' },
})

const noteField = (required: boolean, initial: string | undefined): Field => ({
  kind: 'long-text',
  name: 'note',
  label: 'Evidence',
  hint: 'A link, a ticket number or a note. No patient names.',
  optional: !required,
  ...(initial ? { initial } : {}),
})

const itemField = (items: readonly Item[]): Field => ({
  kind: 'choice',
  name: 'item',
  label: 'Item',
  options: items.map((item) => ({ value: item.id, label: `${item.id} ${titleOf(item)}` })),
})
