// Builds elements from plain data. Text always becomes text nodes: nothing a person or a bot wrote is ever
// parsed as HTML, so no module of this page may use innerHTML.

/**
 * @param {string} tag  tag name, optionally with classes: `div.msg.is-bot`
 * @param {Record<string, unknown> | null} [props]  `on*` functions become listeners, the rest attributes
 * @param {...unknown} children
 * @returns {HTMLElement}
 */
export const h = (tag, props, ...children) => {
  const [name, ...classes] = tag.split('.')
  const node = document.createElement(name)
  if (classes.length > 0) node.className = classes.join(' ')
  for (const [key, value] of Object.entries(props ?? {})) setProp(node, key, value)
  append(node, children)
  return node
}

const setProp = (node, key, value) => {
  if (value === undefined || value === null || value === false) return
  if (key.startsWith('on')) node.addEventListener(key.slice(2), value)
  else if (key === 'class') node.className = [node.className, value].filter(Boolean).join(' ')
  else if (key === 'value' || key === 'checked' || key === 'disabled') node[key] = value
  else node.setAttribute(key, value === true ? '' : String(value))
}

export const append = (node, children) => {
  for (const child of children.flat(Number.POSITIVE_INFINITY)) {
    if (child === undefined || child === null || child === false) continue
    node.append(child instanceof Node ? child : document.createTextNode(String(child)))
  }
  return node
}

export const replace = (node, ...children) => {
  node.replaceChildren()
  return append(node, children)
}

/** Only web, mail and phone addresses become links; anything else (javascript:, data:) stays text. */
export const safeHref = (url) => {
  try {
    const parsed = new URL(url, 'http://relative.invalid')
    return ['http:', 'https:', 'mailto:', 'tel:'].includes(parsed.protocol) ? url : null
  } catch {
    return null
  }
}

/** Text only a screen reader speaks. */
export const spoken = (text) => h('span.sr', null, text)

/** A decorative sign; the words beside it carry the meaning. */
export const sign = (char) => h('span.sign', { 'aria-hidden': 'true' }, char)

let counter = 0
export const uid = (prefix) => `${prefix}-${++counter}`

const FOCUSABLE =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex="0"]'

export const focusable = (root) =>
  [...root.querySelectorAll(FOCUSABLE)].filter(
    (el) => el.offsetParent !== null || el.getClientRects().length > 0,
  )

/** Moves focus through `items` with the arrow keys, Home and End; returns true when it did. */
export const arrowMove = (event, items, current) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const at = items.indexOf(current)
  const to =
    event.key === 'Home'
      ? 0
      : event.key === 'End'
        ? items.length - 1
        : step
          ? (at + step + items.length) % items.length
          : -1
  if (to < 0 || !items[to]) return false
  event.preventDefault()
  items[to].focus()
  return true
}

/** A listener that stops the browser's own answer before doing its work. */
export const instead = (work) => (event) => {
  event.preventDefault()
  return work(event)
}
