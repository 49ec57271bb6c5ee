// Where the page is: a channel, the bot's Home, an open thread. Links to the workspace's own messages stay inside.

import { act } from './api.js'
import { channelOf, emit, remember, store } from './store.js'

/** `…/archives/C123/p1700000000000100`: a permalink of this workspace; null when it leads elsewhere. */
export const internalLink = (url) => {
  const found = /\/archives\/([CDG][A-Z0-9]+)(?:\/p(\d{10})(\d{6}))?/.exec(url)
  if (!found || !channelOf(found[1])) return null
  const thread = /[?&]thread_ts=(\d+\.\d+)/.exec(url)?.[1] ?? null
  return { channel: found[1], ts: found[2] ? `${found[2]}.${found[3]}` : null, thread }
}

/** @param {{channel: string, thread?: string | null, ts?: string | null, focus?: boolean}} to */
export const go = ({ channel, thread = null, ts = null, focus = true }) => {
  store.place = { kind: 'channel', channel }
  store.thread = thread
  remember('place', channel)
  if (channelOf(channel)?.with === store.state?.bot.userId)
    act({ do: 'openHome', tab: 'messages' }, { quiet: true })
  emit('place', { ts, focus })
}

export const goHome = ({ focus = true } = {}) => {
  store.place = { kind: 'home' }
  store.thread = null
  remember('place', 'home')
  act({ do: 'openHome', tab: 'home' }, { quiet: true })
  emit('place', { ts: null, focus })
}

export const openThread = (ts) => {
  store.thread = ts
  emit('place', { ts: null, focus: 'thread' })
}

export const closeThread = () => {
  const ts = store.thread
  store.thread = null
  emit('place', { ts: null, focus: ts ? `message:${ts}` : false })
}

/** Opens the direct message with a person (the bot: its Messages tab). */
export const goPerson = async (id) => {
  if (id === store.as) return
  const known = store.state.dms.find((dm) => dm.with === id)
  if (known) return go({ channel: known.id })
  const answer = await act({ do: 'openDm', with: id })
  if (answer.ok && answer.channel) go({ channel: answer.channel })
}

export const currentChannel = () => (store.place?.kind === 'channel' ? channelOf(store.place.channel) : null)
