// The bot's App Home, drawn for the person the page plays.

import { act } from './api.js'
import { avatar } from './avatar.js'
import { drawBlocks } from './blocks.js'
import { tabs } from './channel.js'
import { h, replace } from './dom.js'
import { makeForm } from './form.js'
import { on, store } from './store.js'

export const makeHomePane = (root) => {
  let form = makeForm()
  let shown = null
  const surface = (home) => ({
    form,
    redraw: () => draw(true),
    act: (block, element, picked) =>
      act({
        do: 'action',
        on: { view: home.id },
        blockId: block.block_id,
        actionId: element.action_id,
        picked,
        values: form.all(),
      }),
  })
  const empty = () =>
    h(
      'div.empty',
      null,
      h(
        'p',
        null,
        store.state.bot.online
          ? `${store.state.bot.name} has not filled its Home yet.`
          : `${store.state.bot.name} is not connected, so its Home is empty.`,
      ),
      h('p.hint', null, 'Open a channel and type /incident to begin.'),
    )
  const draw = (force = false) => {
    if (store.place?.kind !== 'home' || !store.state) return
    const { bot, home } = store.state
    const key = JSON.stringify([store.as, home, bot])
    if (key === shown && !force) return
    const active = root.contains(document.activeElement) ? document.activeElement.dataset.focus : null
    const top = root.querySelector('.home-body')?.scrollTop ?? 0
    shown = key
    const person = { id: bot.userId, realName: bot.name, isBot: true }
    replace(
      root,
      h(
        'header.head',
        null,
        h(
          'div.head-main',
          null,
          avatar(person, 'is-small'),
          h('h1', { tabindex: '-1', id: 'home-title' }, bot.name),
          h('span.badge', null, 'APP'),
        ),
        tabs('home'),
      ),
      h(
        'div.home-body',
        { 'data-testid': 'home', tabindex: '-1' },
        h('div.home-page', null, home ? drawBlocks(home.view.blocks ?? [], surface(home)) : empty()),
      ),
    )
    root.querySelector('.home-body').scrollTop = top
    if (active) root.querySelector(`[data-focus="${CSS.escape(active)}"]`)?.focus()
  }
  on('home', () => draw())
  on('state', () => draw())
  return {
    draw,
    forget: () => {
      form = makeForm()
      shown = null
    },
  }
}
