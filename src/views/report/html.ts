/** The report as one page of its own: no script, nothing fetched, and every word escaped. */
import type { Report } from '../../domain/report/report.ts'
import type { Block, Table } from './block.ts'
import { titleOf } from './cover.ts'
import { documentOf } from './document.ts'
import { escaped } from './escape.ts'
import { style } from './style.ts'
import { svg } from './svg.ts'

const linesOf = (words: string): string => escaped(words).replaceAll('\n', '<br>')

/** The roles stand there because a table laid out as cards on a phone would else be none to a screen reader. */
function printTable({ caption, columns, rows, empty }: Table): string {
  if (rows.length === 0) return `<p class="quiet">${escaped(empty)}</p>`
  const heads = columns.map(({ label, share }) => {
    const width = Math.round((share / columns.reduce((sum, each) => sum + each.share, 0)) * 100)
    return `<th scope="col" role="columnheader" style="width:${width}%">${escaped(label)}</th>`
  })
  const cell = (words: string, index: number) =>
    `<td role="cell" data-label="${escaped(columns[index + 1]?.label ?? '')}"${words === '–' ? ' class="none"' : ''}>${linesOf(words)}</td>`
  const body = rows.map(
    ([first = '', ...rest]) =>
      `<tr role="row"><th scope="row" role="rowheader">${linesOf(first)}</th>${rest.map(cell).join('')}</tr>`,
  )
  return [
    `<table role="table"><caption>${escaped(caption)}</caption>`,
    `<thead role="rowgroup"><tr role="row">${heads.join('')}</tr></thead>`,
    `<tbody role="rowgroup">`,
    ...body,
    '</tbody></table>',
  ].join('\n')
}

const anchor = (words: string): string => words.toLowerCase().replace(/[^a-z0-9]+/g, '-')

const printers: { readonly [K in Block['kind']]: (block: Extract<Block, { kind: K }>) => string } = {
  heading: ({ level, text }) =>
    `<h${level}${level === 2 ? ` id="${anchor(text)}"` : ''}>${escaped(text)}</h${level}>`,
  text: ({ text, tone }) => `<p${tone ? ` class="${tone}"` : ''}>${linesOf(text)}</p>`,
  pairs: ({ rows }) => {
    const pair = ([label, value]: (typeof rows)[number]) =>
      `<div><dt>${escaped(label)}</dt><dd>${linesOf(value)}</dd></div>`
    return `<dl>\n${rows.map(pair).join('\n')}\n</dl>`
  },
  picture: ({ picture, alternative }) =>
    [
      `<figure><div class="scroll" tabindex="0" role="region" aria-label="${escaped(picture.title)}">`,
      svg(picture),
      '</div></figure>',
      '<details><summary>The picture as a table</summary>',
      printTable(alternative),
      '</details>',
    ].join('\n'),
  table: printTable,
}

const print = (block: Block): string => (printers[block.kind] as (block: Block) => string)(block)

const contents = (blocks: readonly Block[]): string => {
  const heads = blocks.flatMap((block) => (block.kind === 'heading' && block.level === 2 ? [block.text] : []))
  const links = heads.map((words) => `<li><a href="#${anchor(words)}">${escaped(words)}</a></li>`)
  return `<nav aria-label="Contents"><ol>\n${links.join('\n')}\n</ol></nav>`
}

export function reportHtml(report: Report): string {
  const blocks = documentOf(report)
  const body = blocks.findIndex((block) => block.kind === 'heading' && block.level === 2)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(titleOf(report))}</title>
<style>${style}</style>
</head>
<body>
<main>
${blocks.slice(0, body).map(print).join('\n')}
${contents(blocks)}
${blocks.slice(body).map(print).join('\n')}
</main>
</body>
</html>
`
}
