/**
 * Whom we met in this tenant: Teams names people in activities by a member id (`29:…`) of its own, we only by their
 * Entra object id. Held in memory, refilled by every activity and roster; a later telling never takes away what an
 * earlier one told.
 */
export interface Known {
  /** Entra object id (aadObjectId). */
  readonly id: string
  readonly name: string
  /** The member id, `29:…`. */
  readonly member?: string
  /** Told by rosters alone. Undefined: none told yet, which is another thing than being none. */
  readonly guest: boolean | undefined
}

export interface Directory {
  learn(person: Known): void
  byMember(member: string): Known | undefined
  byId(id: string): Known | undefined
  all(): readonly Known[]
}

export function makeDirectory(): Directory {
  const people = new Map<string, Known>()
  const ids = new Map<string, string>()
  const byId = (id: string) => people.get(id.toLowerCase())
  return {
    learn(person) {
      const before = byId(person.id)
      const id = person.id.toLowerCase()
      const member = person.member ?? before?.member
      const name = person.name || (before?.name ?? '')
      const guest = person.guest ?? before?.guest
      people.set(id, { id, name, guest, ...(member === undefined ? {} : { member }) })
      if (person.member !== undefined) ids.set(person.member, id)
    },
    byMember: (member) => {
      const id = ids.get(member)
      return id === undefined ? undefined : people.get(id)
    },
    byId,
    all: () => [...people.values()],
  }
}
