/**
 * Teams' HTML → runs of text and mentions, top to bottom. The words as a reader sees them: emoji, list marks, table
 * cells, quotes and addresses are drawn as text. One pass without recursion, because the HTML is not ours.
 */
import { Parser } from 'htmlparser2'
import { type Listed, meant } from './mentioned.ts'
import { makeRuns, type Piece, type Runs } from './runs.ts'

export interface Read {
  readonly pieces: readonly Piece[]
  /** Ids of the attachments it shows. */
  readonly attachments: readonly string[]
  /** Addresses of the images it shows. */
  readonly images: readonly string[]
  /** The HTML says something that the text does not: how it looked, what was hidden, which picture stood where. */
  readonly holdsMore: boolean
}

type Attributes = Readonly<Record<string, string | undefined>>

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))
const blocks = words('p div li ul ol table tr blockquote pre codeblock h1 h2 h3 h4 h5 h6 hr')
/** What these say is in the text, so the HTML need not be kept for them. */
const drawn = words('html body p div br span at emoji attachment ul ol li a')
const unseen = words('script style template head title noscript iframe object')
/** More than Teams lets anybody send. The parser's time grows with the square of the depth, so no further. */
const longest = 120_000

export function readHtml(html: string, listed: readonly Listed[]): Read {
  if (html.length > longest) {
    const text = html.replace(/<[^<>]*>/g, ' ').trim()
    return { pieces: [{ text, isQuoted: false }], attachments: [], images: [], holdsMore: true }
  }
  const runs = makeRuns()
  const attachments: string[] = []
  const images: string[] = []
  let holdsMore = false
  const lists: number[] = []
  /** Cells of the row so far, and how deep in one we are: there a paragraph breaks no line. */
  let cells = 0
  let inCell = 0
  let link: { readonly href: string; readonly from: number } | undefined
  /** Inside an element that is read as one: a mention's label, or what nobody sees. */
  let whole: { depth: number; label: string; readonly mention?: { index: number | undefined } } | undefined

  const edge = (name: string) => {
    if (inCell > 0 && (name === 'p' || name === 'div')) runs.gap()
    else if (blocks.has(name)) runs.block()
  }
  const open = (name: string, at: Attributes) => {
    if (whole) {
      whole.depth += 1
      if (isEmoji(name, at)) whole.label += at.alt
      return
    }
    if (at.style || !(drawn.has(name) || isEmoji(name, at))) holdsMore = true
    edge(name)
    if (name === 'at') whole = { depth: 0, label: '', mention: { index: numberOf(at.id) } }
    else if (/\/mention$/i.test(at.itemtype ?? ''))
      whole = { depth: 0, label: '', mention: { index: numberOf(at.itemid) } }
    else if (unseen.has(name)) whole = { depth: 0, label: '' }
    else if (name === 'emoji' || name === 'customemoji') {
      runs.put(at.alt || at.title || `:${at.id ?? name}:`)
      whole = { depth: 0, label: '' }
    } else if (isEmoji(name, at)) runs.put(at.alt ?? '')
    else if (name === 'img') {
      if (at.src) images.push(at.src)
      runs.put(at.alt && at.alt !== 'image' ? `[image: ${at.alt}]` : '[image]')
    } else if (name === 'attachment' && at.id) attachments.push(at.id)
    else if (name === 'a' && at.href) link = { href: at.href, from: runs.pieces.length }
    else if (name === 'br') runs.breakLine()
    else if (name === 'hr') runs.put('---')
    else if (name === 'blockquote') runs.quote(1)
    else if (name === 'pre' || name === 'codeblock') runs.verbatim(1)
    else if (name === 'ol' || name === 'ul') lists.push(name === 'ol' ? 1 : 0)
    else if (name === 'li') runs.mark(markOf(lists))
    else if (name === 'tr') cells = 0
    else if (name === 'td' || name === 'th') {
      inCell += 1
      runs.gap()
      if (cells++ > 0) runs.put('|')
      runs.gap()
    }
  }

  const close = (name: string) => {
    if (whole) {
      if (whole.depth-- > 0) return
      const { mention, label } = whole
      whole = undefined
      if (mention) putMention(runs, listed, mention.index, label)
      return
    }
    edge(name)
    if (name === 'td' || name === 'th') inCell = Math.max(0, inCell - 1)
    if (name === 'blockquote') runs.quote(-1)
    else if (name === 'pre' || name === 'codeblock') runs.verbatim(-1)
    else if (name === 'ol' || name === 'ul') lists.pop()
    else if (name === 'a' && link) {
      if (!isAddress(link.href)) holdsMore = true
      else putAddress(runs, link.href, link.from)
      link = undefined
    }
  }

  const text = (said: string) => {
    if (whole) whole.label += said
    else runs.flow(said)
  }
  const parser = new Parser({ onopentag: open, onclosetag: close, ontext: text })
  parser.write(html)
  parser.end()
  return { pieces: runs.pieces, attachments, images, holdsMore }
}

function putMention(runs: Runs, listed: readonly Listed[], index: number | undefined, label: string): void {
  if (/^[\s\u00a0]/.test(label)) runs.gap()
  if (label.trim() !== '') runs.put(label.trim(), meant(listed, index, label))
  if (/[\s\u00a0]$/.test(label)) runs.gap()
}

/** Said beside the words that hide it. */
function putAddress(runs: Runs, href: string, from: number): void {
  const label = runs.pieces.slice(from).map((piece) => piece.text)
  if (label.length === 0) runs.put(href)
  else if (bare(label.join('')) !== bare(href)) {
    runs.gap()
    runs.put(`(${href})`)
  }
}

const isAddress = (href: string): boolean => /^(https?|mailto|tel):/i.test(href)

const bare = (address: string): string =>
  address
    .trim()
    .replace(/^(https?:\/\/|mailto:|tel:)/i, '')
    .replace(/\/$/, '')
    .toLowerCase()

function markOf(lists: number[]): string {
  const number = lists.at(-1) ?? 0
  if (number > 0) lists[lists.length - 1] = number + 1
  const indent = '  '.repeat(Math.min(Math.max(lists.length, 1), 6) - 1)
  return `${indent}${number > 0 ? `${number}.` : '-'} `
}

const numberOf = (told: string | undefined): number | undefined =>
  told !== undefined && /^\d{1,4}$/.test(told) ? Number(told) : undefined

const isEmoji = (name: string, at: Attributes): boolean =>
  name === 'img' && Boolean(at.alt) && /\/emoji$/i.test(at.itemtype ?? '')
