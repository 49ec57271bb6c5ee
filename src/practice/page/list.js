// A list of messages that is brought up to date in place: what did not change keeps its element, so focus, a half
// typed field and the reading position survive a live update. One tab stop; arrow keys move between messages.

import { dayKey, dayLabel } from './dates.js'
import { arrowMove, h } from './dom.js'
import { joined } from './joins.js'
import { drawMessage, msOf } from './message.js'
import { now, zone } from './store.js'

const COMPACT_MS = 5 * 60_000
const NEAR_END_PX = 120

const dividerOf = (text, kind) =>
  h('div.divider', { role: 'separator', class: kind, 'aria-label': text }, h('span', null, text))

/** Rows to draw: day lines, the "New" line and messages, each with a key and what it was drawn from. */
const rowsOf = (messages, { channel, place, newAfter, redraw }) => {
  const rows = []
  let day = null
  let before = null
  let marked = false
  const today = dayKey(now(), zone())
  const count = messages.filter(({ isEphemeral }) => !isEphemeral).length - 1
  for (const message of messages) {
    const ms = msOf(message.ts)
    const key = dayKey(ms, zone())
    if (key !== day)
      rows.push({
        key: `day ${key}`,
        drawn: today,
        make: () => dividerOf(dayLabel(ms, now(), zone()), 'is-day'),
      })
    const unread = !marked && newAfter && Number(message.ts) > Number(newAfter) && !message.isMine && before
    if (unread) {
      rows.push({ key: 'new', drawn: '', make: () => dividerOf('New', 'is-new') })
      marked = true
    }
    const first = place === 'thread' && before === messages[0]
    const compact = sameBreath(before, message) && key === day && !unread && !first
    rows.push({
      key: message.ts + (message.isEphemeral ? 'e' : ''),
      drawn: JSON.stringify([message, compact, today, zone()]),
      make: () => drawMessage(message, { channel, place, compact, redraw }),
    })
    if (place === 'thread' && !before && count > 0) {
      rows.push({
        key: 'replies',
        drawn: String(count),
        make: () => dividerOf(`${count} ${count === 1 ? 'reply' : 'replies'}`, ''),
      })
    }
    day = key
    before = message
  }
  return rows
}

const sameBreath = (before, message) =>
  before &&
  before.user === message.user &&
  !message.isEphemeral &&
  !before.isEphemeral &&
  !before.subtype &&
  !message.subtype &&
  !message.isPinned &&
  !message.isBot &&
  msOf(message.ts) - msOf(before.ts) < COMPACT_MS

const sync = (box, rows, old) => {
  const next = new Map()
  let cursor = box.firstChild
  for (const row of rows) {
    const had = old.get(row.key)
    const node = had?.drawn === row.drawn ? had.node : row.make()
    if (had && had.node !== node) swap(had.node, node)
    next.set(row.key, { node, drawn: row.drawn })
  }
  for (const [key, { node }] of old) if (!next.has(key)) node.remove()
  cursor = box.firstChild
  for (const { node } of next.values()) {
    if (node === cursor) cursor = cursor.nextSibling
    else box.insertBefore(node, cursor)
  }
  return next
}

/** Replaces a changed message and keeps the focus on the same control of the new one. */
const swap = (from, to) => {
  const active = from.contains(document.activeElement) ? document.activeElement.dataset.focus : null
  to.tabIndex = from.tabIndex
  from.replaceWith(to)
  if (active === null || active === undefined) return
  const same = to.dataset.focus === active ? to : to.querySelector(`[data-focus="${CSS.escape(active)}"]`)
  ;(same ?? to).focus({ preventScroll: true })
}

export const makeList = ({ label, place }) => {
  let drawn = new Map()
  let about = null
  const empty = h('p.empty-list', { hidden: true }, 'Nothing has been said here yet.')
  const box = h('div.messages', {
    role: 'log',
    'aria-live': 'off',
    'aria-label': label,
    'data-testid': `messages-${place}`,
  })
  const articles = () => [...box.querySelectorAll('article')]
  const atEnd = () => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX
  const toEnd = () => {
    box.scrollTop = box.scrollHeight
  }
  // A line of status above, a taller composer, a turned phone: whoever read the newest goes on reading it.
  let wasAtEnd = true
  box.addEventListener('scroll', () => {
    wasAtEnd = atEnd()
  })
  new ResizeObserver(() => {
    if (wasAtEnd) toEnd()
  }).observe(box)
  const setStop = (article) => {
    for (const other of articles()) {
      other.tabIndex = other === article ? 0 : -1
      const tool = other.querySelector('.tools button')
      if (tool) tool.tabIndex = other === article ? 0 : -1
    }
  }
  box.addEventListener('focusin', (event) => {
    const article = event.target.closest?.('article')
    if (article) setStop(article)
  })
  /** The tools of a message are one tab stop: left and right move inside, up and down go on to other messages. */
  const toolKeys = (event) => {
    const tools = [...event.target.closest('.tools').querySelectorAll('button')]
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step) tools[(tools.indexOf(event.target) + step + tools.length) % tools.length].focus()
    else arrowMove(event, articles(), event.target.closest('article'))
  }
  box.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('.menu')) return
    if (event.target.closest('.tools')) return toolKeys(event)
    if (!event.target.matches('article')) return
    const tool = { Enter: 'tool-more', t: 'tool-thread' }[event.key]
    if (!tool) return void arrowMove(event, articles(), event.target)
    // The tool moves the focus: without this the same key would act once more where it lands.
    event.preventDefault()
    event.target.querySelector(`[data-focus="${tool}"]`)?.click()
  })
  const draw = (messages, where) => {
    const fresh = about !== where.channel + (where.thread ?? '')
    const stick = fresh || atEnd()
    about = where.channel + (where.thread ?? '')
    if (fresh) {
      box.replaceChildren()
      drawn = new Map()
    }
    const redraw = () => {
      drawn = new Map([...drawn].map(([key, value]) => [key, { ...value, drawn: null }]))
      draw(messages, where)
    }
    drawn = sync(box, rowsOf(joined(messages), { ...where, place, redraw }), drawn)
    const all = articles()
    if (all.length > 0 && !all.some((a) => a.tabIndex === 0)) setStop(all[all.length - 1])
    empty.hidden = messages.length > 0 || where.loading === true
    if (stick) toEnd()
  }
  const reveal = (ts) => {
    const article = box.querySelector(`article[data-ts="${CSS.escape(ts)}"]`)
    article?.scrollIntoView({ block: 'center' })
    article?.focus({ preventScroll: true })
    return Boolean(article)
  }
  return { box, empty, draw, reveal, toEnd, atEnd, lastArticle: () => articles().at(-1) ?? null }
}
