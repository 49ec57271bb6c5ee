import { expect, test } from 'vitest'
import { bench, buttonLines, kinds, only } from './bench.ts'

const led = () => {
  const here = bench()
  here.give({ commander: 'USAM' })
  return here
}

test.each([
  ['a role by its id', 'assign commander <@UKIM>', 'commander'],
  ['a short word for a role', 'assign ic <@UKIM>', 'commander'],
  ['two words before the mention', 'assign comms lead <@UKIM>', 'communications-lead'],
  ['the person first', 'assign <@UKIM> as scribe', 'scribe'],
  ['with "to" between', 'assign clinical lead to <@UKIM|kim>', 'clinical-lead'],
])('%s is understood', (_, line, role) => {
  const outcome = led().run('USAM', line)
  expect(only(outcome, 'role.assigned')[0]?.data).toMatchObject({ role, person: 'UKIM', how: 'assigned' })
})

test('the one who types may name themselves with "me"', () => {
  for (const line of ['assign scribe me', 'assign scribe to me', 'assign me as scribe'])
    expect(only(led().run('USAM', line), 'role.assigned')[0]?.data).toMatchObject({
      role: 'scribe',
      person: 'USAM',
    })
})

test('the holder before and the reason are recorded', () => {
  const here = led()
  const outcome = here.run('USAM', 'assign commander <@UKIM> because Sam was up all night')
  expect(outcome.events).toEqual([
    {
      kind: 'role.assigned',
      data: { role: 'commander', person: 'UKIM', previous: 'USAM', how: 'assigned' },
      text: { reason: 'Sam was up all night' },
    },
  ])
  expect(here.state.roles.commander?.person).toBe('UKIM')
  expect(outcome.said).toContain('@USAM held it before')
})

test.each([
  ['nothing typed', 'assign', undefined],
  ['a role without a person', 'assign scribe', 'scribe'],
])('%s opens the form', (_, line, role) => {
  const { form, events } = led().run('USAM', line)
  expect(events).toEqual([])
  expect(form?.fields.map(({ name }) => name)).toEqual(['role', 'person', 'reason'])
  expect(form?.fields[0]).toMatchObject(role ? { initial: role } : { kind: 'choice' })
})

test('the form records what typed words record', () => {
  const outcome = led().submit('USAM', 'assign', { role: 'scribe', person: 'UNED', reason: '' })
  expect(outcome.events).toEqual([
    { kind: 'role.assigned', data: { role: 'scribe', person: 'UNED', previous: null, how: 'assigned' } },
  ])
})

test.each([
  [
    'a misspelt role offers the line put right',
    'assign comander <@UKIM>',
    'unknown-role',
    /Did you mean incident commander/,
    ['assign commander <@UKIM>', 'roles'],
  ],
  [
    'a role nobody knows lists the roles',
    'assign wizard <@UKIM>',
    'unknown-role',
    /privacy officer/,
    ['roles'],
  ],
  [
    'an office goes only to people of the roster',
    'assign privacy officer <@UKIM>',
    'not-on-roster',
    /roster privacy-officer <@UKIM>/,
    ['roster privacy-officer <@UKIM>', 'roster'],
  ],
  ['the holder again changes nothing', 'assign commander <@USAM>', 'holds-already', /already/, ['roles']],
  ['a name that is no mention', 'assign scribe @kim', 'unknown-person', /cannot tell who/, ['assign']],
  [
    'a person kept out, without saying why',
    'assign scribe <@UEVE>',
    'cannot-hold',
    /cannot hold a role in this incident/,
    [],
  ],
])('%s', (_, line, reason, says, lines) => {
  const outcome = led().run('USAM', line)
  expect(outcome.events).toEqual([])
  expect(outcome.refusal?.reason).toBe(reason)
  expect(outcome.said).toMatch(says)
  expect(outcome.said).not.toMatch(/kept out|excluded/)
  expect(buttonLines(outcome)).toEqual(lines)
})

test('an office goes to its holder and to the deputy on the roster', () => {
  for (const person of ['UDANA', 'UDREW'])
    expect(kinds(led().run('USAM', `assign privacy-officer <@${person}>`))).toEqual(['role.assigned'])
})

test('while nobody leads, a reason typed is the reason for acting, asked once', () => {
  const here = bench()
  const bare = here.run('UKIM', 'assign scribe <@UNED>')
  expect(bare.refusal?.askReasonFor).toBe('commander')
  const reasoned = here.run('UKIM', 'assign scribe <@UNED> because nobody else is awake')
  expect(kinds(reasoned)).toEqual(['role.acted', 'role.assigned'])
  expect(kinds(here.run('UKIM', 'assign detection-lead <@UNED>'))).toEqual(['role.assigned'])
})

test('while nobody leads, the form asks for the reason at once', () => {
  const { form } = bench().run('UKIM', 'assign')
  expect(form?.intro?.[0]).toContain('Nobody holds incident commander yet')
  expect(form?.fields[2]).toMatchObject({ name: 'reason', optional: false })
  expect(led().run('USAM', 'assign').form?.fields[2]).toMatchObject({ optional: true })
})

test('people who take no part and people kept out get the same sentence', () => {
  const here = led()
  const sentences = ['UOZ', 'UEVE'].map((actor) => here.run(actor, 'assign scribe <@UNED>').said)
  expect(sentences[0]).toBe(sentences[1])
  expect(sentences[0]).toBe('There is no incident here that you take part in. Yours: /incident list')
})

test('a claim takes an open role; the second claim finds the holder and how to ask for it', () => {
  const here = bench()
  expect(only(here.run('UKIM', 'claim ic'), 'role.assigned')[0]?.data).toEqual({
    role: 'commander',
    person: 'UKIM',
    previous: null,
    how: 'claimed',
  })
  const second = here.run('UNED', 'claim commander')
  expect(second.refusal?.reason).toBe('held')
  expect(second.said).toContain('<@UKIM> holds incident commander')
  expect(second.said).toContain('handoff commander <@UNED>')
})

test.each([
  ['an office one is not named for', 'UKIM', 'claim privacy officer', 'not-on-roster'],
  ['a role one holds', 'USAM', 'claim commander', 'holds-already'],
  ['a role that does not exist', 'UKIM', 'claim scirbe', 'unknown-role'],
  ['anything, for somebody kept out', 'UEVE', 'claim scribe', 'not-a-participant'],
  ['anything, for somebody who takes no part', 'UOZ', 'claim scribe', 'not-a-participant'],
])('claiming %s is refused', (_, actor, line, reason) => {
  const outcome = led().run(actor, line)
  expect(outcome.refusal?.reason).toBe(reason)
  expect(outcome.events).toEqual([])
})

test('an office is claimed by somebody the roster names', () => {
  expect(kinds(led().run('UDREW', 'claim privacy officer'))).toEqual(['role.assigned'])
})

test('the claim form offers open roles this person may take', () => {
  const [field] = led().run('UKIM', 'claim').form?.fields ?? []
  const values = field?.kind === 'choice' ? field.options.map(({ value }) => value) : []
  expect(values).toContain('scribe')
  expect(values).not.toContain('commander')
  expect(values).not.toContain('privacy-officer')
})

test.each([
  ['assign scribe <@UKIM> <@UNED>', 'Scribe is held by one person. Name one.', 'assign scribe'],
  ['assign <@UKIM> and <@UNED> as comms lead', 'Communications lead is held', 'assign communications-lead'],
  ['assign <@UKIM>, <@UNED>', 'A role is held by one person. Name one.', 'assign'],
  ['handoff commander <@UKIM> <@UNED> because I go home', 'Incident commander is held', 'handoff commander'],
])('%s names two people: neither is taken', (line, words, button) => {
  const outcome = led().run('USAM', line)
  expect(outcome.events).toEqual([])
  expect(outcome.refusal?.reason).toBe('two-people')
  expect(outcome.refusal?.refusal).toContain(words)
  expect(outcome.refusal?.buttons).toMatchObject([{ line: button, form: true }])
})
