import { expect, test } from 'vitest'
import { event } from '../../src/domain/events.ts'
import { bench, buttonLines, kinds, only } from './bench.ts'

const led = () => {
  const here = bench()
  here.give({ commander: 'USAM' })
  return here
}

test('a role moves only when it is accepted, and keeps the reason of the offer', () => {
  const here = led()
  const offer = here.run('USAM', 'handoff commander <@UKIM> because my shift ends')
  expect(offer.events).toEqual([
    {
      kind: 'role.offered',
      data: { role: 'commander', from: 'USAM', to: 'UKIM' },
      text: { reason: 'my shift ends' },
    },
  ])
  expect(here.state.roles.commander?.person).toBe('USAM')
  const offered = here.state.offers[0]?.seq
  const accepted = here.run('UKIM', 'accept commander')
  expect(accepted.events).toEqual([
    {
      kind: 'role.assigned',
      data: { role: 'commander', person: 'UKIM', previous: 'USAM', how: 'handoff' },
      text: { reason: 'my shift ends' },
      ref: offered,
    },
  ])
  expect(here.state.roles.commander?.person).toBe('UKIM')
  expect(here.state.offers).toEqual([])
})

test('the only role one holds need not be named; one of several must', () => {
  const here = led()
  expect(only(here.run('USAM', 'handoff <@UKIM>'), 'role.offered')[0]?.data.role).toBe('commander')
  here.give({ scribe: 'USAM' })
  const several = here.run('USAM', 'handoff <@UNED>')
  expect(several.form?.fields[0]).toMatchObject({
    options: [{ value: 'commander' }, { value: 'scribe' }],
  })
})

test.each([
  [
    'by somebody who does not hold it',
    'UKIM',
    'handoff commander <@UNED>',
    'not-holder',
    ['assign commander <@UNED>'],
  ],
  [
    'of a role nobody holds',
    'USAM',
    'handoff scribe <@UNED>',
    'not-held',
    ['claim scribe', 'assign scribe <@UNED>'],
  ],
  ['to oneself', 'USAM', 'handoff commander me', 'holds-already', ['roles']],
  ['to somebody kept out', 'USAM', 'handoff commander <@UEVE>', 'cannot-hold', []],
])('a handoff %s is refused', (_, actor, line, reason, lines) => {
  const outcome = led().run(actor, line)
  expect(outcome.events).toEqual([])
  expect(outcome.refusal?.reason).toBe(reason)
  expect(buttonLines(outcome)).toEqual(lines)
})

test('an office is offered only to people the roster names for it', () => {
  const here = bench()
  here.give({ 'privacy-officer': 'UDANA' })
  expect(here.run('UDANA', 'handoff privacy officer <@UKIM>').refusal?.reason).toBe('not-on-roster')
  expect(kinds(here.run('UDANA', 'handoff privacy officer <@UDREW>'))).toEqual(['role.offered'])
})

test('an office accepted after the roster changed is refused', () => {
  const here = bench()
  here.give({ 'privacy-officer': 'UDANA' })
  here.run('UDANA', 'handoff privacy officer <@UDREW>')
  here.organisation = { ...here.organisation, roster: {} }
  expect(here.run('UDREW', 'accept').refusal?.reason).toBe('not-on-roster')
})

test('an offer that the holder changed under is gone, and says who holds it now', () => {
  const here = led()
  here.run('USAM', 'handoff commander <@UKIM>')
  here.give({ commander: 'UNED' })
  const late = here.run('UKIM', 'accept commander')
  expect(late.refusal?.reason).toBe('no-offer')
  expect(late.said).toContain('<@UNED> holds incident commander')
})

test('a new offer replaces the old one', () => {
  const here = led()
  here.run('USAM', 'handoff commander <@UKIM>')
  expect(here.run('USAM', 'handoff commander <@UKIM>').refusal?.reason).toBe('offered-already')
  expect(here.run('USAM', 'handoff commander <@UNED>').said).toContain(
    'The earlier offer to @UKIM no longer stands',
  )
  expect(here.run('UKIM', 'accept commander').refusal?.reason).toBe('no-offer')
  expect(kinds(here.run('UNED', 'accept'))).toEqual(['role.assigned'])
})

test('declining leaves the role where it is, with the reason', () => {
  const here = led()
  here.run('USAM', 'handoff commander <@UKIM>')
  const declined = here.run('UKIM', 'decline because I am off duty')
  expect(only(declined, 'role.declined')[0]).toMatchObject({
    data: { role: 'commander', person: 'UKIM' },
    text: { reason: 'I am off duty' },
  })
  expect(here.state.roles.commander?.person).toBe('USAM')
  expect(here.state.offers).toEqual([])
})

test('the one who offered takes the offer back', () => {
  const here = led()
  here.run('USAM', 'handoff commander <@UKIM>')
  expect(here.run('USAM', 'decline commander').said).toContain('taken back')
  expect(here.run('UKIM', 'accept').refusal?.reason).toBe('no-offer')
})

test('somebody outside the room may accept what was offered to them', () => {
  const here = led()
  here.run('USAM', 'handoff commander <@UOZ>')
  expect(kinds(here.run('UOZ', 'accept commander'))).toEqual(['role.assigned'])
})

test.each([
  ['without any offer', 'UKIM', 'no-offer'],
  ['by somebody who takes no part', 'UOZ', 'not-a-participant'],
  ['by somebody kept out', 'UEVE', 'not-a-participant'],
])('accepting %s is refused', (_, actor, reason) => {
  expect(led().run(actor, 'accept commander').refusal?.reason).toBe(reason)
})

test('somebody kept out after the offer can no longer accept it', () => {
  const here = led()
  here.run('USAM', 'handoff commander <@UKIM>')
  here.record('USAM', event('person.excluded', { person: 'UKIM' }))
  expect(here.run('UKIM', 'accept commander').refusal?.reason).toBe('not-a-participant')
})

test('roles shows holders, open roles, offers and the history with times and reasons', () => {
  const here = led()
  here.run('USAM', 'assign scribe <@UNED> because he types fast')
  here.at = new Date('2026-11-21T05:00:00Z')
  here.run('USAM', 'assign scribe <@UKIM> because Ned went home')
  here.run('USAM', 'handoff commander <@UKIM> because my shift ends')
  const { said, card, events } = here.run('UNED', 'roles')
  expect(events).toEqual([])
  expect(said).toContain('scribe: @UKIM since Sat 21 Nov 00:00, assigned — Ned went home')
  expect(said).toContain('scribe: @UNED, Fri 20 Nov 22:41 to Sat 21 Nov 00:00, assigned — he types fast')
  expect(said).toContain(
    '@USAM offered incident commander to @UKIM, Sat 21 Nov 00:00; not answered yet. — my shift ends',
  )
  expect(said).toContain('▲ privacy officer')
  expect(card?.summary).not.toMatch(/shift|Ned|types/)
})

test('roles offers at most five buttons: accept first, then needed roles this person may take', () => {
  const here = led()
  here.run('USAM', 'handoff commander <@UDANA>')
  expect(buttonLines(here.run('UDANA', 'roles'))).toEqual([
    'accept commander',
    'decline commander',
    'claim privacy-officer',
    'claim deputy',
    'claim detection-lead',
  ])
  expect(buttonLines(here.run('UKIM', 'roles'))).not.toContain('claim privacy-officer')
})

test.each(['UOZ', 'UEVE'])('roles tells %s nothing', (actor) => {
  expect(led().run(actor, 'roles').refusal?.reason).toBe('not-a-participant')
})
