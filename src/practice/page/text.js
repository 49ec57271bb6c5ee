// Draws the trees of mrkdwn.js and markdown.js, and Slack's rich_text blocks, as elements.

import { slackDate } from './dates.js'
import { h, instead, safeHref } from './dom.js'
import { emojiOf } from './emoji.js'
import { parseMarkdown } from './markdown.js'
import { parse } from './mrkdwn.js'
import { go, goPerson, internalLink } from './nav.js'
import { channelOf, mentionName, now, personOf, store, zone } from './store.js'

const link = (url, children) => {
  const inside = internalLink(url)
  if (inside) return h('a', { href: `#${inside.channel}`, onclick: instead(() => go(inside)) }, children)
  const href = safeHref(url)
  return href
    ? h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, children)
    : h('span', null, children)
}

const user = ({ id, label }) => {
  const me = id === store.as
  const name = `@${mentionName(id, label)}`
  if (!personOf(id)) return h('span.mention', null, name)
  return h('button.mention', { type: 'button', class: me ? 'is-me' : '', onclick: () => goPerson(id) }, name)
}

const channel = ({ id, label }) => {
  const known = channelOf(id)
  if (!known) return h('span.mention', null, label ? `#${label}` : 'a private channel')
  return h('button.mention', { type: 'button', onclick: () => go({ channel: id }) }, `#${known.name}`)
}

const date = (node) => {
  const text = slackDate(node.seconds, node.format, zone(), now()) ?? (node.fallback || 'an unknown date')
  const ms = Number(node.seconds) * 1000
  const time = h('time', Number.isFinite(ms) ? { datetime: new Date(ms).toISOString() } : null, text)
  return node.url ? link(node.url, [time]) : time
}

const INLINE = {
  text: (node) => node.text,
  break: () => h('br'),
  bold: (node) => h('strong', null, inlines(node.children)),
  italic: (node) => h('em', null, inlines(node.children)),
  strike: (node) => h('s', null, inlines(node.children)),
  code: (node) => h('code', null, node.text),
  link: (node) => link(node.url, inlines(node.children)),
  user,
  channel,
  group: (node) => h('span.mention', null, `@${node.label || 'group'}`),
  broadcast: (node) => h('span.mention.is-me', null, node.text),
  date,
  emoji: (node) => emoji(node.name),
}

export const emoji = (name) => {
  const char = emojiOf(name)
  return char ? h('span.emoji', { role: 'img', 'aria-label': name.replaceAll('_', ' ') }, char) : `:${name}:`
}

const inlines = (nodes) => nodes.map((node) => INLINE[node.type](node))

const table = (rows) =>
  h(
    'div.table-scroll',
    { tabindex: '0', role: 'group', 'aria-label': 'Table' },
    h(
      'table',
      null,
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          (rows[0] ?? []).map((cell) => h('th', { scope: 'col' }, cell)),
        ),
      ),
      h(
        'tbody',
        null,
        rows.slice(1).map((row) =>
          h(
            'tr',
            null,
            row.map((cell) => h('td', null, cell)),
          ),
        ),
      ),
    ),
  )

const BLOCK = {
  line: (node) => h('div.line', null, inlines(node.children)),
  paragraph: (node) => h('p', null, inlines(node.children)),
  quote: (node) => h('blockquote', null, inlines(node.children)),
  pre: (node) => h('pre', { tabindex: '0' }, node.text),
  list: (node) =>
    h(
      node.ordered ? 'ol' : 'ul',
      node.ordered && node.start > 1 ? { start: node.start } : null,
      node.items.map((item) => h('li', null, inlines(item))),
    ),
  heading: (node) =>
    h(
      'p.md-heading',
      { role: 'heading', 'aria-level': '4', class: `level-${node.level}` },
      inlines(node.children),
    ),
  rule: () => h('hr'),
  table: (node) => table(node.rows.map((row) => row.map(inlines))),
}

const blocks = (nodes) => nodes.map((node) => BLOCK[node.type](node))

export const mrkdwn = (source) => blocks(parse(source))
export const markdown = (source) => blocks(parseMarkdown(source))

/** A Block Kit text object: mrkdwn, or plain_text, which keeps its lines, each in its own direction. */
export const textObject = (object) => {
  if (!object) return []
  if (object.type === 'mrkdwn') return mrkdwn(object.text ?? '')
  return h('span.plain', null, plain(object))
}

/** plain_text: shortcodes become characters unless `emoji` is false, nothing else is interpreted. */
export const plain = (object) => {
  const text = typeof object === 'string' ? object : (object?.text ?? '')
  if (object?.emoji === false) return text
  return text.replace(/:([a-z0-9_+'-]+):/g, (whole, name) => emojiOf(name) ?? whole)
}

const styled = (node, style = {}) =>
  [
    ['code', 'code'],
    ['strike', 's'],
    ['italic', 'em'],
    ['bold', 'strong'],
  ].reduce((inner, [key, tag]) => (style[key] ? h(tag, null, inner) : inner), node)

const RICH_INLINE = {
  text: (e) => e.text.split('\n').flatMap((line, index) => (index > 0 ? [h('br'), line] : [line])),
  link: (e) => link(e.url, [e.text ?? e.url]),
  user: (e) => user({ id: e.user_id, label: '' }),
  channel: (e) => channel({ id: e.channel_id, label: '' }),
  emoji: (e) => emoji(e.name),
  broadcast: (e) => h('span.mention.is-me', null, `@${e.range}`),
  usergroup: () => h('span.mention', null, '@group'),
  date: (e) => date({ seconds: e.timestamp, format: e.format, url: e.url, fallback: e.fallback }),
}

const richInlines = (elements) =>
  elements.map((e) => {
    const made = [RICH_INLINE[e.type]?.(e) ?? ''].flat()
    return made.length === 1 || !e.style
      ? made.map((m) => styled(m, e.style))
      : styled(h('span', null, made), e.style)
  })

const RICH = {
  rich_text_section: (e) => h('div.line', null, richInlines(e.elements)),
  rich_text_preformatted: (e) => h('pre', { tabindex: '0' }, richInlines(e.elements)),
  rich_text_quote: (e) => h('blockquote', null, richInlines(e.elements)),
  rich_text_list: (e) =>
    h(
      e.style === 'ordered' ? 'ol' : 'ul',
      null,
      e.elements.map((item) => h('li', null, richInlines(item.elements))),
    ),
}

export const richText = (block) => (block.elements ?? []).map((e) => RICH[e.type]?.(e) ?? null)
export const richTable = (rows) =>
  table(rows.map((row) => row.map((cell) => (cell.type === 'rich_text' ? richText(cell) : plain(cell)))))
