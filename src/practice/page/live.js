// Keeps the page in step with the server: reads what an event names, again and only that. Bursts are read once.

import { act, listen, readMessages, readState } from './api.js'
import { authorOf, wordsOf } from './message.js'
import { currentChannel } from './nav.js'
import { emit, listKey, setClock, store } from './store.js'
import { announce, toast } from './toast.js'

const READ_AFTER_MS = 40

/** Runs `work` soon, once for a burst of calls; a call during a run makes one more run after it. */
const soon = (work) => {
  let waiting = false
  let running = Promise.resolve()
  return () => {
    if (waiting) return
    waiting = true
    setTimeout(() => {
      const next = () => {
        waiting = false
        return work()
      }
      // One failed reading must not end all later ones.
      running = running.then(next).catch(reportError)
    }, READ_AFTER_MS)
  }
}

const visible = (id) => [...store.state.channels, ...store.state.dms].some((c) => c.id === id)

/** The bot answers to a mention like anyone, so it stands among the people. */
const withBot = ({ people, bot }) =>
  people.some((person) => person.id === bot.userId)
    ? people
    : [
        ...people,
        {
          id: bot.userId,
          name: 'wardroom',
          realName: bot.name,
          title: '',
          isBot: true,
          isGuest: false,
          tz: '',
        },
      ]

/** Reads everything about the acting person. @returns {Promise<boolean>} */
export const loadState = async () => {
  const as = store.as
  const state = await readState(as)
  if (state.ok === false) {
    toast('error', state.error)
    return false
  }
  if (as !== store.as) return false
  store.state = { ...state, people: withBot(state) }
  setClock(state.clock)
  if (store.place?.kind === 'channel' && !visible(store.place.channel)) leaveLost()
  emit('state')
  emit('modals', null)
  emit('home')
  return true
}

let onLost = () => {}
const leaveLost = () => onLost()

const spoken = new Map()
const sayNew = (channel, messages) => {
  const last = messages.at(-1)
  const known = spoken.get(channel)
  spoken.set(channel, last?.ts ?? '0')
  if (known === undefined || !last) return
  const fresh = messages.filter((m) => Number(m.ts) > Number(known) && !m.isMine)
  if (fresh.length > 0) announce(fresh.map((m) => `${authorOf(m)}: ${wordsOf(m)}`).join('. '))
}

const readUpTo = (channel, messages) => {
  const last = messages.at(-1)
  const listed = currentChannel()
  if (!last || document.hidden || listed?.id !== channel || listed.unread === 0) return
  act({ do: 'markRead', channel, ts: last.ts }, { quiet: true })
}

export const loadMessages = async (channel, thread) => {
  const as = store.as
  const answer = await readMessages(channel, thread)
  if (as !== store.as) return
  if (answer.ok === false) {
    if (store.place?.channel === channel) toast('error', answer.error)
    return
  }
  store.lists.set(listKey(channel, thread), answer)
  if (!thread) {
    if (!store.readAtOpen.has(channel)) store.readAtOpen.set(channel, answer.lastRead)
    sayNew(channel, answer.messages)
    readUpTo(channel, answer.messages)
  }
  emit('messages', { channel, thread })
}

const stateSoon = soon(loadState)
const shownSoon = soon(async () => {
  const { place, thread } = store
  if (place?.kind !== 'channel') return
  await Promise.all([loadMessages(place.channel, null), thread ? loadMessages(place.channel, thread) : null])
})

const sayPrivately = ({ channel, message }) => {
  if (store.place?.channel !== channel) return
  announce(`Only visible to you: ${wordsOf(message)}`)
  shownSoon()
}

const HANDLERS = {
  state: stateSoon,
  messages: (event) => (store.place?.channel === event.channel ? shownSoon() : stateSoon()),
  ephemeral: sayPrivately,
  modals: (event) => {
    store.state.modals = event.modals
    emit('modals', event.errors)
  },
  home: (event) => {
    store.state.home = event.home
    emit('home')
  },
  toast: (event) => toast(event.tone, event.text),
  clock: (event) => {
    setClock(event.clock)
    shownSoon()
  },
}

let stop = () => {}

/** Begins (again) to listen for the acting person. @param {{onReset: () => void, onLost: () => void}} hooks */
export const follow = ({ onReset, onLost: lost }) => {
  stop()
  onLost = lost
  let wasDown = false
  stop = listen(store.as, {
    onEvent: (event) => {
      if (event.kind === 'reset') onReset()
      else if (store.state) HANDLERS[event.kind]?.(event)
    },
    onUp: () => {
      store.connection = 'up'
      emit('connection')
      if (wasDown) {
        toast('info', 'Connected again.')
        loadState()
        shownSoon()
      }
      wasDown = false
    },
    onDown: () => {
      wasDown = true
      store.connection = 'down'
      emit('connection')
    },
  })
}

export const forgetSpoken = () => spoken.clear()
