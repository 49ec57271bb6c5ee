// The facts clocks are computed from, as the clocks contract names them, and the strict reading of them: one line a
// mistake, saying where, what was wrong and what is accepted. Nothing is guessed and nothing unknown is dropped.
import { z } from 'zod'
import { parseCalendarDate } from './calendar.ts'
import { dateMistake, dateText } from './fact-dates.ts'
import { mistakesBetween } from './fact-mistakes.ts'
import { isZone } from './zone.ts'

export { factDate } from './fact-dates.ts'

const states =
  'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY'
const territories = 'DC AS GU MP PR VI'

/** A State includes DC and the territories (45 CFR 160.103). */
export const jurisdictions: readonly string[] = `${states} ${territories}`.split(' ')

const wrong = (what: string, accepted: string) => ({
  error: ({ input }: { input?: unknown }) =>
    `${input === undefined ? 'is missing' : what}; accepted: ${accepted}`,
})

const checked = (accepted: string, mistake: (text: string) => string | null) =>
  z.string(wrong('is not text', accepted)).superRefine((text, context) => {
    const message = mistake(text)
    if (message) context.addIssue({ code: 'custom', message })
  })

const moment = checked(dateText, (text) => dateMistake(text, dateText)).nullish()
const requiredMoment = checked(dateText, (text) => dateMistake(text, dateText))
const isoDate = checked('an ISO date (2026-11-26)', (text) =>
  parseCalendarDate(text)
    ? dateMistake(text, 'an ISO date (2026-11-26)')
    : 'is not a date that exists; accepted: an ISO date (2026-11-26)',
)

const wholeText = 'a whole number, 0 or more'
const count = z
  .number({ error: `is not a number; accepted: ${wholeText}` })
  .int({ error: `is not a whole number; accepted: ${wholeText}` })
  .nonnegative({ error: `is negative; accepted: ${wholeText}` })
const window = (most: number) =>
  count.max(most, { error: `is too long; accepted: a whole number, 0 to ${most}` }).nullish()
const yesNo = z.boolean({ error: 'is not true or false; accepted: true, false or null' }).nullish()

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, wrong('is not one of the values', values.join(', ')))

const knowledge = z.strictObject({
  who: oneOf(['workforce', 'officer', 'employee', 'agent']),
  at: requiredMoment,
  committedBreach: yesNo,
})

const lawEnforcementDelay = z.strictObject({
  kind: oneOf(['oral', 'written']),
  statementDate: requiredMoment,
  until: moment,
})

const list = <T extends z.ZodType>(item: T, of: string) =>
  z.array(item, { error: `is not a list; accepted: a list of ${of}` }).nullish()

const anything = z.unknown()

const factsShape = z.strictObject({
  entityType: oneOf(['covered_entity', 'business_associate', 'phr_vendor', 'sec_registrant']),
  orgTimezone: checked('an IANA zone, such as America/New_York', (zone) =>
    isZone(zone) ? null : 'is not a time zone; accepted: an IANA zone, such as America/New_York',
  ).nullish(),
  discoveredAt: moment,
  reasonableDiligenceDate: moment,
  knowledge: list(knowledge, '{who, at, committedBreach?}'),
  atBusinessAssociate: yesNo,
  agentOfCoveredEntity: yesNo,
  baDiscoveredAt: moment,
  baNotifiedCoveredEntityAt: moment,
  subcontractorDiscoveredAt: moment,
  subcontractorIsOurAgent: yesNo,
  confirmedBreachAt: moment,
  breachOccurredOn: moment,
  affectedCount: count.nullish(),
  residentsByState: z
    .record(
      z.string().refine((state) => jurisdictions.includes(state)),
      count,
      {
        error: ({ code }) =>
          code === 'invalid_key'
            ? 'is not a State or territory; accepted: two-letter codes such as TX, with DC, AS, GU, MP, PR and VI'
            : 'is not an object; accepted: counts by State, such as {"TX": 501}',
      },
    )
    .nullish(),
  countRevisions: list(anything, 'revisions'),
  baAggregateCount: count.nullish(),
  phiInvolved: yesNo,
  impermissible: yesNo,
  unsecured: yesNo,
  encrypted: yesNo,
  keyCompromised: yesNo,
  exception: oneOf(['unintentional_workforce', 'inadvertent_internal', 'not_retained']).nullish(),
  riskAssessment: oneOf(['low_probability', 'not_low_probability', 'not_done', 'absent']).nullish(),
  lawEnforcementDelays: list(lawEnforcementDelay, '{kind, statementDate, until?}'),
  baaDays: window(3650),
  baaHours: window(87_600),
  baaBusinessDays: window(2600),
  holidays: list(isoDate, 'ISO dates'),
  individualNoticeSentAt: moment,
  hhsNotifiedAt: moment,
  insufficientContactCount: count.nullish(),
  substitutePostedAt: moment,
  documentedAt: moment,
  part2Records: yesNo,
  caLicensedFacility: yesNo,
  detectedAt: moment,
  determinedAt: moment,
  scopeIdentifiedAt: moment,
  confirmedAt: moment,
  materialityDeterminedAt: moment,
  gdprAwareAt: moment,
  nyHospitalDeterminedAt: moment,
  /** By a row's id: when each notification went out, for clocks that go with it or count from it. */
  sentAt: z
    .record(z.string(), requiredMoment, {
      error: 'is not an object; accepted: days sent by clock, such as {"state.la.individual": "2026-12-24"}',
    })
    .nullish(),
  /** By a row's id: starts of clocks that count from a moment of their own. */
  starts: z
    .record(z.string(), requiredMoment, {
      error:
        'is not an object; accepted: starts by clock, such as {"cms.contractor": "2026-11-18T22:10:00-05:00"}',
    })
    .nullish(),
})

export type ClockFacts = z.infer<typeof factsShape>
export type ParsedFacts = { ok: true; facts: ClockFacts } | { ok: false; mistakes: string[] }

/** A key is somebody's text: with a line break in it, or a page long, it must still be one line. */
const keyText = (key: PropertyKey) => {
  const text = String(key).slice(0, 80)
  return /^[\w.-]+$/.test(text) ? text : JSON.stringify(text)
}

const pathOf = (path: readonly PropertyKey[]) =>
  path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${keyText(key)}` : keyText(key),
    '',
  )

const factNames = Object.keys(factsShape.shape).join(', ')

const linesOf = (issue: z.core.$ZodIssue): string[] => {
  const where = pathOf(issue.path) || 'facts'
  if (issue.code === 'unrecognized_keys') {
    const accepted = issue.path.length === 0 ? factNames : 'only the fields of the contract'
    return issue.keys.map(
      (key) => `${pathOf([...issue.path, key])}: is not a known fact; accepted: ${accepted}`,
    )
  }
  if (issue.code === 'invalid_type' && issue.path.length === 0)
    return ['facts: is not an object; accepted: one facts object, or a list of them']
  return [`${where}: ${issue.message}`]
}

/** One line a mistake, all of them at once. */
export const parseFacts = (input: unknown): ParsedFacts => {
  const parsed = factsShape.safeParse(input)
  const mistakes = [...(parsed.error?.issues.flatMap(linesOf) ?? []), ...mistakesBetween(input)]
  return parsed.success && mistakes.length === 0 ? { ok: true, facts: parsed.data } : { ok: false, mistakes }
}
