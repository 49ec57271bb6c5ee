/** The latest day or instant the law allows, reckoned with nothing but Date and Intl, and whether it asks at all. */
import type { ClockFacts } from '../../../src/domain/clocks.ts'
import { type Law, law } from './table.ts'

const dayMs = 86_400_000
const numberOf = (day: string) => Date.parse(`${day}T00:00:00Z`) / dayMs
const dayOf = (number: number) => new Date(number * dayMs).toISOString().slice(0, 10)
export const plus = (day: string, days: number) => dayOf(numberOf(day) + days)

const isDay = (value: string) => value.length === 10
const formats = new Map<string, Intl.DateTimeFormat>()
const localDay = (zone: string, value: string): string => {
  if (isDay(value)) return value
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  formats.set(zone, format)
  return format.format(new Date(value))
}

const zoneOf = (id: string, facts: ClockFacts) =>
  id === 'sec.8k_1_05' ? 'America/New_York' : (facts.orgTimezone ?? 'America/New_York')

const businessDays = (start: string, days: number, holidays: readonly string[]) => {
  let number = numberOf(start)
  for (let left = days; left > 0; ) {
    number += 1
    const weekday = new Date(number * dayMs).getUTCDay()
    if (weekday !== 0 && weekday !== 6 && !holidays.includes(dayOf(number))) left -= 1
  }
  return dayOf(number)
}

const given = (values: readonly (string | null | undefined)[]) =>
  values.filter((value) => typeof value === 'string')

/** 164.404(a)(2): the first day anyone but the wrongdoer knew, or would have known. */
export const discovered = (facts: ClockFacts): string | null => {
  const isVendor =
    facts.entityType === 'covered_entity' &&
    facts.atBusinessAssociate !== false &&
    (facts.atBusinessAssociate || facts.baDiscoveredAt || facts.baNotifiedCoveredEntityAt)
  const own =
    facts.entityType === 'business_associate'
      ? (facts.discoveredAt ?? facts.baDiscoveredAt)
      : facts.discoveredAt
  const days = given([
    own,
    facts.reasonableDiligenceDate,
    ...(facts.knowledge ?? []).map(({ at, committedBreach }) => (committedBreach ? null : at)),
    isVendor ? facts.baNotifiedCoveredEntityAt : null,
    isVendor && facts.agentOfCoveredEntity !== false ? facts.baDiscoveredAt : null,
  ]).map((value) => localDay(zoneOf('', facts), value))
  return days.sort()[0] ?? null
}

const startOf = ({ id, start }: Law, facts: ClockFacts): string | null => {
  if (start === 'discovery') return discovered(facts)
  if (start === 'own') return facts.starts?.[id] ?? null
  const name =
    start === 'letters'
      ? 'individualNoticeSentAt'
      : start === 'hhs'
        ? 'hhsNotifiedAt'
        : start.replace('?', '')
  const own = facts[name as 'determinedAt'] ?? null
  return own ?? (start.endsWith('?') ? discovered(facts) : null)
}

const least = (days: readonly (string | null)[]): string | null => given(days).sort()[0] ?? null

const limitOf = (one: Law, facts: ClockFacts): string | null => {
  const start = startOf(one, facts)
  if (!start || one.amount === '-') return null
  const zone = zoneOf(one.id, facts)
  const amount = Number.parseInt(one.amount, 10)
  const day = localDay(zone, start)
  switch (one.amount.at(-1)) {
    case 'b':
      return businessDays(day, amount, facts.holidays ?? [])
    case 'y':
      return plus(`${day.slice(0, 4)}-12-31`, amount)
    case 'h':
      return isDay(start) ? null : new Date(Date.parse(start) + amount * 3_600_000).toISOString()
    default:
      return plus(day, amount)
  }
}

/** The end of each statement taken alone: an oral one is never more than 30 days (164.412(b)). */
const delaysOf = (facts: ClockFacts) =>
  (facts.lawEnforcementDelays ?? []).map(({ kind, statementDate, until }) => {
    const zone = zoneOf('', facts)
    const thirty = plus(localDay(zone, statementDate), 30)
    if (!until) return thirty
    return kind === 'oral' ? least([thirty, localDay(zone, until)])! : localDay(zone, until)
  })

export interface Latest {
  readonly limit: string
  /** With the longest single law-enforcement delay. */
  readonly latest: string
}

/** Null where the law names no day, or none yet. */
export const latestOf = (one: Law, facts: ClockFacts): Latest | null => {
  const own = limitOf(one, facts)
  const other = one.beside ? law.find(({ id }) => id === one.beside)! : null
  const letters = other && facts.individualNoticeSentAt
  const limit = least([
    own,
    other && isOwed(other, facts) ? limitOf(other, facts) : null,
    letters ? localDay(zoneOf('', facts), letters) : null,
  ])
  if (!limit) return null
  const latest = one.delayed ? [limit, ...delaysOf(facts)].sort().at(-1)! : limit
  return { limit, latest }
}

const compare: Record<string, (a: number, b: number) => boolean> = {
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
}

const isReached = (people: string, facts: ClockFacts): boolean => {
  const [, scope = '', op = '', value = ''] = /^([A-Za-z]+)(>=|>|<)(\d+)$/.exec(people) ?? []
  const residents = facts.residentsByState ?? {}
  const numbers =
    scope === 'total'
      ? [facts.affectedCount]
      : scope === 'state'
        ? Object.values(residents)
        : [residents[scope]]
  return people === '-' || numbers.some((number) => compare[op]!(number ?? Number.NaN, Number(value)))
}

const types = {
  ...{ ce: ['covered_entity'], ba: ['business_associate'], phr: ['phr_vendor'] },
  hipaa: ['covered_entity', 'business_associate'],
  own: ['covered_entity', 'phr_vendor', 'sec_registrant'],
}
const needsStart = ['gdprAwareAt', 'materialityDeterminedAt', 'nyHospitalDeterminedAt', 'own']

/** On facts that are known, of a reportable breach. */
export const isOwed = (one: Law, facts: ClockFacts): boolean => {
  if (one.who !== 'any' && !types[one.who].includes(facts.entityType)) return false
  if (one.given && !facts[one.given as 'part2Records']) return false
  if (needsStart.includes(one.start) && !startOf(one, facts)) return false
  return isReached(one.people, facts)
}
