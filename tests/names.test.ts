/** Names on record: who is looked up, how often, and what is kept of it. */
import { describe, expect, test } from 'vitest'
import { ChatError } from '../src/chat/port.ts'
import type { Job } from '../src/delivery/delivering.ts'
import { names } from '../src/delivery/names.ts'
import { type Event, event } from '../src/domain/events.ts'
import { nameLookups } from '../src/outgoing/names.ts'
import { bench } from './commands/bench.ts'

const joined = (person: string) => event('room.joined', { room: 'C1', person, invited: true, guest: false })
const recorded = (actor: string, each: Event) => ({ ...each, seq: 9, at: '', actor })
const lookedUp = (state: ReturnType<typeof bench>['state'], actor: string, each: Event) =>
  nameLookups([recorded(actor, each)], state).flatMap(({ args }) => args.people as string[])

describe('looked up', () => {
  const assigned = event('role.assigned', {
    role: 'scribe',
    person: 'UKIM',
    previous: 'UNED',
    how: 'assigned',
  })
  const note = event('note.recorded', {}, { body: 'x' })
  test.each<readonly [string, Event, string[]]>([
    ['whoever did it', note, ['USAM']],
    ['whoever it was done by or to', assigned, ['UKIM', 'UNED', 'USAM']],
    ['whoever came', joined('UKIM'), ['UKIM', 'USAM']],
    [
      'whom a role was offered to, and not the phase that was left',
      event('role.offered', { role: 'scribe', from: 'USAM', to: 'UKIM' }),
      ['USAM', 'UKIM'],
    ],
    [
      'nobody for a phase or a gap but whoever did it',
      event('coverage.gap', { from: '2026-11-20', to: null, why: 'x' }),
      ['USAM'],
    ],
    ['whom the roster named then, and who is kept out', declaredWith(), ['UEVE', 'UDANA', 'USAM']],
  ])('is %s', (_, each, people) => expect(lookedUp(bench().state, 'USAM', each)).toEqual(people))

  test('is nobody a second time, but whoever comes or is given a role', () => {
    const here = bench()
    for (const person of ['USAM', 'UKIM', 'UNED'])
      here.record('', event('person.named', { person, known: true }, { name: person }))
    expect(lookedUp(here.state, 'USAM', note)).toEqual([])
    expect(lookedUp(here.state, 'USAM', joined('UKIM'))).toEqual(['UKIM'])
    expect(lookedUp(here.state, 'USAM', assigned)).toEqual(['UKIM', 'UNED'])
  })

  test('is nobody for what nobody did', () =>
    expect(nameLookups([recorded('', event('clocks.changed', { moves: [] }))], bench().state)).toEqual([]))
})

function declaredWith() {
  return event('incident.declared', {
    kind: 'other',
    drill: false,
    noticedAt: '2026-11-20',
    organisation: bench().state.organisation,
    platform: 'slack',
    workspace: 'T1',
    excluded: ['UEVE'],
    roster: { 'privacy-officer': { holder: 'UDANA', deputy: null } },
  })
}

describe('put on the record', () => {
  /** One delivery after another, as the lane has them; what each recorded. */
  async function run(...answers: (string | 'gone')[]) {
    const here = bench()
    const all: Event[][] = []
    for (const answer of answers) {
      const port = {
        person: async (id: string) => {
          if (answer === 'gone') throw new ChatError('gone', 'user_not_found')
          return { id, name: answer, kind: 'human', guest: false, deactivated: false }
        },
      }
      const store = { texts: async () => here.texts }
      const row = { args: { people: ['UKIM'] } }
      const { events } = await names({
        row,
        port,
        delivering: { store },
        state: here.state,
      } as unknown as Job)
      here.record('', ...events)
      all.push([...events])
    }
    return all.map((events) =>
      events.map((each) => (each.kind === 'person.named' && each.data.known ? each.text?.name : 'nobody')),
    )
  }

  test.each([
    ['the name, once', ['Kim Cho', 'Kim Cho'], [['Kim Cho'], []]],
    ['another name', ['Kim Cho', 'Kim Park'], [['Kim Cho'], ['Kim Park']]],
    ['a name that came back', ['Kim Cho', 'Kim Park', 'Kim Cho'], [['Kim Cho'], ['Kim Park'], ['Kim Cho']]],
    ['that nobody is known, once', ['gone', 'gone'], [['nobody'], []]],
    ['a name after nobody was known', ['gone', 'Kim Cho'], [['nobody'], ['Kim Cho']]],
    ['not that somebody who was named has left', ['Kim Cho', 'gone'], [['Kim Cho'], []]],
    ['no id in place of a name', ['UKIM'], [[]]],
  ])('is %s', async (_, answers, expected) => expect(await run(...answers)).toEqual(expected))
})
