// Short notices in a corner, and the voice for screen readers. An error stays until it is dismissed.

import { h } from './dom.js'

const SHOWN_MS = 7000
const region = document.getElementById('toasts')
const voice = document.getElementById('announcer')

/** While a dialog is open everything outside it is inert, so the notices move into it and back. */
export const settle = () => {
  const host = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body
  if (region.parentElement !== host) host.append(voice, region)
}

/** @param {'info'|'error'} tone */
export const toast = (tone, text) => {
  settle()
  for (const old of [...region.children]) if (old.dataset.text === text) old.remove()
  const note = h(
    'div.toast',
    { class: tone === 'error' ? 'is-error' : '', 'data-testid': 'toast', 'data-text': text },
    h('span.toast-text', null, tone === 'error' ? h('strong', null, 'Not done. ') : null, text),
    h(
      'button.icon-button',
      { type: 'button', 'aria-label': 'Dismiss this notice', onclick: () => note.remove() },
      '✕',
    ),
  )
  region.append(note)
  while (region.children.length > 3) region.firstChild.remove()
  if (tone !== 'error') setTimeout(() => note.remove(), SHOWN_MS)
}

/** Another person plays: what was said to the one before is not theirs. */
export const clearToasts = () => region.replaceChildren()

/** Says something to screen readers only. */
export const announce = (text) => {
  voice.textContent = ''
  setTimeout(() => {
    voice.textContent = text.length > 280 ? `${text.slice(0, 280)} …` : text
  }, 50)
}
