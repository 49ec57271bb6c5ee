// A person's initials on a colour that follows from the id. Decorative: the name always stands beside it.

import { h } from './dom.js'
import { store } from './store.js'

export const initials = (name) => {
  const words = name
    .replace(/\(.*?\)|,.*$/g, '')
    .trim()
    .split(/\s+/)
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0] ?? '?']
  return letters
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase()
}

/** Neighbours in the list of people differ; strangers follow their id. */
const hue = (id) => {
  const at = store.state?.people.findIndex((person) => person.id === id) ?? -1
  return (at >= 0 ? at : id.length + id.charCodeAt(id.length - 1)) % 8
}

export const avatar = (person, size = '') =>
  h(
    'span.avatar',
    { 'aria-hidden': 'true', class: `${person.isBot ? 'is-bot' : `hue-${hue(person.id)}`} ${size}` },
    person.isBot ? '⚓' : initials(person.realName),
  )
