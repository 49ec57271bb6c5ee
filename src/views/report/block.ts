/** What a report is made of: one list of blocks, printed twice, as a page and as a PDF. Plain text only. */
import type { Picture } from './picture/shapes.ts'

export interface Column {
  readonly label: string
  /** Share of the width. */
  readonly share: number
}

export interface Table {
  readonly kind: 'table'
  readonly caption: string
  readonly columns: readonly Column[]
  /** A cell's lines are separated by line feeds; the first cell of a row names it. */
  readonly rows: readonly (readonly string[])[]
  /** What stands there when there are no rows. */
  readonly empty: string
}

/** `mark`: what nobody may overlook, as that it was an exercise. */
export type Tone = 'lead' | 'quiet' | 'mark'
export type Pairs = readonly (readonly [label: string, value: string])[]

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly tone?: Tone }
  | { readonly kind: 'pairs'; readonly rows: Pairs }
  | { readonly kind: 'picture'; readonly picture: Picture; readonly alternative: Table }
  | Table

export const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: 'heading', level, text })
export const text = (words: string, tone?: Tone): Block =>
  tone ? { kind: 'text', text: words, tone } : { kind: 'text', text: words }

export function table(
  caption: string,
  columns: readonly (readonly [label: string, share: number])[],
  rows: readonly (readonly (string | null | undefined)[])[],
  empty: string,
): Table {
  return {
    kind: 'table',
    ...{ caption, empty },
    columns: columns.map(([label, share]) => ({ label, share })),
    rows: rows.map((row) => row.map((cell) => cell || '–')),
  }
}
