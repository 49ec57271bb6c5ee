/** The form of one fact, or the list of facts to choose from. */
import { type Fact, factFromWords, factLabel, facts } from '../domain/facts.ts'
import type { Field, Form } from '../views/card.ts'
import { upperFirst } from '../views/scene.ts'
import type { Context } from './command.ts'
import { readers } from './fact-rows.ts'
import { isMoment, typedFact } from './fact-words.ts'
import { lateFields } from './here.ts'

type Asked = Omit<Form, 'verb' | 'nonce' | 'incident'>

export function factForm(context: Context, prefill: Readonly<Record<string, string>>): Asked {
  const typed = typedFact(prefill.words ?? '', context)
  const id = factFromWords(typed.fact)
  if (!id) return listForm()
  return {
    title: titleOf(id),
    submit: 'Record',
    intro: readers[id].intro ?? [],
    fields: [
      ...readers[id].fields(context, [typed.value, isMoment(id) ? typed.at : ''].filter(Boolean).join(' ')),
      ...alsoAsked(typed.reason),
      ...lateFields(typed).flatMap((field) => asked(id, field)),
    ],
    carry: { fact: id },
  }
}

/** Of whom a fact speaks is asked by that name; where its value is a time, no other time is. */
const asked = (id: Fact, field: Field): readonly Field[] => {
  if (field.name === 'at' && isMoment(id)) return []
  const label = whoIsAsked[id]
  if (!label) return [field]
  return field.name in label ? [{ ...field, label: label[field.name]! }] : field.name === 'at' ? [field] : []
}

const whoIsAsked: Readonly<Partial<Record<Fact, Readonly<Record<string, string>>>>> = {
  knew: { byPerson: 'Who it was, in this chat', by: 'Or somebody outside this chat' },
  delay: { by: 'Which official, of which agency' },
}

/** A platform cuts titles after 24 characters. */
const titleOf = (id: Fact): string => {
  const title = `Record: ${factLabel(id)}`
  return title.length <= 24 ? title : upperFirst(factLabel(id).replace(/ or .*/, ''))
}

const alsoAsked = (reason: string | undefined): readonly Field[] => [
  {
    kind: 'long-text',
    name: 'reason',
    label: 'Why, or how it is known',
    hint: 'Needed where a last day would move later or a clock would end.',
    maxLength: 3000,
    optional: true,
    ...(reason ? { initial: reason } : {}),
  },
]

/** Without a fact: which one, and its value as it would be typed. */
const listForm = (): Asked => ({
  title: 'Record a fact',
  submit: 'Record',
  fields: [
    {
      kind: 'choice',
      name: 'fact',
      label: 'Which fact',
      options: facts.map(({ id, label, usage }) => ({ value: id, label, hint: usage.slice(0, 75) })),
    },
    {
      kind: 'text',
      name: 'value',
      label: 'Its value',
      hint: 'As in the fact’s example: a date, yes or no, or a count like 612 TX 501 OK 111.',
      maxLength: 300,
    },
    ...alsoAsked(undefined),
  ],
})
