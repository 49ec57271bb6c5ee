// The workspace's list: the bot's Home, channels, direct messages; unread marks in words and numbers.

import { act } from './api.js'
import { avatar } from './avatar.js'
import { openDialog } from './dialog.js'
import { arrowMove, h, replace, sign, spoken } from './dom.js'
import { menuButton } from './menu.js'
import { go, goHome, goPerson } from './nav.js'
import { drawn } from './signs.js'
import { personOf, store } from './store.js'

const unreadWords = (c) =>
  c.unread === 0
    ? ''
    : `, ${c.unread} unread${c.mentions > 0 && c.kind !== 'dm' ? `, ${c.mentions} for you` : ''}`

const KIND = { private: ', private', public: '', dm: '' }

const row = (c, face) => {
  const here = store.place?.kind === 'channel' && store.place.channel === c.id
  return h(
    'li',
    null,
    h(
      'button.side-row',
      {
        type: 'button',
        class: [c.unread > 0 && 'is-unread', c.isArchived && 'is-archived'].filter(Boolean).join(' '),
        'aria-current': here ? 'page' : null,
        'data-focus': `side/${c.id}`,
        'data-testid': `channel:${c.name}`,
        onclick: () => {
          closeDrawer()
          go({ channel: c.id })
        },
      },
      face,
      h('span.side-name', null, c.name, c.isArchived ? ' (archived)' : ''),
      spoken(KIND[c.kind] + unreadWords(c)),
      c.unread > 0
        ? h('span.count', { 'aria-hidden': 'true', class: c.mentions > 0 ? 'is-mention' : '' }, c.unread)
        : null,
    ),
  )
}

const channelRow = (c) =>
  row(c, h('span.side-sign', { 'aria-hidden': 'true' }, c.kind === 'private' ? drawn('lock') : '#'))
const dmRow = (c) => row(c, avatar(personOf(c.with) ?? { id: c.id, realName: c.name }, 'is-small'))

/** Before the first word to the bot there is no conversation yet; the row opens it. */
const botRow = (bot) =>
  h(
    'li',
    null,
    h(
      'button.side-row',
      {
        type: 'button',
        'data-focus': 'side/bot',
        'data-testid': `channel:${bot.name}`,
        onclick: () => {
          closeDrawer()
          goPerson(bot.userId)
        },
      },
      avatar({ id: bot.userId, realName: bot.name, isBot: true }, 'is-small'),
      h('span.side-name', null, bot.name),
    ),
  )

const joinable = (c) =>
  h(
    'li',
    null,
    h(
      'button.side-row.is-quiet',
      {
        type: 'button',
        'data-focus': `side/${c.id}`,
        onclick: () => act({ do: 'join', channel: c.id }).then((a) => a.ok && go({ channel: c.id })),
      },
      h('span.side-sign', { 'aria-hidden': 'true' }, '#'),
      h('span.side-name', null, c.name),
      h('span.hint', null, 'join'),
    ),
  )

const newChannel = () => {
  const name = h('input.field', { id: 'new-channel', maxlength: '80', autocomplete: 'off', required: true })
  const closed = h('input', { type: 'checkbox' })
  const form = h(
    'form.stack',
    {
      id: 'new-channel-form',
      onsubmit: async (event) => {
        event.preventDefault()
        const answer = await act({ do: 'createChannel', name: name.value.trim(), isPrivate: closed.checked })
        if (!answer.ok) return
        dialog.close()
        if (answer.channel) go({ channel: answer.channel })
      },
    },
    h('label.input-label', { for: 'new-channel' }, 'Name'),
    h('p.hint', null, 'Small letters, digits, - and _'),
    name,
    h('label.choice', null, closed, 'Private: only people who are invited'),
  )
  const create = h('button.button.is-primary', { type: 'submit', form: 'new-channel-form' }, 'Create channel')
  const dialog = openDialog({ title: 'New channel', content: form, buttons: [create] })
  name.focus()
}

const peopleMenu = () =>
  store.state.people
    .filter((p) => p.id !== store.as)
    .map((p) => ({
      label: p.realName,
      hint: p.title || `@${p.name}`,
      icon: avatar(p, 'is-small'),
      run: () => goPerson(p.id),
    }))

const heading = (words, control) => h('div.side-head', null, h('h2', null, words), control)

export const closeDrawer = () => {
  document.body.classList.remove('drawer-open')
  document.getElementById('drawer-button').setAttribute('aria-expanded', 'false')
}

export const drawSidebar = (root) => {
  const { team, bot, channels, dms } = store.state
  const active = root.contains(document.activeElement) ? document.activeElement.dataset.focus : null
  const mine = channels.filter((c) => c.isMember && !c.isArchived)
  const others = channels.filter((c) => !c.isMember && !c.isArchived && c.kind === 'public')
  const archived = channels.filter((c) => c.isArchived)
  replace(
    root,
    h('div.side-team', null, h('strong', null, team.name), h('span', null, 'practice workspace')),
    h(
      'button.side-row.side-home',
      {
        type: 'button',
        'aria-current': store.place?.kind === 'home' ? 'page' : null,
        'data-focus': 'side/home',
        'data-testid': 'app-home',
        onclick: () => {
          closeDrawer()
          goHome()
        },
      },
      avatar({ id: bot.userId, realName: bot.name, isBot: true }, 'is-small'),
      h('span.side-name', null, `${bot.name} Home`),
      h('span.hint', null, bot.online && store.connection !== 'down' ? 'online' : 'offline'),
    ),
    heading(
      'Channels',
      h(
        'button.icon-button',
        { type: 'button', 'aria-label': 'New channel', 'data-focus': 'side/new', onclick: newChannel },
        sign('+'),
      ),
    ),
    h(
      'ul',
      { 'aria-label': 'Channels' },
      mine.map(channelRow),
      others.map(joinable),
      archived.map(channelRow),
    ),
    heading(
      'Direct messages',
      menuButton(
        { class: 'icon-button', 'aria-label': 'Message someone', 'data-focus': 'side/dm' },
        sign('+'),
        peopleMenu,
        'People',
      ),
    ),
    h(
      'ul',
      { 'aria-label': 'Direct messages' },
      dms.some((c) => c.with === bot.userId) ? null : botRow(bot),
      [...dms]
        .sort((one, other) => Number(other.with === bot.userId) - Number(one.with === bot.userId))
        .map(dmRow),
    ),
  )
  if (active) root.querySelector(`[data-focus="${CSS.escape(active)}"]`)?.focus()
}

export const sidebarKeys = (root) =>
  root.addEventListener('keydown', (event) => {
    if (event.target.closest('.menu')) return
    const rows = [...root.querySelectorAll('.side-row')]
    if (rows.includes(event.target)) arrowMove(event, rows, event.target)
  })
