/** The report of one incident as blocks, in the order people read it. */
import type { Report } from '../../domain/report/report.ts'
import { headingOf } from '../scene.ts'
import { type Block, heading, text } from './block.ts'
import { lateWords, momentWords, whoWords, wordsOr } from './words.ts'

export const titleOf = ({ state }: Report): string => `Report on ${headingOf(state)}`

export function documentOf(report: Report): readonly Block[] {
  const { state, through } = report
  return [
    heading(1, titleOf(report)),
    {
      kind: 'pairs',
      rows: [
        ['Declared', `${momentWords(report, report.declared.at)} by ${whoWords(report.declared.by)}`],
        ['Covers', `entries 1 to ${through.seq}, to ${momentWords(report, through.at)}`],
        ['Hash of the last entry', through.head],
        ['Times', `${state.organisation.zone}; the record itself is kept in UTC`],
      ],
    },
    heading(2, 'Decisions'),
    {
      kind: 'table',
      caption: 'Decisions, with why each was taken',
      columns: [
        { label: 'No.', share: 1 },
        { label: 'Decision', share: 6 },
        { label: 'Why', share: 6 },
        { label: 'Decided by', share: 3 },
        { label: 'When', share: 3 },
      ],
      rows: report.decisions.map((row) => [
        String(row.number),
        wordsOr(row.what),
        wordsOr(row.why),
        whoWords(row.by),
        lateWords(report, row),
      ]),
      empty: 'No decision was recorded.',
    },
    text('Wardroom keeps the whole record beside this report.', 'quiet'),
  ]
}
