// Where one writes: Enter sends, Shift+Enter makes a line. Slash commands, people and channels are completed in a
// list below the text (arrow keys, Tab or Enter take, Esc leaves). What was typed stays if sending fails.

import { act } from './api.js'
import { completeAt } from './complete.js'
import { h, instead, replace, sign, uid } from './dom.js'
import { base64Of } from './files.js'
import { menuButton } from './menu.js'
import { drawn } from './signs.js'
import { store } from './store.js'
import { announce, toast } from './toast.js'

const drafts = new Map()
const MAX_FILE_BYTES = 6 * 1024 * 1024

/**
 * @param {{where: () => {channel: string, thread: string | null, label: string}, testid: string, onEditLast: () => void,
 *   onSent: (isCommand?: boolean) => void, mayBroadcast?: boolean}} options
 */
export const makeComposer = ({ where, testid, onEditLast, onSent, mayBroadcast = false }) => {
  const listId = uid('complete')
  const hintId = uid('hint')
  const hint = h('p.composer-hint', { id: hintId })
  const list = h('div.complete', { id: listId, role: 'listbox', 'aria-label': 'Suggestions', hidden: true })
  const text = h('textarea.composer-text', {
    rows: '1',
    'aria-controls': listId,
    'aria-autocomplete': 'list',
    'aria-describedby': hintId,
    'data-testid': testid,
    'data-focus': testid,
  })
  const send = h('button.button.is-primary.send', { type: 'submit', 'data-testid': `${testid}-send` }, 'Send')
  const picker = h('input', {
    type: 'file',
    hidden: true,
    tabindex: '-1',
    'aria-hidden': 'true',
    'data-testid': `${testid}-file`,
  })
  const everywhere = h('input', { type: 'checkbox', 'data-testid': `${testid}-broadcast` })
  let found = { from: 0, options: [], hint: null }
  let at = -1
  let takenBack = false
  const key = () => `${store.as}/${where().channel}/${where().thread ?? ''}`

  const usual = `Enter sends, Shift+Enter starts a new line${mayBroadcast ? '' : ', / lists commands'}`
  const say = () => {
    replace(hint, found.hint ? [h('code', null, found.hint)] : [usual])
  }
  const drawList = () => {
    const open = found.options.length > 0 && !takenBack
    const wasOpen = !list.hidden
    list.hidden = !open
    if (open && !wasOpen)
      announce(`${found.options.length} suggestions: arrow keys choose, Tab takes, Esc leaves`)
    replace(
      list,
      open &&
        found.options.map((option, index) =>
          h(
            'div.complete-row',
            {
              role: 'option',
              id: `${listId}-${index}`,
              'aria-selected': String(index === at),
              onpointerdown: instead(() => take(index)),
            },
            h('span', null, option.label),
            option.hint ? h('span.hint', null, option.hint) : null,
          ),
        ),
    )
    if (open && at >= 0) text.setAttribute('aria-activedescendant', `${listId}-${at}`)
    else text.removeAttribute('aria-activedescendant')
    list.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }
  const fitHeight = () => {
    text.style.height = 'auto'
    text.style.height = `${Math.min(text.scrollHeight + 2, innerHeight * 0.4)}px`
  }
  const look = () => {
    const { commands, people, channels } = store.state
    found = completeAt(text.value, text.selectionStart ?? text.value.length, { commands, people, channels })
    // An @ or # list takes Enter, so its first row is chosen; a command line must stay sendable as typed.
    at = found.options.length > 0 && /[@#]/.test(text.value[found.from] ?? '') ? 0 : -1
    say()
    drawList()
  }
  const changed = () => {
    takenBack = false
    drafts.set(key(), text.value)
    fitHeight()
    look()
  }
  const take = (index) => {
    const option = found.options[index]
    const rest = text.value.slice(text.selectionStart ?? text.value.length)
    text.value = text.value.slice(0, found.from) + option.insert + rest
    const cursor = found.from + option.insert.length
    text.setSelectionRange(cursor, cursor)
    changed()
  }
  const submit = async () => {
    const typed = text.value.trim()
    if (!typed) return
    const { channel, thread } = where()
    const isCommand = /^\/\S/.test(typed)
    text.value = ''
    changed()
    const what = isCommand ? { do: 'command', channel, text: typed } : { do: 'post', channel, text: typed }
    const wide = !isCommand && everywhere.checked
    const answer = await act({ ...what, ...(thread ? { thread } : {}), ...(wide ? { broadcast: true } : {}) })
    everywhere.checked = false
    if (answer.ok) return onSent(isCommand)
    if (text.value === '') {
      text.value = typed
      changed()
    }
  }
  const upload = async (file) => {
    if (!file) return
    if (file.size > MAX_FILE_BYTES)
      return toast('error', `${file.name} is over 6 MB, more than the practice workspace takes.`)
    const { channel, thread } = where()
    const note = text.value.trim()
    const what = { do: 'upload', channel, name: file.name, base64: await base64Of(file) }
    const answer = await act({ ...what, ...(thread ? { thread } : {}), ...(note ? { text: note } : {}) })
    if (!answer.ok) return
    text.value = ''
    changed()
    onSent()
  }
  const moveIn = (step) => {
    at = (at + step + found.options.length) % found.options.length
    drawList()
  }
  text.addEventListener('input', changed)
  text.addEventListener('click', look)
  text.addEventListener('blur', () => {
    takenBack = true
    drawList()
  })
  text.addEventListener('keydown', (event) => {
    if (event.isComposing) return
    if (!list.hidden) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (step) return instead(() => moveIn(at < 0 && step < 0 ? 0 : step))(event)
      if (event.key === 'Tab' && !event.shiftKey) return instead(() => take(Math.max(at, 0)))(event)
      if (event.key === 'Enter' && at >= 0 && !event.shiftKey) return instead(() => take(at))(event)
      if (event.key === 'Escape') {
        event.preventDefault()
        event.stopPropagation()
        takenBack = true
        return drawList()
      }
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      submit()
    }
    if (event.key === 'ArrowUp' && text.value === '') {
      event.preventDefault()
      onEditLast()
    }
  })
  picker.addEventListener('change', () => {
    upload(picker.files[0])
    picker.value = ''
  })
  const extras = () => [
    { label: 'Attach a file', icon: drawn('clip'), run: () => picker.click() },
    ...(store.state.globalShortcuts.length > 0
      ? [{ heading: true, label: `${store.state.bot.name} shortcuts` }]
      : []),
    ...store.state.globalShortcuts.map((s) => ({
      label: s.name,
      hint: s.description,
      icon: drawn('bolt'),
      run: () => act({ do: 'globalShortcut', callbackId: s.callbackId }),
    })),
  ]
  const more = menuButton(
    {
      class: 'icon-button',
      'aria-label': 'Attach a file or run a shortcut',
      'data-testid': `${testid}-more`,
    },
    sign('+'),
    extras,
    'Add',
  )
  const form = h(
    'form.composer',
    { onsubmit: instead(submit) },
    list,
    h('div.composer-row', null, more, text, send),
    mayBroadcast ? h('label.choice', null, everywhere, 'Also send to the channel') : null,
    hint,
    picker,
  )
  form.addEventListener('dragover', (event) => event.preventDefault())
  form.addEventListener('drop', (event) => {
    event.preventDefault()
    upload(event.dataTransfer?.files[0])
  })
  const relabel = () => {
    const { label } = where()
    text.setAttribute('aria-label', label)
    text.placeholder = label
  }
  /** Call when the place changes: brings back that place's draft. */
  const moved = () => {
    relabel()
    text.value = drafts.get(key()) ?? ''
    takenBack = true
    fitHeight()
    look()
  }
  const fill = (words) => {
    text.value = words
    text.focus()
    text.setSelectionRange(words.length, words.length)
    changed()
  }
  return { form, text, moved, relabel, fill, focus: () => text.focus() }
}

export const forgetDrafts = () => drafts.clear()
