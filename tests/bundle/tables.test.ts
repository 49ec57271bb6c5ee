/** The tables: safe in a spreadsheet, people by name and the role they held then, and what is withheld said so. */
import { beforeAll, describe, expect, test } from 'vitest'
import { csv, type Row } from '../../src/bundle/csv.ts'
import { event } from '../../src/domain/events.ts'
import { detailsOf } from '../../src/views/report/details.ts'
import { anyEvent, bundleOf, DECLARED, memoryLog, unzipped } from '../support/bundle.ts'

async function written(columns: readonly string[], rows: readonly Row[]): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of csv(columns, rows)) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

/** Every cell is quoted, so a reader of these tables is short. */
function cells(table: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, cell, after] of table.matchAll(/"((?:[^"]|"")*)"(,|\r\n)/g)) {
    rows.at(-1)!.push(cell!.replaceAll('""', '"'))
    if (after !== ',') rows.push([])
  }
  return rows.slice(0, -1)
}

describe('a cell', () => {
  test.each([
    ['=HYPERLINK("http://x","y")', `'=HYPERLINK("http://x","y")`],
    ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', "'\r=1"],
    ['\n=1', "'\n=1"],
    [' =1', "' =1"],
    ['\u200B\u00A0=1', "'\u200B\u00A0=1"],
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠A1', "'＠A1"],
    ['"=1', '"=1'],
    ['a,=1', 'a,=1'],
    ['a";"=1', 'a";"=1'],
    ['two\r\nlines', 'two\r\nlines'],
    ['née 💾', 'née 💾'],
    ['1-2', '1-2'],
  ])('%j is read as %j', async (words, expected) => {
    expect(cells(await written(['what'], [[words]]))).toEqual([['what'], [expected]])
  })

  test('that is a number stays one, and nothing is an empty cell', async () => {
    expect(await written(['n', 'x'], [[-3, null]])).toBe('\uFEFF"n","x"\r\n"-3",""\r\n')
  })

  test('is none of another row, however many rows there are', async () => {
    const rows = Array.from({ length: 1_201 }, (_, n) => [n, `row ${n}`])
    expect(cells(await written(['n', 'row'], rows)).slice(1)).toEqual(
      rows.map(([n, row]) => [String(n), row]),
    )
  })
})

describe('the details of', () => {
  const who = (person: string) => `<${person}>`
  const cases: readonly [string, object, string][] = [
    ['role.offered', { role: 'counsel', from: 'U1', to: 'U2' }, 'role: legal counsel; from: <U1>; to: <U2>'],
    ['evidence.transferred', { exhibit: 3, from: null, to: 'U2' }, 'exhibit: 3; to: <U2>'],
    ['export.failed', { code: 'fault', step: 'make', to: 'U1' }, 'code: fault; step: make; to: <U1>'],
    ['export.delivered', { how: 'server', to: 'U1', room: null, message: null }, 'how: server; to: <U1>'],
    ['phi.nudged', { to: 'U1', kinds: ['ssn'], strict: true }, 'to: <U1>; kinds: ssn; strict: yes'],
    [
      'reminder.sent',
      { clock: 'hipaa.media', step: 0, to: ['U1', 'U2'] },
      'clock: hipaa.media; step: 0; to: <U1>, <U2>',
    ],
    [
      'reminder.unreached',
      { person: 'U1', code: 'blocked', clocks: ['hipaa.individual', 'hipaa.media'] },
      'person: <U1>; code: blocked; clocks: hipaa.individual, hipaa.media',
    ],
    [
      'export.requested',
      { scope: 'dates', from: '2026-11-20', to: '2026-11-21' },
      'scope: dates; from: 2026-11-20; to: 2026-11-21',
    ],
    [
      'phase.entered',
      { phase: 'containment', from: 'detection', openRequired: ['D1'] },
      'phase: containment; from: detection; open required: D1',
    ],
    [
      'coverage.gap',
      { from: '2026-11-20T01:00:00.000Z', to: null, why: 'outage' },
      'from: 2026-11-20T01:00:00.000Z; why: outage',
    ],
    [
      'incident.declared',
      { roster: { counsel: { holder: 'U1', deputy: null } }, excluded: ['U2'] },
      'roster (legal counsel (holder: <U1>)); excluded: <U2>',
    ],
    [
      'fact.recorded',
      { fact: 'affected', value: { total: 612 }, before: null },
      'fact: affected; value (total: 612)',
    ],
    [
      'disposal.approved',
      { what: 'entry', seqs: [4, 7], by: 'signature', signature: 'MEUCIQ' },
      'what: entry; seqs: 4, 7; by: signature',
    ],
  ]
  test.each(cases)('%s', (kind, data, expected) => expect(detailsOf(kind, data, who)).toBe(expected))
})

const DANA = 'U0DANAREYES'
const SAM = 'U0SAMOKAFOR'
const tables = new Map<string, string[][]>()
const rowsOf = (name: string) => tables.get(`${name}.csv`)!

/** The cells of these columns, for every row but the first. */
function columns(name: string, ...wanted: readonly string[]): string[][] {
  const [head, ...rows] = rowsOf(name)
  return rows.map((row) => wanted.map((column) => row[head!.indexOf(column)]!))
}

beforeAll(async () => {
  const log = memoryLog()
  const said = (message: string, body: string) =>
    anyEvent('message.posted', { room: 'C1', message, thread: null, author: SAM, files: [] }, { body })
  const assigned = (person: string, previous: string | null) =>
    event('role.assigned', { role: 'privacy-officer', person, previous, how: 'assigned' })
  const decided = (number: number, text: Record<string, string>, more: object = {}) =>
    event('decision.recorded', { number, message: null, ...more }, text)
  log.add(event('incident.declared', DECLARED, { sentence: 'a laptop' }))
  log.add(anyEvent('person.named', { person: SAM, known: true }, { name: 'Sam Okafor' }), { actor: '' })
  log.add(anyEvent('person.named', { person: DANA, known: true }, { name: '=Dana "D" Reyes' }), { actor: '' })
  log.add(assigned(SAM, null))
  log.add(decided(1, { what: '=cmd', why: `<@${DANA}> asked` }), { actor: SAM })
  log.add(assigned(DANA, SAM))
  log.add(decided(2, { what: 'second' }, { byPerson: SAM, occurredAt: '2026-11-20T22:00:00.000Z' }), {
    actor: DANA,
  })
  log.add(said('m1', 'hello, all'), { actor: SAM, message: 'm1' })
  log.add(said('m2', 'what counsel said'), { actor: 'U0UNNAMED', message: 'm2' })
  log.add(
    anyEvent('privilege.marked', { target: 'message', room: 'C1', message: 'm2' }, { basis: '@advice' }),
    { actor: DANA },
  )
  log.add(anyEvent('legal_hold.placed', { over: 'incident' }, { reason: 'a claim' }), { actor: DANA })
  const { bytes } = await bundleOf(log.source())
  for (const [name, content] of await unzipped(bytes))
    if (name.endsWith('.csv')) tables.set(name, cells(content.toString('utf8')))
})

test('decisions stand with who decided, in the role of that time, and who wrote it down', () => {
  expect(columns('decisions', 'decision', 'decided by', 'recorded by', 'what', 'why', 'happened at')).toEqual(
    [
      ['1', 'Sam Okafor (privacy officer)', '', "'=cmd", `'@=Dana "D" Reyes asked`, ''],
      ['2', 'Sam Okafor', `'=Dana "D" Reyes (privacy officer)`, 'second', '', '2026-11-20T22:00:00.000Z'],
    ],
  )
})

test('the timeline has every entry, with what it says of people by name, and says what is withheld', () => {
  const rows = columns('timeline', 'entry', 'what', 'by', 'details', 'words', 'withheld')
  expect(rows.map(([entry]) => entry)).toEqual(Array.from({ length: 12 }, (_, n) => String(n + 1)))
  expect(rows[5]).toEqual([
    '6',
    'role assigned',
    'Sam Okafor',
    'how: assigned; person: =Dana "D" Reyes (privacy officer); previous: Sam Okafor; role: privacy officer',
    '',
    '',
  ])
  expect(rows[7]!.slice(1)).toEqual(['message posted', 'Sam Okafor', 'author: Sam Okafor', 'hello, all', ''])
  expect(rows[8]!.slice(1, 3)).toEqual(['message posted', 'person without a name on record'])
  expect(rows[8]!.slice(4)).toEqual(['', 'privileged'])
  expect(columns('timeline', `recorded at (America/New_York)`)[0]).toEqual(['2026-11-20T22:42:00-05:00'])
})

test('custody has what the table of custody says', () => {
  expect(columns('custody', 'what', 'by', 'details', 'words')).toEqual([
    ['privilege marked', `'=Dana "D" Reyes (privacy officer)`, 'target: message', 'basis: @advice'],
    ['legal hold placed', `'=Dana "D" Reyes (privacy officer)`, 'over: incident', 'reason: a claim'],
    ['export requested', 'Sam Okafor', 'scope: full', ''],
  ])
})

test('the privilege log has date, author and basis, and never the words', () => {
  expect(
    columns('privilege-log', 'entry', 'what', 'author', 'basis', 'marked by', 'marked in entry'),
  ).toEqual([['9', 'message posted', 'Sam Okafor', "'@advice", `'=Dana "D" Reyes (privacy officer)`, '10']])
})

test('no table has a bare id of a person, or words that were to stay', () => {
  const all = [...tables.values()].flat(2)
  expect(all.filter((cell) => /U0[A-Z]{5}/.test(cell))).toEqual([])
  expect(all.filter((cell) => cell.includes('counsel said'))).toEqual([])
})
