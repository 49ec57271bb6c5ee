/** Form → Slack view, and a submitted view back to values. Field `x` is block `f:x`, so errors find their field. */
import type { Field, Form, Option } from '../../views/card.ts'
import type { InboundFile } from '../port.ts'
import { markdown, plainText, type SlackBlock } from './blocks.ts'
import { type Asked, type Carried, carryCut, carryInSight, metadataLimit } from './carry.ts'
import { fileOf } from './message.ts'
import { clip, mrkdwn, splitLines } from './mrkdwn.ts'
import { type FormBlock, fileSchema } from './payload.ts'
import { isInSight } from './sight.ts'

const element = 'v'

/** Slack's limits on a view. */
const most = { blocks: 100, bytes: 250_000 }

export function formView(form: Form, asked: Asked = {}): SlackBlock {
  const whole = drawn(form, carryInSight(form, asked))
  return fits(whole) ? whole : cutFormView(form, asked)
}

/** For a form that Slack would not take, or did not. */
export function cutFormView(form: Form, asked: Asked = {}): SlackBlock {
  const view = drawn(form, carryCut(form, asked))
  return { ...view, blocks: blocksOf(view).slice(0, most.blocks) }
}

export const isCarryInSight = (view: SlackBlock): boolean => blocksOf(view).some(isInSight)

const blocksOf = (view: SlackBlock) => view.blocks as readonly FormBlock[]

function drawn(form: Form, { metadata, above, below }: Carried): SlackBlock {
  return {
    type: 'modal',
    callback_id: `form:${form.verb}`.slice(0, 255),
    title: plainText(form.title, 24),
    submit: plainText(form.submit, 24),
    close: plainText('Cancel', 24),
    private_metadata: metadata,
    blocks: [...above, ...intro(form), ...form.fields.map(inputBlock), ...below],
  }
}

function fits(view: SlackBlock): boolean {
  return (
    blocksOf(view).length <= most.blocks &&
    String(view.private_metadata).length <= metadataLimit &&
    Buffer.byteLength(JSON.stringify(view)) <= most.bytes
  )
}

function intro(form: Form): SlackBlock[] {
  const texts = splitLines((form.intro ?? []).map(mrkdwn), 3000)
  return texts.map((text) => ({ type: 'section', text: markdown(text) }))
}

function inputBlock(field: Field): SlackBlock {
  const optional = field.optional || field.kind === 'switches'
  return {
    type: 'input',
    block_id: `f:${field.name}`.slice(0, 255),
    label: plainText(field.label, 2000),
    element: { ...elementOf(field), action_id: element },
    ...(field.hint ? { hint: plainText(field.hint, 2000) } : {}),
    ...(optional ? { optional: true } : {}),
  }
}

function elementOf(field: Field): SlackBlock {
  switch (field.kind) {
    case 'text':
    case 'long-text': {
      const max = Math.max(1, Math.min(field.maxLength ?? 3000, 3000))
      return {
        type: 'plain_text_input',
        multiline: field.kind === 'long-text',
        max_length: max,
        ...given('initial_value', field.initial ? clip(field.initial, max) : undefined),
      }
    }
    case 'number':
      return {
        type: 'number_input',
        is_decimal_allowed: false,
        ...given('initial_value', field.initial === undefined ? undefined : `${field.initial}`),
      }
    case 'choice': {
      const options = field.options.slice(0, 100).map(option)
      const at = field.options.findIndex((each) => each.value === field.initial)
      return { type: 'static_select', options, ...given('initial_option', options[at]) }
    }
    case 'switches': {
      const options = field.options.slice(0, 10).map(option)
      const on = options.filter((each) => field.initial?.includes(each.value))
      return { type: 'checkboxes', options, ...given('initial_options', on.length > 0 ? on : undefined) }
    }
    case 'person':
      return { type: 'users_select', ...given('initial_user', field.initial || undefined) }
    case 'people':
      return {
        type: 'multi_users_select',
        ...given('initial_users', field.initial?.length ? field.initial : undefined),
      }
    case 'files':
      return { type: 'file_input', max_files: Math.max(1, Math.min(field.max, 10)) }
    case 'date':
      return { type: 'datepicker', ...given('initial_date', field.initial || undefined) }
    case 'instant': {
      const seconds = field.initial ? Math.floor(Date.parse(field.initial) / 1000) : Number.NaN
      return {
        type: 'datetimepicker',
        ...given('initial_date_time', Number.isNaN(seconds) ? undefined : seconds),
      }
    }
  }
}

function option(each: Option) {
  return {
    text: plainText(each.label, 75),
    value: each.value.slice(0, 75),
    ...(each.hint ? { description: plainText(each.hint, 75) } : {}),
  }
}

function given(name: string, value: unknown): object {
  return value === undefined ? {} : { [name]: value }
}

type State = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>

/** What was filled in, by field name. A single field left empty is absent; a list left empty is an empty list. */
export function formValues(state: State): Record<string, string | readonly string[]> {
  const values: Record<string, string | readonly string[]> = {}
  for (const [block, elements] of Object.entries(state)) {
    const filled = elements[element]
    if (!block.startsWith('f:') || !filled) continue
    const value = filledValue(filled)
    if (value !== undefined) values[block.slice(2)] = value
  }
  return values
}

/** Files by field. What is no file's description, or is of a file that is no more, comes back without an id. */
export function formFiles(state: State): Record<string, readonly InboundFile[]> {
  const files: Record<string, readonly InboundFile[]> = {}
  for (const [block, elements] of Object.entries(state)) {
    const { type, files: chosen } = elements[element] ?? {}
    if (!block.startsWith('f:') || type !== 'file_input' || chosen === null || chosen === undefined) continue
    const told: readonly unknown[] = Array.isArray(chosen) ? chosen : [chosen]
    if (told.length > 0) files[block.slice(2)] = told.map(chosenFile)
  }
  return files
}

function chosenFile(told: unknown): InboundFile {
  const parsed = fileSchema.safeParse(told)
  return (parsed.success && fileOf(parsed.data)) || { id: '', name: '', mime: '', size: 0 }
}

function filledValue(filled: Readonly<Record<string, unknown>>): string | readonly string[] | undefined {
  switch (filled.type) {
    case 'static_select':
    case 'radio_buttons':
      return text((filled.selected_option as { value?: unknown } | null)?.value)
    case 'checkboxes':
      return ((filled.selected_options ?? []) as { value: string }[]).map((each) => each.value)
    case 'users_select':
      return text(filled.selected_user)
    case 'multi_users_select':
      return (filled.selected_users ?? []) as string[]
    case 'datepicker':
      return text(filled.selected_date)
    case 'datetimepicker': {
      const seconds = filled.selected_date_time
      return typeof seconds === 'number' ? new Date(seconds * 1000).toISOString() : undefined
    }
    case 'file_input':
      return undefined
    default:
      return text(filled.value)
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Field errors by block; one that names no field of this view goes beside the first, or Slack would refuse all. */
export function viewErrors(
  errors: Readonly<Record<string, string>>,
  blocks: readonly { type?: string | null | undefined; block_id?: string | null | undefined }[],
): Record<string, string> {
  const inputs = blocks.filter((block) => block.type === 'input').map((block) => block.block_id ?? '')
  const out: Record<string, string> = {}
  for (const [field, sentence] of Object.entries(errors)) {
    const block = inputs.includes(`f:${field}`) ? `f:${field}` : inputs[0]
    if (block) out[block] = out[block] ? `${out[block]} ${sentence}` : sentence
  }
  return out
}
