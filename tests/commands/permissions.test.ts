import { describe, expect, test } from 'vitest'
import { commands } from '../../src/commands/index.ts'
import { event } from '../../src/domain/events.ts'
import { isParticipant, mayAct } from '../../src/domain/permit.ts'
import { type Act, isOffice, permissions, type Role, roles } from '../../src/domain/roles.ts'
import { bench, kinds } from './bench.ts'

const acts = Object.keys(permissions) as Act[]
const allowed: Readonly<Record<Act, readonly Role[]>> = {
  'role.assign': ['commander', 'deputy', 'privacy-officer', 'security-officer'],
  'phase.move': ['commander', 'deputy'],
  'item.skip': ['commander', 'deputy', 'privacy-officer', 'security-officer'],
  'incident.close': ['commander', 'privacy-officer'],
  'incident.reopen': ['commander', 'deputy', 'privacy-officer', 'counsel'],
  'clock.acknowledge': ['commander', 'deputy', 'privacy-officer', 'counsel'],
  'clock.snooze': ['commander', 'deputy', 'privacy-officer', 'counsel'],
  'clock.later': ['privacy-officer', 'counsel'],
  'notification.own': ['commander', 'deputy', 'privacy-officer', 'counsel'],
  'notification.approve': ['privacy-officer', 'counsel'],
  'chat.compromised': ['commander', 'deputy', 'security-officer', 'privacy-officer'],
  'incident.export': ['privacy-officer', 'security-officer', 'counsel'],
  'register.export': ['privacy-officer', 'security-officer', 'counsel'],
  'privilege.mark': ['counsel'],
  'privilege.read': ['counsel', 'privacy-officer'],
  'assess.sign': ['privacy-officer', 'counsel'],
  'assess.confirm': ['privacy-officer', 'counsel', 'security-officer'],
  'legal-hold': ['counsel', 'privacy-officer'],
  'content.dispose': ['privacy-officer', 'counsel', 'security-officer', 'sponsor'],
  'evidence.transfer': ['counsel', 'privacy-officer', 'security-officer'],
  'roster.edit': ['privacy-officer', 'security-officer', 'sponsor'],
}

describe.each(acts)('%s', (act) => {
  test.each(roles.map(({ id }) => id))('by the %s', (role) => {
    const here = bench({ roster: false })
    // Everybody else's roles are held by somebody else, so that nothing is let through for want of a holder.
    here.give(Object.fromEntries(roles.map(({ id }) => [id, id === role ? 'UKIM' : 'USAM'])))
    const refusal = mayAct(here.state, here.organisation, act, 'UKIM')
    expect(refusal === undefined).toBe(allowed[act].includes(role))
    if (refusal) expect(refusal).toMatchObject({ reason: 'not-permitted' })
  })

  test('while nobody holds any of its roles', () => {
    const here = bench({ roster: false })
    const { untaken } = permissions[act]
    const first = mayAct(here.state, here.organisation, act, 'UKIM')
    const [role] = permissions[act].roles
    expect(first?.askReasonFor).toBe(untaken ? role : undefined)
    here.record('UKIM', event('role.acted', { role, person: 'UKIM' }, { reason: 'nobody else is awake' }))
    expect(mayAct(here.state, here.organisation, act, 'UKIM') === undefined).toBe(untaken)
    // The reason is one person's: the next is asked for their own.
    expect(mayAct(here.state, here.organisation, act, 'UNED')).toBeDefined()
    // And it ends when somebody holds the role.
    here.give({ [role]: 'USAM' })
    expect(mayAct(here.state, here.organisation, act, 'UKIM')?.reason).toBe('not-permitted')
  })

  test('by somebody kept out, even as a holder', () => {
    const here = bench({ roster: false })
    here.give(Object.fromEntries(roles.map(({ id }) => [id, 'UEVE'])))
    expect(mayAct(here.state, here.organisation, act, 'UEVE')).toBeDefined()
  })
})

test.each(roles.map(({ id }) => id))(
  'the roster alone lets somebody act as %s only where it is an office',
  (role) => {
    const here = bench({ roster: false })
    here.organisation = {
      ...here.organisation,
      roster: { [role]: { holder: 'USAM', deputy: 'UKIM', seq: 1 } },
    }
    const act = acts.find((each) => allowed[each].includes(role))
    if (act) expect(mayAct(here.state, here.organisation, act, 'UKIM') === undefined).toBe(isOffice(role))
  },
)

test.each([
  ['who declared', 'USAM', true],
  ['who is in the room', 'UKIM', true],
  ['whom the roster names', 'UDANA', true],
  ['a deputy of the roster', 'UDREW', true],
  ['who is none of these', 'UOZ', false],
  ['who is kept out', 'UEVE', false],
])('somebody %s takes part: %s %s', (_, person, expected) => {
  const here = bench()
  expect(isParticipant(here.state, here.organisation, person)).toBe(expected)
})

const lines = [
  'assign scribe <@UKIM>',
  'claim scribe',
  'handoff commander <@UKIM>',
  'accept commander',
  'decline commander',
  'phase next because x',
  'check',
  'check D2 done',
  'check D2 skip because x',
  'note x',
  'decide x because y',
  'evidence x',
  'roles',
]

test.each(lines)(
  'somebody kept out who holds a role and sits in the room is still told nothing by "%s"',
  (line) => {
    const here = bench()
    here.give({ commander: 'UEVE' })
    here.state = { ...here.state, members: [...here.state.members, 'UEVE'] }
    const outcome = here.run('UEVE', line)
    expect(outcome.refusal?.reason).toBe('not-a-participant')
    expect(outcome.events).toEqual([])
  },
)

test('acting with a reason is recorded once for a role and a person', () => {
  const here = bench()
  expect(kinds(here.run('UKIM', 'assign scribe <@UNED> because nobody leads'))).toEqual([
    'role.acted',
    'role.assigned',
  ])
  expect(kinds(here.run('UKIM', 'phase next because it spreads'))).toEqual([
    'phase.entered',
    'decision.recorded',
  ])
  expect(kinds(here.run('UNED', 'phase back'))).toEqual([])
})

test('no two commands share a word', () => {
  const words = commands.flatMap(({ verb, aliases }) => [verb, ...aliases])
  expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([])
})

test.each(commands.flatMap((row) => row.examples.map((example) => [example, row] as const)))(
  'the example "%s" is understood by its own command',
  (example, row) => {
    const [word = ''] = example.split(' ')
    expect([row.verb, ...row.aliases]).toContain(word)
  },
)
