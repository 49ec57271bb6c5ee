/** Custody as people see it, and legal holds: who may, what is recorded, what is said. */
import { expect, test } from 'vitest'
import { commands, isReading } from '../../src/commands/index.ts'
import { event } from '../../src/domain/events.ts'
import { isRefusal } from '../../src/domain/refusal.ts'
import { bench, buttonLines, kinds, only } from './bench.ts'

test('custody tells who did what, newest first, with the reason of a hold and no message', () => {
  const here = bench()
  here.record('UKIM', event('access.viewed', { verb: 'status', via: 'slash' }))
  here.record('UKIM', event('note.recorded', {}, { body: 'a note is no custody' }))
  here.run('ULEE', 'legal-hold place because a claim was filed')
  const { said } = here.run('USAM', 'custody')
  expect(said.indexOf('placed a legal hold — a claim was filed')).toBeGreaterThan(0)
  expect(said.indexOf('looked at status')).toBeGreaterThan(said.indexOf('placed a legal hold'))
  expect(said).not.toContain('a note is no custody')
})

test('custody is read a page at a time, and the last page offers none before it', () => {
  const here = bench()
  for (let i = 0; i < 20; i++)
    here.record('UKIM', event('access.viewed', { verb: `clocks ${i}`, via: 'slash' }))
  const first = here.run('USAM', 'custody')
  expect(first.said).toContain('looked at clocks 19')
  expect(first.said).not.toContain('looked at clocks 7\n')
  const [line = ''] = buttonLines(first)
  expect(line).toMatch(/^custody before \d+$/)
  const second = here.run('USAM', line)
  expect(second.said).toContain('looked at clocks 7')
  expect(second.said).toContain('looked at clocks 0')
  expect(buttonLines(second)).toEqual([])
})

test('custody is nothing to whoever is kept out', () => {
  expect(bench().run('UEVE', 'custody').refusal?.reason).toBe('not-a-participant')
})

test.each([
  ['status', {}, true],
  ['roles', {}, true],
  ['clocks', {}, true],
  ['custody', {}, true],
  ['check', { do: 'show' }, true],
  ['check', { do: 'done', item: 'D1' }, false],
  ['roster', { do: 'show' }, true],
  ['roster', { do: 'clear', role: 'scribe' }, false],
  ['note', { body: 'x' }, false],
])('%s %j is a reading of the record: %s', (verb, args, expected) => {
  const row = commands.find((each) => each.verb === verb)!
  expect(isReading(row, args)).toBe(expected)
})

test('every command that shows opened words is a reading, or changes something', () => {
  const here = bench()
  here.record('USAM', event('role.offered', { role: 'scribe', from: 'USAM', to: 'UKIM' }, { reason: 'why' }))
  const showing = commands.filter(({ texts, reads }) => texts && reads === undefined).map(({ verb }) => verb)
  // These open words to record something with them, or record the reading themselves.
  expect(showing).toEqual(['accept', 'privilege'])
})

test.each([
  ['by counsel', 'ULEE', undefined],
  ['by the privacy officer of the roster', 'UDANA', undefined],
  ['by their deputy', 'UDREW', undefined],
  ['by whoever else takes part', 'USAM', 'not-permitted'],
  ['by somebody kept out', 'UEVE', 'not-a-participant'],
])('a legal hold placed %s', (_, actor, reason) => {
  const outcome = bench().run(actor, 'legal-hold place because a claim was filed')
  expect(outcome.refusal?.reason).toBe(reason)
  expect(kinds(outcome)).toEqual(reason ? [] : ['legal_hold.placed'])
})

test('a legal hold is sealed with its reason, stands once, and is lifted with one', () => {
  const here = bench()
  const [placed] = only(here.run('ULEE', 'legal-hold place because a claim was filed'), 'legal_hold.placed')
  expect(placed).toMatchObject({ data: { over: 'incident' }, text: { reason: 'a claim was filed' } })
  expect(here.run('UDANA', 'legal-hold place because again').refusal?.reason).toBe('held-already')
  expect(kinds(here.run('UDANA', 'legal-hold lift because settled'))).toEqual(['legal_hold.lifted'])
  expect(here.state.legalHold).toBeNull()
  expect(here.run('UDANA', 'legal-hold lift because again').refusal?.reason).toBe('not-held')
})

test('a legal hold without its reason asks for it, and never without one is recorded', () => {
  const here = bench()
  expect(here.run('ULEE', 'legal-hold place').form?.fields.map(({ name }) => name)).toEqual(['do', 'reason'])
  expect(here.submit('ULEE', 'legal-hold', { do: 'place', reason: '  ' }).refusal?.reason).toBe('arguments')
  const row = commands.find(({ verb }) => verb === 'legal-hold')!
  expect(isRefusal(row.parse('maybe because x', {} as never))).toBe(true)
})

test.each([
  ['whom the roster names as counsel', 'ULEE', undefined],
  ['their colleague who takes part in an incident', 'USAM', 'not-permitted'],
])('a legal hold over every incident placed by %s', (_, actor, reason) => {
  const here = bench()
  expect(here.run(actor, 'legal-hold-all place because an inquiry').refusal?.reason).toBe(reason)
  expect(here.organisation.legalHold === undefined).toBe(reason !== undefined)
})

test('a legal hold over every incident stands on each card, stops a redaction, and is lifted once', () => {
  const here = bench()
  here.run('ULEE', 'legal-hold-all place because an inquiry')
  expect(here.run('ULEE', 'legal-hold-all place because again').refusal?.reason).toBe('held-already')
  expect(here.run('USAM', 'status').said).toContain('Legal hold over every incident')
  expect(here.run('UDANA', 'redact 4 because x').refusal?.reason).toBe('legal-hold')
  expect(kinds(here.run('UDANA', 'legal-hold-all lift because it ended'))).toEqual(['legal_hold.lifted'])
  expect(here.run('UDANA', 'legal-hold-all lift because again').refusal?.reason).toBe('not-held')
})
