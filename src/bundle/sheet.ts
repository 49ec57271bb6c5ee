/** Pages of a report: a place to write on, a new page when one is full, and at the end a line at the foot of each. */
import type { Ink, Run, Style } from './ink.ts'

export const colors = { text: '#1b2430', quiet: '#56606e', line: '#d5dae1', band: '#f3f6f9', mark: '#17406d' }
const margin = { x: 54, top: 54, bottom: 60 }

export interface Sheet {
  readonly left: number
  readonly width: () => number
  readonly y: () => number
  readonly room: () => number
  /** Goes down the page. */
  readonly move: (by: number) => void
  readonly page: (layout?: 'portrait' | 'landscape') => void
  /** A new page unless this much is left on this one. */
  readonly need: (height: number) => void
  readonly write: (
    words: string,
    style: Style & { readonly color?: string; readonly leading?: number },
  ) => void
  readonly put: (line: readonly Run[], x: number, y: number, size: number, color?: string) => void
}

export function sheetOf(pdf: PDFKit.PDFDocument, ink: Ink): Sheet {
  let y = margin.top
  const width = () => pdf.page.width - 2 * margin.x
  const room = () => pdf.page.height - margin.bottom - y
  const sheet: Sheet = {
    left: margin.x,
    width,
    y: () => y,
    room,
    move(by) {
      y += by
    },
    page(layout = 'portrait') {
      pdf.addPage({ size: 'LETTER', layout, margin: 0 })
      y = margin.top
    },
    need(height) {
      if (room() < height) sheet.page()
    },
    write(words, { color = colors.text, leading = 1.4, ...style }) {
      for (const line of ink.lines(words, width(), style)) {
        sheet.need(style.size * leading)
        sheet.put(line, margin.x, y, style.size, color)
        y += style.size * leading
      }
    },
    // The baseline of a line whose top is at y.
    put: (line, x, top, size, color = colors.text) => ink.put(line, x, top + size * 1.05, size, color),
  }
  return sheet
}

/** On every page, when their number is known. */
export function feet(pdf: PDFKit.PDFDocument, ink: Ink, words: string): void {
  const { start, count } = pdf.bufferedPageRange()
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page)
    const { width, height } = pdf.page
    const style = { size: 7.5 }
    const number = `${page - start + 1} / ${count}`
    const right = ink.lines(number, 60, style)[0] ?? []
    const left = ink.lines(words, width - 2 * margin.x - 60, style)[0] ?? []
    ink.put(left, margin.x, height - 32, style.size, colors.quiet)
    ink.put(right, width - margin.x - ink.width(number, style), height - 32, style.size, colors.quiet)
  }
}
