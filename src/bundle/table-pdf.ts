/** A table over as many pages as it takes: its head stands on each, and a row longer than a page goes on. */
import type { Table } from '../views/report/block.ts'
import type { Ink, Run } from './ink.ts'
import { colors, type Sheet } from './sheet.ts'

const size = 8.5
const leading = 11.5
const gap = 10
const padding = 4

type Cell = readonly (readonly Run[])[]

export function printTable(pdf: PDFKit.PDFDocument, sheet: Sheet, ink: Ink, table: Table): void {
  const total = table.columns.reduce((sum, { share }) => sum + share, 0)
  const widths = table.columns.map(({ share }) => (share / total) * (sheet.width() + gap) - gap)
  const xs = widths.map((_, index) =>
    widths.slice(0, index).reduce((sum, width) => sum + width + gap, sheet.left),
  )
  const cells = (row: readonly string[], isHead: boolean): readonly Cell[] =>
    row.map((words, index) => ink.lines(words, widths[index]!, { size, bold: isHead || index === 0 }))
  const rule = (width: number, color: string) =>
    pdf
      .moveTo(sheet.left, sheet.y())
      .lineTo(sheet.left + sheet.width(), sheet.y())
      .lineWidth(width)
      .strokeColor(color)
      .stroke()
  const heads = cells(
    table.columns.map(({ label }) => label),
    true,
  )

  function lines(row: readonly Cell[], from: number, count: number, color: string): void {
    for (const [index, cell] of row.entries())
      for (const [line, set] of cell.slice(from, from + count).entries())
        sheet.put(set, xs[index]!, sheet.y() + padding + line * leading, size, color)
    sheet.move(count * leading + 2 * padding)
  }

  function head(): void {
    lines(heads, 0, tallest(heads), colors.quiet)
    rule(1, colors.text)
  }

  const rows = table.rows.map((row) => cells(row, false))
  const firstHeight = rows[0] ? Math.min(tallest(rows[0]), 4) * leading : 0
  sheet.need(16 + tallest(heads) * leading + firstHeight + 4 * padding)
  sheet.write(table.caption, { size, color: colors.quiet })
  head()
  for (const row of rows) {
    let from = 0
    const count = tallest(row)
    if (count * leading + 2 * padding > sheet.room() && count <= 12) {
      sheet.page()
      head()
    }
    while (from < count) {
      const fits = Math.floor((sheet.room() - 2 * padding) / leading)
      if (fits < 1) {
        sheet.page()
        head()
        continue
      }
      const taken = Math.min(fits, count - from)
      lines(row, from, taken, colors.text)
      from += taken
    }
    rule(0.5, colors.line)
  }
  sheet.move(12)
}

const tallest = (row: readonly Cell[]): number => Math.max(1, ...row.map((cell) => cell.length))
