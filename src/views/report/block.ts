/** What a report is made of: one list of blocks, printed twice, as a page and as a PDF. Plain text only. */

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly tone?: 'lead' | 'quiet' | 'mark' }
  | { readonly kind: 'pairs'; readonly rows: readonly (readonly [label: string, value: string])[] }
  | {
      readonly kind: 'table'
      readonly caption: string
      readonly columns: readonly Column[]
      /** A cell's lines are separated by line feeds; the first cell of a row names it. */
      readonly rows: readonly (readonly string[])[]
      /** What stands there when there are no rows. */
      readonly empty: string
    }

export interface Column {
  readonly label: string
  /** Share of the width. */
  readonly share: number
}

export const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: 'heading', level, text })
export const text = (words: string, tone?: 'lead' | 'quiet' | 'mark'): Block =>
  tone ? { kind: 'text', text: words, tone } : { kind: 'text', text: words }
