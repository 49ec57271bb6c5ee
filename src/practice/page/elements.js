// The interactive elements of Block Kit as native controls, so the keyboard and screen readers work by themselves.
// Each maker gets the element and `use`: {value, id, labelledby, describedby, commit(picked), dispatches, required}.

import { dayKey, instantOf, timeOf } from './dates.js'
import { h, safeHref, sign, uid } from './dom.js'
import { filePick } from './files.js'
import { menuButton } from './menu.js'
import { multiPick } from './multi.js'
import { drawn } from './signs.js'
import { store, zone } from './store.js'
import { plain, textObject } from './text.js'

const STYLE = { primary: 'is-primary', danger: 'is-danger' }

const button = (e, use) => {
  const face = h(
    'button.button',
    {
      type: 'button',
      class: STYLE[e.style] ?? '',
      'aria-label': e.accessibility_label,
      onclick: async (event) => {
        const node = event.currentTarget
        if (node.getAttribute('aria-busy') === 'true') return
        node.setAttribute('aria-busy', 'true')
        await use.commit()
        node.removeAttribute('aria-busy')
      },
    },
    plain(e.text),
  )
  const href = e.url ? safeHref(e.url) : null
  if (!href) return face
  return h(
    'a.button',
    {
      class: STYLE[e.style] ?? '',
      href,
      target: '_blank',
      rel: 'noopener noreferrer',
      onclick: () => use.commit(),
    },
    plain(e.text),
  )
}

export const people = () =>
  store.state.people.map((p) => ({
    value: p.id,
    label: p.isBot ? `${p.realName} (app)` : p.realName,
    hint: p.title || `@${p.name}`,
  }))

const conversations = (e) => {
  const kinds = e.filter?.include
  const wanted = (c) => !kinds || kinds.includes({ public: 'public', private: 'private', dm: 'im' }[c.kind])
  return [...store.state.channels.filter((c) => c.isMember), ...store.state.dms]
    .filter(wanted)
    .map((c) => ({ value: c.id, label: c.kind === 'dm' ? c.name : `#${c.name}` }))
}

const option = (o) => ({
  value: o.value,
  label: plain(o.text),
  hint: o.description ? plain(o.description) : '',
})

/** Options as groups: [[heading or null, options]]. */
const groupsOf = (e) => {
  if (/users_select$/.test(e.type)) return [[null, people()]]
  if (/conversations_select$/.test(e.type)) return [[null, conversations(e)]]
  if (/channels_select$/.test(e.type)) return [[null, conversations({ filter: { include: ['public'] } })]]
  if (e.option_groups) return e.option_groups.map((g) => [plain(g.label), g.options.map(option)])
  return [[null, (e.options ?? []).map(option)]]
}

const asOption = (o) =>
  h('option', { value: o.value }, o.hint && o.hint !== o.label ? `${o.label} — ${o.hint}` : o.label)

/** In a form: a native list. In a message a choice acts at once, so there it is a menu (arrow keys must not fire it). */
const select = (e, use) => {
  const groups = groupsOf(e)
  const current = groups.flatMap(([, options]) => options).find((o) => o.value === use.value)
  const placeholder = e.placeholder ? plain(e.placeholder) : 'Choose'
  if (use.dispatches) {
    const items = () =>
      groups.flatMap(([heading, options]) => [
        ...(heading ? [{ heading: true, label: heading }] : []),
        ...options.map((o) => ({ ...o, checked: o.value === use.value, run: () => use.commit(o.value) })),
      ])
    const face = [h('span', null, current?.label ?? placeholder), sign('▾')]
    return menuButton({ class: 'button is-select', ...named(use, placeholder) }, face, items, placeholder)
  }
  const node = h(
    'select.field',
    { id: use.id, ...aria(use), onchange: (event) => use.commit(event.currentTarget.value || null) },
    h('option', { value: '' }, placeholder),
    groups.map(([heading, options]) =>
      heading ? h('optgroup', { label: heading }, options.map(asOption)) : options.map(asOption),
    ),
  )
  node.value = current?.value ?? ''
  return node
}

const multi = (e, use) =>
  multiPick({
    groups: groupsOf(e),
    picked: use.value ?? [],
    max: e.max_selected_items ?? null,
    placeholder: e.placeholder ? plain(e.placeholder) : 'Choose',
    aria: aria(use),
    id: use.id,
    commit: use.commit,
  })

const overflow = (e, use) =>
  menuButton(
    { class: 'button is-more', 'aria-label': 'More actions' },
    sign('⋯'),
    () =>
      e.options.map((o) => ({
        ...option(o),
        run: () => {
          use.commit(o.value)
          const href = o.url ? safeHref(o.url) : null
          if (href) window.open(href, '_blank', 'noopener')
        },
      })),
    'More actions',
  )

const aria = (use) => ({
  'aria-labelledby': use.labelledby,
  'aria-describedby': use.describedby,
  'aria-required': use.required ? 'true' : null,
  'aria-invalid': use.invalid ? 'true' : null,
})
const named = (use, fallback) => (use.labelledby ? aria(use) : { 'aria-label': fallback })

const choices = (type) => (e, use) => {
  const name = uid('choice')
  const current = () => [...box.querySelectorAll('input:checked')].map((input) => input.value)
  const box = h(
    'div.choices',
    { role: type === 'radio' ? 'radiogroup' : 'group', id: use.id, tabindex: '-1', ...named(use, 'Choices') },
    e.options.map((o) =>
      h(
        'label.choice',
        null,
        h('input', {
          type,
          name,
          value: o.value,
          checked: type === 'radio' ? use.value === o.value : (use.value ?? []).includes(o.value),
          'data-focus': `${use.key}/${o.value}`,
          onchange: () => use.commit(type === 'radio' ? (current()[0] ?? null) : current()),
        }),
        h(
          'span.choice-words',
          null,
          textObject(o.text),
          o.description ? h('span.hint', null, textObject(o.description)) : null,
        ),
      ),
    ),
  )
  return box
}

/** Half-typed dates must not fire: in a message they act when the field is left or Enter is pressed. */
const native = (type, read, write) => (e, use) => {
  // What is shown may be coarser than the value (minutes of an instant): only a changed text is a choice.
  let sent = write(use.value)
  const send = (node) => {
    if (node.value === sent) return
    sent = node.value
    use.commit(read(node.value))
  }
  return h('input.field', {
    type,
    id: use.id,
    value: write(use.value),
    'data-focus': use.key,
    ...named(use, e.placeholder ? plain(e.placeholder) : KINDS[type]),
    oninput: (event) => use.dispatches || send(event.currentTarget),
    onblur: (event) => send(event.currentTarget),
    onkeydown: (event) => event.key === 'Enter' && use.dispatches && send(event.currentTarget),
  })
}

const KINDS = { date: 'Date', time: 'Time', 'datetime-local': 'Date and time' }
const keep = (value) => value || null
const seconds = (local) => (local ? Math.floor((instantOf(local, zone()) ?? 0) / 1000) || null : null)
const local = (value) => (value ? `${dayKey(value * 1000, zone())}T${timeOf(value * 1000, zone())}` : '')

const textInput = (type) => (e, use) => {
  const tag = e.multiline || e.type === 'rich_text_input' ? 'textarea.field' : 'input.field'
  return h(tag, {
    id: use.id,
    type: tag === 'input.field' ? type : null,
    inputmode: e.type === 'number_input' ? (e.is_decimal_allowed ? 'decimal' : 'numeric') : null,
    rows: tag === 'textarea.field' ? 5 : null,
    maxlength: e.max_length,
    placeholder: e.placeholder ? plain(e.placeholder) : null,
    autocomplete: 'off',
    value: use.value ?? '',
    'data-focus': use.key,
    ...named(use, 'Text'),
    oninput: (event) => use.hold(event.currentTarget.value),
    onkeydown: (event) => {
      if (event.key !== 'Enter' || !use.dispatches) return
      event.preventDefault()
      use.commit(event.currentTarget.value)
    },
  })
}

const MAKERS = {
  button,
  overflow,
  static_select: select,
  external_select: select,
  users_select: select,
  conversations_select: select,
  channels_select: select,
  multi_static_select: multi,
  multi_external_select: multi,
  multi_users_select: multi,
  multi_conversations_select: multi,
  multi_channels_select: multi,
  checkboxes: choices('checkbox'),
  radio_buttons: choices('radio'),
  datepicker: native('date', keep, (v) => v ?? ''),
  timepicker: native('time', keep, (v) => v ?? ''),
  datetimepicker: native('datetime-local', seconds, local),
  plain_text_input: textInput('text'),
  rich_text_input: textInput('text'),
  email_text_input: textInput('email'),
  url_text_input: textInput('url'),
  number_input: textInput('text'),
  file_input: (e, use) => filePick(e, { ...use, aria: named(use, 'Files') }),
  workflow_button: button,
  image: (e) => imageNote(e),
}

/** Pictures from elsewhere are never fetched (nothing leaves this machine): their description stands for them. */
export const imageNote = (e) =>
  h('span.image-note', null, drawn('picture'), ` ${e.alt_text || 'Picture without a description'}`)

export const makeElement = (element, use) => {
  const make = MAKERS[element.type]
  return make ? make(element, use) : h('span.hint', null, `(${element.type} is not drawn in practice)`)
}

export const holdsValue = (element) =>
  !['button', 'overflow', 'image', 'workflow_button'].includes(element.type)
