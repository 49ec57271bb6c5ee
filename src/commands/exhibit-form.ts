/** The forms of exhibits: adding one, and offering one to somebody. */
import { exhibitName, exhibitSources, sourceLabel } from '../domain/exhibits.ts'
import type { Field, Form } from '../views/card.ts'
import type { Context } from './command.ts'
import type { ExhibitWords } from './exhibit-words.ts'
import { lateFields, seen } from './here.ts'
import { personField, reasonField } from './role-words.ts'

type Drawn = Omit<Form, 'verb' | 'nonce' | 'incident'>

const text = (name: string, label: string, initial: string | undefined, more: object = {}): Field =>
  ({ kind: 'text', name, label, maxLength: 300, ...(initial ? { initial } : {}), ...more }) as Field

export const exhibitForm = (given: ExhibitWords, context: Context): Drawn => ({
  title: 'Add an exhibit',
  submit: 'Add',
  intro: ['What is evidence and lies outside this chat. Its words are sealed; hash and seal number are not.'],
  fields: [
    {
      kind: 'choice',
      name: 'source',
      label: 'What kind',
      options: exhibitSources.map(({ id, label }) => ({ value: id, label })),
      ...(given.source ? { initial: given.source } : {}),
    },
    {
      kind: 'long-text',
      name: 'body',
      label: 'What it is and where it comes from',
      maxLength: 3000,
      ...(given.body ? { initial: given.body } : {}),
    },
    text('sha256', 'SHA-256', given.sha256, {
      optional: true,
      hint: 'Of a file or image: sha256sum prints it. A seal number does instead',
    }),
    text('seal', 'Seal or bag number', given.seal, { optional: true, maxLength: 40 }),
    text('place', 'Where it is kept', given.place),
    {
      kind: 'person',
      name: 'custodian',
      label: 'Who keeps it',
      optional: true,
      initial: given.custodian ?? context.actor,
    },
    text('keeper', 'Or somebody outside this chat', undefined, {
      optional: true,
      hint: 'Their name and where they are from',
      maxLength: 200,
    }),
    ...lateFields(given),
  ],
})

export function transferForm(given: ExhibitWords, context: Context): Drawn {
  const exhibits = seen(context)?.exhibits ?? []
  const options = exhibits.slice(-100).map(({ number, source }) => ({
    value: String(number),
    label: `${exhibitName(number)} · ${sourceLabel(source)}`,
  }))
  const only = given.exhibit ?? (options.length === 1 ? Number(options[0]?.value) : undefined)
  return {
    title: 'Hand over an exhibit',
    submit: 'Offer',
    intro: ['It counts once they accept.'],
    fields: [
      options.length > 0
        ? {
            kind: 'choice',
            name: 'exhibit',
            label: 'Exhibit',
            options,
            ...(only !== undefined && options.some(({ value }) => value === String(only))
              ? { initial: String(only) }
              : {}),
          }
        : text('exhibit', 'Exhibit', undefined, { hint: 'E1', maxLength: 10 }),
      personField('Who takes it over', given.person),
      reasonField(given.reason),
    ],
  }
}
