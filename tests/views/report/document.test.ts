/** What stands in the report of one incident and of another: words for people, and nothing that only a machine reads. */
import { expect, test } from 'vitest'
import { event } from '../../../src/domain/events.ts'
import type { Block } from '../../../src/views/report/block.ts'
import { documentOf } from '../../../src/views/report/document.ts'
import { named, reportOf, type Told, tell } from '../../support/told-log.ts'
import { ninetyDays, threeHours } from '../../support/told-reports.ts'

const wordsOf = (block: Block): readonly string[] => {
  if (block.kind === 'picture')
    return block.picture.shapes.flatMap((shape) => ('text' in shape ? [shape.text] : []))
  if (block.kind === 'pairs') return block.rows.flat()
  return block.kind === 'table' ? [block.caption, ...block.rows.flat()] : [block.text]
}
const words = (log: Told): readonly string[] => documentOf(reportOf(log)).flatMap(wordsOf)

const at = '2026-11-21T03:41:00Z'
const begin = (more: object = {}) => tell('inc-2026-0007', { at, by: 'U0ALICE', kind: 'vendor', ...more })

function manyClocks(): Told {
  const told = begin({ regimes: ['hipaa', 'state', 'part2', 'sec', 'gdpr', 'ftc'], excluded: ['U0EVE'] })
  const byState = { TX: 800, CA: 600, NY: 700, FL: 900, PR: 40 }
  told.act(
    at,
    'U0ALICE',
    event('fact.recorded', { fact: 'affected', value: { total: 4000, byState }, before: null }),
  )
  for (const [index, offset] of [
    '30',
    '1',
    '0',
    '-2',
    '24h',
    '1h',
    'appeared',
    'snoozed-2026-12-01',
  ].entries())
    told.act(
      at,
      '',
      event('reminder.sent', {
        ...{ clock: 'hipaa.individual', lastDay: '2027-01-19', offset, step: index % 2, to: ['U0BOB'] },
      }),
    )
  told.act(
    at,
    '',
    event('reminder.unreached', { person: 'U0BOB', code: 'deactivated', clocks: ['hipaa.individual'] }),
  )
  told.act(
    at,
    'U0BOB',
    event('reminder.snoozed', { clock: 'hipaa.individual', lastDay: '2027-01-19', untilOn: '2026-12-01' }),
  )
  return told
}

test.each<[string, () => Told]>([
  ['a short drill', threeHours],
  ['ninety days', ninetyDays],
  ['many clocks', manyClocks],
])('of %s it reads as words: no missing value, no field’s name, no id of a person', (_, log) => {
  const odd = words(log()).filter((text) =>
    /undefined|\bnull\b|NaN|\[object|\bU0[A-Z]|<@|\b(?!inc|sha|mm)[a-z]+[A-Z][a-z]+At\b|\b[a-z]+_[a-z]+\b/.test(
      text,
    ),
  )
  expect(odd).toEqual([])
})

test('a clock says what it is counted by, what it waits for, and how much was to spare', () => {
  const rows = documentOf(reportOf(manyClocks())).flatMap((block) =>
    block.kind === 'table' ? block.rows : [],
  )
  const row = (name: string) => rows.find(([first]) => first?.startsWith(name))
  expect(row('Letters to individuals')?.slice(1)).toEqual([
    '45 CFR 164.404(a),(b)\n60 calendar days from discovery',
    'Tue 19 Jan 2027\ntarget Mon 4 Jan 2027',
    '○ not sent',
    '60 days left',
  ])
  expect(row('Report to HHS')?.[1]).toBe('45 CFR 164.408(b)\nwith the letters to individuals, and in 60 days')
  const reminded = rows.filter(([, lastDay]) => lastDay === 'Tue 19 Jan 2027').map(([, , when]) => when)
  expect(reminded.slice(0, 8)).toEqual([
    '30 days before',
    '1 day before, escalated (step 1)',
    'on the last day',
    '2 days after, escalated (step 1)',
    '24 hours before',
    '1 hour before, escalated (step 1)',
    'the last day was set or moved',
    'snoozed until Tue 1 Dec 2026, escalated (step 1)',
  ])
})

test('whom a reminder did not reach stands there by name, with why', () => {
  const told = manyClocks()
  told.act(at, '', named('U0BOB', 'Bob Lee'))
  const tables = documentOf(reportOf(told)).filter((block) => block.kind === 'table')
  const unreached = tables.find(({ caption }) => caption.startsWith('Reminders that did not reach'))
  expect(unreached?.rows.map((row) => row.slice(0, 3))).toEqual([
    ['Bob Lee', 'Letters to individuals', 'they have no account here any more'],
  ])
})

test('what is withheld says so, and what nobody holds, and who was kept out', () => {
  const told = begin({ excluded: ['U0EVE'] })
  told.act(
    at,
    'U0ALICE',
    named('U0EVE', 'Eve Stone'),
    event('decision.recorded', { number: 1, message: null }),
  )
  const all = words(told)
  expect(all).toContain('[words not in this report]')
  expect(all).toContain('nobody held one')
  expect(all).toContain('Kept out of the incident: Eve Stone.')
  expect(all).toContain('person without a name on record')
})

test('the checklist tells what was settled and what should have been; what was optional goes by name', () => {
  const told = begin()
  told.act(at, 'U0ALICE', event('item.completed', { item: 'D2', by: 'person' }, { note: 'it is one' }))
  const blocks = documentOf(reportOf(told))
  const table = blocks.find(
    (block) => block.kind === 'table' && block.caption.startsWith('Checklist of Detection'),
  )
  const ids = table?.kind === 'table' ? table.rows.map(([id, , , state]) => `${id} ${state}`) : []
  expect(ids).toContain('D2 ✓ done')
  expect(ids).toContain('D1 ○ open')
  expect(ids.join()).not.toContain('D9')
  expect(words(told).some((text) => text.startsWith('Open, not required: D3'))).toBe(true)
})

test('the assessment stands with every answer, its reason and who signed', () => {
  const told = begin()
  const answer = { part: 'acquired', answer: 'lower', evidence: [12] } as const
  told.act(at, 'U0ALICE', event('assessment.answered', answer, { rationale: 'The image shows no access.' }))
  const signed = { version: 1, conclusion: 'low_probability' } as const
  told.act(at, 'U0ALICE', event('assessment.signed', signed, { reason: 'All of it points that way.' }))
  const before = words(told)
  expect(before).toContain('points to a lower probability (entries 12)')
  expect(before).toContain('The image shows no access.')
  expect(before.some((line) => line.includes('presumed a breach'))).toBe(true)
  told.act(at, 'U0BOB', event('assessment.confirmed', signed, { reason: 'Read the image report.' }))
  expect(words(told).some((line) => line.startsWith('It concludes: a low probability'))).toBe(true)
})

test('coverage counts our own posts that are gone apart from what people said, and names the checkpoints among them', () => {
  const told = begin()
  const gone = (ownPost?: string) =>
    event('message.vanished', {
      ...{ room: 'C1', message: '1.1', thread: null, deletedBy: 'unknown', deletedAt: 'unknown' },
      ...(ownPost ? { ownPost } : {}),
    })
  told.act(at, '', gone(), gone('status'), gone('checkpoint'))
  const [line] = words(told).filter((each) => each.startsWith('On the record:'))
  expect(line).toContain('1 message on the record later disappeared from chat')
  expect(line).toContain('2 posts of Wardroom’s own disappeared too, 1 checkpoint among them.')
})
