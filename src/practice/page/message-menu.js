// What can be done with a message: react, reply, pin, the bot's message shortcuts, edit, delete.

import { act } from './api.js'
import { ask } from './dialog.js'
import { h, instead } from './dom.js'
import { emojiOf, QUICK_REACTIONS } from './emoji.js'
import { openMenu } from './menu.js'
import { plainOf } from './mrkdwn.js'
import { openThread } from './nav.js'
import { drawn } from './signs.js'
import { handles, store } from './store.js'

export const toggleReaction = (channel, message, name) => {
  const mine = message.reactions.some((r) => r.name === name && r.users.includes(store.as))
  return act({ do: mine ? 'unreact' : 'react', channel, ts: message.ts, name })
}

export const reactMenu = (anchor, channel, message) => {
  const items = QUICK_REACTIONS.map(([name, meaning]) => ({
    label: meaning,
    hint: `:${name}:`,
    icon: h('span.menu-icon', { 'aria-hidden': 'true' }, emojiOf(name)),
    run: () => toggleReaction(channel, message, name),
  }))
  openMenu(anchor, items, { label: 'Add a reaction' })
}

const remove = async (channel, message) => {
  const sure = await ask({
    title: 'Delete this message?',
    text: 'It disappears from the conversation for everyone.',
    confirm: 'Delete message',
    danger: true,
  })
  if (sure) act({ do: 'delete', channel, ts: message.ts })
}

const icon = (face) => h('span.menu-icon', { 'aria-hidden': 'true' }, face)

export const moreMenu = (anchor, channel, message, place) => {
  const { ts } = message
  const pin = message.isPinned
    ? { label: 'Unpin from channel', icon: icon(drawn('pin')), run: () => act({ do: 'unpin', channel, ts }) }
    : { label: 'Pin to channel', icon: icon(drawn('pin')), run: () => act({ do: 'pin', channel, ts }) }
  const shortcuts = store.state.messageShortcuts.map((s) => ({
    label: s.name,
    hint: s.description,
    icon: icon(drawn('bolt')),
    run: () => act({ do: 'messageShortcut', callbackId: s.callbackId, channel, ts }),
  }))
  const mine = [
    { label: 'Edit message', icon: icon('✎'), run: () => editMessage(channel, message) },
    { label: 'Delete message', icon: icon('✕'), danger: true, run: () => remove(channel, message) },
  ]
  const items = [
    ...(place === 'channel'
      ? [
          {
            label: 'Reply in thread',
            icon: icon(drawn('speech')),
            run: () => openThread(message.threadTs ?? ts),
          },
        ]
      : []),
    ...(message.isTombstone ? [] : [pin]),
    ...(shortcuts.length > 0
      ? [{ heading: true, label: `${store.state.bot.name} shortcuts` }, ...shortcuts]
      : []),
    ...(message.isMine && !message.isTombstone ? [{ heading: true, label: 'Your message' }, ...mine] : []),
  ]
  openMenu(anchor, items, { label: 'Message actions' })
}

const articleOf = (ts) => document.querySelector(`.pane-messages article[data-ts="${CSS.escape(ts)}"]`)

/** Turns the message into a text box where it stands. Enter saves, Esc leaves it as it was. */
export const editMessage = (channel, message, within = document) => {
  const article =
    within.querySelector?.(`article[data-ts="${CSS.escape(message.ts)}"]`) ?? articleOf(message.ts)
  const body = article?.querySelector('.body')
  if (!body || article.querySelector('.edit-box')) return
  const close = () => {
    form.remove()
    body.hidden = false
    article.focus()
  }
  const save = async () => {
    const text = box.value.trim()
    if (!text) return
    const answer = await act({ do: 'edit', channel, ts: message.ts, text })
    if (answer.ok) close()
  }
  const box = h('textarea.field', {
    rows: '3',
    'aria-label': 'Edit your message',
    value: plainOf(message.text, handles()),
    onkeydown: (event) => {
      if (event.key === 'Escape') {
        event.stopPropagation()
        close()
      }
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault()
        save()
      }
    },
  })
  const form = h(
    'form.edit-box',
    { onsubmit: instead(save) },
    box,
    h(
      'div.row',
      null,
      h('button.button', { type: 'button', onclick: close }, 'Cancel'),
      h('button.button.is-primary', { type: 'submit' }, 'Save changes'),
    ),
  )
  body.hidden = true
  body.after(form)
  box.focus()
}
