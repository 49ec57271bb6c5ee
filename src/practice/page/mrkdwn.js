// Slack's mrkdwn, parsed into a small tree of plain objects. Pure: no DOM, so it is tested by tables.
//
// Block nodes: {type:'line', children} {type:'quote', children} {type:'list', ordered, items} {type:'pre', text}
// Inline nodes: {type:'text', text} {type:'bold'|'italic'|'strike', children} {type:'code', text} {type:'break'}
//   {type:'link', url, children} {type:'user'|'channel'|'group', id, label} {type:'broadcast', text}
//   {type:'date', seconds, format, url, fallback} {type:'emoji', name}

const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }
export const decode = (text) => text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity])

/** What a composer must do to text before it is mrkdwn. */
export const encode = (text) => text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c])

const text = (value) => ({ type: 'text', text: decode(value) })

/** @param {string} inside  what stood between < and > */
const token = (inside) => {
  const bar = inside.indexOf('|')
  const [head, label] = bar < 0 ? [inside, ''] : [inside.slice(0, bar), decode(inside.slice(bar + 1))]
  if (/^@[UW][A-Z0-9]*$/.test(head)) return { type: 'user', id: head.slice(1), label }
  if (/^#[CDG][A-Z0-9]*$/.test(head)) return { type: 'channel', id: head.slice(1), label }
  if (head.startsWith('!')) return special(head.slice(1), label)
  if (/^(https?:|mailto:|tel:)/i.test(head)) {
    const url = decode(head)
    return {
      type: 'link',
      url,
      children: [{ type: 'text', text: label || url.replace(/^(mailto|tel):/i, '') }],
    }
  }
  return null
}

const special = (name, label) => {
  if (name.startsWith('date^')) {
    const [, seconds, format, url] = name.split('^')
    return {
      type: 'date',
      seconds,
      format: decode(format ?? ''),
      url: url ? decode(url) : null,
      fallback: label,
    }
  }
  if (name.startsWith('subteam^')) return { type: 'group', id: name.slice(8), label }
  if (['here', 'channel', 'everyone'].includes(name)) return { type: 'broadcast', text: `@${name}` }
  return { type: 'text', text: label || name }
}

const STYLES = { '*': 'bold', _: 'italic', '~': 'strike' }
const WORD = /[\p{L}\p{N}]/u

/** The index of the delimiter that closes the one at `start`, or -1: it hugs its text and ends at a word's end. */
const closing = (source, start, mark) => {
  if (WORD.test(source[start - 1] ?? '') || /\s|^$/.test(source[start + 1] ?? '')) return -1
  for (let at = source.indexOf(mark, start + 1); at > 0; at = source.indexOf(mark, at + 1)) {
    const hugs = !/\s/.test(source[at - 1]) && at > start + 1
    if (hugs && !WORD.test(source[at + 1] ?? '') && source[at + 1] !== mark) return at
  }
  return -1
}

/** @returns {object[]} inline nodes of one line of mrkdwn */
export const parseInline = (source, depth = 0) => {
  const nodes = []
  let plain = ''
  const flush = () => {
    if (plain) nodes.push(text(plain))
    plain = ''
  }
  const push = (node, next) => {
    flush()
    nodes.push(node)
    return next
  }
  for (let at = 0; at < source.length; ) {
    const found = inlineAt(source, at, depth)
    if (found) at = push(found.node, found.next)
    else plain += source[at++]
  }
  flush()
  return nodes
}

const inlineAt = (source, at, depth) => {
  const char = source[at]
  if (char === '<') {
    const end = source.indexOf('>', at)
    const node = end > 0 ? token(source.slice(at + 1, end)) : null
    return node && { node, next: end + 1 }
  }
  if (char === '`') {
    const end = source.indexOf('`', at + 1)
    return end > at + 1
      ? { node: { type: 'code', text: decode(source.slice(at + 1, end)) }, next: end + 1 }
      : null
  }
  if (char === ':' && !WORD.test(source[at - 1] ?? '')) {
    const name = /^:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/.exec(source.slice(at, at + 80))
    return name && { node: { type: 'emoji', name: name[1] }, next: at + name[0].length }
  }
  const type = STYLES[char]
  if (!type || depth > 8) return null
  const end = closing(source, at, char)
  return end < 0
    ? null
    : { node: { type, children: parseInline(source.slice(at + 1, end), depth + 1) }, next: end + 1 }
}

const BULLET = /^\s*[•◦▪-]\s+/
const NUMBER = /^\s*\d{1,3}[.)]\s+/

const lineKind = (line) => {
  if (/^(&gt;|>)/.test(line)) return 'quote'
  if (BULLET.test(line)) return 'bullet'
  return NUMBER.test(line) ? 'number' : 'line'
}

const group = (kind, lines) => {
  if (kind === 'quote') {
    return { type: 'quote', children: joined(lines.map((line) => line.replace(/^(&gt;|>)\s?/, ''))) }
  }
  if (kind === 'bullet') {
    return { type: 'list', ordered: false, items: lines.map((line) => parseInline(line.replace(BULLET, ''))) }
  }
  if (kind === 'number') {
    const start = Number.parseInt(lines[0], 10)
    return {
      type: 'list',
      ordered: true,
      start,
      items: lines.map((line) => parseInline(line.replace(NUMBER, ''))),
    }
  }
  return { type: 'line', children: joined(lines) }
}

const joined = (lines) =>
  lines.flatMap((line, index) => [...(index > 0 ? [{ type: 'break' }] : []), ...parseInline(line)])

const parseLines = (source) => {
  const out = []
  let kind = null
  let lines = []
  const flush = () => {
    if (kind) out.push(group(kind, lines))
  }
  for (const line of source.split('\n')) {
    const next = lineKind(line)
    if (next !== kind) {
      flush()
      kind = next
      lines = []
    }
    lines.push(line)
  }
  flush()
  return out
}

/** @param {string} source  mrkdwn @returns {object[]} block nodes */
export const parse = (source) => {
  const pieces = source.split('```')
  if (pieces.length % 2 === 0) pieces.push(`${pieces.splice(-2).join('```')}`)
  const last = pieces.length - 1
  return pieces.flatMap((piece, index) => {
    if (index % 2 === 1) return [{ type: 'pre', text: decode(piece.replace(/^\n|\n$/g, '')) }]
    // The line breaks that set a fence off belong to the fence.
    const from = index > 0 && piece.startsWith('\n') ? 1 : 0
    const to = index < last && piece.endsWith('\n') ? -1 : undefined
    const words = piece.slice(from, to)
    return words === '' && last > 0 ? [] : parseLines(words)
  })
}

/** The same text without marks, for labels, notifications and search. */
export const plainOf = (source, names = {}) =>
  decode(
    source
      .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
      .replace(/<@([UW][A-Z0-9]*)(?:\|([^>]*))?>/g, (_, id, label) => `@${names[id] ?? (label || id)}`)
      .replace(/<[#!][^|>]*\|([^>]*)>/g, '$1')
      .replace(/<(?:https?:|mailto:|tel:)[^|>]*\|([^>]*)>/g, '$1')
      .replace(/<((?:https?:|mailto:|tel:)[^>]*)>/g, '$1'),
  )
