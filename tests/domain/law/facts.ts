/** Any facts at all, around one year and around the numbers at which duties change. */
import fc from 'fast-check'
import { type ClockFacts, parseFacts } from '../../../src/domain/clocks.ts'
import { law } from './table.ts'

const zones = [
  'America/New_York',
  'America/Los_Angeles',
  'America/Havana',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Asia/Beirut',
  'Pacific/Kiritimati',
  'UTC',
]

const first = Date.UTC(2027, 5, 1)
export const day = fc
  .integer({ min: 0, max: 400 })
  .map((days) => new Date(first + days * 86_400_000).toISOString().slice(0, 10))
export const instant = fc
  .integer({ min: 0, max: 400 * 86_400 })
  .map((s) => new Date(first + s * 1000).toISOString())
export const moment = fc.oneof(day, instant)
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { freq: 2 })

const aState = fc.constantFrom(
  ...new Set([...law.flatMap(({ people }) => /^[A-Z]{2}(?=>)/.exec(people) ?? []), 'KY']),
)
const people = fc.oneof(fc.constantFrom(0, 1, 249, 250, 251, 499, 500, 501, 1000, 1001), fc.nat(2000))

export const statement = fc
  .record({ kind: fc.constantFrom('oral', 'written'), statementDate: day, days: maybe(fc.nat(120)) })
  .map(({ days, ...said }) => ({
    ...said,
    until:
      days === null
        ? null
        : new Date(Date.parse(said.statementDate) + days * 86_400_000).toISOString().slice(0, 10),
  }))

export const knower = fc.record({
  who: fc.constantFrom('workforce', 'officer', 'employee', 'agent'),
  at: moment,
  committedBreach: fc.boolean(),
})

const recordedRows = law.flatMap(({ id, start }) => (start === 'own' ? [id] : []))
const starts = fc.constantFrom(
  ...[
    'detectedAt',
    'determinedAt',
    'scopeIdentifiedAt',
    'confirmedAt',
    'materialityDeterminedAt',
    'gdprAwareAt',
  ],
  ...['nyHospitalDeterminedAt', 'individualNoticeSentAt', 'hhsNotifiedAt', 'reasonableDiligenceDate'],
  ...['baDiscoveredAt', 'baNotifiedCoveredEntityAt', 'documentedAt', 'substitutePostedAt'],
)

export const facts = fc
  .record({
    entityType: fc.constantFrom(
      'covered_entity',
      'covered_entity',
      'business_associate',
      'phr_vendor',
      'sec_registrant',
    ),
    orgTimezone: fc.constantFrom(...zones),
    discoveredAt: moment,
    knowledge: fc.array(knower, { maxLength: 3 }),
    residentsByState: fc.dictionary(aState, people, { minKeys: 1, maxKeys: 12 }),
    elsewhere: fc.constantFrom(10, 10, 11, 499, 3000),
    more: fc.dictionary(starts, moment, { maxKeys: 10 }),
    starts: fc.dictionary(fc.constantFrom(...recordedRows), moment, { maxKeys: 5 }),
    agentOfCoveredEntity: maybe(fc.boolean()),
    part2Records: fc.boolean(),
    caLicensedFacility: fc.boolean(),
    lawEnforcementDelays: fc.array(statement, { maxLength: 4 }),
    holidays: fc.array(day, { maxLength: 20 }),
    insufficientContactCount: maybe(fc.constantFrom(9, 10)),
    baaDays: maybe(fc.nat(200)),
    baaHours: maybe(fc.nat(200)),
    baaBusinessDays: maybe(fc.nat(60)),
  })
  .map(({ elsewhere, more, ...rest }) => ({
    ...rest,
    ...inOrder(more),
    affectedCount: Object.values(rest.residentsByState).reduce((sum, count) => sum + count, elsewhere),
  }))

/** A vendor tells nobody before it knows. */
function inOrder(more: Record<string, string>): Record<string, string> {
  const { baNotifiedCoveredEntityAt: told = '', baDiscoveredAt: knew = '', ...rest } = more
  const isAfter = !knew || told.slice(0, 10) > knew.slice(0, 10)
  return {
    ...rest,
    ...(knew && { baDiscoveredAt: knew }),
    ...(told && isAfter && { baNotifiedCoveredEntityAt: told }),
  }
}

export type AnyFacts = Record<string, unknown>

export const read = (input: AnyFacts): ClockFacts => {
  const parsed = parseFacts(input)
  if (!parsed.ok) throw new Error(parsed.mistakes.join('\n'))
  return parsed.facts
}
