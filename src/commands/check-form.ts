/** The forms of `check`: complete an item with its evidence, skip it with a reason, add one. */
import { isRefusal } from '../domain/refusal.ts'
import type { Field, Form, Line } from '../views/card.ts'
import { openItems } from './check-card.ts'
import { readCheck } from './check-words.ts'
import type { Context } from './command.ts'
import { lateFields, seen } from './here.ts'
import { findOf, type Item, titleOf } from './items.ts'
import { reasonField, roleField, roleIds } from './role-words.ts'

type Drawn = Omit<Form, 'verb' | 'nonce' | 'incident'>

export function checkForm(context: Context, prefill: Readonly<Record<string, string>>): Drawn {
  const read = readCheck(prefill.words ?? '', context)
  if (read.do === 'add') return addForm(read.title)
  const state = seen(context)
  const item = state && read.item ? findOf(state, read.item, context) : undefined
  const known = item && !isRefusal(item) ? item : undefined
  if (known && read.do === 'skip') return skipForm(known, context, read.reason)
  if (known)
    return {
      title: `Complete ${known.id}`,
      submit: 'Complete',
      intro: intro(known, context),
      fields: [noteField(known.required, read.note), ...lateFields(read)],
      carry: { do: 'done', item: known.id },
    }
  return {
    title: 'Complete an item',
    submit: 'Complete',
    fields: [
      itemField(state ? openItems(state) : [], context),
      noteField(false, read.note),
      ...lateFields(read),
    ],
    carry: { do: 'done' },
  }
}

const intro = (item: Item, context: Context): readonly Line[] => [
  `${item.id} ${titleOf(item, context)}`,
  ...(item.evidence ? [`Evidence: ${item.evidence}.`] : []),
  ...(item.citation ? [item.citation] : []),
]

const skipForm = (item: Item, context: Context, reason: string | undefined): Drawn => ({
  title: `Skip ${item.id}`,
  submit: 'Skip',
  intro: [`${item.id} ${titleOf(item, context)}`],
  fields: [reasonField(reason, { label: 'Why it is skipped', required: true })],
  carry: { do: 'skip', item: item.id },
})

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

const itemField = (items: readonly Item[], context: Context): Field => ({
  kind: 'choice',
  name: 'item',
  label: 'Item',
  options: items.map((item) => ({ value: item.id, label: `${item.id} ${titleOf(item, context)}` })),
})
