/** Lines → Slack's mrkdwn. Nothing in a plain string can become markup, a mention or a channel-wide ping. */
import type { Line, Span } from '../../views/card.ts'

export function mrkdwn(line: Line): string {
  return typeof line === 'string' ? escaped(line) : line.map(drawSpan).join('')
}

function drawSpan(span: Span): string {
  if (typeof span === 'string') return escaped(span)
  if ('bold' in span) return wrapped('*', span.bold)
  if ('code' in span) return wrapped('`', span.code)
  if ('struck' in span) return wrapped('~', span.struck)
  if ('person' in span) return /^[A-Z0-9]+$/.test(span.person) ? `<@${span.person}>` : escaped(span.person)
  if ('room' in span) return /^[A-Z0-9]+$/.test(span.room) ? `<#${span.room}>` : escaped(span.room)
  return link(span.link, span.url)
}

function link(label: string, url: string): string {
  if (!/^https?:\/\//.test(url)) return escaped(label)
  const target = entities(url).replaceAll('|', '%7C').replaceAll(' ', '%20')
  return `<${target}|${escaped(label).replaceAll('|', '¦').replaceAll('\n', ' ')}>`
}

/** Markers need a word right inside them, and none of their own kind. */
function wrapped(mark: string, text: string): string {
  const inner = (mark === '`' ? entities(text) : escaped(text)).replaceAll(mark, mark === '`' ? "'" : '')
  const [, before, words, after] = /^(\s*)([\s\S]*?)(\s*)$/.exec(inner) as unknown as string[]
  return words ? `${before}${mark}${words.replaceAll('\n', ' ')}${mark}${after}` : inner
}

function entities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

const lookalike: Readonly<Record<string, string>> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ' }

/** mrkdwn has no escape for its markers: at a word's edge, where they would act, a lookalike stands in. */
function escaped(text: string): string {
  return entities(text).replace(
    /(?<![\p{L}\p{N}])[*_~`]|[*_~`](?![\p{L}\p{N}])/gu,
    (mark) => lookalike[mark] ?? mark,
  )
}

/** Lines joined into texts of at most `limit` characters, cut between lines; a longer line is cut with "…". */
export function splitLines(lines: readonly string[], limit: number): string[] {
  const out: string[] = []
  let text = ''
  for (const line of lines) {
    const piece = clip(line, limit)
    if (text !== '' && text.length + 1 + piece.length > limit) {
      out.push(text)
      text = piece
    } else text = text === '' ? piece : `${text}\n${piece}`
  }
  if (text.trim() !== '') out.push(text)
  return out.filter((each) => each.trim() !== '')
}

/** Cuts at a whole character, and never inside an entity or a `<…>`. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text
  const cut = text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')
  return `${cut.replace(/(&[a-z]{0,4}|<[^>]*)$/, '')}…`
}
