/** The people an entry is about, whom a report must be able to name: whoever did it, and whom it names by id. */
import type { Event } from './events.ts'

type Told = Pick<Event, 'kind' | 'data'>

/** Members of `data` that hold people's ids. `from` and `to` hold them in these kinds alone: elsewhere they are times or phases. */
const MEMBERS = ['person', 'byPerson', 'previous', 'custodian'] as const
const BETWEEN_PEOPLE: readonly string[] = [
  'role.offered',
  'role.escalated',
  'evidence.offered',
  'evidence.transferred',
  'evidence.declined',
]

/** Without whoever did it. */
export function peopleNamed({ kind, data }: Told): readonly string[] {
  const told = data as Readonly<Record<string, unknown>>
  const members = [...MEMBERS, ...(BETWEEN_PEOPLE.includes(kind) ? (['from', 'to'] as const) : [])]
  const single = members.map((member) => told[member])
  const pairs = kind === 'incident.declared' ? declaredPeople(told) : []
  return [...new Set([...single, ...pairs].filter((id): id is string => typeof id === 'string' && id !== ''))]
}

function declaredPeople({ excluded, roster }: Readonly<Record<string, unknown>>): unknown[] {
  const lines = Object.values(roster as Record<string, { holder: string | null; deputy: string | null }>)
  return [...(excluded as string[]), ...lines.flatMap(({ holder, deputy }) => [holder, deputy])]
}
