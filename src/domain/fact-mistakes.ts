// Mistakes that lie between facts: what is right by itself and cannot be beside another. Read from the raw input, so that
// one wrong field does not hide another mistake.
import { factDate, isDate } from './fact-dates.ts'
import { isZone } from './zone.ts'

// Days in the organisation's zone, as the delay is counted; without one, as they are written.
const delaysThatEndTooSoon = ({
  orgTimezone: zone,
  lawEnforcementDelays: delays,
}: Record<string, unknown>) => {
  const day = (text: string) =>
    typeof zone === 'string' && isZone(zone) ? factDate(zone, text) : text.slice(0, 10)
  return (Array.isArray(delays) ? delays : []).flatMap((delay: unknown, index): string[] => {
    const { statementDate, until } = (delay ?? {}) as Record<string, unknown>
    if (!isDate(statementDate) || !isDate(until) || day(until) >= day(statementDate)) return []
    return [
      `lawEnforcementDelays[${index}].until: is before the statement; accepted: a date on or after statementDate`,
    ]
  })
}

// Nobody can have known of a breach before it happened. Days are compared, in the organisation's zone.
const knownTooSoon = (raw: Record<string, unknown>): string[] => {
  const { orgTimezone: zone, breachOccurredOn: breach } = raw
  if (typeof zone !== 'string' || !isZone(zone) || !isDate(breach)) return []
  const known = (Array.isArray(raw.knowledge) ? raw.knowledge : []).map((one: unknown, index) => {
    const { at } = (one ?? {}) as Record<string, unknown>
    return [`knowledge[${index}].at`, at] as const
  })
  const named = ['discoveredAt', 'reasonableDiligenceDate', 'baDiscoveredAt', 'baNotifiedCoveredEntityAt']
  const happened = factDate(zone, breach)
  return [...named.map((name) => [name, raw[name]] as const), ...known]
    .filter(([, value]) => isDate(value) && factDate(zone, value) < happened)
    .map(([path]) => `${path}: is before breachOccurredOn ${breach}; accepted: a date on or after it`)
}

const toldTooSoon = ({
  orgTimezone: zone,
  baDiscoveredAt: knew,
  baNotifiedCoveredEntityAt: told,
}: Record<string, unknown>) => {
  if (typeof zone !== 'string' || !isZone(zone) || !isDate(knew) || !isDate(told)) return []
  if (factDate(zone, told) >= factDate(zone, knew)) return []
  return [`baNotifiedCoveredEntityAt: is before baDiscoveredAt ${knew}; accepted: a date on or after it`]
}

/** One line a mistake. */
export const mistakesBetween = (input: unknown): string[] => {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return []
  const raw = input as Record<string, unknown>
  const lines = [...delaysThatEndTooSoon(raw), ...knownTooSoon(raw), ...toldTooSoon(raw)]
  if ((raw.orgTimezone ?? null) === null && raw.entityType !== 'sec_registrant')
    lines.push('orgTimezone: is missing; accepted: an IANA zone, such as America/New_York')
  const people = Object.values(raw.residentsByState ?? {}).filter((value) => typeof value === 'number')
  const residents = people.reduce((sum, value) => sum + value, 0)
  if (typeof raw.affectedCount === 'number' && raw.affectedCount >= 0 && residents > raw.affectedCount)
    lines.push(
      `residentsByState: adds up to ${residents}, more than affectedCount ${raw.affectedCount}; accepted: States that add up to the total or less`,
    )
  const { affectedCount: total, insufficientContactCount: unreachable } = raw
  if (typeof total === 'number' && typeof unreachable === 'number' && total >= 0 && unreachable > total)
    lines.push(
      `insufficientContactCount: is more than affectedCount ${total}; accepted: a whole number, 0 to ${total}`,
    )
  return lines
}
