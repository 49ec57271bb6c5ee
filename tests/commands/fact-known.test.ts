/** Who knew and when, reasonable diligence, and when it happened: what makes a discovery earlier, and what cannot be. */
import { expect, test } from 'vitest'
import { clockFacts } from '../../src/domain/clock-facts-of.ts'
import { computeClocks } from '../../src/domain/clocks.ts'
import { dataOf, desk } from './desk.ts'

/** Declared Fri 20 Nov 2026 22:41 in New York: letters by Tue 19 Jan 2027. UDANA is the privacy officer. */
const laptop = () => desk({ declared: 'my laptop was stolen' })
const letters = (here: ReturnType<typeof desk>) => here.state?.clocks['hipaa.individual']?.lastDay
const discovered = (here: ReturnType<typeof desk>) => {
  const { discoveryDate, discoveryBasis } = computeClocks(clockFacts(here.state!))
  return [discoveryDate, discoveryBasis]
}
const maria = 'by "Maria Lopez, help desk"'

test.each([
  [
    `knew workforce 11 Nov 2026 ${maria}`,
    { who: 'workforce', at: '2026-11-11', committedBreach: false, withdrawn: false },
  ],
  [
    `who knew officer on 11 Nov 2026 ${maria}`,
    { who: 'officer', at: '2026-11-11', committedBreach: false, withdrawn: false },
  ],
  [
    `knew agent 11 Nov 2026 at 21:40 ${maria}`,
    { who: 'agent', at: '2026-11-12T02:40:00.000Z', committedBreach: false, withdrawn: false },
  ],
  [
    `knew employee 9 Nov 2026 wrongdoer ${maria}`,
    { who: 'employee', at: '2026-11-09', committedBreach: true, withdrawn: false },
  ],
  ['diligence 10 Nov 2026', { at: '2026-11-10' }],
  ['should have known 10 Nov 2026', { at: '2026-11-10' }],
  ['happened 3 Nov 2026', { from: '2026-11-03', to: '2026-11-03' }],
  ['happened 3 Nov 2026 to 5 Nov 2026', { from: '2026-11-03', to: '2026-11-05' }],
])('anyone in the room records "%s"', (words, value) => {
  const answer = laptop().run('USAM', `fact ${words}`)
  expect(answer.refusal).toBeUndefined()
  expect(dataOf(answer, 'fact.recorded')[0]?.value).toEqual(value)
})

test.each([
  [`knew somebody 11 Nov 2026 ${maria}`, 'knew-who'],
  [`knew employee ${maria}`, 'knew-day'],
  ['knew employee 11 Nov 2026', 'knew-name'],
  [`knew employee 30 Feb 2026 ${maria}`, 'knew-no-such-date'],
  [`knew employee tomorrow ${maria}`, 'knew-in-the-future'],
  [`knew employee 20 Nov 2026 22:50 ${maria}`, 'knew-in-the-future'],
  [`knew employee 1 Nov 2026 at 01:30 ${maria}`, 'knew-ambiguous-local-time'],
  [`knew employee 8 Mar 2026 at 02:30 ${maria}`, 'knew-skipped-local-time'],
  ['knew employee 11 Nov 2026 not so', 'knew-not-recorded'],
  ['diligence soon', 'diligence-not-understood'],
  ['diligence tomorrow', 'diligence-in-the-future'],
  ['diligence not so', 'diligence-not-recorded'],
  ['happened 3 Dec 2026', 'happened-in-the-future'],
  ['happened 5 Nov 2026 to 3 Nov 2026', 'happened-ends-before'],
  ['happened lately', 'happened-not-understood'],
])('"%s" is refused as %s, and nothing is recorded', (words, reason) => {
  const here = laptop()
  const answer = here.run('USAM', `fact ${words}`)
  expect(answer.refusal?.reason).toBe(reason)
  expect(dataOf(answer, 'fact.recorded')).toEqual([])
  expect(letters(here)).toBe('2027-01-19')
})

test('what a colleague knew moves every clock of discovery, for anyone to record; taking it back is for the officer', () => {
  const here = laptop()
  const answer = here.run('USAM', `fact knew employee 11 Nov 2026 ${maria} because she opened the ticket`)
  expect(answer.reply).toContain('an employee knew Wed 11 Nov 2026')
  expect(answer.reply).toContain('Tue 19 Jan 2027 → Sun 10 Jan 2027')
  expect(answer.events[0]?.text).toEqual({ by: 'Maria Lopez, help desk', reason: 'she opened the ticket' })
  expect([letters(here), discovered(here)]).toEqual(['2027-01-10', ['2026-11-11', 'imputed_employee']])
  expect(here.run('USAM', 'clocks').reply).toContain('counted from Wed 11 Nov 2026, when an employee knew')
  const back = 'fact knew employee 11 Nov 2026 not so'
  expect(here.run('USAM', back).refusal?.reason).toBe('not-permitted-later')
  expect(here.run('UDANA', back).refusal?.reason).toBe('reason-needed-later')
  const withdrawn = here.run('UDANA', `${back} because the ticket was about another laptop`)
  expect(dataOf(withdrawn, 'fact.recorded')[0]).toMatchObject({
    value: { withdrawn: true },
    before: { withdrawn: false },
  })
  expect([letters(here), discovered(here)]).toEqual(['2027-01-19', ['2026-11-20', 'actual_knowledge']])
})

test('the wrongdoer knew first and nobody counts that; a colleague who knew the same day does', () => {
  const here = laptop()
  const alone = here.run('USAM', 'fact knew employee 9 Nov 2026 wrongdoer by <@UNED>')
  expect(alone.reply).toContain('No last day moved.')
  here.run('USAM', `fact knew employee 9 Nov 2026 ${maria}`)
  expect(letters(here)).toBe('2027-01-08')
  here.run('UDANA', 'fact knew employee 9 Nov 2026 not so because she was told on the 20th')
  expect([letters(here), here.state?.knowledge.length]).toEqual(['2027-01-19', 1])
})

test('of two people of one day the withdrawal of one leaves the other', () => {
  const here = laptop()
  here.run('USAM', `fact knew employee 9 Nov 2026 ${maria}`)
  here.run('USAM', 'fact knew employee 9 Nov 2026 by <@UNED>')
  const answer = here.run('USAM', 'fact knew employee 9 Nov 2026 not so')
  expect([answer.refusal, letters(here)]).toEqual([undefined, '2027-01-08'])
})

test('reasonable diligence counts for itself, is corrected with before and after, and goes with an officer and a reason', () => {
  const here = laptop()
  here.run('USAM', 'fact diligence 10 Nov 2026 because the alert stood unread')
  expect([letters(here), discovered(here)]).toEqual(['2027-01-09', ['2026-11-10', 'reasonable_diligence']])
  const later = here.run('UDANA', 'fact diligence 12 Nov 2026 because the alert was of the 12th')
  expect(later.reply).toContain('Sat 9 Jan 2027 → Mon 11 Jan 2027')
  expect(dataOf(later, 'fact.recorded')[0]?.before).toEqual({ at: '2026-11-10' })
  expect(here.run('USAM', 'fact diligence not so because it was a test').refusal?.reason).toBe(
    'not-permitted-later',
  )
  here.run('UDANA', 'fact diligence not so because it was a test')
  expect(letters(here)).toBe('2027-01-19')
})

test.each([
  ['fact discovered 2 Nov 2026', 'discovered-before-breach'],
  [`fact knew officer 2 Nov 2026 ${maria}`, 'knew-before-breach'],
  ['fact diligence 2 Nov 2026', 'diligence-before-breach'],
  ['fact vendor agent yes discovered 2 Nov 2026', 'vendor-before-breach'],
  ['fact vendor agent no reached 2 Nov 2026', 'vendor-before-breach'],
])('it happened on 3 November, so "%s" is refused as %s', (line, reason) => {
  const here = laptop()
  here.run('USAM', 'fact happened 3 Nov 2026')
  const { refusal } = here.run('USAM', line)
  expect(refusal?.reason).toBe(reason)
  expect(letters(here)).toBe('2027-01-19')
  expect(here.run('USAM', line.replace('2 Nov', '3 Nov')).refusal).toBeUndefined()
})

test('nor can it have happened after somebody knew', () => {
  const here = laptop()
  here.run('USAM', 'fact discovered 18 Nov 2026')
  expect(here.run('USAM', 'fact happened 19 Nov 2026').refusal?.reason).toBe('happened-after-discovery')
  expect(here.run('USAM', 'fact happened 18 Nov 2026 to 20 Nov 2026').refusal).toBeUndefined()
})

test('the form of who knew asks for the day, the name and whether they did it', () => {
  const here = laptop()
  const form = here.form('USAM', 'fact', { words: 'knew employee 11 Nov 2026' })
  expect(form?.fields.map(({ name }) => name)).toEqual(['value', 'more', 'extra', 'reason', 'byPerson', 'by'])
  const values = { fact: 'knew', value: 'employee', more: '11 Nov 2026', extra: 'no', byPerson: 'UNED' }
  expect(dataOf(here.submit('USAM', 'fact', values), 'fact.recorded')[0]).toMatchObject({
    value: { who: 'employee', at: '2026-11-11', committedBreach: false },
    byPerson: 'UNED',
  })
  const did = here.submit('USAM', 'fact', { ...values, extra: 'wrongdoer' })
  expect(dataOf(did, 'fact.recorded')[0]?.value).toMatchObject({ committedBreach: true })
})
