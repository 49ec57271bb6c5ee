// "Act as": whom the page plays. One person at a time, each with what only they may see and do.

import { avatar } from './avatar.js'
import { h, replace, sign } from './dom.js'
import { menuButton } from './menu.js'
import { on, store } from './store.js'

const roleOf = (person) =>
  person.isGuest && !/guest/i.test(person.title) ? `${person.title} (guest)` : person.title

/** @param {(id: string) => void} become */
export const makeWho = (root, become) => {
  const items = () => [
    { heading: true, label: 'Act as' },
    ...store.state.people
      .filter((p) => !p.isBot)
      .map((p) => ({
        label: p.realName,
        hint: roleOf(p),
        icon: avatar(p, 'is-small'),
        checked: p.id === store.as,
        testid: `act-as:${p.name}`,
        run: () => p.id !== store.as && become(p.id),
      })),
  ]
  const face = h('span.who-face')
  const button = menuButton({ class: 'who', 'data-testid': 'act-as' }, face, items, 'Act as')
  root.append(button)
  on('state', () => {
    const { me } = store.state
    replace(
      face,
      avatar(me, 'is-small'),
      h(
        'span.who-words',
        null,

        h('span.who-name', null, h('span.who-label', null, 'Acting as '), me.realName),
        h('span.who-role', null, roleOf(me)),
      ),
      sign('▾'),
    )
  })
}
