/** The form of `declare`. It says what declaring does not do before it asks anything. */
import { kindFromWords, kinds } from '../domain/kinds.ts'
import type { Field, Form } from '../views/card.ts'
import type { Context } from './command.ts'
import { MESSAGE_CARRIED } from './declare-about.ts'
import { initialNoticed } from './declare-noticed.ts'
import { type TypedDeclaration, typedDeclaration } from './declare-words.ts'

type Prefill = Readonly<Record<string, string>>

const sentenceLimit = 500

export function declareForm(context: Context, prefill: Prefill): Omit<Form, 'verb' | 'nonce' | 'incident'> {
  const typed = typedDeclaration(prefill.words ?? '', context)
  const isCut = typed.sentence.length > sentenceLimit
  return {
    title: 'Declare an incident',
    submit: 'Declare',
    intro: [
      'Declaring admits nothing.',
      'The clock started when someone first knew.',
      'The sentence is sealed. No patient names.',
      ...(isCut ? ['All that you typed is recorded beside it, sealed too.'] : []),
    ],
    fields: fields(context, prefill, typed),
    carry: isCut ? { about_text: typed.sentence.toWellFormed() } : carried(prefill),
    carryTitle: isCut ? TYPED_CARRIED : MESSAGE_CARRIED,
  }
}

const TYPED_CARRIED = 'What you typed, as it will be recorded:'

const aboutNames = ['about_author', 'about_at', 'about_text', 'about_message'] as const

const carried = (prefill: Prefill) =>
  Object.fromEntries(aboutNames.flatMap((name) => (prefill[name] ? [[name, prefill[name]]] : [])))

/** What fits the field, to the end of a sentence or at least of a word; all of it is recorded beside. */
function opening(text: string): string {
  if (text.length <= sentenceLimit) return text.toWellFormed()
  const head = text.slice(0, sentenceLimit)
  const sentences = /^[\s\S]*[.!?](?=\s)/.exec(head)?.[0] ?? ''
  const words = /^[\s\S]*\S(?=\s)/.exec(head)?.[0] ?? ''
  return ([sentences, words].find(({ length }) => length > sentenceLimit / 2) ?? head).toWellFormed()
}

function fields(context: Context, prefill: Prefill, typed: TypedDeclaration): readonly Field[] {
  const words = typed.sentence || (prefill.about_text ?? '')
  const sentence = opening(words)
  return [
    {
      kind: 'choice',
      name: 'kind',
      label: 'Kind',
      hint: 'Not sure? Choose other; it can be corrected.',
      options: kinds.map(({ id, label }) => ({ value: id, label })),
      initial: kindFromWords(words.slice(0, sentenceLimit)),
    },
    {
      kind: 'long-text',
      name: 'sentence',
      label: 'What happened, in one sentence',
      maxLength: sentenceLimit,
      ...(sentence ? { initial: sentence } : {}),
    },
    {
      kind: 'instant',
      name: 'noticed',
      label: 'When anyone here first noticed',
      hint: 'Not only you: the first colleague who knew. The law counts from that day; the privacy officer confirms it.',
      initial: initialNoticed(typed.noticed ?? prefill.about_at, context),
    },
    {
      kind: 'switches',
      name: 'switches',
      label: 'Also',
      options: [
        { value: 'drill', label: 'This is a drill' },
        {
          value: 'keep-out',
          label: 'Keep someone out',
          hint: 'Name them below.',
        },
      ],
      initial: typed.switches,
      optional: true,
    },
    {
      kind: 'people',
      name: 'excluded',
      label: 'Who is kept out',
      hint: 'Whoever you name is never invited, and sees and hears nothing of it.',
      optional: true,
      initial: typed.excluded,
    },
  ]
}
