/**
 * The faces a PDF is set in, and which of them has a sign. Noto Sans first; DejaVu has the symbols and the scripts from
 * right to left; UnifontEX, drawn in dots, has nearly everything else. What none has is printed as its code point.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { codePoint } from '../views/report/escape.ts'
import { plainFont } from './sfnt.ts'

type Weight = 'regular' | 'bold'
export type Face = `${'noto' | 'dejavu' | 'unifont'}-${Weight}`

const require = createRequire(import.meta.url)
const noto = (file: string) =>
  fileURLToPath(new URL(`../fonts/${file}`, `file://${require.resolve('@embedpdf/fonts-latin')}`))
const packed = (file: string) => require.resolve(`@fontsource/${file}`)

const files: Readonly<Record<Face, () => string>> = {
  'noto-regular': () => noto('NotoSans-Regular.ttf'),
  'noto-bold': () => noto('NotoSans-Bold.ttf'),
  'dejavu-regular': () => packed('dejavu-sans/files/dejavu-sans-latin-400-normal.woff'),
  'dejavu-bold': () => packed('dejavu-sans/files/dejavu-sans-latin-700-normal.woff'),
  'unifont-regular': () => packed('unifontex/files/unifontex-latin-400-normal.woff'),
  // It has no other weight.
  'unifont-bold': () => packed('unifontex/files/unifontex-latin-400-normal.woff'),
}

const read = new Map<string, Buffer>()

/** Read when first needed, and once: a report in plain letters never opens the large one. */
export function fontBytes(face: Face): Buffer {
  const file = files[face]()
  const bytes = read.get(file) ?? plainFont(readFileSync(file))
  read.set(file, bytes)
  return bytes
}

export interface Piece {
  readonly text: string
  readonly face: Face
}

const order = ['noto', 'dejavu', 'unifont'] as const
/** Joiners and selectors choose between forms; without their neighbours' font they say nothing. */
const INVISIBLE = /^(?:[\u200b-\u200f\u061c\u2060\ufeff]|\p{Variation_Selector})$/u
const MARK = /^\p{M}$/u

/** One line's words, cut where the face changes. `has` asks the opened font. */
export function piecesOf(
  words: string,
  weight: Weight,
  has: (face: Face, code: number) => boolean,
): readonly Piece[] {
  const pieces: { text: string; face: Face }[] = []
  const put = (text: string, face: Face) => {
    const last = pieces.at(-1)
    if (last?.face === face) last.text += text
    else pieces.push({ text, face })
  }
  for (const sign of words) {
    const code = sign.codePointAt(0) ?? 0
    const last = pieces.at(-1)?.face
    const joins = INVISIBLE.test(sign) || MARK.test(sign) || sign === ' '
    if (joins && last && has(last, code)) put(sign, last)
    else {
      const face = order.map((name): Face => `${name}-${weight}`).find((each) => has(each, code))
      if (face) put(sign, face)
      else if (!INVISIBLE.test(sign)) put(codePoint(sign), `noto-${weight}`)
    }
  }
  return pieces
}
