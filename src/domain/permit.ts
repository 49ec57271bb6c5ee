/** Whether a person may do an act now. Checked on the server on every path, whoever drew the button. */
import type { IncidentState } from './incident.ts'
import { isNamed, type Organisation, rosterPeople } from './organisation.ts'
import { type Refusal, refuse } from './refusal.ts'
import { type Act, isOffice, permissions, type Role, roleLabel } from './roles.ts'

/** In a room of it, named by the roster, holding or offered a role or an exhibit, owning a notification, or having declared it; and never kept out. */
export function isParticipant(state: IncidentState, organisation: Organisation, person: string): boolean {
  if (isExcluded(state, person)) return false
  return (
    state.declared.by === person ||
    state.members.includes(person) ||
    state.companions.some(({ members }) => members.includes(person)) ||
    Object.values(state.roles).some((holding) => holding.person === person) ||
    state.offers.some((offer) => offer.to === person) ||
    Object.values(state.notifications).some(({ owner }) => owner?.person === person) ||
    state.exhibits.some(({ custodian, offer }) => custodian === person || offer?.to === person) ||
    rosterPeople(organisation).includes(person)
  )
}

/** People the incident itself brings in: who declared it, whom the roster named then, who holds or held a role. */
export function expectedPeople(state: IncidentState): readonly string[] {
  const named = Object.values(state.roster).flatMap((line) => [line.holder, line.deputy])
  const held = state.tenures.map((tenure) => tenure.person)
  const everyone = [state.declared.by, ...named, ...held].filter((person) => person !== null)
  return [...new Set(everyone)].filter((person) => !isExcluded(state, person))
}

export const isExcluded = (state: IncidentState, person: string): boolean => state.excluded.includes(person)

/** Holds the role in this incident; an office counts for whoever the roster names for it today. */
export function isActingAs(
  state: IncidentState,
  organisation: Organisation,
  role: Role,
  person: string,
): boolean {
  if (isExcluded(state, person)) return false
  return state.roles[role]?.person === person || (isOffice(role) && isNamed(organisation, role, person))
}

/** The same today: where the roster names somebody for an office, who held it in the incident no longer counts. */
function isActingToday(
  state: IncidentState,
  organisation: Organisation,
  role: Role,
  person: string,
): boolean {
  const named = isOffice(role) ? organisation.roster[role] : undefined
  if (!named?.holder && !named?.deputy) return isActingAs(state, organisation, role, person)
  return !isExcluded(state, person) && isNamed(organisation, role, person)
}

export function mayAct(
  state: IncidentState,
  organisation: Organisation,
  act: Act,
  person: string,
): Refusal | undefined {
  const { roles, untaken } = permissions[act]
  const isToday = 'today' in permissions[act]
  const isActing = isToday ? isActingToday : isActingAs
  if (roles.some((role) => isActing(state, organisation, role, person))) return undefined
  const names = listed(roles.map(roleLabel))
  const holders = roles.filter((role) => state.roles[role] !== undefined)
  const [first] = roles
  if (untaken && holders.length === 0 && first) {
    if (state.acting.some((grant) => grant.role === first && grant.person === person)) return undefined
    return refuse(
      'reason-needed',
      `Nobody holds ${roleLabel(first)} yet. You may go ahead with a reason; it is recorded and asked once.`,
      {
        askReasonFor: first,
      },
    )
  }
  // An office counts for whoever the roster names, so they can be asked before they take it here.
  const asked = roles.flatMap((role) => {
    const named = (isOffice(role) && organisation.roster[role]?.holder) || undefined
    const held = isToday && named ? undefined : state.roles[role]?.person
    if (held) return [`<@${held}> holds ${roleLabel(role)}.`]
    return named && !isExcluded(state, named) ? [`<@${named}> is named ${roleLabel(role)}.`] : []
  })
  return refuse(
    'not-permitted',
    `Only the ${names} can do this. ${asked.join(' ') || 'Nobody holds that role yet.'}`,
  )
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
