/** An incident as full as one can get, with a person's words in every sealed place. */
import { type Event, event } from '../../src/domain/events.ts'
import { roles } from '../../src/domain/roles.ts'
import { affected, assigned, decided, discovered, fridayNight, joined, SECRET, type Story } from './story.ts'

const long = `${SECRET} `.repeat(1500)
export const at = '2026-11-21T04:30:00Z'

export function crowded(story: Story): Story {
  const { act } = story
  for (const { id } of roles) act(at, 'DANA', assigned(id, 'MAX', null, 'assigned'))
  for (const person of ['MAX', 'DANA', 'LEE']) act(at, '', joined('C1', person))
  act(at, 'SAM', decided(1, long, long), event('note.recorded', {}, { body: long }))
  for (let number = 1; number <= 80; number += 1) {
    const added = { item: `A${number}`, phase: 'containment', role: null } as const
    act(at, 'SAM', event('item.added', added, { title: long }))
  }
  act(at, 'SAM', event('phase.entered', { phase: 'containment', from: 'detection', openRequired: ['D1'] }))
  for (let number = 1; number <= 40; number += 1)
    act(at, 'SAM', event('item.completed', { item: `A${number}`, by: 'person' }, { note: long }))
  act(
    at,
    'LEE',
    discovered('2026-11-18', true, fridayNight, long),
    event('item.skipped', { item: 'C4' }, { reason: long }),
  )
  act(at, 'LEE', affected(900, Object.fromEntries(['TX', 'OK', 'NY', 'CA'].map((state) => [state, 200]))))
  act(at, '', event('coverage.gap', { from: fridayNight, to: at, why: 'disconnected' }))
  for (const step of ['topic', 'pin', 'invite ELLA', 'invite KIM'])
    act(at, '', event('room.nicety_failed', { step, code: 'not_allowed', person: null }))
  act('2027-01-10T13:00:00Z', '', ...reminders())
  return story
}

const reminders = (): Event[] =>
  ['hipaa.individual', 'hipaa.hhs.500plus'].map((clock) =>
    event('reminder.sent', { clock, lastDay: '2027-01-17', offset: '7', step: 0, to: ['LEE', 'MAX'] }),
  )
