/** The report as one page of its own: no script, nothing fetched, and every word escaped. */
import type { Report } from '../../domain/report/report.ts'
import type { Block } from './block.ts'
import { documentOf, titleOf } from './document.ts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
export const escaped = (words: string): string =>
  words.toWellFormed().replace(/[&<>"']/g, (sign) => entities[sign] ?? '')

const linesOf = (words: string): string => escaped(words).replaceAll('\n', '<br>')

const printers: { readonly [K in Block['kind']]: (block: Extract<Block, { kind: K }>) => string } = {
  heading: ({ level, text }) => `<h${level}>${escaped(text)}</h${level}>`,
  text: ({ text, tone }) => `<p${tone ? ` class="${tone}"` : ''}>${linesOf(text)}</p>`,
  pairs: ({ rows }) =>
    `<dl>${rows.map(([label, value]) => `<div><dt>${escaped(label)}</dt><dd>${linesOf(value)}</dd></div>`).join('')}</dl>`,
  table: ({ caption, columns, rows, empty }) =>
    rows.length === 0
      ? `<p class="quiet">${escaped(empty)}</p>`
      : `<table><caption>${escaped(caption)}</caption><thead><tr>${columns
          .map(({ label }) => `<th scope="col">${escaped(label)}</th>`)
          .join('')}</tr></thead><tbody>${rows
          .map(
            ([first = '', ...rest]) =>
              `<tr><th scope="row">${linesOf(first)}</th>${rest.map((cell) => `<td>${linesOf(cell)}</td>`).join('')}</tr>`,
          )
          .join('')}</tbody></table>`,
}

const print = (block: Block): string => (printers[block.kind] as (block: Block) => string)(block)

export function reportHtml(report: Report): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(titleOf(report))}</title>
</head>
<body>
<main>
${documentOf(report).map(print).join('\n')}
</main>
</body>
</html>
`
}
