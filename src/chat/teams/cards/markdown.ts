/**
 * Text for a TextBlock, the only element that mentions people, and the only one whose words Teams reads as Markdown.
 * Its clients disagree on escapes (phones show the backslash), so a lookalike stands in for whatever would act.
 */
import type { Span } from '../../../views/card.ts'

const lookalike: Readonly<Record<string, string>> = {
  '*': '∗',
  _: 'ˍ',
  '~': '∼',
  '`': 'ˋ',
  '[': '［',
  ']': '］',
  '<': '‹',
  '>': '›',
  '\\': '∖',
  '&': '＆',
}

/** An underscore inside a word and an ampersand before no entity are nothing to Markdown, and stay. */
const marks = /[*~`[\]<>\\]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=#?[\p{L}\p{N}]+;|$)/gu

const within = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029]/gu, ' ').replace(marks, (mark) => lookalike[mark] ?? mark)

/** What makes a list, a heading or a rule of the line it begins. A space of no width before it takes that away. */
const opening = /^(?=[-+=#:|]|\p{N}+[.)])/u

const begun = (line: string): string => undated(line.trim()).replace(opening, '\u200b')

/** `{{DATE(…)}}` would be drawn as a date of the reader's own, in runs of text as well. */
export function undated(text: string): string {
  return text.replace(/\{(?=\{)/g, '{\u200b')
}

/** One line of words that stay words: no emphasis, link, mention, list, heading, entity or date. */
export function inert(text: string): string {
  return begun(within(text))
}

/** One line with its mentions: `mention` gives a person as Teams finds them again among the card's entities. */
export function mentionLine(
  spans: readonly Span[],
  mention: (person: string) => string,
  room: (room: string) => Span,
): string {
  return begun(spans.map((span) => drawSpan(span, mention, room)).join(''))
}

function drawSpan(span: Span, mention: (person: string) => string, room: (room: string) => Span): string {
  if (typeof span === 'string') return within(span)
  if ('bold' in span) return bold(within(span.bold))
  if ('code' in span) return within(span.code)
  if ('struck' in span) return within(`~${span.struck}~`)
  if ('person' in span) return mention(span.person)
  if ('room' in span) return drawSpan(room(span.room), mention, room)
  return link(within(span.link), span.url)
}

/** Marks act for certain only where they touch a letter or a digit on their inner side. */
function bold(text: string): string {
  const [, before, word, after] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/u.exec(text) ?? []
  return word ? `${before}**${word}**${after}` : text
}

export const isAddress = (url: string): boolean => /^https?:\/\/[^\s]+$/.test(url) && url.length <= 2000

function link(label: string, url: string): string {
  if (!isAddress(url) || label.trim() === '') return label
  const target = url.replace(
    /[()<>\\[\]{}"'`*|]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `[${label.trim()}](${target})`
}
