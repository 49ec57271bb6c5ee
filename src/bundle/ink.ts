/** Words on a PDF page: each sign from a face that has it, broken into lines, in the order the eye reads them. */
import bidiFactory from 'bidi-js'
import { visible } from '../views/report/escape.ts'
import { type Face, fontBytes, piecesOf } from './fonts.ts'

export interface Style {
  readonly size: number
  readonly bold?: boolean
}

/** A piece that is never broken, in one face and one direction. */
interface Atom {
  readonly text: string
  readonly face: Face
  readonly level: number
  readonly width: number
  /** After it a line may end. */
  readonly breaks: boolean
  readonly isSpace: boolean
}

export interface Run {
  readonly text: string
  readonly face: Face
  readonly x: number
}

export interface Ink {
  readonly width: (words: string, style: Style) => number
  readonly lines: (words: string, width: number, style: Style) => readonly (readonly Run[])[]
  readonly put: (line: readonly Run[], x: number, baseline: number, size: number, color: string) => void
}

// The package is CommonJS whose types speak of a module: what is imported is the maker itself.
const bidi = (bidiFactory as unknown as typeof bidiFactory.default)()
const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/
const LONG = 80
/** Scripts that are broken between any two signs. */
const ANYWHERE = /^[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]$/u

export function inkOf(pdf: PDFKit.PDFDocument): Ink {
  const opened = new Map<Face, { readonly hasGlyphForCodePoint: (code: number) => boolean }>()
  const widths = new Map<string, number>()

  function font(face: Face) {
    if (!opened.has(face)) pdf.registerFont(face, fontBytes(face) as unknown as ArrayBuffer)
    pdf.font(face)
    const found = opened.get(face)
    if (found) return found
    const { font } = (
      pdf as unknown as { _font: { font: { hasGlyphForCodePoint: (code: number) => boolean } } }
    )._font
    opened.set(face, font)
    return font
  }

  const has = (face: Face, code: number) => font(face).hasGlyphForCodePoint(code)

  /** At size 1; a font's widths grow with its size. What is long without a space is measured sign by sign, or it takes minutes. */
  function unitWidth(text: string, face: Face): number {
    if (text.length > LONG) return [...text].reduce((sum, sign) => sum + unitWidth(sign, face), 0)
    const key = `${face} ${text}`
    const known = widths.get(key)
    if (known !== undefined) return known
    font(face)
    const measured = (words: string) => pdf.fontSize(100).widthOfString(words) / 100
    // The library keeps words as it draws them, with the space behind: measured so, each is laid out once.
    const width = text.includes(' ') ? measured(text) : measured(`${text} `) - unitWidth(' ', face)
    widths.set(key, width)
    return width
  }

  function atoms(paragraph: string, { size, bold }: Style): readonly Atom[] {
    const levels = RTL.test(paragraph) ? bidi.getEmbeddingLevels(paragraph).levels : undefined
    const out: Atom[] = []
    for (const { text, level, breaks } of words(paragraph, levels)) {
      const pieces = piecesOf(text, bold ? 'bold' : 'regular', has)
      for (const [index, piece] of pieces.entries())
        out.push({
          ...{ text: piece.text, face: piece.face, level, isSpace: piece.text.trim() === '' },
          width: unitWidth(piece.text, piece.face) * size,
          breaks: breaks && index === pieces.length - 1,
        })
    }
    return out
  }

  /** What is wider than a line by itself, as a hash may be, is broken where it must. */
  function split(atom: Atom, width: number, size: number): readonly Atom[] {
    if (atom.width <= width) return [atom]
    const parts: { text: string; width: number }[] = []
    for (const sign of atom.text) {
      const needed = unitWidth(sign, atom.face) * size
      const last = parts.at(-1)
      if (!last || last.width + needed > width) parts.push({ text: sign, width: needed })
      else {
        last.text += sign
        last.width += needed
      }
    }
    return parts.map((part) => ({ ...atom, ...part, breaks: true }))
  }

  function setLine(line: readonly Atom[]): readonly Run[] {
    const out: { text: string; face: Face; x: number; isRight: boolean }[] = []
    let x = 0
    for (const { text, face, width, level } of ordered(line)) {
      const last = out.at(-1)
      const isRight = level % 2 === 0
      // What is read onward in one face is written at once.
      if (last?.isRight && isRight && last.face === face) last.text += text
      else out.push({ text: isRight || RTL.test(text) ? text : mirrored(text), face, x, isRight })
      x += width
    }
    return out
  }

  return {
    width: (text, style) => atoms(visible(text), style).reduce((sum, { width }) => sum + width, 0),
    lines: (text, width, style) =>
      visible(text)
        .split('\n')
        .flatMap((paragraph) => {
          const all = atoms(paragraph, style).flatMap((atom) => split(atom, width, style.size))
          return broken(all, width).map(setLine)
        }),
    put(line, x, baseline, size, color) {
      for (const each of line) {
        font(each.face)
        pdf
          .fontSize(size)
          .fillColor(color)
          .text(each.text, x + each.x, baseline, { lineBreak: false, baseline: 'alphabetic' })
      }
    },
  }
}

/** Words and the spaces between them, and where the direction changes within one. */
function* words(paragraph: string, levels: Uint8Array | undefined) {
  let text = ''
  let level = 0
  let at = 0
  const signs = [...paragraph]
  for (const [index, sign] of signs.entries()) {
    const here = levels?.[at] ?? 0
    at += sign.length
    if (text !== '' && here !== level) {
      yield { text, level, breaks: false }
      text = ''
    }
    level = here
    const next = signs[index + 1]
    const ends = sign === ' ' || next === ' ' || next === undefined
    text += sign
    const free = ANYWHERE.test(sign) || (next !== undefined && (ANYWHERE.test(next) || isJoint(sign, next)))
    if (!ends && !free) continue
    yield { text, level, breaks: sign === ' ' || free }
    text = ''
  }
}

/** `on-call` may be broken, `2028-01-11` not. */
const isJoint = (sign: string, next: string): boolean => /[-/]/.test(sign) && /\p{L}/u.test(next)

function broken(all: readonly Atom[], width: number): readonly (readonly Atom[])[] {
  const lines: Atom[][] = []
  let line: Atom[] = []
  let used = 0
  for (let at = 0; at < all.length; ) {
    let end = at
    while (end < all.length - 1 && !all[end]!.breaks) end += 1
    const chunk = all.slice(at, end + 1)
    const needed = chunk.reduce((sum, { width }) => sum + width, 0)
    const visibleWidth = needed - (chunk.at(-1)!.isSpace ? chunk.at(-1)!.width : 0)
    if (line.length > 0 && used + visibleWidth > width) {
      lines.push(trimmed(line))
      line = []
      used = 0
    }
    line.push(...chunk)
    used += needed
    at = end + 1
  }
  return [...lines, trimmed(line)]
}

const trimmed = (line: readonly Atom[]): Atom[] => {
  const last = line.findLastIndex(({ isSpace }) => !isSpace)
  return line.slice(0, last + 1)
}

/** Rule L2 of the bidirectional algorithm: from the highest level down, whatever is at it or above is reversed. */
function ordered(line: readonly Atom[]): readonly Atom[] {
  const out = [...line]
  const highest = Math.max(0, ...out.map(({ level }) => level))
  for (let level = highest; level > 0; level--)
    for (let from = 0; from < out.length; from++) {
      if (out[from]!.level < level) continue
      let to = from
      while (to < out.length && out[to]!.level >= level) to += 1
      out.splice(from, to - from, ...out.slice(from, to).reverse())
      from = to
    }
  return out
}

const mirrored = (text: string): string =>
  [...text]
    .reverse()
    .map((sign) => bidi.getMirroredCharacter(sign) ?? sign)
    .join('')
