import { expect, test } from 'vitest'
import { event } from '../../src/domain/events.ts'
import { bench, buttonLines, kinds, only } from './bench.ts'

const led = (kind: Parameters<typeof bench>[0] = {}) => {
  const here = bench(kind)
  here.give({ commander: 'USAM', 'detection-lead': 'UNED' })
  return here
}

test.each([
  [
    'a required item with its evidence',
    'check D6 done scope sheet in ticket 4411',
    {},
    { note: 'scope sheet in ticket 4411' },
  ],
  ['a lower-case id, the verb first', 'check done d6 sheet', {}, { note: 'sheet' }],
  ['an item that needs no evidence', 'check D2 done', {}, undefined],
  [
    'when and who',
    'check D2 done at 21:40 by <@UNED>',
    { occurredAt: '2026-11-21T02:40:00.000Z', byPerson: 'UNED' },
    undefined,
  ],
  [
    'somebody outside chat',
    'check D2 done triage note by "Dr Chen"',
    {},
    { note: 'triage note', by: 'Dr Chen' },
  ],
])('completing %s', (_, line, data, text) => {
  const item = /d6/i.test(line) ? 'D6' : 'D2'
  const outcome = led().run('UKIM', line)
  expect(outcome.events).toEqual([
    { kind: 'item.completed', data: { item, by: 'person', ...data }, ...(text ? { text } : {}) },
  ])
})

test('an item of another phase may be completed too', () => {
  expect(kinds(led().run('UKIM', 'check C9 done'))).toEqual(['item.completed'])
})

test('a required item without evidence asks for it in a form that carries the item', () => {
  const here = led()
  const { form } = here.run('UKIM', 'check D6 done')
  expect(form?.title).toBe('Complete D6')
  expect(form?.carry).toEqual({ do: 'done', item: 'D6' })
  expect(form?.intro?.join(' ')).toContain('Evidence: the scope sheet.')
  expect(form?.fields[0]).toMatchObject({ name: 'note', optional: false })
  const empty = here.submit('UKIM', 'check', { ...form?.carry })
  expect(empty.refusal).toMatchObject({ reason: 'evidence-needed', field: 'note' })
  expect(kinds(here.submit('UKIM', 'check', { ...form?.carry, note: 'ticket 4411' }))).toEqual([
    'item.completed',
  ])
})

test.each([
  ['by the role the item is for', 'UNED', 'check D9 skip because nothing left the house', ['item.skipped']],
  ['by the commander', 'USAM', 'check D9 skip nothing left the house', ['item.skipped']],
  ['by an office of the roster', 'UDANA', 'check D9 skip because no', ['item.skipped']],
])('an item is skipped %s', (_, actor, line, expected) => {
  const outcome = led({ kind: 'malware' }).run(actor, line)
  expect(kinds(outcome)).toEqual(expected)
  expect(only(outcome, 'item.skipped')[0]?.text?.reason).toBeTruthy()
})

test.each([
  'check D9 skip because nothing left the house at 21:40 by "Dr Chen"',
  'check D9 skip at 21:40 by "Dr Chen" because nothing left the house',
])('a skip may be a late entry: %s', (line) => {
  const [skipped] = only(led({ kind: 'malware' }).run('UNED', line), 'item.skipped')
  expect(skipped?.data.occurredAt).toMatch(/^2026-11-\d\dT02:40:00/)
  expect(skipped?.text).toEqual({ reason: 'nothing left the house', by: 'Dr Chen' })
})

test('a skip without a reason opens the form; without permission it is refused', () => {
  const here = led({ kind: 'malware' })
  expect(here.run('UNED', 'check D9 skip').form).toMatchObject({
    title: 'Skip D9',
    carry: { do: 'skip', item: 'D9' },
    fields: [{ name: 'reason' }, { name: 'byPerson' }, { name: 'by' }, { name: 'at' }],
  })
  expect(here.submit('UNED', 'check', { do: 'skip', item: 'D9' }).refusal?.reason).toBe('reason-needed')
  expect(here.run('UKIM', 'check D9 skip because I say so').refusal?.reason).toBe('not-permitted')
})

test('while nobody leads, the reason of the skip is the reason for acting', () => {
  expect(kinds(bench({ kind: 'malware' }).run('UKIM', 'check D9 skip because no signs'))).toEqual([
    'role.acted',
    'item.skipped',
  ])
})

test('an item done already says who and when, and can be reopened', () => {
  const here = led()
  here.run('UNED', 'check D2 done')
  const again = here.run('UKIM', 'check D2 done')
  expect(again.said).toBe('D2 is done already: <@UNED>, Fri 20 Nov 2026 22:41. Reopen it if that was wrong.')
  expect(buttonLines(again)).toEqual(['check D2 reopen', 'check'])
  expect(here.run('UKIM', 'check D2 skip because x').refusal?.reason).toBe('item-done')
  expect(here.run('UKIM', 'check D2').refusal?.reason).toBe('item-done')
  expect(kinds(here.run('UKIM', 'check D2 reopen'))).toEqual(['item.reopened'])
  expect(here.run('UKIM', 'check D2 reopen').refusal?.reason).toBe('item-open')
  expect(kinds(here.run('UKIM', 'check D2 done'))).toEqual(['item.completed'])
})

test('an item that was skipped may be done after all', () => {
  const here = led()
  here.run('USAM', 'check D2 skip because later')
  expect(kinds(here.run('UKIM', 'check D2 done'))).toEqual(['item.completed'])
})

test.each([
  [
    'of another kind of incident',
    'check D9 done',
    'item-not-applicable',
    /not on the checklist of lost or stolen device/,
  ],
  ['that does not exist, near one that does', 'check D66 done x', 'unknown-item', /Did you mean D6\?/],
  ['that does not exist at all', 'check wibble done x', 'unknown-item', /The checklist names them all/],
])('an item %s is refused', (_, line, reason, says) => {
  const outcome = led().run('UKIM', line)
  expect(outcome.refusal?.reason).toBe(reason)
  expect(outcome.said).toMatch(says)
})

test('an item that the facts rule out is refused with the fact, and is there again when the fact is', () => {
  const here = led()
  const count = (total: number) =>
    here.record(
      'UDANA',
      event('fact.recorded', { fact: 'affected', value: { total, byState: {} }, before: null }),
    )
  count(612)
  const outcome = here.run('UKIM', 'check X4 done logged')
  expect(outcome.refusal?.reason).toBe('item-not-applicable')
  expect(outcome.said).toContain(
    'X4 is not on this checklist: it is for fewer than 500 people, and 500 or more are recorded as affected.',
  )
  expect(here.run('UKIM', 'check post-incident').said).not.toContain('X4')
  count(400)
  expect(here.run('UKIM', 'check post-incident').said).toContain('X4')
  expect(kinds(here.run('UKIM', 'check X4 done logged'))).toEqual(['item.completed'])
})

test('people add items: sealed title, own ids, a role, and act on them like any other', () => {
  const here = led()
  const first = here.run('UKIM', 'check add Call the courier for the box')
  expect(first.events).toEqual([
    {
      kind: 'item.added',
      data: { item: 'A1', phase: 'detection', role: null },
      text: { title: 'Call the courier for the box' },
    },
  ])
  expect(first.card?.summary).toBe('A1 added.')
  const second = here.run('UKIM', 'check add Ask the insurer for legal counsel')
  expect(only(second, 'item.added')[0]).toMatchObject({
    data: { item: 'A2', role: 'counsel' },
    text: { title: 'Ask the insurer' },
  })
  expect(here.run('UKIM', 'check').said).toContain('Call the courier for the box')
  expect(here.run('UKIM', 'check a1 done').said).toContain('✓ Call the courier for the box')
  expect(kinds(here.run('ULEE', 'check A2 skip because not insured'))).toEqual(['item.skipped'])
})

test('adding without a title opens a form', () => {
  const here = led()
  expect(here.run('UKIM', 'check add').form?.fields.map(({ name }) => name)).toEqual(['title', 'role'])
  expect(
    only(here.submit('UKIM', 'check', { do: 'add', title: 'x', role: '' }), 'item.added')[0]?.data.role,
  ).toBeNull()
  expect(here.submit('UKIM', 'check', { do: 'add', title: ' ' }).refusal?.reason).toBe('title-needed')
})

test('without words the checklist of the phase is shown, and nothing is recorded', () => {
  const here = led()
  const { said, events } = here.run('UKIM', 'check')
  expect(events).toEqual([])
  expect(said).toContain('Detection & analysis')
  expect(said).toContain('D6')
  expect(said).not.toContain('D9')
  expect(here.run('UKIM', 'check containment').said).toContain('C2')
})

const late = [{ name: 'byPerson' }, { name: 'by' }, { name: 'at' }]

test.each([
  ['check D6', { title: 'Complete D6' }],
  ['check skip', { title: 'Skip an item', fields: [{ name: 'item' }, { name: 'reason' }, ...late] }],
  ['check done', { title: 'Complete an item' }],
])('"%s" opens the form for it', (line, form) => {
  expect(led().run('UKIM', line).form).toMatchObject(form)
})

test.each(['UOZ', 'UEVE'])('the checklist tells %s nothing', (actor) => {
  for (const line of ['check', 'check D2 done', 'check add x'])
    expect(led().run(actor, line).refusal?.reason).toBe('not-a-participant')
})
