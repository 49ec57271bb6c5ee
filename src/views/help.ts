/** Help that fits on one phone screen, and what to say to a typo. Drawn from the command table's rows. */
import type { Block, Card, Line } from './card.ts'
import { button } from './say.ts'
import { buttons, lines, quiet } from './scene.ts'

/** The part of a command's row that help shows. */
export interface HelpRow {
  readonly verb: string
  readonly aliases: readonly string[]
  readonly summary: string
  readonly usage: string
  readonly examples: readonly string[]
  readonly who: string
  readonly short?: number
}

/** Table rows hold lines without the command word; some hold it. */
const typed = (word: string, line: string): string => (line.startsWith(word) ? line : `${word} ${line}`)

export function helpCard(rows: readonly HelpRow[], word: string): Card {
  const short = rows
    .filter((row) => row.short !== undefined)
    .sort((a, b) => a.short! - b.short!)
    .slice(0, 7)
  const others = rows.filter((row) => !short.includes(row)).map(({ verb }) => verb)
  const body = short.map(
    (row): Line => [{ code: typed(word, row.examples[0] ?? row.usage) }, `  ${row.summary}`],
  )
  return {
    summary: 'Help: the commands people use most',
    blocks: [
      lines(body),
      ...(others.length > 0
        ? [quiet([`Also: ${others.join(', ')} · `, { code: `${word} help <verb>` }])]
        : []),
      ...buttons(button('Declare an incident', 'declare', { form: true }), button('My incidents', 'list')),
    ],
  }
}

export function helpVerbCard(row: HelpRow, word: string): Card {
  const also = row.aliases.length > 0 ? `Also: ${row.aliases.join(', ')}` : undefined
  const blocks: Block[] = [
    lines([
      [{ bold: row.verb }, ` — ${row.summary}`],
      [{ code: typed(word, row.usage) }],
      ...row.examples.slice(0, 2).map((example): Line => ['For example ', { code: typed(word, example) }]),
      `Who may: ${row.who}`,
    ]),
    ...(also ? [quiet(also)] : []),
  ]
  return { summary: `Help for ${row.verb}`, blocks }
}
