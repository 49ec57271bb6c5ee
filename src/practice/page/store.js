// What the page knows, in one place, and who wants to hear when it changes. Shapes are page-api.ts's.

/** @typedef {{kind: 'channel', channel: string} | {kind: 'home'}} Place */

export const store = {
  /** id of the person whom the page plays */
  as: null,
  /** PageState, or null before the first answer */
  state: null,
  /** @type {Place | null} */
  place: null,
  /** ts of the open thread's parent, in the current channel */
  thread: null,
  /** PageMessages by `listKey` */
  lists: new Map(),
  /** what was read when the channel was opened, for the "New" line */
  readAtOpen: new Map(),
  connection: 'connecting',
}

const listeners = new Map()

/** @param {'state'|'place'|'messages'|'modals'|'home'|'clock'|'connection'} topic */
export const on = (topic, listener) => {
  listeners.set(topic, [...(listeners.get(topic) ?? []), listener])
}

export const emit = (topic, detail) => {
  for (const listener of listeners.get(topic) ?? []) listener(detail)
}

export const listKey = (channel, thread) => (thread ? `${channel}/${thread}` : channel)

export const personOf = (id) => store.state?.people.find((person) => person.id === id) ?? null

export const channelOf = (id) =>
  store.state?.channels.find((c) => c.id === id) ?? store.state?.dms.find((c) => c.id === id) ?? null

/** Names by person id, for text without marks. */
export const handles = () => Object.fromEntries((store.state?.people ?? []).map((p) => [p.id, p.name]))

/** The zone all times are shown in: the acting person's, which in practice is the workspace's. */
export const zone = () => store.state?.me.tz || 'America/New_York'

/** The practice clock now: the server's last answer plus the time since. */
export const now = () => {
  const clock = store.state?.clock
  return clock
    ? Date.parse(clock.now) + (performance.now() - (store.clockReadAt ?? performance.now()))
    : Date.now()
}

export const setClock = (clock) => {
  store.state.clock = clock
  store.clockReadAt = performance.now()
  emit('clock')
}

/** Remembers small choices between visits; a browser that refuses storage only forgets them. */
export const remembered = (key) => {
  try {
    return localStorage.getItem(`wardroom.practice.${key}`)
  } catch {
    return null
  }
}

export const remember = (key, value) => {
  try {
    localStorage.setItem(`wardroom.practice.${key}`, value)
  } catch {
    // private browsing: nothing to do
  }
}

export const mentionName = (id, label) => personOf(id)?.realName ?? (label || id)
