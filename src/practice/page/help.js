// The first words a newcomer sees, and the Help dialog that brings them back.

import { resetWorkspace } from './api.js'
import { ask, openDialog } from './dialog.js'
import { h, replace } from './dom.js'
import { remember, remembered, store } from './store.js'
import { toast } from './toast.js'

const commandName = () => store.state?.commands[0]?.command ?? '/incident'
const firstWords = () => `${commandName()} my laptop was stolen`

export const seenHint = () => {
  remember('hint', 'seen')
  replace(document.getElementById('start-hint'))
}

/** @param {{fill: (words: string) => void}} composer */
export const drawHint = (root, composer) => {
  // Who is in an incident's room already needs the space more than the advice.
  const isIn = store.state?.channels.some((c) => c.kind === 'private' && c.isMember && !c.isArchived)
  if (isIn || remembered('hint') === 'seen') return replace(root)
  const type = () => composer.fill(firstWords())
  replace(
    root,
    h(
      'section.start',
      { 'aria-label': 'Where to start', 'data-testid': 'start-hint' },
      h(
        'p',
        null,
        h('strong', null, 'Start here. '),
        'Type ',
        h('code', null, firstWords()),
        ' and press Enter. A form opens; nothing is recorded before you submit it.',
      ),
      h(
        'div.row',
        null,
        h(
          'button.button.is-primary',
          { type: 'button', 'data-testid': 'start-type', onclick: type },
          'Type it for me',
        ),
        h(
          'button.button',
          { type: 'button', 'data-testid': 'start-dismiss', onclick: seenHint },
          'Hide this',
        ),
      ),
    ),
  )
}

const examples = () => [
  [firstWords(), 'declares an incident: a form opens with your words in it'],
  [commandName(), 'shows what is open and what to do next'],
  [`${commandName()} help`, 'lists the commands'],
]

const KEYS = [
  ['F6', 'next part of the page: channels, messages, thread, clock'],
  ['↑ ↓', 'between messages, or between rows of a list'],
  ['Enter', 'on a message: its menu; in the composer: send'],
  ['T', 'on a message: open its thread'],
  ['↑', 'in an empty composer: edit your last message'],
  ['Esc', 'closes a menu, a form or a thread'],
]

const reset = async (dialog) => {
  const sure = await ask({
    title: 'Begin again?',
    text: 'The practice workspace goes back to its first day. Channels and messages made here are gone.',
    confirm: 'Begin again',
    danger: true,
  })
  if (!sure) return
  dialog.close()
  const answer = await resetWorkspace()
  if (!answer.ok) toast('error', answer.error)
}

export const openHelp = (composer, show) => {
  const fill = (words) => () => {
    dialog.close()
    show()
    composer.fill(words)
  }
  const rows = examples().map(([words, meaning]) =>
    h(
      'li',
      null,
      h('code', null, words),
      h('span.hint', null, meaning),
      h('button.button.is-small', { type: 'button', onclick: fill(words) }, 'Type it'),
    ),
  )
  const content = h(
    'div.help',
    null,
    h(
      'p',
      null,
      'This is a practice hospital on your own computer. The people are invented, nothing is sent anywhere, and you may try everything.',
    ),
    h('h3', null, 'Try'),
    h('ul.tries', null, rows),
    h('h3', null, 'Play several people'),
    h(
      'p',
      null,
      'The button at the top right says whom you act as. The privacy officer, the commander and a nurse each see something else.',
    ),
    h('h3', null, 'Let time pass'),
    h(
      'p',
      null,
      'The clock at the top moves ahead an hour, a day, or to the next reminder, so a sixty-day countdown takes a minute.',
    ),
    h('h3', null, 'Keys'),
    h(
      'dl.keys',
      null,
      KEYS.map(([key, what]) => [h('dt', null, h('kbd', null, key)), h('dd', null, what)]),
    ),
  )
  const begin = h(
    'button.button.is-danger',
    { type: 'button', 'data-testid': 'reset', onclick: () => reset(dialog) },
    'Begin again …',
  )
  const dialog = openDialog({
    title: 'How to practise',
    content,
    buttons: [begin],
    testid: 'help',
    wide: true,
  })
}
