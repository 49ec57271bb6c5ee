import { expect, test } from 'vitest'
import { allOpenRequired } from '../../src/commands/reading.ts'
import { event } from '../../src/domain/events.ts'
import type { IncidentState } from '../../src/domain/incident.ts'
import { type Desk, dataOf, desk, kindsOf } from './desk.ts'

const laptop = (declared = 'my laptop was stolen') => desk({ declared })

/** Another incident that the person declared and so may see. */
const other = (by = 'UDANA'): IncidentState => {
  const there = desk()
  there.run(by, 'declare second laptop stolen')
  return { ...there.state!, incident: 'inc-2026-0002' }
}

const finish = (here: Desk) =>
  here.record(
    'UDANA',
    ...allOpenRequired(here.state!).map(({ id }) => event('item.completed', { item: id, by: 'person' })),
  )

test.each([
  ['false-alarm because it was in the drawer', 'false-alarm'],
  ['false alarm because it was in the drawer', 'false-alarm'],
  ['LOW PROBABILITY because the assessment is signed', 'low-probability'],
  ['secured phi because the key is safe', 'secured-phi'],
  ['breach notified because all letters went out', 'breach-notified'],
  ['exception because it was in good faith', 'exception'],
  ['no-phi because there was none', 'no-phi'],
])('the privacy officer may "close %s"', (words, outcome) => {
  const here = laptop()
  const answer = here.run('UDANA', `close ${words}`)
  expect(dataOf(answer, 'incident.closed')).toEqual([{ outcome, duplicateOf: null }])
  expect(answer.events.find(({ kind }) => kind === 'incident.closed')?.text?.reason).toBeTruthy()
  expect(dataOf(answer, 'item.completed')).toEqual([{ item: 'R10', by: 'command' }])
})

test('closing stops no clock and says which run on and who answers for them', () => {
  const here = laptop()
  const answer = here.run('UDANA', 'close false-alarm because it was in the drawer')
  expect(answer.reply).toContain('Closing stops no clock')
  expect(answer.reply).toContain('Tue 19 Jan 2027')
  expect(answer.reply).toContain('@UDANA')
  expect(here.state?.clocks['hipaa.individual']?.lastDay).toBe('2027-01-19')
})

test('without an outcome the form opens, and drill is no choice for a real incident', () => {
  const outcome = laptop().run('UDANA', 'close').form?.fields[0]
  const values = outcome?.kind === 'choice' ? outcome.options.map(({ value }) => value) : []
  expect(values).toContain('false-alarm')
  expect(values).not.toContain('drill')
})

test.each([
  ['close because it is done', undefined],
  ['close victory because it is done', 'no-such-outcome'],
  ['close drill because it was one', 'not-a-drill'],
  ['close false-alarm', 'reason-needed'],
  ['close duplicate because they are the same', 'duplicate-of-what'],
  ['close duplicate of inc-2026-0001 because they are the same', 'duplicate-of-what'],
  ['close duplicate of inc-2026-0099 because they are the same', 'duplicate-of-what'],
])('"%s" records nothing', (line, reason) => {
  const answer = laptop().run('UDANA', line)
  expect(answer.refusal?.reason).toBe(reason)
  expect(answer.events).toEqual([])
  expect(answer.refusal ?? answer.form).toBeTruthy()
})

test('a missing reason names the required items still open', () => {
  expect(laptop().run('UDANA', 'close false-alarm').reply).toContain('D1, D6, D7, D8, D11, C1, C2, E1')
})

test('the annual log holds up no closing once 500 or more are affected', () => {
  const here = laptop()
  expect(here.run('UDANA', 'close false-alarm').reply).toContain('X3, X4.')
  here.run('UDANA', 'fact affected 612 because it was counted')
  const many = here.run('UDANA', 'close false-alarm').reply
  expect(many).toContain('X3.')
  expect(many).not.toContain('X4')
})

test('a duplicate names another incident the person may see', () => {
  const here = laptop()
  here.visible = [here.state!, other()]
  const answer = here.run('UDANA', 'close duplicate of inc-2026-0002 because it is one laptop')
  expect(dataOf(answer, 'incident.closed')).toEqual([{ outcome: 'duplicate', duplicateOf: 'inc-2026-0002' }])
})

test('a hidden incident and one that does not exist are refused in the same words', () => {
  const here = laptop()
  here.visible = [here.state!, { ...other('USAM'), excluded: ['UDANA'] }]
  const hidden = here.run('UDANA', 'close duplicate of inc-2026-0002 because it is one laptop')
  const missing = here.run('UDANA', 'close duplicate of inc-2026-0003 because it is one laptop')
  expect(hidden.reply.replace('inc-2026-0002', '')).toBe(missing.reply.replace('inc-2026-0003', ''))
  expect(hidden.refusal?.reason).toBe(missing.refusal?.reason)
})

test('two incidents are not duplicates of each other', () => {
  const here = laptop()
  const closed = { outcome: 'duplicate', duplicateOf: 'inc-2026-0001', at: '', by: 'UDANA', seq: 9 } as const
  here.visible = [{ ...other(), closed }]
  const answer = here.run('UDANA', 'close duplicate of inc-2026-0002 because it is one laptop')
  expect(answer.refusal?.reason).toBe('duplicate-circle')
})

test('a drill with nothing required open closes as a drill without a reason', () => {
  const here = laptop('drill laptop stolen')
  expect(here.run('UDANA', 'close drill').refusal?.reason).toBe('reason-needed')
  finish(here)
  expect(dataOf(here.run('UDANA', 'close drill'), 'incident.closed')).toEqual([
    { outcome: 'drill', duplicateOf: null },
  ])
})

test('a drill may end with another outcome and a reason', () => {
  const here = laptop('drill laptop stolen')
  finish(here)
  expect(here.run('UDANA', 'close no-phi').refusal?.reason).toBe('reason-needed')
  expect(here.run('UDANA', 'close no-phi because we exercised that end').refusal).toBeUndefined()
})

test('a second close is refused and offers to reopen', () => {
  const here = laptop()
  here.run('UDANA', 'close false-alarm because it was in the drawer')
  const again = here.run('UDANA', 'close no-phi because it was empty')
  expect(again.refusal).toMatchObject({ reason: 'already-closed' })
  expect(again.refusal?.buttons?.[0]).toMatchObject({ line: 'reopen', form: true })
})

test('while nobody holds commander, the reason typed is the reason for acting', () => {
  const answer = desk({ declared: 'my laptop was stolen', named: false }).run(
    'UKIM',
    'close false-alarm because it was in the drawer',
  )
  expect(kindsOf(answer)).toEqual(['role.acted', 'incident.closed', 'item.completed'])
})

test('once somebody holds commander, others may not close', () => {
  const here = laptop()
  here.record(
    'USAM',
    event('role.assigned', { role: 'commander', person: 'USAM', previous: null, how: 'claimed' }),
  )
  const answer = here.run('UKIM', 'close false-alarm because it was in the drawer')
  expect(answer.refusal?.reason).toBe('not-permitted')
  expect(answer.reply).toContain('<@USAM>')
})

test('the form shows the outcome and the reason already typed', () => {
  const here = laptop()
  const form = here.form('UDANA', 'close', { words: 'false-alarm because it was in the drawer' })
  const initial = Object.fromEntries((form?.fields ?? []).map((field) => [field.name, field.initial]))
  expect(initial).toMatchObject({ outcome: 'false-alarm', reason: 'it was in the drawer' })
})

test('reopening needs a reason and a closed incident', () => {
  const here = laptop()
  expect(here.run('UDANA', 'reopen because of news').refusal?.reason).toBe('not-closed')
  here.run('UDANA', 'close false-alarm because it was in the drawer')
  expect(here.run('UDANA', 'reopen').form?.fields[0]?.name).toBe('reason')
  const answer = here.run('UDANA', 'reopen because the drawer held another one')
  // Its end was declared when it closed; that is to be declared again.
  expect(kindsOf(answer)).toEqual(['item.reopened', 'incident.reopened'])
  expect(here.state?.items.R10?.status).toBe('open')
  expect(here.state?.lastChange.kind).toBe('incident.reopened')
  expect(answer.events.at(-1)?.text).toEqual({ reason: 'the drawer held another one' })
  expect(here.state?.closed).toBeNull()
})

test('a new room is asked for with its reason and its number', () => {
  const here = laptop()
  expect(here.run('UDANA', 'room').form?.fields[0]?.name).toBe('reason')
  expect(here.run('UDANA', 'room old').refusal?.reason).toBe('room-what')
  const answer = here.run('UDANA', 'room new because the attacker reads this one')
  expect(answer.events).toEqual([
    event('room.requested', { suffix: '2' }, { reason: 'the attacker reads this one' }),
  ])
  expect(here.run('UDANA', 'room new because again').refusal?.reason).toBe('room-on-its-way')
})
