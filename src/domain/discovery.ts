// When a breach counts as discovered: the first day it was known, or would have been known by reasonable diligence, to
// any workforce member or agent other than the person who committed it (45 CFR 164.404(a)(2), 164.410(a)(2)).
import { type CalendarDate, parseCalendarDate } from './calendar.ts'
import { type ClockFacts, factDate } from './clock-facts.ts'
import { startOfDay, utcIso } from './zone.ts'

export type Discovery = {
  discoveryDate: CalendarDate
  discoveryBasis: string
  /** The instant for hour clocks; the start of the day where only the day is known, which is the earliest. */
  at: string
  timeKnown: boolean
}

type Candidate = { basis: string; value: string | null | undefined }

/** Whether a vendor had the event: said so, or implied by a vendor's date. */
export const isVendorEvent = (facts: ClockFacts): boolean =>
  facts.entityType === 'covered_entity' &&
  facts.atBusinessAssociate !== false &&
  (facts.atBusinessAssociate === true || Boolean(facts.baDiscoveredAt ?? facts.baNotifiedCoveredEntityAt))

// An agent's discovery is the covered entity's own; a non-agent's notice starts its clock. Unknown counts as an agent,
// which is the earlier date.
const vendorKnowledge = (facts: ClockFacts): Candidate[] => {
  if (!isVendorEvent(facts)) return []
  const notice = { basis: 'notice_from_business_associate', value: facts.baNotifiedCoveredEntityAt }
  const agent = { basis: 'imputed_agent_business_associate', value: facts.baDiscoveredAt }
  return facts.agentOfCoveredEntity === false ? [notice] : [agent, notice]
}

// A business associate may name its own discovery by the vendor's field; it is used only where the other is blank.
const ownKnowledge = (facts: ClockFacts): Candidate => ({
  basis: 'actual_knowledge',
  value: facts.discoveredAt ?? (facts.entityType === 'business_associate' ? facts.baDiscoveredAt : null),
})

/** Null while nobody is known to have known. The earliest date wins; ties go to the alphabetically first basis. */
export const discoveryOf = (facts: ClockFacts, zone: string): Discovery | null => {
  const candidates: Candidate[] = [
    ownKnowledge(facts),
    { basis: 'reasonable_diligence', value: facts.reasonableDiligenceDate },
    ...(facts.knowledge ?? [])
      .filter((known) => !known.committedBreach)
      .map((known) => ({ basis: `imputed_${known.who}`, value: known.at })),
    ...vendorKnowledge(facts),
  ]
  const known = candidates
    .flatMap(({ basis, value }) => (value ? [{ basis, value, date: factDate(zone, value) }] : []))
    .sort((a, b) => (a.date < b.date || (a.date === b.date && a.basis < b.basis) ? -1 : 1))
  const [first] = known
  if (!first) return null
  const sameDay = known.filter(({ date }) => date === first.date).map(({ value }) => value)
  const dayOnly = sameDay.some((value) => parseCalendarDate(value) !== null)
  const instants = sameDay.filter((value) => parseCalendarDate(value) === null).map((value) => utcIso(value))
  const at = dayOnly ? utcIso(startOfDay(zone, first.date)) : instants.sort()[0]!
  return { discoveryDate: first.date, discoveryBasis: first.basis, at, timeKnown: !dayOnly }
}
