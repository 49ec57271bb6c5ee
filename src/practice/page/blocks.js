// Draws Block Kit: the layout blocks, with their elements wired to one surface.
// `surface` is {form, act(block, element, picked), errors?}: where values are kept and where a choice goes.

import { ask } from './dialog.js'
import { h, uid } from './dom.js'
import { holdsValue, imageNote, makeElement } from './elements.js'
import { initialOf } from './form.js'
import { markdown, plain, richTable, richText, textObject } from './text.js'

const confirmed = (confirm) =>
  ask({
    title: plain(confirm.title),
    text: h('div.blocks', null, textObject(confirm.text)),
    confirm: plain(confirm.confirm ?? 'Yes'),
    deny: plain(confirm.deny ?? 'Cancel'),
    danger: confirm.style === 'danger',
  })

const useOf = (element, block, surface, more = {}) => {
  const { block_id: b } = block
  const a = element.action_id
  if (holdsValue(element) && !surface.form.has(b, a)) surface.form.set(b, a, initialOf(element) ?? null)
  surface.drawn?.add(`${b}\n${a}`)
  const hold = (picked) => surface.form.set(b, a, picked)
  const inInput = block.type === 'input'
  const dispatches = !inInput || block.dispatch_action === true
  const commit = async (picked) => {
    if (element.confirm && !(await confirmed(element.confirm))) return surface.redraw?.()
    if (holdsValue(element)) hold(picked)
    if (dispatches) await surface.act(block, element, picked)
  }
  return {
    key: `${b}/${a}`,
    value: surface.form.get(b, a),
    hold,
    commit,
    dispatches,
    id: uid('field'),
    ...more,
  }
}

const draw = (element, block, surface, more) => {
  const node = makeElement(element, useOf(element, block, surface, more))
  if (!node.dataset.focus) node.dataset.focus = `${block.block_id}/${element.action_id ?? ''}`
  node.dataset.action = element.action_id ?? ''
  return node
}

const section = (block, surface) => {
  const words = h('div.section-words', null, textObject(block.text))
  if (block.fields)
    words.append(
      h(
        'div.fields',
        null,
        block.fields.map((field) => h('div.cell', null, textObject(field))),
      ),
    )
  if (!block.accessory) return h('div.section', null, words)
  const accessory =
    block.accessory.type === 'image' ? imageNote(block.accessory) : draw(block.accessory, block, surface)
  return h('div.section.has-accessory', null, words, h('div.accessory', null, accessory))
}

const input = (block, surface) => {
  const id = uid('label')
  const hintId = block.hint ? uid('hint') : null
  const error = surface.errors?.[block.block_id]
  const errorId = error ? uid('error') : null
  const label = plain(block.label)
  const describedby = [hintId, errorId].filter(Boolean).join(' ') || null
  const more = { labelledby: id, describedby, required: !block.optional, invalid: Boolean(error) }
  const control = draw(block.element, block, surface, more)
  return h(
    'div.input',
    { class: error ? 'is-wrong' : '', 'data-testid': `field:${label}`, 'data-block': block.block_id },
    h('label.input-label', { id, for: control.id || control.querySelector('[id]')?.id }, label),
    block.optional ? h('span.hint', null, ' (optional)') : null,
    block.hint ? h('p.hint', { id: hintId }, plain(block.hint)) : null,
    control,
    error
      ? h('p.error', { id: errorId, 'data-testid': 'field-error' }, h('strong', null, 'Check this: '), error)
      : null,
  )
}

const BLOCKS = {
  header: (block) => h('h3.block-header', null, plain(block.text)),
  section,
  context: (block) =>
    h(
      'div.context',
      null,
      block.elements.map((e) => (e.type === 'image' ? imageNote(e) : h('div', null, textObject(e)))),
    ),
  divider: () => h('hr'),
  actions: (block, surface) =>
    h(
      'div.actions',
      null,
      block.elements.map((e) => draw(e, block, surface)),
    ),
  input,
  image: (block) =>
    h('figure.image', null, imageNote(block), block.title ? h('figcaption', null, plain(block.title)) : null),
  rich_text: (block) => h('div.rich', null, richText(block)),
  markdown: (block) => h('div.markdown', null, markdown(block.text ?? '')),
  table: (block) => richTable(block.rows ?? []),
  file: () => h('p.hint', null, 'A file'),
  video: (block) => h('p.hint', null, `Video: ${block.alt_text ?? ''}`),
}

/** @returns {HTMLElement} all blocks of one surface; a kind this page does not know is named, never dropped silently */
export const drawBlocks = (blocks, surface) =>
  h(
    'div.blocks',
    null,
    blocks.map((block, index) => {
      const make = BLOCKS[block.type]
      if (!make) return h('p.hint', null, `(a ${block.type} block, not drawn in practice)`)
      return make({ ...block, block_id: block.block_id ?? `block-${index}` }, surface)
    }),
  )
