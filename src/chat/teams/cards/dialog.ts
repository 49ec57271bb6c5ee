/**
 * Form → the dialog Teams opens. Everything its submit needs travels in the submit button's data (`form-data.ts`). People
 * are chosen from a list, as long as the card allows; the rest are named by typing the command.
 */
import type { Field, Form } from '../../../views/card.ts'
import { bytesOf } from './actions.ts'
import type { AdaptiveCard } from './adaptive.ts'
import { bounded, type Carry } from './carry.ts'
import { type Choice, inputs, type Values } from './fields.ts'
import { definitionOf, type FormMetadata, signedWords } from './form-data.ts'
import { drawLine, type Json } from './line.ts'
import { type Drawing, inkOf } from './mentions.ts'
import { filledIn, isPeople, listed } from './people-list.ts'

export type { Choice, Values } from './fields.ts'
export { type FormMetadata, readDialog } from './form-data.ts'

/** Where a form was asked for: its answer goes back there. */
export interface Asked {
  readonly room?: string
}

export interface DialogOptions {
  /** Who may be chosen, the likeliest first. */
  readonly people: readonly Choice[]
  readonly zone: string
  readonly asked: Asked
  /** Who is to fill it in, and the mark on what the dialog carries to them. */
  readonly person: string
  readonly sign: (words: string) => string
  readonly filled?: Values
  readonly errors?: Readonly<Record<string, string>>
}

export interface Dialog {
  readonly title: string
  readonly width: 'medium'
  readonly height: 'medium' | 'large'
  readonly card: AdaptiveCard
}

/** What a dialog weighs, and what it may weigh at most where it carries much: Teams takes 28 KB with all around it. */
const budget = 20_000
const most = 25_000

export function dialog(form: Form, drawing: Drawing, options: DialogOptions): Dialog {
  const first = filledIn(form, options.people, drawing.name, options.filled)
  const drawn = (carry: Carry, people: readonly Choice[], isCut: boolean) =>
    draw(form, carry, drawing, { ...options, people }, isCut)
  const carry = bounded(form.carry ?? {}, most - bytesOf(drawn({ '': '' }, first, true)))
  const fixed = bytesOf(drawn(carry, first, true))
  const room = (fixed > budget - 2000 ? most : budget) - fixed
  const { people, isCut } = listed(form, first, options.people, room)
  return {
    title: form.title,
    width: 'medium',
    height: form.fields.length > 2 ? 'large' : 'medium',
    card: drawn(carry, people, isCut),
  }
}

function draw(
  form: Form,
  carry: Carry,
  drawing: Drawing,
  { people, zone, asked, person, sign, filled, errors = {} }: DialogOptions,
  isCut: boolean,
): AdaptiveCard {
  const ink = inkOf({ summary: '', blocks: [] }, { ...drawing, mentions: false })
  const lines = (form.intro ?? [])
    .flatMap((line) => drawLine(line, 'plain', ink))
    .map(({ element }, at) => (at === 0 ? element : { ...element, spacing: 'small' }))
  const { '': whole, ...ofFields } = errors
  const wrong = placedErrors(ofFields, form.fields)
  const cut = Object.keys(carry).filter((name) => carry[name] !== form.carry?.[name])
  const unsigned: FormMetadata = {
    verb: form.verb,
    nonce: form.nonce,
    zone,
    ...(form.incident === undefined ? {} : { incident: form.incident }),
    ...(asked.room === undefined ? {} : { room: asked.room }),
    ...(Object.keys(carry).length > 0 ? { carry } : {}),
    ...(cut.length > 0 ? { cut } : {}),
  }
  const metadata = { ...unsigned, sign: sign(signedWords(person, unsigned)) }
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [
      ...(whole === undefined ? [] : [warning(whole)]),
      ...(wrong.length > 0 ? [warning('Look at the marked answers. Nothing was recorded.')] : []),
      ...lines,
      ...form.fields.flatMap((field) => [
        ...wrong.filter(({ name }) => name === field.name).map(({ sentence }) => warning(sentence)),
        ...inputs(field, { people, zone, filled }),
        ...hints(field, isCut, form.verb),
      ]),
    ],
    actions: [
      {
        type: 'Action.Submit',
        title: form.submit,
        style: 'positive',
        data: { w: metadata, q: definitionOf(form) },
      },
    ],
  }
}

const warning = (sentence: string): Json => ({
  type: 'RichTextBlock',
  inlines: [{ type: 'TextRun', text: `▲ ${sentence}`, color: 'attention', weight: 'bolder' }],
})

function hints(field: Field, isCut: boolean, verb: string): Json[] {
  const missing = `Somebody missing from the list? Close this and type it, naming them with @: @Wardroom ${verb} …`
  // Of a field that is not there to fill in, only what stands in its place is said.
  const hint = field.kind === 'files' ? undefined : field.hint
  return [...(hint ? [hint] : []), ...(isPeople(field) && isCut ? [missing] : [])].map((text) => ({
    type: 'RichTextBlock',
    spacing: 'small',
    inlines: [{ type: 'TextRun', text, isSubtle: true, size: 'small' }],
  }))
}

/** A sentence beside each field; one about a field that is not here goes beside the first. */
function placedErrors(
  errors: Readonly<Record<string, string>>,
  fields: readonly Field[],
): readonly { readonly name: string | undefined; readonly sentence: string }[] {
  return Object.entries(errors).map(([name, sentence]) => {
    const isField = fields.some((field) => field.name === name)
    return { name: isField ? name : fields[0]?.name, sentence }
  })
}
