/** A value carried in sight: its pieces as blocks of a form, and the blocks that came back as the value again. */
import { createHash } from 'node:crypto'
import { plainText, type SlackBlock } from './blocks.ts'
import type { FormBlock } from './payload.ts'
import { join, type Piece, split } from './pieces.ts'
import { decodeEntities } from './text.ts'

export function inSight(title: string, values: readonly string[]): SlackBlock[] {
  if (values.length === 0) return []
  const pieces = values.map(split)
  const isBarred = pieces.flat().some(({ isFramed }) => isFramed)
  const heading = [title, ...(isBarred ? [BARS] : [])].map((each) => plainText(each, 2000))
  return [
    { type: 'context', elements: heading },
    ...pieces.flatMap((each, value) => each.map((piece, n) => section(piece, value, n))),
  ]
}

const BARS = 'Bars show where white space is; they are not part of it.'

/** `c:<which value>:<which piece>:<white space before it, in hex>`, with a last `:|` on a piece between bars. */
function section({ before, text, isFramed }: Piece, value: number, n: number): SlackBlock {
  return {
    type: 'section',
    block_id: `c:${value}:${n}:${hexOf(before)}${isFramed ? ':|' : ''}`,
    text: { type: 'plain_text', text, emoji: false },
  }
}

const sectionId = /^c:(\d+):(\d+):([0-9a-f.]*)(:\|)?$/

export const isInSight = (block: FormBlock): boolean => sectionId.test(block.block_id ?? '')

function piecesOf(blocks: readonly FormBlock[], value: number): Piece[] {
  return blocks
    .flatMap(({ block_id, text }) => {
      const [, at, n, space, bars] = sectionId.exec(block_id ?? '') ?? []
      if (at !== `${value}`) return []
      return [{ n: Number(n), before: spaceOf(space), text: text?.text ?? '', isFramed: bars !== undefined }]
    })
    .sort((a, b) => a.n - b.n)
}

const hexOf = (space: string): string => [...space].map((char) => char.charCodeAt(0).toString(16)).join('.')
const spaceOf = (hex = ''): string =>
  hex && String.fromCharCode(...hex.split('.').map((each) => Number.parseInt(each, 16)))

/** What is kept out of sight of a value in sight: its name, how many characters it has, and its digest. */
export type Seal = [name: string, length: number, digest: string]

export const seal = (name: string, value: string): Seal => [name, characters(value), digest(value)]

export const characters = (text: string): number => [...text].length
const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

/** The value as it was sent, or as it came and saying so. */
export function comeBack(blocks: readonly FormBlock[], at: number, [, length, sum]: Seal) {
  const came = join(piecesOf(blocks, at))
  // Slack may give text back with its entities escaped.
  const value = [came, decodeEntities(came)].find((each) => digest(each) === sum)
  if (value !== undefined) return { value, isAltered: false }
  const mark = `[as the form gave it back; the message had ${length} characters]`
  return { value: came ? `${came} ${mark}` : mark, isAltered: true }
}
