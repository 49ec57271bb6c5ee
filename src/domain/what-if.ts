/** An incident that never was: its clocks are reckoned as a room's are, and nothing of it is stored. */
import { event, type OrganisationFacts } from './events.ts'
import type { FactValues } from './facts.ts'
import { applyEvent, type IncidentState } from './incident.ts'

/** No incident's number, so that nothing drawn of it can be taken for one. */
const NO_INCIDENT = 'what-if'

export function supposed(
  organisation: OrganisationFacts,
  discovered: string,
  affected: FactValues['affected'] | null,
  now: Date,
): IncidentState {
  const stamp = { at: now.toISOString(), actor: '' }
  const declared = event('incident.declared', {
    ...{ kind: 'other', drill: false, noticedAt: discovered, organisation },
    ...{ platform: '', workspace: '', excluded: [], roster: {} },
  })
  const state = applyEvent(null, { ...declared, ...stamp, seq: 1 }, NO_INCIDENT)
  if (!affected) return state
  const counted = event('fact.recorded', { fact: 'affected', value: affected, before: null })
  return applyEvent(state, { ...counted, ...stamp, seq: 2 }, NO_INCIDENT)
}
