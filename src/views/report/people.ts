/** Phases, and who held which role when. */
import { phaseLabel } from '../../domain/phases.ts'
import type { Report, TenureRow } from '../../domain/report/report.ts'
import { roleLabel } from '../../domain/roles.ts'
import { upperFirst } from '../scene.ts'
import { type Block, heading, table, text } from './block.ts'
import { lengthWords, momentWords, nameWords, whenWords, whoWords } from './words.ts'

export function phasesPart(report: Report): readonly Block[] {
  const rows = report.phases.map((row, index) => {
    const isLast = index === report.phases.length - 1
    const open = row.openRequired.length > 0 ? `Left open: ${row.openRequired.join(', ')}` : ''
    return [
      phaseLabel(row.phase),
      whenWords(report, row),
      isLast && row.until === report.through.at ? 'the end of this report' : momentWords(report, row.until),
      lengthWords(row.at, row.until),
      whoWords(row.by),
      [row.reason, open].filter(Boolean).join('\n'),
    ]
  })
  return [
    heading(2, 'Phases'),
    table(
      'The phases of the response',
      [
        ['Phase', 4],
        ['From', 5],
        ['Until', 5],
        ['Length', 3],
        ['Entered by', 5],
        ['Why, and what was left open', 6],
      ],
      rows,
      'No phase is on record.',
    ),
  ]
}

const how: Readonly<Record<TenureRow['how'], (row: TenureRow) => string>> = {
  claimed: () => 'took it',
  assigned: ({ by }) => `named by ${nameWords(by)}`,
  handoff: ({ by }) => `handed on by ${nameWords(by)}`,
}

export function rolesPart(report: Report): readonly Block[] {
  const acting = report.acting.map((row) => [
    upperFirst(roleLabel(row.role)),
    nameWords(row.by),
    whenWords(report, row),
    row.reason ?? '',
  ])
  return [
    heading(2, 'Roles over time'),
    table(
      'Who held which role, from when until when',
      [
        ['Role', 4],
        ['Held by', 4],
        ['From', 5],
        ['Until', 5],
        ['How', 5],
      ],
      report.tenures.map((row) => [
        upperFirst(roleLabel(row.role)),
        nameWords(row.holder),
        whenWords(report, row),
        row.until ? momentWords(report, row.until) : 'held at the end of this report',
        how[row.how](row),
      ]),
      'Nobody held a role.',
    ),
    ...(report.excluded.length > 0
      ? [text(`Kept out of the incident: ${report.excluded.map(nameWords).join(', ')}.`)]
      : []),
    ...(acting.length > 0
      ? [
          heading(3, 'Acts for a role nobody held'),
          table(
            'Who acted for a role nobody held, and why',
            [
              ['Role', 4],
              ['Acted', 4],
              ['When', 5],
              ['Why', 10],
            ],
            acting,
            '',
          ),
        ]
      : []),
  ]
}
