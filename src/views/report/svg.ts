/** A picture as SVG, with a title and a description for who does not see it. */
import { escaped } from './escape.ts'
import { inks, type Path, pathsOf } from './picture/paths.ts'
import { type Picture, round, type Shape } from './picture/shapes.ts'

function printPath({ d, fill, stroke, width, dashed }: Path): string {
  const edge = stroke ? ` stroke="${stroke}" stroke-width="${width}"` : ''
  return `<path d="${d}" fill="${fill ?? 'none'}"${edge}${dashed ? ' stroke-dasharray="4 3"' : ''}/>`
}

function printText({ x, y, text, size, anchor, fill, bold }: Extract<Shape, { kind: 'text' }>): string {
  const where = `x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${inks[fill]}"`
  const more = `${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}${bold ? ' font-weight="bold"' : ''}`
  return `<text ${where}${more}>${escaped(text)}</text>`
}

const print = (shape: Shape): string =>
  shape.kind === 'text' ? printText(shape) : pathsOf(shape).map(printPath).join('')

export function svg({ width, height, title, description, shapes }: Picture): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${round(height)}" role="img" aria-labelledby="picture-title picture-description">`,
    `<title id="picture-title">${escaped(title)}</title>`,
    `<desc id="picture-description">${escaped(description)}</desc>`,
    ...shapes.map(print),
    '</svg>',
  ].join('\n')
}
