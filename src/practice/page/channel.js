// The middle of the page: a channel's head, its messages and the composer.

import { act } from './api.js'
import { avatar } from './avatar.js'
import { makeComposer } from './composer.js'
import { ask, openDialog } from './dialog.js'
import { append, h, replace, safeHref, sign } from './dom.js'
import { emojiOf } from './emoji.js'
import { seenHint } from './help.js'
import { makeList } from './list.js'
import { menuButton } from './menu.js'
import { authorOf, wordsOf } from './message.js'
import { editMessage } from './message-menu.js'
import { multiPick } from './multi.js'
import { currentChannel, go, goHome, goPerson, internalLink } from './nav.js'
import { drawn } from './signs.js'
import { channelOf, listKey, on, personOf, store } from './store.js'
import { mrkdwn } from './text.js'

export const titleOf = (c) => (c.kind === 'dm' ? c.name : `#${c.name}`)

const memberRow = (id) => {
  const person = personOf(id) ?? { id, realName: id, title: '' }
  return h(
    'li.member',
    null,
    avatar(person, 'is-small'),
    h('span', null, person.realName, h('span.hint', null, person.isBot ? 'app' : person.title)),
  )
}

const membersDialog = (c) => {
  let picked = []
  const absent = store.state.people.filter((p) => !c.members.includes(p.id))
  const options = absent.map((p) => ({ value: p.id, label: p.realName, hint: p.isBot ? 'app' : p.title }))
  const invite = async () => {
    if (picked.length === 0) return
    const answer = await act({ do: 'invite', channel: c.id, users: picked })
    if (answer.ok) dialog.close()
  }
  const pick = multiPick({
    groups: [[null, options]],
    picked: [],
    max: null,
    placeholder: 'Choose people to add',
    aria: { 'aria-label': 'People to add' },
    commit: (value) => {
      picked = value
    },
  })
  const content = [
    h('ul.members', null, c.members.map(memberRow)),
    c.isMember && absent.length > 0
      ? h('div.row', null, pick, h('button.button', { type: 'button', onclick: invite }, 'Add to channel'))
      : null,
  ]
  const dialog = openDialog({ title: `Members of ${titleOf(c)}`, content })
}

const archive = async (c) => {
  const text = 'Nobody can write there until it is unarchived. Nothing is removed.'
  if (await ask({ title: `Archive ${titleOf(c)}?`, text, confirm: 'Archive channel', danger: true }))
    act({ do: 'archive', channel: c.id })
}

const channelMenu = (c) => [
  { label: 'Members', hint: `${c.members.length}`, run: () => membersDialog(c) },
  ...(c.isMember ? [{ label: 'Leave channel', run: () => act({ do: 'leave', channel: c.id }) }] : []),
  c.isArchived
    ? { label: 'Unarchive channel', run: () => act({ do: 'unarchive', channel: c.id }) }
    : { label: 'Archive channel', danger: true, run: () => archive(c) },
]

const pinMenu = (c) => {
  const known = store.lists.get(listKey(c.id, null))?.messages ?? []
  return c.pins.map((ts) => {
    const message = known.find((m) => m.ts === ts)
    return {
      label: message ? authorOf(message) : 'Message',
      hint: message ? wordsOf(message).slice(0, 80) : '',
      run: () => go({ channel: c.id, ts }),
    }
  })
}

const bookmark = (b) => {
  const inside = internalLink(b.link)
  const href = safeHref(b.link)
  const face = [b.emoji ? `${emojiOf(b.emoji.replaceAll(':', '')) ?? ''} ` : '', b.title]
  if (inside) return h('button.bookmark', { type: 'button', onclick: () => go(inside) }, face)
  return href ? h('a.bookmark', { href, target: '_blank', rel: 'noopener noreferrer' }, face) : null
}

const head = (c) => {
  const other = c.kind === 'dm' ? personOf(c.with) : null
  const isBot = c.with === store.state.bot.userId
  return [
    h(
      'div.head-main',
      null,
      h(
        'h1',
        { tabindex: '-1', id: 'place-title' },
        c.kind === 'private' ? [drawn('lock'), ' '] : null,
        titleOf(c),
      ),
      c.kind === 'private' ? h('span.head-kind', null, 'private') : null,
      c.isArchived ? h('span.head-kind', null, 'archived') : null,
      h('div.head-topic', null, c.topic ? mrkdwn(c.topic) : (other?.title ?? c.purpose)),
    ),
    isBot ? tabs('messages', c.id) : null,
    h(
      'div.head-tools',
      null,
      c.pins.length > 0
        ? menuButton(
            { class: 'button is-small', 'data-focus': 'head/pins' },
            [drawn('pin'), ` ${c.pins.length} pinned`],
            () => pinMenu(c),
            'Pinned messages',
          )
        : null,
      c.kind === 'dm'
        ? null
        : h(
            'button.button.is-small',
            { type: 'button', 'data-focus': 'head/members', onclick: () => membersDialog(c) },
            `${c.members.length} members`,
          ),
      c.kind === 'dm'
        ? null
        : menuButton(
            { class: 'button is-small', 'aria-label': 'Channel actions', 'data-focus': 'head/menu' },
            sign('⋯'),
            () => channelMenu(c),
            'Channel actions',
          ),
    ),
    c.bookmarks.length > 0
      ? h('nav.bookmarks', { 'aria-label': 'Bookmarks' }, c.bookmarks.map(bookmark))
      : null,
  ]
}

/** The bot's two tabs, on its Home and on its direct message. */
export const tabs = (current) => {
  const tab = (name, label, onclick) =>
    h(
      'button.tab',
      {
        type: 'button',
        'aria-current': current === name ? 'page' : null,
        'data-focus': `tab/${name}`,
        onclick,
      },
      label,
    )
  return h(
    'nav.tabs',
    { 'aria-label': store.state.bot.name },
    tab('home', 'Home', () => goHome()),
    tab('messages', 'Messages', () => goPerson(store.state.bot.userId)),
  )
}

export const shownMessages = (channel, thread) => store.lists.get(listKey(channel, thread))?.messages ?? []

export const editLast = (channel, thread, box) => {
  const mine = shownMessages(channel, thread).filter((m) => m.isMine && !m.isTombstone && !m.isEphemeral)
  if (mine.length > 0) editMessage(channel, mine.at(-1), box)
}

export const makeChannelPane = (root) => {
  const header = h('header.head')
  const list = makeList({ label: 'Messages', place: 'channel' })
  const jump = h(
    'button.jump',
    { type: 'button', hidden: true, onclick: () => list.toEnd() },
    'Newer messages ',
    sign('↓'),
  )
  const closed = h('div.closed', { hidden: true })
  const composer = makeComposer({
    where: () => {
      const c = currentChannel()
      return {
        channel: store.place?.channel ?? '',
        thread: null,
        label: c ? `Message ${titleOf(c)}` : 'Message',
      }
    },
    testid: 'composer',
    onEditLast: () => editLast(store.place.channel, null, list.box),
    onSent: (isCommand) => {
      if (isCommand) seenHint()
      requestAnimationFrame(() => list.toEnd())
    },
  })
  append(root, [
    header,
    h('div.scroll-wrap', null, list.box, list.empty, jump),
    h('div', { id: 'start-hint' }),
    closed,
    composer.form,
  ])
  list.box.addEventListener('scroll', () => {
    jump.hidden = list.atEnd()
  })
  let wanted = null
  const drawHead = () => {
    const c = currentChannel()
    const active = header.contains(document.activeElement) ? document.activeElement.dataset.focus : null
    replace(header, c ? head(c) : h('h1', { tabindex: '-1', id: 'place-title' }, 'Opening …'))
    if (active) header.querySelector(`[data-focus="${CSS.escape(active)}"]`)?.focus()
    const reason = !c
      ? ''
      : c.isArchived
        ? 'This channel is archived: nobody can write here.'
        : c.isMember
          ? ''
          : 'You are not in this channel.'
    closed.hidden = reason === ''
    composer.form.hidden = reason !== ''
    replace(
      closed,
      reason,
      c && !c.isMember && !c.isArchived && c.kind === 'public'
        ? h(
            'button.button',
            { type: 'button', onclick: () => act({ do: 'join', channel: c.id }) },
            'Join channel',
          )
        : null,
    )
  }
  const drawList = () => {
    if (store.place?.kind !== 'channel') return
    const { channel } = store.place
    list.draw(shownMessages(channel, null), {
      channel,
      newAfter: store.readAtOpen.get(channel),
      loading: !store.lists.has(channel),
    })
    if (wanted && list.reveal(wanted)) wanted = null
    jump.hidden = list.atEnd()
  }
  on('state', () => {
    drawHead()
    composer.relabel()
  })
  on('messages', drawList)
  return {
    list,
    composer,
    drawHead,
    drawList,
    moved: (ts) => {
      wanted = ts
      drawHead()
      composer.moved()
      drawList()
      list.box.setAttribute(
        'aria-label',
        `Messages in ${channelOf(store.place.channel)?.name ?? 'this channel'}`,
      )
    },
  }
}
