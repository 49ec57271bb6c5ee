// Talks to the practice server by page-api.ts, and only by it. Every failure ends as a sentence on the page.

import { store } from './store.js'
import { toast } from './toast.js'

const AWAY = 'The practice server does not answer. See whether this arrived before you repeat it.'

const call = async (path, init) => {
  try {
    const response = await fetch(path, init)
    const body = await response.json()
    if (!response.ok && body?.ok !== false)
      return { ok: false, error: `The practice server refused this (${response.status}).` }
    return body
  } catch {
    return { ok: false, error: AWAY }
  }
}

const post = (path, body) =>
  call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

const query = (params) => {
  const pairs = Object.entries(params).filter(([, value]) => value !== null && value !== undefined)
  return new URLSearchParams(pairs).toString()
}

/** Does one thing as the acting person. A refusal is shown as a toast unless `quiet`. */
export const act = async (what, { quiet = false } = {}) => {
  const answer = await post('/practice/act', { as: store.as, ...what })
  if (!answer.ok && !answer.errors && !quiet) toast('error', answer.error)
  return answer
}

export const readState = (as) => call(`/practice/state?${query({ as })}`)
export const readMessages = (channel, thread) =>
  call(`/practice/messages?${query({ channel, thread, as: store.as })}`)
export const moveClock = (to) => post('/practice/clock', { to })
export const resetWorkspace = () => post('/practice/reset', {})
export const fileUrl = (file) => file.url || `/practice/file?${query({ id: file.id, as: store.as })}`

/**
 * Listens for what changed. Reconnects by itself for as long as the page is open.
 * @returns {() => void} stops listening
 */
export const listen = (as, { onEvent, onUp, onDown }) => {
  let source = null
  let timer = null
  let wait = 500
  let stopped = false
  const open = () => {
    source = new EventSource(`/practice/events?${query({ as })}`)
    source.onopen = () => {
      wait = 500
      onUp()
    }
    source.onmessage = (message) => onEvent(JSON.parse(message.data))
    source.onerror = () => {
      source.close()
      if (stopped) return
      onDown()
      timer = setTimeout(open, wait)
      wait = Math.min(wait * 2, 8000)
    }
  }
  open()
  return () => {
    stopped = true
    clearTimeout(timer)
    source.close()
  }
}
