/** What the platform calls people, put on the record: when they are new to the incident, and when their name has changed. */
import { ChatError } from '../chat/port.ts'
import { type Event, event } from '../domain/events.ts'
import { isNamedIn } from '../outgoing/names.ts'
import type { Job, Outcome } from './delivering.ts'

export async function names(job: Job): Promise<Outcome> {
  const events = await namesOf(job, (job.row.args.people as readonly string[] | undefined) ?? [])
  return { outcome: events.length > 0 ? 'named' : 'known', events }
}

export async function namesOf(job: Job, people: readonly string[]): Promise<Event[]> {
  const { state, delivering } = job
  const seqs = people.flatMap((person) => state.names[person] ?? [])
  const recorded = await delivering.store.texts(state.incident, seqs)
  const events: Event[] = []
  for (const person of people) {
    const before = recorded.get(state.names[person] ?? 0)?.name
    const name = await nameOf(job, person)
    // A platform without a name of its own for somebody gives their id back, which is no name.
    if (name === person || (name !== undefined && name === before)) continue
    if (name === undefined && isNamedIn(state, person)) continue
    const data = { person, known: name !== undefined }
    events.push(event('person.named', data, name === undefined ? undefined : { name: name.toWellFormed() }))
  }
  return events
}

/** Undefined: the platform knows nobody of that id. */
const nameOf = ({ port }: Job, person: string): Promise<string | undefined> =>
  port.person(person).then(
    ({ name }) => name,
    (error: unknown) => {
      if (error instanceof ChatError && error.failure === 'gone') return undefined
      throw error
    },
  )
