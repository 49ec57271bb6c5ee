/**
 * Tables that open in a spreadsheet and run nothing there: what people wrote never begins a cell as a formula does. A
 * reading copy: whoever checks words goes by `content/text.txt`.
 */
import { stringify } from 'csv-stringify/sync'

export type Cell = string | number | null
export type Row = readonly Cell[]

/** Spreadsheets pass over what stands before a formula; csv-stringify marks only a cell's very first character. */
const HIDDEN_FORMULA = /^[\s\p{Cc}\p{Cf}]+[=+\-@＝＋－＠]/u

const safe = (words: string): string => (HIDDEN_FORMULA.test(words) ? `'${words}` : words)

const options = {
  quoted: true,
  quoted_empty: true,
  escape_formulas: true,
  record_delimiter: '\r\n',
  cast: { string: safe },
} as const

const lines = (rows: readonly Row[]): Buffer =>
  Buffer.from(
    stringify(
      rows.map((row) => row.map((cell) => cell ?? '')),
      options,
    ),
  )

/** Spreadsheets know UTF-8 by this mark. */
const BYTE_ORDER_MARK = '\uFEFF'
const BATCH = 500

export async function* csv(
  columns: readonly string[],
  rows: AsyncIterable<Row> | Iterable<Row>,
): AsyncGenerator<Buffer> {
  yield Buffer.from(BYTE_ORDER_MARK)
  let batch: Row[] = [columns]
  for await (const row of rows) {
    batch.push(row)
    if (batch.length < BATCH) continue
    yield lines(batch)
    batch = []
  }
  if (batch.length > 0) yield lines(batch)
}
