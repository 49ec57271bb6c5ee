/** Who may be brought into a room or told of an incident, and what becomes of those who may not. */
import { ChatError, type ChatPort } from '../chat/port.ts'
import { event } from '../domain/events.ts'
import { currentRoom } from '../domain/incident.ts'
import { isExcluded } from '../domain/permit.ts'
import { roles } from '../domain/roles.ts'
import { type Job, NOTHING, type Outcome } from './delivering.ts'

export async function invite({ row, port, state }: Job): Promise<Outcome> {
  const room = currentRoom(state)
  if (!room) return NOTHING
  const people = ((row.args.people as string[] | undefined) ?? []).filter(
    (person) => !isExcluded(state, person) && !state.members.includes(person),
  )
  const refused = await inviteTo(port, room.room, people)
  const events = refused.map(({ person, code }) =>
    event('room.nicety_failed', { step: `invite ${person}`, code, person }),
  )
  return { outcome: events.length > 0 ? 'some not invited' : 'invited', events }
}

/** Who could not be: a guest, somebody who left, or whom the platform refuses; and why. */
export async function inviteTo(
  port: ChatPort,
  room: string,
  people: readonly string[],
): Promise<readonly { person: string; code: string }[]> {
  const looked = await Promise.all(people.map((person) => allowed(port, person)))
  const failures = looked.flatMap(({ person, code }) => (code === undefined ? [] : [{ person, code }]))
  const welcome = looked.filter((one) => one.code === undefined).map((one) => one.person)
  return [...failures, ...(welcome.length > 0 ? await port.invite(room, welcome) : [])]
}

/** Guests and people who left are never invited: an incident's room is for the workforce. */
export async function allowed(port: ChatPort, id: string): Promise<{ person: string; code?: string }> {
  const person = await port.person(id).catch((error: unknown) => {
    if (error instanceof ChatError && error.failure === 'gone') return undefined
    throw error
  })
  if (!person || person.deactivated) return { person: id, code: 'deactivated' }
  if (person.guest) return { person: id, code: 'guest' }
  return { person: id }
}

/**
 * An incident is for the workforce: a guest is told nothing, and what they or somebody without an account were given is
 * taken back, where all can see: a role that looks taken is not asked for again.
 */
export function notTold({ row, state }: Job, person: string, code: string): Outcome {
  const held = roles.filter(({ id }) => state.roles[id]?.person === person)
  const vacated = held.map(({ id }) => event('role.vacated', { role: id, person, why: code }))
  const failed = event('post.failed', { delivery: row.id, view: row.view, to: person, code })
  return { outcome: code, events: [failed, ...vacated] }
}
