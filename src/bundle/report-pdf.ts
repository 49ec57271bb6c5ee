/** The report as a PDF: the same blocks as the page, and the same bytes for the same log. */
import type { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import PDFDocument from 'pdfkit'
import type { Report } from '../domain/report/report.ts'
import type { Block, Pairs, Tone } from '../views/report/block.ts'
import { titleOf } from '../views/report/cover.ts'
import { documentOf } from '../views/report/document.ts'
import { type Ink, inkOf } from './ink.ts'
import { printPicture } from './picture-pdf.ts'
import { colors, feet, type Sheet, sheetOf } from './sheet.ts'
import { printTable } from './table-pdf.ts'

export function reportPdf(report: Report): Readable {
  const { state, through } = report
  const at = new Date(through.at)
  const info = {
    ...{ Title: titleOf(report), CreationDate: at, ModDate: at },
    ...{ Producer: 'Wardroom', Creator: 'Wardroom' },
  }
  const pdf = new PDFDocument({
    ...{ autoFirstPage: false, bufferPages: true, lang: 'en-US', displayTitle: true, info },
  })
  const ink = inkOf(pdf)
  const sheet = sheetOf(pdf, ink)
  const stream = pdf as unknown as Readable
  draw().catch((fault: unknown) => stream.destroy(fault instanceof Error ? fault : new Error(String(fault))))
  return stream

  /** A breath after each block: messages are to be recorded meanwhile. */
  async function draw(): Promise<void> {
    sheet.page()
    const blocks = documentOf(report)
    for (const [index, block] of blocks.entries()) {
      // A picture lies across, on a page of its own with its heading.
      if (blocks[index + 1]?.kind === 'picture') sheet.page('landscape')
      print({ pdf, ink, sheet }, block)
      await setImmediate()
    }
    const drill = state.drill ? ' · DRILL' : ''
    feet(pdf, ink, `${state.incident}${drill} · entries 1 to ${through.seq} · ${through.head}`)
    pdf.end()
  }
}

interface On {
  readonly pdf: PDFKit.PDFDocument
  readonly ink: Ink
  readonly sheet: Sheet
}

const printers: { readonly [K in Block['kind']]: (on: On, block: Extract<Block, { kind: K }>) => void } = {
  heading({ pdf, sheet }, { level, text }) {
    const size = [22, 15, 11][level - 1]!
    if (level > 1) {
      sheet.need(level === 2 ? 130 : 90)
      sheet.move(level === 2 ? 14 : 6)
    }
    if (level === 2) pdf.outline.addItem(text)
    sheet.write(text, { size, bold: true, leading: 1.3 })
    sheet.move(level === 1 ? 8 : 4)
  },
  text(on, { text, tone }) {
    if (tone === 'mark') return markBox(on, text)
    const style: Readonly<Record<Exclude<Tone, 'mark'> | 'plain', { size: number; color: string }>> = {
      lead: { size: 12, color: colors.text },
      quiet: { size: 9, color: colors.quiet },
      plain: { size: 9.5, color: colors.text },
    }
    on.sheet.write(text, style[tone ?? 'plain'])
    on.sheet.move(8)
  },
  pairs: (on, { rows }) => printPairs(on, rows),
  picture({ pdf, ink, sheet }, { picture }) {
    printPicture(pdf, sheet, ink, picture)
    sheet.page()
  },
  table({ pdf, ink, sheet }, block) {
    if (block.rows.length > 0) return printTable(pdf, sheet, ink, block)
    sheet.write(block.empty, { size: 9, color: colors.quiet })
    sheet.move(8)
  },
}

const print = (on: On, block: Block): void =>
  (printers[block.kind] as (on: On, block: Block) => void)(on, block)

function markBox({ pdf, ink, sheet }: On, words: string): void {
  const size = 11
  const lines = ink.lines(words, sheet.width() - 30, { size, bold: true })
  const height = lines.length * size * 1.4 + 14
  sheet.need(height + 10)
  const [x, y, width] = [sheet.left, sheet.y(), sheet.width()]
  pdf.rect(x, y, width, height).lineWidth(1.5).stroke(colors.text)
  pdf.rect(x, y, 8, height).fill(colors.text)
  for (const [index, line] of lines.entries()) sheet.put(line, x + 20, y + 7 + index * size * 1.4, size)
  sheet.move(height + 10)
}

function printPairs({ pdf, ink, sheet }: On, rows: Pairs): void {
  const [size, leading, label] = [9.5, 13.5, 130]
  for (const [name, value] of rows) {
    const lines = ink.lines(value, sheet.width() - label, { size })
    const names = ink.lines(name, label - 12, { size })
    sheet.need(Math.max(lines.length, names.length) * leading + 8)
    pdf
      .moveTo(sheet.left, sheet.y())
      .lineTo(sheet.left + sheet.width(), sheet.y())
      .lineWidth(0.5)
      .stroke(colors.line)
    sheet.move(4)
    const top = sheet.y()
    for (const [index, line] of names.entries())
      sheet.put(line, sheet.left, top + index * leading, size, colors.quiet)
    for (const [index, line] of lines.entries())
      sheet.put(line, sheet.left + label, top + index * leading, size)
    sheet.move(Math.max(lines.length, names.length) * leading + 4)
  }
  sheet.move(10)
}
