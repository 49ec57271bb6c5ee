// Pop-up menus: one open at a time, arrow keys and first letters move, Esc or a click elsewhere closes and
// gives the focus back. On a phone they become a sheet at the bottom (narrow.css).

import { arrowMove, h, sign } from './dom.js'

/**
 * @typedef {{label: string, hint?: string, icon?: unknown, run?: () => void, danger?: boolean, checked?: boolean,
 *   heading?: boolean, testid?: string}} MenuItem
 */

let open = null

export const closeMenu = (giveBack = true) => {
  if (!open) return
  const { menu, anchor, leave } = open
  open = null
  document.removeEventListener('pointerdown', leave, true)
  menu.remove()
  anchor.setAttribute('aria-expanded', 'false')
  if (giveBack && anchor.isConnected) anchor.focus()
}

const place = (menu, anchor) => {
  // A phone gets a sheet at the bottom.
  if (matchMedia('(max-width: 760px)').matches) {
    menu.style.left = '8px'
    menu.style.bottom = '8px'
    return
  }
  const box = anchor.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = menu
  const below = box.bottom + 4
  const fits = below + height < innerHeight - 8
  menu.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`
  menu.style.top = `${fits ? below : Math.max(8, box.top - height - 4)}px`
}

const row = (item) => {
  if (item.heading) return h('div.menu-heading', { role: 'presentation' }, item.label)
  const radio = item.checked !== undefined
  return h(
    'button.menu-item',
    {
      type: 'button',
      role: radio ? 'menuitemradio' : 'menuitem',
      'aria-checked': radio ? String(item.checked) : null,
      class: item.danger ? 'is-danger' : '',
      tabindex: '-1',
      'data-testid': item.testid,
      onclick: () => {
        closeMenu()
        item.run?.()
      },
    },
    item.icon ?? null,
    h(
      'span.menu-words',
      null,
      h('span', null, item.label),
      item.hint ? h('span.menu-hint', null, item.hint) : null,
    ),
    radio && item.checked ? h('span.menu-check', { 'aria-hidden': 'true' }, '✓') : null,
  )
}

const keys = (menu) => (event) => {
  const items = [...menu.querySelectorAll('[role^=menuitem]')]
  if (event.key === 'Escape') {
    event.preventDefault()
    event.stopPropagation()
    closeMenu()
  } else if (event.key === 'Tab') {
    event.preventDefault()
    closeMenu()
  } else if (!arrowMove(event, items, document.activeElement) && /^\S$/.test(event.key) && !event.ctrlKey) {
    const letter = event.key.toLowerCase()
    const at = items.indexOf(document.activeElement)
    const ordered = [...items.slice(at + 1), ...items.slice(0, at + 1)]
    ordered.find((item) => item.textContent.trim().toLowerCase().startsWith(letter))?.focus()
  }
}

/** @param {HTMLElement} anchor @param {MenuItem[]} items @param {{label: string}} options */
export const openMenu = (anchor, items, { label }) => {
  const again = open?.anchor === anchor
  closeMenu(again)
  if (again) return
  const menu = h('div.menu', { role: 'menu', 'aria-label': label, 'data-testid': 'menu' }, items.map(row))
  menu.addEventListener('keydown', keys(menu))
  const leave = (event) => {
    if (!menu.contains(event.target) && !anchor.contains(event.target)) closeMenu(false)
  }
  open = { menu, anchor, leave }
  // Inside a modal dialog everything outside it is inert, so the menu must live in it.
  ;(anchor.closest('dialog') ?? document.body).append(menu)
  place(menu, anchor)
  anchor.setAttribute('aria-expanded', 'true')
  document.addEventListener('pointerdown', leave, true)
  const items_ = [...menu.querySelectorAll('[role^=menuitem]')]
  ;(items_.find((item) => item.getAttribute('aria-checked') === 'true') ?? items_[0])?.focus()
}

/** A button that opens a menu; `items` is asked each time. */
export const menuButton = (props, face, items, label) =>
  h(
    'button',
    {
      type: 'button',
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      ...props,
      onclick: (event) => openMenu(event.currentTarget, items(), { label }),
    },
    face,
  )

export const caret = () => sign('▾')
