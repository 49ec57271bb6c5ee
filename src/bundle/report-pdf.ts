/** The report as a PDF: the same bytes for the same log. */
import type { Readable } from 'node:stream'
import PDFDocument from 'pdfkit'
import type { Report } from '../domain/report/report.ts'
import type { Block } from '../views/report/block.ts'
import { documentOf, titleOf } from '../views/report/document.ts'

export function reportPdf(report: Report): Readable {
  const at = new Date(report.through.at)
  const info = {
    Title: titleOf(report),
    CreationDate: at,
    ModDate: at,
    Producer: 'Wardroom',
    Creator: 'Wardroom',
  }
  const pdf = new PDFDocument({ size: 'LETTER', margin: 54, lang: 'en-US', displayTitle: true, info })
  for (const block of documentOf(report)) print(pdf, block)
  pdf.end()
  return pdf as unknown as Readable
}

function print(pdf: PDFKit.PDFDocument, block: Block): void {
  if (block.kind === 'heading') pdf.fontSize(22 - 4 * block.level).text(block.text)
  else if (block.kind === 'text') pdf.fontSize(10).text(block.text)
  else if (block.kind === 'pairs')
    for (const [label, value] of block.rows) pdf.fontSize(10).text(`${label}: ${value}`)
  else for (const row of block.rows) pdf.fontSize(9).text(row.join(' · '))
  pdf.moveDown(0.5)
}
