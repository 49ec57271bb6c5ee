// Dialogs of the page itself (confirmations, help, members). The native element keeps focus inside and
// makes the rest inert; Esc closes it.

import { h, uid } from './dom.js'
import { settle } from './toast.js'

/**
 * @param {{title: string, content: unknown, buttons?: HTMLElement[], testid?: string, onclose?: () => void}} options
 * @returns {HTMLDialogElement}
 */
export const openDialog = ({ title, content, buttons = [], testid, onclose, wide = false }) => {
  const id = uid('dialog')
  const before = document.activeElement
  const dialog = /** @type {HTMLDialogElement} */ (
    h(
      'dialog.dialog',
      { 'aria-labelledby': id, 'data-testid': testid, class: wide ? 'is-wide' : '' },
      h(
        'div.dialog-head',
        null,
        h('h2', { id }, title),
        h(
          'button.icon-button',
          { type: 'button', 'aria-label': 'Close', onclick: () => dialog.close() },
          '✕',
        ),
      ),
      h('div.dialog-body', null, content),
      buttons.length > 0 ? h('div.dialog-foot', null, buttons) : null,
    )
  )
  dialog.addEventListener('close', () => {
    settle()
    dialog.remove()
    if (before?.isConnected) before.focus()
    onclose?.()
  })
  document.body.append(dialog)
  dialog.showModal()
  return dialog
}

/** Asks before something that cannot be taken back. Resolves to whether the person went ahead. */
export const ask = ({ title, text, confirm, deny = 'Cancel', danger = false }) =>
  new Promise((resolve) => {
    let answer = false
    const finish = (value) => () => {
      answer = value
      dialog.close()
    }
    const dialog = openDialog({
      title,
      content: text,
      testid: 'confirm',
      buttons: [
        h('button.button', { type: 'button', onclick: finish(false) }, deny),
        h(
          danger ? 'button.button.is-danger' : 'button.button.is-primary',
          { type: 'button', onclick: finish(true) },
          confirm,
        ),
      ],
      onclose: () => resolve(answer),
    })
    dialog.querySelector('.dialog-foot button')?.focus()
  })
