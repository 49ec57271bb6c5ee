/** The text beside the picture of the clocks: the same rows in words, for who does not see it and for where none can be shown. */

import type { IncidentState } from '../../domain/incident.ts'
import { type Card, type Line, plain, type Span } from '../card.ts'
import { say } from '../say.ts'
import { about, act, buttons, lines, nameOf, person, quiet, type Scene } from '../scene.ts'
import type { View } from '../view.ts'
import { type ClockRow, type Mark, type Told, told } from './told.ts'

const signs: Readonly<Record<Mark, string>> = {
  late: '▲',
  open: '○',
  depends: '?',
  met: '✓',
  'met-late': '✗',
}

export const ownerWords = ({ owner }: Pick<ClockRow, 'owner'>): Span[] =>
  owner ? ['Owner ', person(owner)] : ['Owner ▲ nobody']

const rowLine = (row: ClockRow, owner: readonly Span[]): Line => [
  `${signs[row.mark]} `,
  { bold: row.label },
  `  ${row.days}. `,
  ...owner,
  [...row.more, row.cite].join(' '),
]

/** Whoever is named is called into the room: one person who answers for all is named once. */
function linesOf({ about: from, counts, rows, left, notes }: Told): readonly Line[] {
  const [first] = rows
  const isOne = first !== undefined && rows.length > 1 && rows.every(({ owner }) => owner === first.owner)
  return [
    counts,
    ...rows.map((row) => rowLine(row, isOne ? [] : [...ownerWords(row), '. '])),
    ...(isOne ? [[...ownerWords(first), ' for each of these.']] : []),
    ...from,
    ...(left ? [left] : []),
    ...notes,
  ]
}

/** For a screen reader: no sign, no markup, names instead of ids. */
export function alternative(told: Told, name: (person: string) => string): string {
  const rows = told.rows.map((row) =>
    plain(rowLine(row, [...ownerWords(row), '. ']), name).slice(signs[row.mark].length + 1),
  )
  return [
    `Time line of ${told.title}. ${told.counts}.`,
    ...rows,
    `${told.about.join('. ')}.`,
    ...(told.left ? [told.left] : []),
    ...told.notes,
  ].join('\n')
}

export function clocksPictureCard(scene: Scene, isDrawn = true): Card {
  const { state } = scene
  const rows = told(scene)
  return about(state, rows.counts, [
    lines([[{ bold: rows.title }], ...linesOf(rows)]),
    ...(isDrawn ? [] : [quiet('No picture could be shown here. This is all it says.')]),
    ...buttons(act(state, 'Clocks', 'clocks')),
  ])
}

export const clocksPicture: View = {
  draw: (drawing) => clocksPictureCard(drawing, drawing.args.isDrawn !== false),
}

export const pictureAsked = (state: IncidentState): Card =>
  say(`${nameOf(state)}: the picture of the clocks is being drawn.`, [
    'Recorded. The picture of the clocks comes into the incident’s room, with the same in words.',
  ])
