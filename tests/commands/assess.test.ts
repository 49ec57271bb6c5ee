/** The breach risk assessment: presumed a breach until one person signs otherwise and another confirms it. */
import { expect, test } from 'vitest'
import { dataOf, desk, kindsOf } from './desk.ts'

/** Declared Fri 20 Nov 2026: letters by 19 Jan 2027. UDANA is the privacy officer, ULEE counsel. */
const laptop = () => desk({ declared: 'my laptop was stolen' })
type Desk = ReturnType<typeof laptop>
const lastDay = (here: Desk) => here.state?.clocks['hipaa.individual']?.lastDay
const answerAll = (here: Desk) => {
  for (const factor of ['nature', 'recipient', 'acquired', 'mitigated'])
    here.run('UKIM', `assess ${factor} lower see 12, 15 because the image shows no access`)
}
const lowSigned = () => {
  const here = laptop()
  answerAll(here)
  here.run('UDANA', 'assess sign low because all four factors point that way')
  return here
}

test('an answer is kept with its reason sealed, its entries, and ticks the item that it begins', () => {
  const answer = laptop().run('UKIM', 'assess acquired lower see 12 and 15 because the image shows no access')
  expect(dataOf(answer, 'assessment.answered')).toEqual([
    { part: 'acquired', answer: 'lower', evidence: [12, 15] },
  ])
  expect(answer.events[0]?.text).toEqual({ rationale: 'the image shows no access' })
  expect(dataOf(answer, 'item.completed')).toEqual([{ item: 'D11', by: 'command' }])
})

test('the form records what was given a reason, and leaves the rest as it was', () => {
  const here = laptop()
  here.run('UKIM', 'assess nature higher because names and diagnoses')
  const answer = here.submit('UKIM', 'assess', {
    do: 'answer',
    answer_nature: 'higher',
    answer_acquired: 'lower',
    why_acquired: 'it was found sealed',
    see_acquired: '7',
  })
  expect(dataOf(answer, 'assessment.answered')).toEqual([
    { part: 'acquired', answer: 'lower', evidence: [7] },
  ])
})

test.each([
  ['UKIM', 'taste lower because it was so', 'assess-part'],
  ['UKIM', 'nature better because it was so', 'assess-answer'],
  ['UKIM', 'nature lower see the log because it was so', 'assess-see'],
  ['UKIM', 'nature lower', 'assess-why'],
  ['UKIM', 'exception always because it was so', 'assess-answer'],
  ['UKIM', 'sign breach because it was so', 'not-permitted'],
  ['UDANA', 'sign maybe because it was so', 'assess-conclusion'],
  ['UDANA', 'sign low because it was so', 'assess-missing'],
  ['UDANA', 'sign not_retained because it was so', 'assess-missing'],
  ['UDANA', 'confirm because it was so', 'assess-nothing-to-confirm'],
])('%s types "assess %s": %s, and nothing is recorded', (who, words, reason) => {
  const answer = laptop().run(who, `assess ${words}`)
  expect(answer.refusal?.reason).toBe(reason)
  expect(answer.events).toEqual([])
})

test('a low probability that is signed ends no clock before somebody else confirms it', () => {
  const here = lowSigned()
  expect(lastDay(here)).toBe('2027-01-19')
  expect(here.run('UDANA', 'assess confirm because I agree with myself').refusal?.reason).toBe(
    'assess-same-person',
  )
  expect(here.run('UKIM', 'assess confirm because why not').refusal?.reason).toBe('not-permitted')
  const answer = here.run('ULEE', 'assess confirm because I read the image report')
  expect(kindsOf(answer)).toContain('assessment.confirmed')
  expect(lastDay(here)).toBeNull()
  expect(here.run('UKIM', 'clocks').reply).toContain('a low probability that PHI was compromised')
})

test('an answer that changes afterwards takes the signature down, and the clocks run again', () => {
  const here = lowSigned()
  here.run('ULEE', 'assess confirm because I read the image report')
  const answer = here.run('UKIM', 'assess acquired higher because the thief posted a file')
  expect(answer.reply).toContain('no longer holds')
  expect(here.state?.assessment).toMatchObject({ version: 2, signed: null, confirmed: null })
  expect(lastDay(here)).toBe('2027-01-19')
})

test('whoever may not sign is told whom the roster names for it', () => {
  const here = laptop()
  const { refusal } = here.run('UKIM', 'assess sign breach because it was so')
  expect(refusal?.refusal).toContain('<@UDANA> is named privacy officer.')
})

test('an exception is answered, signed and confirmed like a low probability', () => {
  const here = laptop()
  here.run('UKIM', 'assess exception inadvertent_internal because a nurse told a nurse')
  here.run('ULEE', 'assess sign inadvertent_internal because both are authorised')
  expect(lastDay(here)).toBe('2027-01-19')
  here.run('UDANA', 'assess confirm because I asked both')
  expect(lastDay(here)).toBeNull()
})

test('a breach is signed by one person, at any time', () => {
  const here = laptop()
  const answer = here.run('UDANA', 'assess sign breach because the file was posted')
  expect(dataOf(answer, 'item.completed')).toEqual([{ item: 'X3', by: 'command' }])
  expect(lastDay(here)).toBe('2027-01-19')
})

test('it is shown whole to whoever takes part: what was answered, by whom, and what is missing', () => {
  const here = laptop()
  here.run('UKIM', 'assess nature higher because names and diagnoses')
  const { reply } = here.run('UKIM', 'assess')
  expect(reply).toContain('points to a higher probability')
  expect(reply).toContain('not answered yet')
  expect(reply).toContain('Presumed a breach')
})
