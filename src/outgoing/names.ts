/**
 * Names people are asked for after the commit: once a person, and again when they come or are given a role, because a
 * name may have changed. No look-up stands between an event and its acknowledgement.
 */
import type { Recorded } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import { peopleNamed } from '../domain/people.ts'
import type { Outgoing } from '../store/unit.ts'

const SEEN_ANEW: readonly string[] = ['room.joined', 'role.assigned', 'role.offered']

export function nameLookups(events: readonly Recorded[], state: IncidentState): Outgoing[] {
  const people = new Set<string>()
  for (const each of events) {
    if (each.kind === 'person.named') continue
    const isAnew = SEEN_ANEW.includes(each.kind)
    for (const person of peopleNamed(each)) if (isAnew || !isNamedIn(state, person)) people.add(person)
    if (each.actor !== '' && !isNamedIn(state, each.actor)) people.add(each.actor)
  }
  if (people.size === 0) return []
  const { incident } = state
  return [
    { incident, lane: `names:${incident}`, verb: 'names', view: 'names', args: { people: [...people] } },
  ]
}

export const isNamedIn = (state: IncidentState, person: string): boolean => Object.hasOwn(state.names, person)
