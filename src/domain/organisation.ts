/** The organisation as its log says: roster with deputies, zone and what its clocks are counted with. */
import type { OrganisationFacts, Recorded } from './events.ts'
import type { Reminding } from './reminding.ts'
import type { Role } from './roles.ts'

export interface RosterLine {
  readonly holder: string | null
  readonly deputy: string | null
  /** Entry whose sealed text has the telephone numbers. */
  readonly seq: number
}

export type Roster = Readonly<Partial<Record<Role, RosterLine>>>

export interface Organisation {
  readonly configured: OrganisationFacts | null
  /** Absent: the usual. Not the incidents': today's holds for all of them. */
  readonly reminding?: Reminding
  /** The roster of the platform it is seen from (`seenFrom`): a person has one id on each. As stored, Slack's. */
  readonly roster: Roster
  /** The rosters of platforms that entries name; entries that name none are of Slack. */
  readonly elsewhere?: Readonly<Record<string, Roster>>
  /** Incident numbers given out, by year. */
  readonly numbers: Readonly<Record<string, number>>
  /** A legal hold over every incident. */
  readonly legalHold?: { readonly at: string; readonly by: string; readonly seq: number }
}

export const ORGANISATION_REDUCER = 1

export const emptyOrganisation: Organisation = { configured: null, roster: {}, numbers: {} }

export function applyOrganisationEvent(state: Organisation, event: Recorded): Organisation {
  switch (event.kind) {
    case 'org.configured': {
      const { reminding, ...configured } = event.data
      const { reminding: _before, ...rest } = state
      return { ...rest, configured, ...(reminding ? { reminding } : {}) }
    }
    case 'roster.named': {
      const { role, holder, deputy, platform = 'slack' } = event.data
      const line = { [role]: { holder, deputy, seq: event.seq } }
      if (platform === 'slack') return { ...state, roster: { ...state.roster, ...line } }
      const { elsewhere } = state
      return { ...state, elsewhere: { ...elsewhere, [platform]: { ...elsewhere?.[platform], ...line } } }
    }
    case 'incident.numbered': {
      const [, year = '', number = '0'] = event.data.incident.split('-')
      return { ...state, numbers: { ...state.numbers, [year]: Number(number) } }
    }
    case 'legal_hold.placed':
      return { ...state, legalHold: { at: event.at, by: event.actor, seq: event.seq } }
    case 'legal_hold.lifted': {
      const { legalHold: _lifted, ...rest } = state
      return rest
    }
    default:
      return state
  }
}

/** The organisation as people of one platform know it: an incident lives on one, and so do whom it asks. */
export const seenFrom = (organisation: Organisation, platform: string): Organisation =>
  platform === 'slack' ? organisation : { ...organisation, roster: organisation.elsewhere?.[platform] ?? {} }

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
