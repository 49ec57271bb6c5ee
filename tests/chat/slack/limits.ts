/** What Slack takes of blocks and views, from the reference where it is present, else as we know it. */
import { existsSync, readFileSync } from 'node:fs'

export type Json = { [name: string]: unknown }

/** Slack's limits, from the reference where it is present, else as we know them. */
const reference = new URL('../../../../shared/schemas/slack/slackblocks-spec/limits.json', import.meta.url)
const known = {
  button: { text: { max_length: 75 }, value: { max_length: 2000 } },
  confirmation: { title: { max_length: 100 }, text: { max_length: 300 }, confirm: { max_length: 30 } },
  option: { text: { max_length: 75 }, description: { max_length: 75 } },
  select: { options: { max_items: 100 } },
  checkboxes: { options: { max_items: 10 } },
  actions: { elements: { max_items: 25 } },
  context: { elements: { max_items: 10 } },
  header: { text: { max_length: 150 } },
  section: { text: { max_length: 3000 } },
  view: { blocks: { max_items: 100 }, private_metadata: { max_length: 3000 }, title: { max_length: 24 } },
}
export const limits: typeof known = existsSync(reference)
  ? JSON.parse(readFileSync(reference, 'utf8'))
  : known

/** What Slack would refuse of a message's blocks; nothing for good ones. */
export function problems(blocks: readonly unknown[], most: number): string[] {
  const found: string[] = []
  const need = (met: boolean, what: string) => void (met || found.push(what))
  const words = (value: unknown) => String((value as Json | undefined)?.text ?? '')
  const actions = new Set<string>()
  const button = (each: Json) => {
    need(
      words(each.text).length >= 1 && words(each.text).length <= limits.button.text.max_length,
      'button text',
    )
    need(String(each.value).length <= limits.button.value.max_length, 'button value')
    need(!actions.has(String(each.action_id)), 'action_id repeated')
    actions.add(String(each.action_id))
    const confirm = each.confirm as Json | undefined
    if (!confirm) return
    need(words(confirm.text).length <= limits.confirmation.text.max_length, 'confirm text')
    need(words(confirm.confirm).length <= limits.confirmation.confirm.max_length, 'confirm button')
  }
  need(blocks.length <= most, 'too many blocks')
  for (const block of blocks as Json[]) {
    const length = words(block.text).length
    if (block.type === 'header') need(length >= 1 && length <= limits.header.text.max_length, 'header')
    if (block.type === 'section') need(length >= 1 && length <= limits.section.text.max_length, 'section')
    const elements = (block.elements ?? []) as Json[]
    if (block.type === 'context') {
      need(elements.length >= 1 && elements.length <= limits.context.elements.max_items, 'context')
      for (const each of elements) need(String(each.text).length <= 3000, 'context text')
    }
    if (block.type === 'actions') {
      need(elements.length >= 1 && elements.length <= limits.actions.elements.max_items, 'actions')
      for (const each of elements) button(each)
    }
    if (block.accessory) button(block.accessory as Json)
  }
  return found
}

/** The same of a form's view. */
export function viewProblems(view: Json): string[] {
  const blocks = view.blocks as Json[]
  const found = problems(blocks, limits.view.blocks.max_items)
  const words = (value: unknown) => String((value as Json | undefined)?.text ?? '')
  const need = (met: boolean, what: string) => void (met || found.push(what))
  for (const name of ['title', 'submit', 'close'])
    need(words(view[name]).length >= 1 && words(view[name]).length <= limits.view.title.max_length, name)
  need(String(view.private_metadata).length <= limits.view.private_metadata.max_length, 'private_metadata')
  const ids = blocks.flatMap(({ block_id }) => (block_id === undefined ? [] : [block_id]))
  need(new Set(ids).size === ids.length, 'block_id repeated')
  for (const { type, label, element } of blocks) {
    if (type !== 'input') continue
    need(words(label).length >= 1, 'an input without a label')
    for (const option of ((element as Json).options ?? []) as Json[]) {
      need(words(option.text).length <= limits.option.text.max_length, 'option text')
      need(words(option.description).length <= limits.option.description.max_length, 'option description')
      need(String(option.value).length <= 75, 'option value')
    }
  }
  return found
}
