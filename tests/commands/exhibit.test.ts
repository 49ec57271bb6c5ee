/** Exhibits: what may stand outside the seal, who hands them over, and that it counts only once it is accepted. */
import { expect, test } from 'vitest'
import { type Bench, bench, kinds, only } from './bench.ts'

const digest = '9f'.repeat(32)
const whole = { do: 'add', source: 'disk-image', body: 'image of WS-104', place: 'safe 3', sha256: digest }

function added(): Bench {
  const here = bench()
  here.submit('USAM', 'evidence', whole)
  return here
}

test('an exhibit typed whole keeps hash and seal open and its words sealed', () => {
  const here = bench()
  const line = `evidence add disk image of WS-104 from ward 3, sha256 ${digest}, seal S-104423, with <@UKIM>, in safe 3`
  const [exhibit] = only(here.run('USAM', line), 'evidence.added')
  expect(exhibit).toMatchObject({
    data: { exhibit: 1, source: 'disk-image', sha256: digest, seal: 'S-104423', custodian: 'UKIM' },
    text: { body: 'disk image of WS-104 from ward 3', place: 'safe 3' },
  })
  expect(JSON.stringify(exhibit?.data)).not.toContain('WS-104')
})

test.each([
  ['a badge log of door 3, hash 9f2c', 'evidence.recorded'],
  ['photo in the safe by "Officer Ruiz"', 'evidence.recorded'],
  ['list of visitors, in the binder', 'evidence.recorded'],
  ['transfer of the server room key was seen', 'evidence.recorded'],
])('evidence told in words stays so: %s', (words, kind) => {
  expect(kinds(bench().run('USAM', `evidence ${words}`))).toEqual([kind])
})

test.each([
  ['nothing but add', 'evidence add', undefined],
  ['no hash and no seal', 'evidence add paper record book, in safe 3', 'paper'],
  ['no place', `evidence add log export of the firewall, sha256 ${digest}`, 'log-export'],
])('%s opens the form with what was typed', (_, line, source) => {
  const { form, events } = bench().run('USAM', line)
  expect(events).toEqual([])
  expect(form?.carry).toEqual({ do: 'add' })
  const field = form?.fields.find(({ name }) => name === 'source')
  expect(field && 'initial' in field ? field.initial : undefined).toBe(source)
})

test.each([
  ['a hash a digit short', { sha256: digest.slice(1) }, 'sha256'],
  ['neither hash nor seal', { sha256: '' }, 'sha256'],
  ['a seal that is a sentence', { seal: 'bag of Mrs Smith' }, 'seal'],
  ['no place', { place: '' }, 'place'],
  ['no words', { body: '' }, 'body'],
  ['another kind of thing', { source: 'rumour' }, 'source'],
  ['somebody kept out as its keeper', { custodian: 'UEVE' }, 'custodian'],
])('an exhibit with %s is refused at its field', (_, change, field) => {
  const outcome = bench().submit('USAM', 'evidence', { ...whole, ...change })
  expect(outcome.refusal?.field).toBe(field)
  expect(outcome.events).toEqual([])
})

test('somebody outside the chat may keep it, by name in the sealed words alone', () => {
  const [exhibit] = only(
    bench().submit('USAM', 'evidence', { ...whole, custodian: 'USAM', keeper: 'Officer Ruiz, city police' }),
    'evidence.added',
  )
  expect(exhibit).toMatchObject({ data: { custodian: null }, text: { keeper: 'Officer Ruiz, city police' } })
})

test.each([
  ['whoever keeps it', 'USAM', undefined],
  ['counsel', 'ULEE', undefined],
  ['the privacy officer', 'UDANA', undefined],
  ['somebody else', 'UNED', 'not-custodian'],
])('offered by %s', (_, actor, reason) => {
  expect(added().run(actor, 'evidence transfer E1 <@UKIM> because the lab').refusal?.reason).toBe(reason)
})

test('it stays where it is until the receiver accepts', () => {
  const here = added()
  here.run('USAM', 'evidence transfer E1 <@UKIM> because the lab')
  expect(here.state.exhibits[0]).toMatchObject({ custodian: 'USAM', offer: { to: 'UKIM', by: 'USAM' } })
  expect(here.run('UNED', 'evidence accept E1').refusal?.reason).toBe('no-offer')
  const outcome = here.run('UKIM', 'accept')
  expect(only(outcome, 'evidence.transferred')[0]).toMatchObject({
    data: { exhibit: 1, from: 'USAM', to: 'UKIM' },
  })
  expect(here.state.exhibits[0]).toMatchObject({ custodian: 'UKIM', offer: null })
  expect(here.run('USAM', 'evidence transfer E1 <@UNED>').refusal?.reason).toBe('not-custodian')
})

test.each([
  ['accepted by its name', 'UKIM', 'accept E1', 'evidence.transferred'],
  ['turned down by whom it was offered to', 'UKIM', 'decline E1', 'evidence.declined'],
  ['taken back by whoever offered it', 'USAM', 'evidence withdraw E1', 'evidence.declined'],
  ['ended by counsel', 'ULEE', 'evidence decline E1', 'evidence.declined'],
])('an offer is %s', (_, actor, line, kind) => {
  const here = added()
  here.run('USAM', 'evidence transfer E1 <@UKIM>')
  expect(kinds(here.run(actor, line))).toEqual([kind])
  expect(here.state.exhibits[0]?.offer).toBeNull()
})

test.each([
  ['ended by anybody else', 'UNED', 'evidence decline E1', 'no-offer'],
  ['made to somebody kept out', 'USAM', 'evidence transfer E1 <@UEVE>', 'cannot-keep'],
  ['made of what is not there', 'USAM', 'evidence transfer E7 <@UNED>', 'no-exhibit'],
  ['made to whoever keeps it', 'USAM', 'evidence transfer E1 <@USAM>', 'exhibit-theirs'],
  ['made to the same person twice', 'USAM', 'evidence transfer E1 <@UKIM>', 'offered-already'],
])('no offer is %s', (_, actor, line, reason) => {
  const here = added()
  here.run('USAM', 'evidence transfer E1 <@UKIM>')
  expect(here.run(actor, line).refusal?.reason).toBe(reason)
})

test('with a role and an exhibit offered, accept alone means the role', () => {
  const here = added()
  here.give({ scribe: 'USAM' })
  here.run('USAM', 'handoff scribe <@UKIM>')
  here.run('USAM', 'evidence transfer E1 <@UKIM>')
  expect(kinds(here.run('UKIM', 'accept'))).toEqual(['role.assigned'])
  expect(kinds(here.run('UKIM', 'accept'))).toEqual(['evidence.transferred'])
})

test('the list shows each with its hash, keeper and words, and custody how it went from hand to hand', () => {
  const here = added()
  here.run('USAM', 'evidence transfer E1 <@UKIM>')
  here.run('UKIM', 'evidence accept E1')
  const { said } = here.run('UNED', 'evidence list')
  for (const words of ['E1', 'disk image', 'image of WS-104', digest, 'safe 3', '@UKIM'])
    expect(said).toContain(words)
  expect(here.run('UNED', 'custody').said).toContain('took over E1 from @USAM')
})

test('a long list comes in pages', () => {
  const here = bench()
  for (let i = 0; i < 10; i++) here.submit('USAM', 'evidence', { ...whole, seal: `S-${i + 1}` })
  const first = here.run('USAM', 'evidence list').said
  expect([first.includes('S-8'), first.includes('S-9')]).toEqual([true, false])
  expect(here.run('USAM', 'evidence list from E9').said).toContain('S-10')
})
