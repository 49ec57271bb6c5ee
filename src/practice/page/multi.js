// Choosing several things from a list: a disclosure with native check boxes, a filter when the list is long,
// and what is chosen in words on its face.

import { h, sign } from './dom.js'

const FILTER_FROM = 8

export const multiPick = ({ groups, picked, max, placeholder, aria, id, commit }) => {
  const chosen = new Set(picked)
  const all = groups.flatMap(([, options]) => options)
  const face = h('span.multi-face', null)
  const say = () => {
    const names = all.filter((o) => chosen.has(o.value)).map((o) => o.label)
    face.textContent = names.length > 0 ? names.join(', ') : placeholder
    face.classList.toggle('is-empty', names.length === 0)
  }
  const toggle = (option) => (event) => {
    if (event.currentTarget.checked && max && chosen.size >= max) {
      event.currentTarget.checked = false
      return
    }
    if (event.currentTarget.checked) chosen.add(option.value)
    else chosen.delete(option.value)
    say()
    commit([...chosen])
  }
  const row = (option) =>
    h(
      'label.choice',
      { 'data-words': `${option.label} ${option.hint ?? ''}`.toLowerCase() },
      h('input', {
        type: 'checkbox',
        value: option.value,
        checked: chosen.has(option.value),
        onchange: toggle(option),
      }),
      h('span.choice-words', null, option.label, option.hint ? h('span.hint', null, option.hint) : null),
    )
  const rows = groups.map(([heading, options]) => [
    heading ? h('div.menu-heading', null, heading) : null,
    options.map(row),
  ])
  const list = h('div.multi-list', { role: 'group', ...aria }, rows)
  const filter = h('input.field', {
    type: 'search',
    'aria-label': 'Filter the list',
    placeholder: 'Filter',
    autocomplete: 'off',
    oninput: (event) => {
      const words = event.currentTarget.value.trim().toLowerCase()
      for (const label of list.querySelectorAll('label')) label.hidden = !label.dataset.words.includes(words)
    },
    onkeydown: (event) => event.key === 'Enter' && event.preventDefault(),
  })
  say()
  const box = h(
    'details.multi',
    null,
    h('summary.field', { id, ...aria, 'aria-labelledby': null }, face, sign('▾')),
    h(
      'div.multi-body',
      null,
      all.length >= FILTER_FROM ? filter : null,
      list,
      max ? h('p.hint', null, `Up to ${max}.`) : null,
    ),
  )
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !box.open) return
    event.preventDefault()
    event.stopPropagation()
    box.open = false
    box.querySelector('summary').focus()
  })
  return box
}
