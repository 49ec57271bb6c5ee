/** Who hears of what. The deliveries leave out once more whoever is kept out. */
import type { EventKind, EventOf, Recorded } from '../domain/events.ts'
import { holderOf, type IncidentState } from '../domain/incident.ts'
import { clockOwner } from '../domain/incident-clocks.ts'
import type { Organisation } from '../domain/organisation.ts'
import { expectedPeople } from '../domain/permit.ts'
import type { Reminding } from '../domain/reminding.ts'
import { type Role, roles } from '../domain/roles.ts'
import type { Outgoing } from '../store/unit.ts'

/** The part of the configuration that decides who is told. */
export interface Telling {
  /** By platform. */
  readonly announceChannels: Readonly<Record<string, string | undefined>>
  /** Where managers hear at once of what cannot wait for the digest; by platform. */
  readonly managersChannels?: Readonly<Record<string, string | undefined>>
  readonly pagerWebhook: boolean
  /** Whether an authority is asked to time-stamp what is posted. */
  readonly timeStamps?: boolean
  /** Quiet hours and escalation; absent: the usual. */
  readonly reminding?: Reminding
}

/** What a row of the table may look at besides its event. */
export interface Situation {
  readonly state: IncidentState
  readonly before: IncidentState | undefined
  readonly organisation: Organisation
  readonly telling: Telling
  readonly events: readonly Recorded[]
}

export const neededRoles = roles.filter(({ needed }) => needed).map(({ id }) => id)

const isString = (value: string | null | undefined): value is string => typeof value === 'string'
export const once = (people: readonly (string | null | undefined)[]): string[] => [
  ...new Set(people.filter(isString)),
]

const rosterPair = ({ state, organisation }: Situation, role: Role) =>
  organisation.roster[role] ?? state.roster[role]

/** Whom the roster names for a role, holder first, and nobody keeps out. */
export const namedFor = (situation: Situation, role: Role): string[] => {
  const pair = rosterPair(situation, role)
  return once([pair?.holder, pair?.deputy]).filter((id) => !situation.state.excluded.includes(id))
}

export const holders = (state: IncidentState): string[] =>
  once(Object.values(state.roles).map((holding) => holding.person))

/** Who leads, else who would be asked to, else who declared: there is always somebody to hear an alarm. */
export function inCharge(situation: Situation, concerned: string | null = null): string[] {
  const { state } = situation
  const ranked = once([
    holderOf(state, 'commander'),
    holderOf(state, 'deputy'),
    holderOf(state, 'privacy-officer'),
    ...namedFor(situation, 'commander'),
    ...namedFor(situation, 'privacy-officer'),
    state.declared.by,
  ])
  return ranked.filter((id) => id !== concerned && !state.excluded.includes(id)).slice(0, 1)
}

export const owners = (situation: Situation): string[] =>
  once([holderOf(situation.state, clockOwner) ?? namedFor(situation, clockOwner)[0]])

export const others = (people: readonly string[], actor: string): string[] =>
  once(people).filter((id) => id !== actor)

/**
 * Who is invited: the people the incident itself brings in. Into a successor room nobody follows by having been in the
 * old one: whoever came uninvited, or reads along for the attacker, would come too.
 */
export const roomPeople = ({ state }: Situation): readonly string[] => expectedPeople(state)

/** The sheet goes to whoever holds a role and, for the needed ones, to whom the roster names. */
export const sheetReaders = (situation: Situation): string[] =>
  once([...holders(situation.state), ...neededRoles.flatMap((role) => namedFor(situation, role).slice(0, 1))])

/** What an event of one kind makes people hear. */
export type Row<K extends EventKind> = (
  event: Recorded & EventOf<K>,
  situation: Situation,
) => readonly Outgoing[]
export type Table = { readonly [K in EventKind]?: Row<K> }

export const toEach = (
  people: readonly string[],
  tell: (person: string) => readonly Outgoing[],
): Outgoing[] => people.flatMap((person) => tell(person))
