// The side panel with one thread and its own composer.

import { editLast, shownMessages, titleOf } from './channel.js'
import { makeComposer } from './composer.js'
import { append, h, replace } from './dom.js'
import { makeList } from './list.js'
import { closeThread, currentChannel } from './nav.js'
import { on, store } from './store.js'

export const makeThreadPane = (root) => {
  const title = h('h2', { tabindex: '-1', id: 'thread-title' }, 'Thread')
  const where = h('span.hint')
  const list = makeList({ label: 'Thread', place: 'thread' })
  const composer = makeComposer({
    where: () => ({
      channel: store.place?.channel ?? '',
      thread: store.thread,
      label: 'Reply in this thread',
    }),
    testid: 'thread-composer',
    mayBroadcast: true,
    onEditLast: () => editLast(store.place.channel, store.thread, list.box),
    onSent: () => requestAnimationFrame(() => list.toEnd()),
  })
  const close = h(
    'button.icon-button',
    { type: 'button', 'aria-label': 'Close thread', 'data-testid': 'close-thread', onclick: closeThread },
    '✕',
  )
  append(root, [
    h('header.head', null, h('div.head-main', null, title, where), close),
    h('div.scroll-wrap', null, list.box),
    composer.form,
  ])
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    closeThread()
  })
  const draw = () => {
    const open = store.thread !== null && store.place?.kind === 'channel'
    root.hidden = !open
    document.body.classList.toggle('thread-open', open)
    if (!open) return
    const c = currentChannel()
    replace(where, c ? titleOf(c) : '')
    list.draw(shownMessages(store.place.channel, store.thread), {
      channel: store.place.channel,
      thread: store.thread,
    })
    composer.form.hidden = Boolean(c?.isArchived || (c && !c.isMember))
  }
  on('messages', draw)
  on('state', draw)
  return {
    draw,
    composer,
    moved: () => {
      draw()
      if (store.thread) composer.moved()
    },
  }
}
