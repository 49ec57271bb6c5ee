import { expect, test } from 'vitest'
import { event } from '../../src/domain/events.ts'
import { bench, kinds, only } from './bench.ts'

// It is Friday 20 November 2026, 22:41 in New York.

test.each([
  ['a note', 'note vendor keeps the logs', { body: 'vendor keeps the logs' }, {}, 'Note recorded.'],
  [
    'a time today',
    'note saw the screen at 21:40',
    { body: 'saw the screen' },
    { occurredAt: '2026-11-21T02:40:00.000Z' },
    'late entry',
  ],
  [
    'a time of yesterday in quotes',
    'note saw it at "yesterday 22:10"',
    { body: 'saw it' },
    { occurredAt: '2026-11-20T03:10:00.000Z' },
    'late entry',
  ],
  [
    'a day alone',
    'note ticket opened at 18 Nov 2026',
    { body: 'ticket opened' },
    { occurredAt: '2026-11-18' },
    'late entry: happened Wed 18 Nov 2026',
  ],
  [
    'a minute ago, which is not late',
    'note saw it at 22:40',
    { body: 'saw it' },
    { occurredAt: '2026-11-21T03:40:00.000Z' },
    'Note recorded.',
  ],
  ['somebody in chat', 'note saw it by <@UNED>', { body: 'saw it' }, { byPerson: 'UNED' }, 'By @UNED'],
  [
    'somebody outside chat',
    'note saw it by "Ward 3 nurse"',
    { body: 'saw it', by: 'Ward 3 nurse' },
    {},
    'outside this chat',
  ],
  [
    'both, in either order',
    'note saw it by "Dr Chen" at 21:40',
    { body: 'saw it', by: 'Dr Chen' },
    { occurredAt: '2026-11-21T02:40:00.000Z' },
    'late entry',
  ],
  [
    'both, the other way',
    'note saw it at 21:40 by “Dr Chen”',
    { body: 'saw it', by: 'Dr Chen' },
    { occurredAt: '2026-11-21T02:40:00.000Z' },
    'late entry',
  ],
  ['oneself, which adds nothing', 'note saw it by <@UKIM>', { body: 'saw it' }, {}, 'Note recorded.'],
  [
    'a name after a time needs no quotes',
    'note saw it at 21:40 by Dr Chen',
    { body: 'saw it', by: 'Dr Chen' },
    { occurredAt: '2026-11-21T02:40:00.000Z' },
    'late entry',
  ],
  [
    'a long name with where they are from',
    'note police report filed at yesterday 23:15 by Officer Ruiz, Metro PD',
    { body: 'police report filed', by: 'Officer Ruiz, Metro PD' },
    { occurredAt: '2026-11-20T04:15:00.000Z' },
    'late entry',
  ],
  [
    '"because" inside a note stays in it',
    'note it was on because Sam left it so',
    { body: 'it was on because Sam left it so' },
    {},
    'Note recorded.',
  ],
  ['a place is no time', 'note badge used at door 3', { body: 'badge used at door 3' }, {}, 'Note recorded.'],
  [
    'a place before a time',
    'note left at the desk at 21:40',
    { body: 'left at the desk' },
    { occurredAt: '2026-11-21T02:40:00.000Z' },
    'late entry',
  ],
  [
    'a name without quotes is part of the sentence',
    'note laptop was found by Maria',
    { body: 'laptop was found by Maria' },
    {},
    'Note recorded.',
  ],
  [
    'a day to come is part of the sentence',
    'note vendor answers by Friday',
    { body: 'vendor answers by Friday' },
    {},
    'Note recorded.',
  ],
  ['lines stay apart', 'note first\n  second', { body: 'first\n  second' }, {}, 'Note recorded.'],
])('a note with %s', (_, line, text, data, says) => {
  const outcome = bench().run('UKIM', line)
  expect(outcome.events).toEqual([{ kind: 'note.recorded', data, text }])
  expect(outcome.said).toContain(says)
})

test('a long text, emoji and right-to-left text are kept whole', () => {
  for (const body of [
    'x'.repeat(40_000),
    '🏥'.repeat(5_000),
    'المريض نُقل — מחשב נגנב 👩🏽‍⚕️',
    `${'a "b" '.repeat(6_000)}end`,
  ]) {
    const outcome = bench().run('UKIM', `note ${body}`)
    expect(only(outcome, 'note.recorded')[0]?.text?.body).toBe(body)
    expect(outcome.card?.summary).toBe('Note recorded.')
  }
})

test.each([
  ['the future', 'note call at 23:30', /still to come/],
  ['before 1996', 'note built at 3 Mar 1989', /before 1996/],
  ['no time, in quotes', 'note saw it at "teatime"', /no date or time/],
  ['a day that does not exist', 'note saw it at 31 Feb 2026', /not in the calendar/],
])('a time that is %s is refused', (_, line, says) => {
  const outcome = bench().run('UKIM', line)
  expect(outcome.events).toEqual([])
  expect(outcome.refusal?.field).toBe('at')
  expect(outcome.said).toMatch(says)
})

test("a message's own time a little ahead of our clock counts as now", () => {
  const outcome = bench().submit('UKIM', 'note', { body: 'x', at: '2026-11-21T03:41:40Z' })
  expect(only(outcome, 'note.recorded')[0]?.data).toEqual({ occurredAt: '2026-11-21T03:41:00.000Z' })
})

test('nothing typed opens the form; an empty form is refused', () => {
  const here = bench()
  expect(here.run('UKIM', 'note').form?.fields.map(({ name }) => name)).toEqual([
    'body',
    'byPerson',
    'by',
    'at',
  ])
  expect(here.submit('UKIM', 'note', { body: ' \n' }).said).toBe('Write the note first.')
})

test.each(['note x', 'decide x because y', 'evidence x'])(
  '"%s" is refused to people who take no part, kept out or not',
  (line) => {
    const said = ['UOZ', 'UEVE'].map((actor) => bench().run(actor, line).said)
    expect(new Set(said)).toEqual(
      new Set(['There is no incident here that you take part in. Yours: /incident list']),
    )
  },
)

test('a decision has a number, what, why, who and when', () => {
  const here = bench()
  here.run('UKIM', 'decide wipe the laptop because BitLocker is unknown')
  const second = here.run('UKIM', 'decide call the police because it was stolen at 21:30 by <@USAM>')
  expect(second.events).toEqual([
    {
      kind: 'decision.recorded',
      data: { number: 2, message: null, occurredAt: '2026-11-21T02:30:00.000Z', byPerson: 'USAM' },
      text: { what: 'call the police', why: 'it was stolen' },
    },
  ])
  expect(second.said).toContain(
    'Decision 2 recorded.\nRecorded as a late entry: happened Fri 20 Nov 2026 21:30, recorded',
  )
  expect(here.state.decisions.map(({ number, by }) => [number, by])).toEqual([
    [1, 'UKIM'],
    [2, 'USAM'],
  ])
})

test.each([
  [
    'the clauses before the reason',
    'decide wipe it at 21:30 by "Dr Chen" because it is lost',
    { what: 'wipe it', why: 'it is lost', by: 'Dr Chen' },
  ],
  ['"why:" for because', 'decide wipe it why: it is lost', { what: 'wipe it', why: 'it is lost' }],
  [
    'a second because stays in the reason',
    'decide wipe it because lost because stolen',
    { what: 'wipe it', why: 'lost because stolen' },
  ],
])('%s', (_, line, text) => {
  expect(only(bench().run('UKIM', line), 'decision.recorded')[0]?.text).toEqual(text)
})

test.each([
  ['nothing', 'decide', {}],
  ['no reason', 'decide wipe the laptop', { what: 'wipe the laptop' }],
  ['no reason but a time', 'decide wipe it at 21:30', { what: 'wipe it', at: '21:30' }],
  ['an empty reason', 'decide wipe it because ', { what: 'wipe it' }],
])('a decision with %s opens the form with what was typed', (_, line, initials) => {
  const { form } = bench().run('UKIM', line)
  const filled = Object.fromEntries(
    (form?.fields ?? []).flatMap((field) =>
      'initial' in field && field.initial ? [[field.name, field.initial]] : [],
    ),
  )
  expect(filled).toEqual(initials)
})

test('a name without quotes stays in the reason, and the answer says whose decision it is', () => {
  const outcome = bench().run('UKIM', 'decide wipe it because ordered so by Priya Nair')
  expect(only(outcome, 'decision.recorded')[0]).toMatchObject({
    data: { number: 1 },
    text: { what: 'wipe it', why: 'ordered so by Priya Nair' },
  })
  expect(outcome.said).toContain(
    'recorded as yours. If Priya Nair decided it, record it again with by "Priya Nair"',
  )
  expect(bench().run('UKIM', 'decide wait because it is ready by Friday').said).not.toContain('as yours')
})

test('a form without a reason is refused beside its field', () => {
  expect(bench().submit('UKIM', 'decide', { what: 'x', why: '' }).said).toMatch(/Say why/)
})

test('a decision completes C1 in containment only, and once', () => {
  const here = bench()
  expect(kinds(here.run('UKIM', 'decide a because b'))).toEqual(['decision.recorded'])
  here.record('USAM', event('phase.entered', { phase: 'containment', from: 'detection', openRequired: [] }))
  const first = here.run('UKIM', 'decide isolate it because it spreads')
  expect(kinds(first)).toEqual(['decision.recorded', 'item.completed'])
  expect(first.said).toContain('It also completes C1.')
  expect(kinds(here.run('UKIM', 'decide c because d'))).toEqual(['decision.recorded'])
})
