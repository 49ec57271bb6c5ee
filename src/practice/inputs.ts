// What a person filled in, turned into Slack's `state.values` and action fields by each element's type.
import type { Json, Picked, PickedValues } from './page-api.ts'

export type Placed = { block: Json; element: Json }

/** Every interactive element of a surface, in reading order. */
export const elementsOf = (blocks: readonly Json[]): Placed[] =>
  blocks.flatMap((block) => {
    const elements: Json[] =
      block.type === 'actions' ? block.elements : [block.element, block.accessory].filter(Boolean)
    return elements.filter((element) => element.action_id).map((element) => ({ block, element }))
  })

export const optionsOf = (element: Json): Json[] => [
  ...(element.options ?? []),
  ...(element.option_groups ?? []).flatMap((group: Json) => group.options),
]

const optionFor = (element: Json, value: Picked): Json | null => {
  if (value === null) return null
  const known = optionsOf(element).find((option) => option.value === String(value))
  if (known) return known
  return element.type.includes('external_select')
    ? { text: { type: 'plain_text', text: String(value) }, value: String(value) }
    : null
}

const list = (picked: Picked): string[] =>
  Array.isArray(picked) ? picked : picked === null || picked === '' ? [] : [String(picked)]
const single = (picked: Picked): string | null => list(picked)[0] ?? null
const optionsFor = (element: Json, picked: Picked): Json[] =>
  list(picked).flatMap((value) => optionFor(element, value) ?? [])

/** By element type: the field that carries the choice. */
const fields: Record<string, (element: Json, picked: Picked) => Json> = {
  plain_text_input: (_, picked) => ({ value: single(picked) }),
  email_text_input: (_, picked) => ({ value: single(picked) }),
  url_text_input: (_, picked) => ({ value: single(picked) }),
  number_input: (_, picked) => ({ value: single(picked) }),
  rich_text_input: (_, picked) => ({ rich_text_value: richText(single(picked)) }),
  static_select: (element, picked) => ({ selected_option: optionFor(element, single(picked)) }),
  external_select: (element, picked) => ({ selected_option: optionFor(element, single(picked)) }),
  radio_buttons: (element, picked) => ({ selected_option: optionFor(element, single(picked)) }),
  overflow: (element, picked) => ({ selected_option: optionFor(element, single(picked)) }),
  users_select: (_, picked) => ({ selected_user: single(picked) }),
  channels_select: (_, picked) => ({ selected_channel: single(picked) }),
  conversations_select: (_, picked) => ({ selected_conversation: single(picked) }),
  multi_static_select: (element, picked) => ({ selected_options: optionsFor(element, picked) }),
  multi_external_select: (element, picked) => ({ selected_options: optionsFor(element, picked) }),
  checkboxes: (element, picked) => ({ selected_options: optionsFor(element, picked) }),
  multi_users_select: (_, picked) => ({ selected_users: list(picked) }),
  multi_channels_select: (_, picked) => ({ selected_channels: list(picked) }),
  multi_conversations_select: (_, picked) => ({ selected_conversations: list(picked) }),
  datepicker: (_, picked) => ({ selected_date: single(picked) }),
  timepicker: (_, picked) => ({ selected_time: single(picked) }),
  datetimepicker: (_, picked) => ({
    selected_date_time: single(picked) === null ? null : Number(single(picked)),
  }),
  file_input: (_, picked) => ({ files: list(picked).map((id) => ({ id })) }),
}

const richText = (text: string | null): Json | null =>
  text === null
    ? null
    : { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] }

const values = (options: Json[] | undefined): string[] | null =>
  options?.map((option) => option.value) ?? null

/** What the element holds before anybody touched it. */
export const initialPick = (element: Json): Picked =>
  element.initial_value ??
  element.initial_option?.value ??
  values(element.initial_options) ??
  element.initial_user ??
  element.initial_users ??
  element.initial_channel ??
  element.initial_channels ??
  element.initial_conversation ??
  element.initial_conversations ??
  element.initial_date ??
  element.initial_time ??
  element.initial_date_time ??
  null

const pickFor = ({ block, element }: Placed, picked: PickedValues): Picked => {
  const given = picked[block.block_id]?.[element.action_id]
  return given === undefined ? initialPick(element) : given
}

export const stateValues = (blocks: readonly Json[], picked: PickedValues): Json => {
  const state: Json = {}
  for (const placed of elementsOf(blocks)) {
    const { block, element } = placed
    const read = fields[element.type]
    if (!read || element.type === 'overflow') continue
    state[block.block_id] ??= {}
    state[block.block_id][element.action_id] = {
      type: element.type,
      ...read(element, pickFor(placed, picked)),
    }
  }
  return state
}

/** The entry of `actions` for one click or choice. */
export const actionEntry = ({ block, element }: Placed, picked: Picked, actionTs: string): Json => {
  const entry: Json = { type: element.type, action_id: element.action_id, block_id: block.block_id }
  if (element.type === 'button') {
    entry.text = element.text
    if (element.value !== undefined) entry.value = element.value
    if (element.style) entry.style = element.style
  } else {
    Object.assign(entry, fields[element.type]?.(element, picked) ?? {})
    if (element.placeholder) entry.placeholder = element.placeholder
  }
  return { ...entry, action_ts: actionTs }
}

const isBlank = (value: Json): boolean =>
  Object.entries(value).every(
    ([name, field]) =>
      name === 'type' || field === null || field === '' || (Array.isArray(field) && field.length === 0),
  )

/** What Slack's own client refuses before it sends a form: by block id, the sentence shown under the field. */
export const inputErrors = (blocks: readonly Json[], state: Json): Record<string, string> => {
  const errors: Record<string, string> = {}
  for (const { block, element } of elementsOf(blocks)) {
    if (block.type !== 'input') continue
    const value: Json = state[block.block_id]?.[element.action_id] ?? {}
    const message = isBlank(value)
      ? block.optional
        ? null
        : 'Please complete this required field.'
      : (tooManyFiles(element, value) ?? valueError(element, String(value.value ?? '')))
    if (message) errors[block.block_id] = message
  }
  return errors
}

const tooManyFiles = ({ type, max_files: max = 10 }: Json, { files }: Json): string | null =>
  type === 'file_input' && files.length > max ? `At most ${max} files.` : null

const valueError = (element: Json, text: string): string | null => {
  const { type, min_length: min, max_length: max } = element
  if (type === 'number_input') {
    const number = Number(text)
    if (Number.isNaN(number) || (!element.is_decimal_allowed && !Number.isInteger(number))) {
      return 'Please enter a valid number.'
    }
    if (element.min_value !== undefined && number < Number(element.min_value)) {
      return `Number must be at least ${element.min_value}.`
    }
    if (element.max_value !== undefined && number > Number(element.max_value)) {
      return `Number must be at most ${element.max_value}.`
    }
  }
  if (type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(text)) return 'Please enter a valid email.'
  if (type === 'url_text_input' && !/^https?:\/\/\S+$/.test(text)) return 'Please enter a valid URL.'
  if (type !== 'plain_text_input') return null
  if (min !== undefined && text.length < min) return `Must be at least ${min} characters.`
  return text.length > (max ?? 3000) ? `Must be at most ${max ?? 3000} characters.` : null
}
