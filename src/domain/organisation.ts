/** The organisation as its log says: roster with deputies, zone and what its clocks are counted with. */
import type { OrganisationFacts, Recorded } from './events.ts'
import type { Role } from './roles.ts'

export interface RosterLine {
  readonly holder: string | null
  readonly deputy: string | null
  /** Entry whose sealed text has the telephone numbers. */
  readonly seq: number
}

export interface Organisation {
  readonly configured: OrganisationFacts | null
  readonly roster: Readonly<Partial<Record<Role, RosterLine>>>
  /** Incident numbers given out, by year. */
  readonly numbers: Readonly<Record<string, number>>
}

export const ORGANISATION_REDUCER = 1

export const emptyOrganisation: Organisation = { configured: null, roster: {}, numbers: {} }

export function applyOrganisationEvent(state: Organisation, event: Recorded): Organisation {
  switch (event.kind) {
    case 'org.configured':
      return { ...state, configured: event.data }
    case 'roster.named': {
      const { role, holder, deputy } = event.data
      return { ...state, roster: { ...state.roster, [role]: { holder, deputy, seq: event.seq } } }
    }
    case 'incident.numbered': {
      const [, year = '', number = '0'] = event.data.incident.split('-')
      return { ...state, numbers: { ...state.numbers, [year]: Number(number) } }
    }
    default:
      return state
  }
}

/** The next incident's neutral name. Numbers run by calendar year in the organisation's zone and are never reused. */
export function nextIncident(state: Organisation, year: number): string {
  const last = state.numbers[String(year)] ?? 0
  return `inc-${year}-${String(last + 1).padStart(4, '0')}`
}

/** Whether the roster names this person for the role, as holder or deputy. */
export function isNamed(organisation: Organisation, role: Role, person: string): boolean {
  const line = organisation.roster[role]
  return line !== undefined && (line.holder === person || line.deputy === person)
}

/** Everyone the roster names, once each. */
export function rosterPeople(organisation: Organisation): readonly string[] {
  const lines = Object.values(organisation.roster)
  return [...new Set(lines.flatMap((line) => [line.holder, line.deputy]).filter((id) => id !== null))]
}
