/** A picture's shapes as paths of a PDF, on a page of its own that lies across. */
import { inks, pathsOf } from '../views/report/picture/paths.ts'
import type { Picture, Shape } from '../views/report/picture/shapes.ts'
import type { Ink } from './ink.ts'
import type { Sheet } from './sheet.ts'

export function printPicture(pdf: PDFKit.PDFDocument, sheet: Sheet, ink: Ink, picture: Picture): void {
  const scale = Math.min(sheet.width() / picture.width, sheet.room() / picture.height)
  pdf.save()
  pdf.translate(sheet.left, sheet.y()).scale(scale)
  for (const shape of picture.shapes) print(pdf, ink, shape)
  pdf.restore()
  sheet.move(picture.height * scale)
}

function print(pdf: PDFKit.PDFDocument, ink: Ink, shape: Shape): void {
  if (shape.kind === 'text') {
    const { x, y, text, size, anchor, fill, bold = false } = shape
    const [line = []] = ink.lines(text, Number.MAX_SAFE_INTEGER, { size, bold })
    const width = anchor === 'start' ? 0 : ink.width(text, { size, bold })
    const shift = anchor === 'middle' ? width / 2 : anchor === 'end' ? width : 0
    ink.put(line, x - shift, y, size, inks[fill])
    return
  }
  for (const { d, fill, stroke, width, dashed } of pathsOf(shape)) {
    if (d === '') continue
    pdf.path(d).lineWidth(width)
    if (dashed) pdf.dash(4, { space: 3 })
    if (fill && stroke) pdf.fillAndStroke(fill, stroke)
    else if (fill) pdf.fill(fill)
    else if (stroke) pdf.stroke(stroke)
    if (dashed) pdf.undash()
  }
}
