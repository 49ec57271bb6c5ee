// Puts the page together: who is acting, where they are, what is shown. Everything else is a module of its own.

import { makeChannelPane } from './channel.js'
import { makeClock } from './clock.js'
import { forgetDrafts } from './composer.js'
import { h, replace } from './dom.js'
import { drawHint, openHelp } from './help.js'
import { makeHomePane } from './home.js'
import { follow, forgetSpoken, loadMessages, loadState } from './live.js'
import { closeMenu } from './menu.js'
import './modal.js'
import { go, goHome, internalLink } from './nav.js'
import { closeDrawer, drawSidebar, sidebarKeys } from './sidebar.js'
import { emit, on, remember, remembered, store } from './store.js'
import { makeThreadPane } from './thread.js'
import { clearToasts } from './toast.js'
import { makeWho } from './who.js'

const $ = (id) => document.getElementById(id)
const panes = {
  sidebar: $('sidebar'),
  channel: $('channel'),
  home: $('home'),
  thread: $('thread'),
  status: $('status'),
}
const coarse = matchMedia('(pointer: coarse)').matches

const channel = makeChannelPane(panes.channel)
const thread = makeThreadPane(panes.thread)
const home = makeHomePane(panes.home)
const startHint = $('start-hint')
makeClock($('clock'))
makeWho($('who'), (id) => become(id))
sidebarKeys(panes.sidebar)

/** `#C123/p1700000000000100`: where a permalink of this workspace leads. */
const addressed = () => internalLink(`/archives/${location.hash.slice(1)}`)

const firstPlace = () => {
  const { channels } = store.state
  const linked = addressed()
  if (linked) {
    history.replaceState(null, '', '/')
    return go({ ...linked, focus: !coarse })
  }
  const kept = remembered('place')
  if (kept === 'home') return goHome({ focus: false })
  const open = channels.filter((c) => c.isMember && !c.isArchived)
  const to =
    [...channels, ...store.state.dms].find((c) => c.id === kept) ??
    open.find((c) => c.name === 'general') ??
    open[0]
  return to ? go({ channel: to.id, focus: !coarse }) : goHome({ focus: false })
}

/** Plays another person: nothing of the one before stays on the page. */
const become = async (id) => {
  closeMenu(false)
  clearToasts()
  store.as = id
  remember('as', id)
  store.lists.clear()
  store.readAtOpen.clear()
  forgetSpoken()
  home.forget()
  store.state = store.state ? { ...store.state, modals: [], home: null } : null
  if (store.state) emit('modals', null)
  follow({ onReset: restart, onLost: lost })
  if (!(await loadState())) return
  if (store.place === null) firstPlace()
  else if (store.place.kind === 'home') goHome()
  else go({ channel: store.place.channel, thread: store.thread, focus: !coarse })
}

/** The channel shown is no longer visible to this person. */
const lost = () => {
  store.place = null
  store.thread = null
  firstPlace()
}

const restart = async () => {
  store.place = null
  store.thread = null
  forgetDrafts()
  remember('hint', '')
  remember('place', '')
  await become(store.as)
}

const focusAfter = (focus) => {
  if (focus === 'thread') thread.composer.focus()
  else if (typeof focus === 'string' && focus.startsWith('message:'))
    channel.list.reveal(focus.slice(8)) || channel.composer.focus()
  else if (focus && store.place.kind === 'home') $('home-title')?.focus()
  else if (focus && !coarse && !panes.channel.querySelector('.composer').hidden) channel.composer.focus()
  else if (focus) $('place-title')?.focus()
}

let lastChannel = null
on('place', async ({ ts, focus }) => {
  const { place } = store
  panes.channel.hidden = place.kind !== 'channel'
  panes.home.hidden = place.kind !== 'home'
  drawSidebar(panes.sidebar)
  if (place.kind === 'home') home.draw()
  else {
    if (place.channel !== lastChannel) store.readAtOpen.delete(place.channel)
    channel.moved(ts)
    drawHint(startHint, channel.composer)
  }
  lastChannel = place.kind === 'channel' ? place.channel : null
  thread.moved()
  if (!ts) focusAfter(focus)
  title()
  if (place.kind !== 'channel') return
  await Promise.all([
    loadMessages(place.channel, null),
    store.thread ? loadMessages(place.channel, store.thread) : null,
  ])
})

const title = () => {
  if (!store.state) return
  const unread = [...store.state.channels, ...store.state.dms].reduce((sum, c) => sum + c.unread, 0)
  document.title = `${unread > 0 ? `(${unread}) ` : ''}${store.state.team.name} · practice`
}

const drawStatus = () => {
  const away = store.connection === 'down'
  const mute = store.state && !store.state.bot.online
  const words = away
    ? 'The practice server does not answer. This page keeps trying; what you see may be old.'
    : mute
      ? `${store.state.bot.name} is not connected. Messages stay here; commands are answered once it is back.`
      : null
  panes.status.hidden = words === null
  if (panes.status.textContent !== (words ?? '')) replace(panes.status, words)
}

on('state', () => {
  drawSidebar(panes.sidebar)
  drawStatus()
  title()
})
on('connection', () => {
  if (store.state) drawSidebar(panes.sidebar)
  drawStatus()
})

$('help').addEventListener('click', () =>
  openHelp(channel.composer, () => {
    if (store.place?.kind !== 'channel') firstChannel()
  }),
)
const firstChannel = () => {
  const to = store.state.channels.find((c) => c.isMember && !c.isArchived)
  if (to) go({ channel: to.id })
}

$('drawer-button').addEventListener('click', () => {
  const open = document.body.classList.toggle('drawer-open')
  $('drawer-button').setAttribute('aria-expanded', String(open))
  if (open) panes.sidebar.querySelector('.side-row')?.focus()
})
$('drawer-shade').addEventListener('click', closeDrawer)

addEventListener('hashchange', () => {
  const linked = store.state ? addressed() : null
  if (linked) go(linked)
})
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && store.place?.kind === 'channel') loadMessages(store.place.channel, null)
})

/** F6 goes round the parts of the page, as desktop programs do. */
const parts = () =>
  [
    panes.sidebar.querySelector('[aria-current=page]') ?? panes.sidebar.querySelector('.side-row'),
    store.place?.kind === 'home'
      ? panes.home.querySelector('.home-body')
      : (channel.list.box.querySelector('article[tabindex="0"]') ?? channel.composer.text),
    store.place?.kind === 'channel' ? channel.composer.text : null,
    store.thread ? thread.composer.text : null,
    $('clock').querySelector('button'),
  ].filter((node) => node && node.getClientRects().length > 0)

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && document.body.classList.contains('drawer-open')) {
    closeDrawer()
    $('drawer-button').focus()
  }
  if (event.key !== 'F6' || document.querySelector('dialog[open]')) return
  event.preventDefault()
  const stops = parts()
  const regions = [
    panes.sidebar,
    store.place?.kind === 'home' ? panes.home : channel.list.box,
    channel.composer.form,
    panes.thread,
    $('clock'),
  ]
  const here = stops.findIndex((stop) =>
    regions.some((r) => r.contains(stop) && r.contains(document.activeElement)),
  )
  stops[(here + (event.shiftKey ? stops.length - 1 : 1)) % stops.length]?.focus()
})

/** The server tells who may be played; the first visit begins as the one it lists first. */
const begin = async () => {
  store.as = remembered('as') || null
  if (!(await loadState())) {
    panes.status.hidden = false
    replace(panes.status, h('span', null, 'The practice server does not answer. Trying again …'))
    setTimeout(begin, 2000)
    return
  }
  await become(store.state.me.id)
}

begin()
