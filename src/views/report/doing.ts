/** What was decided, done and written down: decisions, checklist, notes and evidence. */
import { phases } from '../../domain/phases.ts'
import type { ItemRow, NoteRow, Report } from '../../domain/report/report.ts'
import { roleLabel } from '../../domain/roles.ts'
import { upperFirst } from '../scene.ts'
import { type Block, heading, table, text } from './block.ts'
import { lateWords, whoWords, wordsOr } from './words.ts'

export function decisionsPart(report: Report): readonly Block[] {
  return [
    heading(2, 'Decisions'),
    table(
      'Decisions, with why each was taken',
      [
        ['No.', 1.4],
        ['Decision', 7],
        ['Why', 7],
        ['Decided by', 4],
        ['When', 5],
      ],
      report.decisions.map((row) => [
        String(row.number),
        wordsOr(row.what),
        wordsOr(row.why),
        whoWords(row.by),
        lateWords(report, row),
      ]),
      'No decision was recorded.',
    ),
  ]
}

const states = { done: '✓ done', skipped: '– skipped', open: '○ open' } as const

const itemTitle = ({ title, label }: ItemRow): string => title ?? wordsOr(label)

function itemCells(report: Report, item: ItemRow): readonly string[] {
  const { id, role, required, status, settledBy, proof, citation, fulfilledBy } = item
  const owner = [role ? roleLabel(role) : '', required ? 'required' : ''].filter(Boolean).join(', ')
  const isTicked = status === 'done' && proof === null && fulfilledBy !== undefined
  return [
    id,
    [itemTitle(item), citation].filter(Boolean).join('\n'),
    owner,
    states[status],
    settledBy && status !== 'open' ? `${whoWords(settledBy.by)}\n${lateWords(report, settledBy)}` : '',
    proof ?? (isTicked ? `by ${fulfilledBy}, on the record` : ''),
  ]
}

/** What was settled and what should have been: the others only by name, or they would bury it. */
const isTold = ({ status, required }: ItemRow): boolean => status !== 'open' || required

export function checklistPart(report: Report): readonly Block[] {
  // Preparation is what was there before the incident: of it only what was settled here is told.
  const items = report.items.filter(({ phase, status }) => phase !== 'preparation' || status !== 'open')
  const count = (status: ItemRow['status']) => items.filter((item) => item.status === status).length
  const open = items.filter(({ status, required }) => status === 'open' && required)
  const openWords = open.length > 0 ? `, of which required: ${open.map(({ id }) => id).join(', ')}` : ''
  return [
    heading(2, 'Checklist'),
    text(`${count('done')} done, ${count('skipped')} skipped, ${count('open')} open${openWords}.`),
    ...phases.flatMap(({ id, label }): Block[] => {
      const all = items.filter(({ phase }) => phase === id)
      const others = all.filter((item) => !isTold(item))
      if (all.length === 0) return []
      return [
        heading(3, label),
        table(
          `Checklist of ${label}: who settled each item, when, and with what evidence`,
          [
            ['Item', 1.6],
            ['What', 7],
            ['Whose', 4],
            ['State', 3],
            ['Who and when', 5.5],
            ['Evidence or reason', 5],
          ],
          all.filter(isTold).map((item) => itemCells(report, item)),
          'No item was settled, and none was required.',
        ),
        ...(others.length > 0
          ? [
              text(
                `Open, not required: ${others.map((item) => `${item.id} ${itemTitle(item)}`).join('; ')}.`,
                'quiet',
              ),
            ]
          : []),
      ]
    }),
  ]
}

const kinds: Readonly<Record<NoteRow['kind'], string>> = { note: 'note', evidence: 'evidence' }

export function notesPart(report: Report): readonly Block[] {
  return [
    heading(2, 'Notes and evidence'),
    table(
      'What people put on the record on purpose',
      [
        ['Sort', 2.5],
        ['Words', 12],
        ['By', 4],
        ['When', 5],
      ],
      report.notes.map((row) => [
        upperFirst(kinds[row.kind]),
        [wordsOr(row.body), ...(row.why ? [`Why it matters: ${row.why}`] : [])].join('\n'),
        whoWords(row.by),
        lateWords(report, row),
      ]),
      'No note and no evidence was recorded on purpose.',
    ),
  ]
}
