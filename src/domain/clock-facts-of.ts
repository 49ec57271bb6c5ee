/** What the regulation table is asked about an incident, from what people recorded. */
import { concluded } from './assessment.ts'
import type { Conclusion } from './assessment-parts.ts'
import type { ClockFacts } from './clock-facts.ts'
import { isCaliforniaFacility, isPart2On } from './clock-names.ts'
import type { FactValues } from './facts.ts'
import type { IncidentState } from './incident-state.ts'
import type { StartFact } from './regulation.ts'

/** 45 CFR 164.406, 164.408; the numbers at which a duty changes. */
const LINES = [500]

export function clockFacts(state: IncidentState): ClockFacts {
  const { facts, organisation, notified, starts } = state
  const states = facts.affected?.value.byState ?? {}
  const encryption = facts.encryption?.value
  const start = (id: StartFact) => starts[id] ?? null
  return {
    entityType: organisation.entityType,
    orgTimezone: organisation.zone,
    holidays: [...organisation.holidays],
    discoveredAt: facts.discovered?.value.at ?? null,
    reasonableDiligenceDate: facts.diligence?.value.at ?? null,
    knowledge: state.knowledge.map(({ who, at, committedBreach }) => ({ who, at, committedBreach })),
    breachOccurredOn: facts.happened?.value.from ?? null,
    affectedCount: countOf(facts.affected?.value),
    residentsByState: Object.keys(states).length > 0 ? { ...states } : null,
    phiInvolved: facts.phi?.value.involved ?? null,
    impermissible: facts.permitted ? !facts.permitted.value.permitted : null,
    unsecured: facts.unsecured?.value.unsecured ?? null,
    ...(encryption && { encrypted: encryption.encrypted, keyCompromised: keyTaken[encryption.key] }),
    ...assessed(concluded(state.assessment)),
    ...vendorFacts(facts.vendor?.value),
    lawEnforcementDelays: state.delays.map(({ kind, on, until }) => ({ kind, statementDate: on, until })),
    individualNoticeSentAt: notified['hipaa.individual']?.on ?? null,
    hhsNotifiedAt: (notified['hipaa.hhs.500plus'] ?? notified['hipaa.hhs.under500'])?.on ?? null,
    // Whether they were Part 2 records is asked; until it is answered, an organisation that holds them counts as if.
    part2Records: facts.part2?.value.involved ?? isPart2On(organisation.regimes),
    caLicensedFacility: isCaliforniaFacility(organisation.regimes),
    detectedAt: start('detectedAt'),
    determinedAt: start('determinedAt'),
    scopeIdentifiedAt: start('scopeIdentifiedAt'),
    confirmedAt: start('confirmedAt'),
    materialityDeterminedAt: start('materialityDeterminedAt'),
    gdprAwareAt: start('gdprAwareAt'),
    nyHospitalDeterminedAt: start('nyHospitalDeterminedAt'),
    insufficientContactCount: facts['no-address']?.value.count ?? null,
    substitutePostedAt: start('substitutePostedAt'),
    starts: { ...starts },
    sentAt: Object.fromEntries(Object.entries(notified).map(([clock, { on }]) => [clock, on])),
  }
}

/** Nothing but a breach is concluded before it is signed and confirmed; without a conclusion it is presumed one. */
function assessed(conclusion: Conclusion | null): Partial<ClockFacts> {
  if (conclusion === null || conclusion === 'breach') return {}
  return conclusion === 'low_probability' ? { riskAssessment: conclusion } : { exception: conclusion }
}

const keyTaken = { safe: false, taken: true, unknown: null } as const

/** While the number may lie on either side of a line, it is not known: both clocks stand, the earlier first. */
function countOf(affected: FactValues['affected'] | undefined): number | null {
  if (!affected || affected.total === null) return null
  const { total, least = total, most = total } = affected
  return LINES.some((line) => least < line && most >= line) ? null : total
}

function vendorFacts(vendor: FactValues['vendor'] | undefined): Partial<ClockFacts> {
  if (!vendor) return {}
  const { isAgent, discoveredAt, reachedAt, contract } = vendor
  return {
    atBusinessAssociate: true,
    agentOfCoveredEntity: isAgent,
    baDiscoveredAt: discoveredAt,
    baNotifiedCoveredEntityAt: reachedAt,
    ...(contract?.unit === 'days' && { baaDays: contract.amount }),
    ...(contract?.unit === 'hours' && { baaHours: contract.amount }),
    ...(contract?.unit === 'business_days' && { baaBusinessDays: contract.amount }),
  }
}
