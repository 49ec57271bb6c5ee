/** From which day each clock of an incident counts, for whoever draws it: discovery, or the start its row names. */
import type { CalendarDate } from './calendar.ts'
import { factDate } from './clock-facts.ts'
import { clockFacts } from './clock-facts-of.ts'
import { discoveryOf } from './discovery.ts'
import type { IncidentState } from './incident-state.ts'
import { findRegulation } from './regulations.ts'

/** Null while it waits for its start. */
export function clockBegan(state: IncidentState): (id: string) => CalendarDate | null {
  const { zone } = state.organisation
  const facts = clockFacts(state)
  const discovery = discoveryOf(facts, zone)?.discoveryDate ?? null
  return (id) => {
    const row = findRegulation(id)
    if (!row || row.start === 'discovery') return discovery
    const own = row.start === 'recorded' ? facts.starts?.[id] : facts[row.start]
    if (own) return factDate(zone, own)
    return row.fallsBackToDiscovery ? discovery : null
  }
}

/** The day of the first statement that the law-enforcement delay rests on (45 CFR 164.412). */
export function delayBegan(state: IncidentState): CalendarDate | null {
  const days = state.delays.map(({ on }) => factDate(state.organisation.zone, on))
  return days.toSorted()[0] ?? null
}
