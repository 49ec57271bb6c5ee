// Block Kit elements: buttons, selects, pickers and fields, with Slack's limits on each.
import { count, type Problems, problem, required, text, textObject, where } from './check.ts'
import type { Json } from './page-api.ts'

export type ElementPlace = 'actions' | 'accessory' | 'input'

const confirm = (out: Problems, path: string, value: Json): void => {
  textObject(out, where(path, 'title'), value.title, { min: 1, max: 100, plain: true })
  textObject(out, where(path, 'text'), value.text, { min: 1, max: 300 })
  textObject(out, where(path, 'confirm'), value.confirm, { min: 1, max: 30, plain: true })
  textObject(out, where(path, 'deny'), value.deny, { min: 1, max: 30, plain: true })
}

const option = (out: Problems, path: string, value: Json): void => {
  textObject(out, where(path, 'text'), value?.text, { min: 1, max: 75 })
  text(out, where(path, 'value'), value?.value, { max: 150 })
  if (value?.description) textObject(out, where(path, 'description'), value.description, { max: 75 })
}

const options = (out: Problems, path: string, list: unknown, max: number): void => {
  count(out, path, list, { min: 1, max })
  if (!Array.isArray(list)) return
  list.forEach((row: Json, at) => {
    option(out, `${path}/${at}`, row)
  })
}

const choices = (out: Problems, path: string, element: Json): void => {
  const { options: flat, option_groups: groups } = element
  if (!flat === !groups) return void problem(out, path, 'give one of options and option_groups')
  if (flat) {
    options(out, where(path, 'options'), flat, 100)
    return
  }
  count(out, where(path, 'option_groups'), groups, { min: 1, max: 100 })
  groups.forEach((group: Json, at: number) => {
    textObject(out, where(path, `option_groups/${at}/label`), group.label, { max: 75, plain: true })
    options(out, where(path, `option_groups/${at}/options`), group.options, 100)
  })
}

/** An initial choice must be one of the choices, to the letter. */
const initial = (out: Problems, path: string, element: Json): void => {
  const all: Json[] = [
    ...(element.options ?? []),
    ...(element.option_groups ?? []).flatMap((group: Json) => group.options ?? []),
  ]
  const chosen: Json[] = [element.initial_option, ...(element.initial_options ?? [])].filter(Boolean)
  for (const row of chosen) {
    if (all.some((known) => known.value === row.value && known.text?.text === row.text?.text)) continue
    problem(out, path, 'initial option must match one of the options')
  }
}

const day = /^\d{4}-\d{2}-\d{2}$/
const time = /^\d{2}:\d{2}$/

const pattern = (out: Problems, path: string, value: unknown, shape: RegExp): void => {
  if (value !== undefined && !shape.test(String(value))) problem(out, path, 'failed to match the format')
}

type Check = (out: Problems, path: string, element: Json) => void

const select: Check = (out, path, element) => {
  choices(out, path, element)
  initial(out, path, element)
}
const few: (max: number) => Check = (max) => (out, path, element) => {
  options(out, where(path, 'options'), element.options, max)
  initial(out, path, element)
}

const checks: Record<string, Check> = {
  button: (out, path, element) => {
    textObject(out, where(path, 'text'), element.text, { min: 1, max: 75, plain: true })
    if (element.value !== undefined) text(out, where(path, 'value'), element.value, { max: 2000 })
    if (element.url !== undefined) text(out, where(path, 'url'), element.url, { max: 3000 })
    const label = element.accessibility_label
    if (label !== undefined) text(out, where(path, 'accessibility_label'), label, { max: 75 })
    const style = element.style
    if (style !== undefined && style !== 'primary' && style !== 'danger') {
      problem(out, where(path, 'style'), 'must be one of primary, danger')
    }
  },
  static_select: select,
  multi_static_select: select,
  checkboxes: few(10),
  radio_buttons: few(10),
  overflow: few(5),
  plain_text_input: (out, path, element) => {
    const { min_length: min = 0, max_length: max = 3000, initial_value: value } = element
    if (max > 3000) problem(out, where(path, 'max_length'), 'must be at most 3000')
    if (min > max) problem(out, where(path, 'min_length'), 'must be at most max_length')
    if (value !== undefined) text(out, where(path, 'initial_value'), value, { max })
  },
  number_input: (out, path, element) => {
    if (element.is_decimal_allowed === undefined)
      problem(out, path, 'missing required field: is_decimal_allowed')
    const { min_value: min, max_value: max } = element
    if (min !== undefined && max !== undefined && Number(min) > Number(max)) {
      problem(out, where(path, 'min_value'), 'must be at most max_value')
    }
  },
  datepicker: (out, path, element) => pattern(out, where(path, 'initial_date'), element.initial_date, day),
  timepicker: (out, path, element) => pattern(out, where(path, 'initial_time'), element.initial_time, time),
  datetimepicker: (out, path, element) =>
    pattern(out, where(path, 'initial_date_time'), element.initial_date_time, /^\d{10}$/),
  file_input: (out, path, element) => {
    const max = element.max_files ?? 10
    if (max < 1 || max > 10) problem(out, where(path, 'max_files'), 'must be between 1 and 10')
  },
  image: (out, path, element) => {
    if (!element.image_url === !element.slack_file) problem(out, path, 'give one of image_url and slack_file')
    if (element.image_url) text(out, where(path, 'image_url'), element.image_url, { min: 1, max: 3000 })
    text(out, where(path, 'alt_text'), element.alt_text, { max: 2000 })
  },
}

export const checkElement = (
  out: Problems,
  path: string,
  element: Json,
  allowed: ReadonlySet<string>,
  place: ElementPlace,
): void => {
  const type = element?.type
  if (!allowed.has(type)) return void problem(out, where(path, 'type'), `unsupported type: ${type}`)
  const id = element.action_id
  if (id !== undefined) text(out, where(path, 'action_id'), id, { min: 1, max: 255 })
  if (element.placeholder)
    textObject(out, where(path, 'placeholder'), element.placeholder, { max: 150, plain: true })
  if (element.confirm && place !== 'input') confirm(out, where(path, 'confirm'), element.confirm)
  if (type !== 'image' && place === 'input') required(out, path, element, 'type')
  checks[type]?.(out, path, element)
}
