// The practice date and time, and the three buttons that move it ahead. It only ever goes forward.

import { moveClock } from './api.js'
import { dateOf, timeOf, zoneName } from './dates.js'
import { append, h } from './dom.js'
import { now, on, setClock, store, zone } from './store.js'
import { announce, toast } from './toast.js'

const MOVES = [
  ['hour', '+1 hour', 'Move the practice clock one hour ahead'],
  ['day', '+1 day', 'Move the practice clock one day ahead'],
  [
    'next',
    [h('span.wide-only', null, 'Next reminder'), h('span.narrow-only', null, 'Reminder')],
    'Move the practice clock to the next reminder',
  ],
]

const words = () => `${dateOf(now(), zone())}, ${timeOf(now(), zone())} ${zoneName(now(), zone())}`

export const makeClock = (root) => {
  const date = h('span.clock-date', { 'data-testid': 'clock-date' })
  const time = h('span.clock-time', { 'data-testid': 'clock-time' })
  const face = h(
    'time.clock-face',
    { 'data-testid': 'clock' },
    h('span.clock-label', null, 'Practice time'),
    date,
    time,
  )
  const move = async (to) => {
    if (root.getAttribute('aria-busy') === 'true') return
    root.setAttribute('aria-busy', 'true')
    const answer = await moveClock(to)
    root.removeAttribute('aria-busy')
    if (answer.ok === false) return toast('error', answer.error)
    setClock(answer)
    if (answer.note) toast('info', answer.note)
    else if (!answer.moved) toast('info', 'There is no reminder ahead to move to.')
    if (answer.moved) announce(`The practice clock is now ${words()}`)
  }
  const buttons = MOVES.map(([to, label, title]) =>
    h(
      'button.button.is-small',
      { type: 'button', title, 'aria-label': title, 'data-testid': `clock-${to}`, onclick: () => move(to) },
      label,
    ),
  )
  append(root, [
    face,
    h('div.clock-buttons', { role: 'group', 'aria-label': 'Move the practice clock' }, buttons),
  ])
  const draw = () => {
    if (!store.state) return
    date.textContent = dateOf(now(), zone())
    time.textContent = `${timeOf(now(), zone())} ${zoneName(now(), zone())}`
    face.setAttribute('datetime', new Date(now()).toISOString())
    for (const button of buttons) button.disabled = !store.state.clock.canMove
  }
  on('clock', draw)
  on('state', draw)
  setInterval(draw, 5000)
}
