// Slack's Block Kit limits. Every problem is worded as Slack words it in response_metadata.messages.

import { count, type Problems, problem, required, text, textObject, unique, where } from './check.ts'
import { checkElement, type ElementPlace } from './elements-check.ts'
import type { Json } from './page-api.ts'

export type BlockPlace = 'message' | 'modal' | 'home'

const inputElements = new Set([
  'plain_text_input',
  'email_text_input',
  'url_text_input',
  'number_input',
  'rich_text_input',
  'checkboxes',
  'radio_buttons',
  'datepicker',
  'timepicker',
  'datetimepicker',
  'file_input',
  'static_select',
  'external_select',
  'users_select',
  'channels_select',
  'conversations_select',
  'multi_static_select',
  'multi_external_select',
  'multi_users_select',
  'multi_channels_select',
  'multi_conversations_select',
])
const actionElements = new Set([
  'button',
  'checkboxes',
  'datepicker',
  'timepicker',
  'datetimepicker',
  'overflow',
  'radio_buttons',
  'static_select',
  'external_select',
  'users_select',
  'channels_select',
  'conversations_select',
  'multi_static_select',
  'multi_external_select',
  'multi_users_select',
  'multi_channels_select',
  'multi_conversations_select',
  'plain_text_input',
  'rich_text_input',
  'workflow_button',
])
const accessoryElements = new Set([...actionElements, 'image'])

const elements = (
  out: Problems,
  path: string,
  list: Json[],
  allowed: ReadonlySet<string>,
  place: ElementPlace,
) =>
  list.forEach((element, at) => {
    checkElement(out, `${path}/${at}`, element, allowed, place)
  })

type Check = (out: Problems, path: string, block: Json) => void

const blockChecks: Record<string, Check> = {
  section: (out, path, block) => {
    if (!block.text && !block.fields) problem(out, path, 'either text or fields must be given')
    if (block.text) textObject(out, where(path, 'text'), block.text, { max: 3000, min: 1 })
    if (block.fields) {
      count(out, where(path, 'fields'), block.fields, { min: 1, max: 10 })
      block.fields.forEach((field: Json, at: number) => {
        textObject(out, where(path, `fields/${at}`), field, { max: 2000, min: 1 })
      })
    }
    if (block.accessory) {
      checkElement(out, where(path, 'accessory'), block.accessory, accessoryElements, 'accessory')
    }
  },
  header: (out, path, block) =>
    textObject(out, where(path, 'text'), block.text, { max: 150, min: 1, plain: true }),
  divider: () => {},
  markdown: (out, path, block) => text(out, where(path, 'text'), block.text, { min: 1, max: 12_000 }),
  context: (out, path, block) => {
    count(out, where(path, 'elements'), block.elements, { min: 1, max: 10 })
    for (const [at, element] of (block.elements ?? []).entries()) {
      const at_ = where(path, `elements/${at}`)
      if (element?.type === 'image') checkElement(out, at_, element, accessoryElements, 'accessory')
      else textObject(out, at_, element, { min: 1, max: 3000 })
    }
  },
  actions: (out, path, block) => {
    count(out, where(path, 'elements'), block.elements, { min: 1, max: 25 })
    elements(out, where(path, 'elements'), block.elements ?? [], actionElements, 'actions')
  },
  input: (out, path, block) => {
    textObject(out, where(path, 'label'), block.label, { max: 2000, min: 1, plain: true })
    if (block.hint) textObject(out, where(path, 'hint'), block.hint, { max: 2000, plain: true })
    if (required(out, path, block, 'element')) {
      checkElement(out, where(path, 'element'), block.element, inputElements, 'input')
    }
  },
  image: (out, path, block) => {
    if (!block.image_url === !block.slack_file) problem(out, path, 'give one of image_url and slack_file')
    if (block.image_url) text(out, where(path, 'image_url'), block.image_url, { min: 1, max: 3000 })
    text(out, where(path, 'alt_text'), block.alt_text, { max: 2000 })
    if (block.title) textObject(out, where(path, 'title'), block.title, { max: 2000, plain: true })
  },
  rich_text: (out, path, block) => count(out, where(path, 'elements'), block.elements, { min: 1, max: 1000 }),
  table: (out, path, block) => {
    count(out, where(path, 'rows'), block.rows, { min: 1, max: 100 })
    const widths = new Set<number>((block.rows ?? []).map((row: Json[]) => row.length))
    if (widths.size > 1) problem(out, where(path, 'rows'), 'every row must have the same number of cells')
    if (Math.max(...widths) > 20) problem(out, where(path, 'rows/0'), 'no more than 20 items allowed')
    if ((block.column_settings?.length ?? 0) > Math.max(...widths)) {
      problem(out, where(path, 'column_settings'), 'more settings than columns')
    }
  },
  video: (out, path, block) => {
    text(out, where(path, 'alt_text'), block.alt_text, { min: 1, max: 200 })
    textObject(out, where(path, 'title'), block.title, { max: 200, plain: true })
  },
}

/** Real block types whose insides are not checked: the bot does not use them. */
const unchecked = new Set([
  'alert',
  'card',
  'carousel',
  'container',
  'context_actions',
  'data_table',
  'data_visualization',
  'file',
  'plan',
  'task_card',
])

const checkBlock = (out: Problems, path: string, block: Json, place: BlockPlace): void => {
  const type = block?.type
  if (place !== 'modal' && type === 'file_input')
    problem(out, where(path, 'type'), 'unsupported type: file_input')
  if (block?.block_id !== undefined) text(out, where(path, 'block_id'), block.block_id, { min: 1, max: 255 })
  const check = blockChecks[type]
  if (check) check(out, path, block)
  else if (!unchecked.has(type)) problem(out, where(path, 'type'), `unsupported type: ${type}`)
}

const named = (block: Json): Json[] =>
  [...(block.type === 'actions' ? (block.elements ?? []) : []), block.accessory, block.element].filter(
    (element) => element?.action_id,
  )

export const checkBlocks = (blocks: unknown, place: BlockPlace, path = '/blocks'): string[] => {
  const out: Problems = []
  if (!Array.isArray(blocks)) return [problem(out, path, 'must be an array')]
  const max = place === 'message' ? 50 : 100
  if (blocks.length > max) problem(out, path, `no more than ${max} items allowed`)
  blocks.forEach((block: Json, at) => {
    checkBlock(out, `${path}/${at}`, block, place)
  })
  if (out.length > 0) return out
  unique(
    out,
    path,
    'block_id',
    blocks.map((block: Json) => block.block_id),
  )
  for (const [at, block] of blocks.entries()) {
    unique(
      out,
      `${path}/${at}`,
      'action_id',
      named(block).map((element) => element.action_id),
    )
  }
  return out
}

/** Slack measures the whole view, in bytes. */
export const isViewTooLarge = (view: Json): boolean => Buffer.byteLength(JSON.stringify(view)) > 250_000

export const checkView = (view: Json, expected: 'modal' | 'home' = 'modal'): string[] => {
  const out: Problems = []
  if (view?.type !== expected) return [problem(out, '/view/type', `must be "${expected}"`)]
  count(out, '/view/blocks', view.blocks, { min: 1, max: 100 })
  text(out, '/view/private_metadata', view.private_metadata ?? '', { max: 3000 })
  text(out, '/view/callback_id', view.callback_id ?? '', { max: 255 })
  text(out, '/view/external_id', view.external_id ?? '', { max: 255 })
  if (expected === 'modal') {
    textObject(out, '/view/title', view.title, { min: 1, max: 24, plain: true })
    for (const name of ['submit', 'close']) {
      if (view[name]) textObject(out, `/view/${name}`, view[name], { min: 1, max: 24, plain: true })
    }
    const hasInput = Array.isArray(view.blocks) && view.blocks.some((block: Json) => block?.type === 'input')
    if (hasInput && !view.submit) problem(out, '/view/submit', 'required when an input block is present')
  }
  if (out.length > 0) return out
  return checkBlocks(view.blocks, expected, '/view/blocks')
}
