/** People by the names on record: display name and roles as they were at that entry, never a bare id. */
import type { IncidentState } from '../incident.ts'
import { rolesOf } from '../incident-items.ts'
import type { Role } from '../roles.ts'
import { readable } from './markup.ts'

export interface Who {
  /** `outside`: somebody who is not in chat, named in words. */
  readonly kind: 'person' | 'outside' | 'wardroom'
  /** Null: no name is on record. */
  readonly name: string | null
  readonly roles: readonly Role[]
}

/** Somebody as an entry names them, before all names are known. */
export interface Mention {
  readonly person: string
  readonly seq: number
  readonly roles: readonly Role[]
}

const WARDROOM: Who = { kind: 'wardroom', name: null, roles: [] }
export const NO_NAME = 'person without a name on record'

export const outside = (name: string): Who => ({ kind: 'outside', name, roles: [] })

export const mention = (person: string, seq: number, state: IncidentState | null): Mention => ({
  person,
  seq,
  roles: state ? rolesOf(state, person) : [],
})

export type People = ReturnType<typeof peopleOnRecord>

export function peopleOnRecord() {
  const named = new Map<string, { readonly seq: number; readonly name: string }[]>()
  /** The name then; a name first recorded later is better than none. */
  const nameAt = (person: string, seq: number): string | null => {
    const names = named.get(person) ?? []
    return (names.findLast((each) => each.seq <= seq) ?? names[0])?.name ?? null
  }
  return {
    name(person: string, seq: number, name: string) {
      named.set(person, [...(named.get(person) ?? []), { seq, name }])
    },
    who: ({ person, seq, roles }: Mention): Who =>
      person === '' ? WARDROOM : { kind: 'person', name: nameAt(person, seq), roles },
    /** Words name people as `<@id>`; in a report they are names. */
    words: (text: string, seq: number): string => readable(text, (person) => nameAt(person, seq) ?? NO_NAME),
  }
}
