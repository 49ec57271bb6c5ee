import { expect, test } from 'vitest'
import { bench, buttonLines, kinds, only } from './bench.ts'

test.each([
  ['a holder', 'roster scribe <@UKIM>', { role: 'scribe', holder: 'UKIM', deputy: null }, undefined],
  [
    'holder, deputy and telephone',
    'roster sponsor <@UKIM> deputy <@UNED> phone +1 (555) 010-0199 ext 12',
    { role: 'sponsor', holder: 'UKIM', deputy: 'UNED' },
    { phone: '+1 (555) 010-0199 ext 12' },
  ],
  [
    'a telephone for each',
    'roster sponsor <@UKIM> phone 555 0101 deputy <@UNED> phone 555 0102',
    { role: 'sponsor', holder: 'UKIM', deputy: 'UNED' },
    { phone: '555 0101', deputyPhone: '555 0102' },
  ],
  [
    "the deputy's telephone by name",
    'roster sponsor <@UKIM> deputy <@UNED> deputy phone 555 0102',
    { role: 'sponsor', holder: 'UKIM', deputy: 'UNED' },
    { deputyPhone: '555 0102' },
  ],
  [
    'a role of two words',
    'roster incident commander <@UKIM>',
    { role: 'commander', holder: 'UKIM', deputy: null },
    undefined,
  ],
  [
    'the role that is called deputy',
    'roster deputy <@UKIM> deputy <@UNED>',
    { role: 'deputy', holder: 'UKIM', deputy: 'UNED' },
    undefined,
  ],
  [
    'the person first',
    'roster <@UKIM> comms',
    { role: 'communications-lead', holder: 'UKIM', deputy: null },
    undefined,
  ],
  [
    'a deputy alone, the rest stays',
    'roster privacy-officer deputy <@UNED>',
    { role: 'privacy-officer', holder: 'UDANA', deputy: 'UNED' },
    { phone: '+1 555 0100' },
  ],
  [
    'another holder, whose telephone is not known',
    'roster privacy-officer <@UKIM>',
    { role: 'privacy-officer', holder: 'UKIM', deputy: 'UDREW' },
    undefined,
  ],
  [
    'a telephone alone',
    'roster privacy-officer phone 555 0177',
    { role: 'privacy-officer', holder: 'UDANA', deputy: 'UDREW' },
    { phone: '555 0177' },
  ],
  [
    'no deputy any more',
    'roster privacy-officer deputy none',
    { role: 'privacy-officer', holder: 'UDANA', deputy: null },
    { phone: '+1 555 0100' },
  ],
  ['nobody any more', 'roster clear counsel', { role: 'counsel', holder: null, deputy: null }, undefined],
])('%s is recorded', (_, line, data, text) => {
  const outcome = bench().run('UDANA', line)
  expect(outcome.said).not.toBe('')
  expect(outcome.events).toEqual([{ kind: 'roster.named', data, ...(text ? { text } : {}) }])
})

test('the card shows who is asked, with deputy and telephone, and who is missing', () => {
  const here = bench()
  here.run('UDANA', 'roster sponsor <@UKIM> deputy <@UNED> phone 555 0101 deputy phone 555 0102')
  const outcome = here.run('UOZ', 'roster')
  expect(outcome.events).toEqual([])
  expect(outcome.said).toContain('executive sponsor: @UKIM 555 0101 · deputy @UNED 555 0102')
  expect(outcome.said).toContain('privacy officer: @UDANA +1 555 0100 · deputy @UDREW (no telephone)')
  expect(outcome.said).toContain('▲ Nobody for incident commander, security officer')
  expect(buttonLines(outcome)).toEqual([])
  expect(buttonLines(here.run('UDANA', 'roster'))).toEqual([
    'roster commander',
    'roster security-officer',
    'roster deputy',
    'roster detection-lead',
  ])
  expect(outcome.card?.summary).not.toContain('555')
})

test('a number that stands with one role of a person is shown with the others', () => {
  const here = bench()
  here.run('UDANA', 'roster sponsor <@UKIM> deputy <@UDREW> phone 555 0101 deputy phone 555 0177')
  here.run('UDANA', 'roster scribe <@UKIM>')
  const { said } = here.run('UOZ', 'roster')
  expect(said).toContain('scribe: @UKIM 555 0101')
  expect(said).toContain('privacy officer: @UDANA +1 555 0100 · deputy @UDREW 555 0177')
})

test.each([
  ['its holder', 'UDANA', ['roster.named']],
  ['their deputy', 'UDREW', ['roster.named']],
  ['counsel, who may not', 'ULEE', []],
  ['anyone else', 'UKIM', []],
])('the roster is changed by %s', (_, actor, expected) => {
  const outcome = bench().run(actor, 'roster scribe <@UNED>')
  expect(kinds(outcome)).toEqual(expected)
  if (expected.length === 0) expect(outcome.said).toContain('Ask <@UDANA> (privacy officer)')
})

test('before anyone is named only an administrator names the first', () => {
  const here = bench({ roster: false })
  expect(here.run('UKIM', 'roster privacy-officer <@UKIM>').said).toContain(
    'ask an administrator of Wardroom',
  )
  here.admins = ['UKIM']
  expect(kinds(here.run('UKIM', 'roster privacy-officer <@UDANA>'))).toEqual(['roster.named'])
  here.admins = []
  expect(kinds(here.run('UDANA', 'roster scribe <@UKIM>'))).toEqual(['roster.named'])
})

test.each([
  ['a telephone that is none', 'roster scribe <@UKIM> phone call me maybe', 'phone'],
  ['a person as their own deputy', 'roster scribe <@UKIM> deputy <@UKIM>', 'same-person'],
  ['what the roster says already', 'roster counsel <@ULEE>', 'roster-same'],
  ['clearing what is empty', 'roster clear scribe', 'roster-same'],
  ['a misspelt role', 'roster scrib <@UKIM>', 'unknown-role'],
  ['a name that is no mention', 'roster scribe deputy @kim', 'roster-words'],
])('%s is refused', (_, line, reason) => {
  const outcome = bench().run('UDANA', line)
  expect(outcome.events).toEqual([])
  expect(outcome.refusal?.reason).toBe(reason)
})

test('a misspelt role offers the line put right', () => {
  expect(buttonLines(bench().run('UDANA', 'roster scrib <@UKIM> phone 555 0101'))[0]).toBe(
    'roster scribe <@UKIM> phone 555 0101',
  )
})

test('a role named without people opens its form, filled with who is named now', () => {
  const here = bench()
  const { form } = here.run('UDANA', 'roster privacy officer')
  expect(form?.carry).toEqual({ role: 'privacy-officer', whole: 'yes' })
  expect(form?.fields.map((field) => [field.name, 'initial' in field ? field.initial : undefined])).toEqual([
    ['holder', 'UDANA'],
    ['deputy', 'UDREW'],
    ['phone', undefined],
    ['deputyPhone', undefined],
  ])
  const outcome = here.submit('UDANA', 'roster', { ...form?.carry, holder: 'UDANA' })
  expect(only(outcome, 'roster.named')[0]).toMatchObject({
    data: { holder: 'UDANA', deputy: null },
    text: { phone: '+1 555 0100' },
  })
})

test('somebody who may not change it is told so before filling in a form', () => {
  expect(bench().run('UKIM', 'roster scribe').refusal?.reason).toBe('not-permitted')
})
