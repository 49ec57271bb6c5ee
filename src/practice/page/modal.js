// The bot's modals: the top of the stack is shown; what was typed survives an update; errors stand at their field.

import { act } from './api.js'
import { drawBlocks } from './blocks.js'
import { h, uid } from './dom.js'
import { isEmpty, makeForm } from './form.js'
import { on, store } from './store.js'
import { plain } from './text.js'
import { announce, settle } from './toast.js'

const forms = new Map()
let dialog = null
let shownId = null
let errors = {}
let before = null

const formOf = (id) => {
  if (!forms.has(id)) forms.set(id, makeForm())
  return forms.get(id)
}

const leave = (view, all = false) =>
  act(all ? { do: 'close', view: view.id, all: true } : { do: 'close', view: view.id })

const inputs = (view) => (view.view.blocks ?? []).filter((block) => block.type === 'input')

/** What the browser can tell before asking the bot: required fields, lengths, numbers. */
const checked = (view, form) => {
  const wrong = {}
  for (const { block_id: b, element: e, optional } of inputs(view)) {
    const value = form.get(b, e.action_id)
    if (isEmpty(value)) {
      if (!optional) wrong[b] = 'This needs an answer.'
    } else if (e.min_length && value.length < e.min_length)
      wrong[b] = `Write at least ${e.min_length} characters.`
    else if (e.type === 'number_input' && !/^-?\d+([.]\d+)?$/.test(String(value)))
      wrong[b] = 'This must be a number.'
    else if (e.type === 'number_input' && e.min_value !== undefined && Number(value) < Number(e.min_value))
      wrong[b] = `At least ${e.min_value}.`
    else if (e.type === 'number_input' && e.max_value !== undefined && Number(value) > Number(e.max_value))
      wrong[b] = `At most ${e.max_value}.`
  }
  return wrong
}

const showErrors = (view, found) => {
  errors = found
  draw(view)
  const count = Object.keys(found).length
  if (count === 0) return
  const field = dialog?.querySelector('.is-wrong')
  field?.querySelector('input, textarea, select, summary, button')?.focus()
  announce(
    `${count === 1 ? 'One answer needs' : `${count} answers need`} another look. ${Object.values(found)[0]}`,
  )
}

const submit = async (view, node) => {
  const form = formOf(view.id)
  const wrong = checked(view, form)
  if (Object.keys(wrong).length > 0) return showErrors(view, wrong)
  node.setAttribute('aria-busy', 'true')
  const answer = await act({ do: 'submit', view: view.id, values: form.all() })
  node.removeAttribute('aria-busy')
  if (answer.errors) return showErrors(top() ?? view, answer.errors)
  if (answer.ok) errors = {}
}

const top = () => store.state?.modals.at(-1) ?? null

const surface = (view, drawn) => ({
  form: formOf(view.id),
  errors,
  drawn,
  redraw: () => draw(top() ?? view),
  act: (block, element, picked) =>
    act({
      do: 'action',
      on: { view: view.id },
      blockId: block.block_id,
      actionId: element.action_id,
      picked,
      values: formOf(view.id).all(),
    }),
})

const fill = (view) => {
  const { title, submit: send, close, blocks = [] } = view.view
  const id = uid('modal')
  const drawn = new Set()
  const content = drawBlocks(blocks, surface(view, drawn))
  formOf(view.id).keep(drawn)
  const depth = store.state.modals.length
  const sendText = send ? plain(send) : inputs(view).length > 0 ? 'Submit' : null
  const go = sendText
    ? h(
        'button.button.is-primary',
        { type: 'submit', 'data-testid': 'modal-submit', 'data-focus': 'modal/submit' },
        sendText,
      )
    : null
  const form = h(
    'form.modal-form',
    {
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault()
        if (go && go.getAttribute('aria-busy') !== 'true') submit(view, go)
      },
    },
    h(
      'div.dialog-head',
      null,
      depth > 1
        ? h(
            'button.icon-button',
            { type: 'button', 'aria-label': 'Back', 'data-focus': 'modal/back', onclick: () => leave(view) },
            '←',
          )
        : null,
      h(
        'div.modal-title',
        null,
        h('h2', { id }, plain(title)),
        h('span.hint', null, `${store.state.bot.name} · practice`),
      ),
      h(
        'button.icon-button',
        {
          type: 'button',
          'aria-label': 'Close',
          'data-focus': 'modal/x',
          onclick: () => leave(view, depth > 1),
        },
        '✕',
      ),
    ),
    h('div.dialog-body', { 'data-testid': 'modal-body' }, content),
    h(
      'div.dialog-foot',
      null,
      h(
        'button.button',
        {
          type: 'button',
          'data-focus': 'modal/close',
          'data-testid': 'modal-close',
          onclick: () => leave(view),
        },
        close ? plain(close) : sendText ? 'Cancel' : 'Close',
      ),
      go,
    ),
  )
  dialog.setAttribute('aria-labelledby', id)
  dialog.querySelector('form')?.remove()
  dialog.prepend(form)
}

const firstField = () =>
  dialog.querySelector(
    '.dialog-body input:not([type=hidden]), .dialog-body textarea, .dialog-body select, .dialog-body summary, .dialog-body button',
  ) ?? dialog.querySelector('[type=submit]')

const openShell = () => {
  before = document.activeElement
  dialog = /** @type {HTMLDialogElement} */ (h('dialog.dialog.modal', { 'data-testid': 'modal' }))
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault()
    const view = top()
    if (view) leave(view)
  })
  document.body.append(dialog)
  dialog.showModal()
}

const draw = (view) => {
  if (!dialog) openShell()
  const same = shownId === view.id
  const active = same && dialog.contains(document.activeElement) ? document.activeElement : null
  const key = active?.dataset.focus
  const range = active && 'selectionStart' in active ? safeRange(active) : null
  const scrolled = same ? (dialog.querySelector('.dialog-body')?.scrollTop ?? 0) : 0
  shownId = view.id
  fill(view)
  dialog.querySelector('.dialog-body').scrollTop = scrolled
  const again = key ? dialog.querySelector(`[data-focus="${CSS.escape(key)}"]`) : null
  ;(again ?? firstField())?.focus()
  if (again && range) again.setSelectionRange(...range)
}

const safeRange = (node) => (node.selectionStart === null ? null : [node.selectionStart, node.selectionEnd])

const shut = () => {
  dialog?.close()
  settle()
  dialog?.remove()
  dialog = null
  shownId = null
  errors = {}
  if (before?.isConnected) before.focus()
}

let drawnKey = null

/** Brings the dialog in line with the stack. `found`: errors the bot answered for the top view. */
export const syncModals = (found) => {
  const view = top()
  const open = new Set(store.state?.modals.map((modal) => modal.id))
  for (const id of forms.keys()) if (!open.has(id)) forms.delete(id)
  if (!view) {
    drawnKey = null
    return shut()
  }
  if (view.id !== shownId) errors = {}
  if (found && Object.keys(found).length > 0) {
    drawnKey = JSON.stringify(view)
    return showErrors(view, found)
  }
  const key = JSON.stringify([view, store.state.modals.length])
  if (key === drawnKey && dialog) return
  drawnKey = key
  draw(view)
}

on('modals', syncModals)
