/** A row of the regulation table in words: how its days are counted, when it is owed, and how far anybody read it. */
import type { CalendarDate } from '../domain/calendar.ts'
import { sayDay } from '../domain/dates-in-words.ts'
import type { Regulation, StartFact, Verified } from '../domain/regulation.ts'
import { findRegulation } from '../domain/regulations.ts'

const starts: Readonly<Record<Exclude<StartFact, 'recorded'>, string>> = {
  discovery: 'discovery',
  individualNoticeSentAt: 'the day the letters went out',
  hhsNotifiedAt: 'the day HHS was told',
  detectedAt: 'detection',
  determinedAt: 'the determination of a breach',
  scopeIdentifiedAt: 'the day its scope was known',
  confirmedAt: 'confirmation',
  materialityDeterminedAt: 'the determination that it is material',
  gdprAwareAt: 'becoming aware',
  nyHospitalDeterminedAt: 'the determination by the hospital',
  substitutePostedAt: 'the substitute notice',
  documentedAt: 'its being written down',
}

/** `60 calendar days from discovery` */
export function ruleWords(id: string): string {
  const row = findRegulation(id)
  if (!row?.amount) return ''
  const {
    amount,
    countRule,
    contemporaneousWith,
    unit = 'calendar_days',
    start,
    trigger,
    fallsBackToDiscovery,
  } = row
  if (countRule === 'year_end_plus_60') return `${amount} days after the end of the year of discovery`
  if (contemporaneousWith)
    return `with the ${findRegulation(contemporaneousWith)?.label}, and in ${amount} days`
  const orDiscovery = fallsBackToDiscovery ? ', or from discovery until that is known' : ''
  return `${amount} ${unit.replaceAll('_', ' ')} from ${start === 'recorded' ? `this: ${trigger ?? 'the day recorded for it'}` : starts[start]}${orDiscovery}`
}

const scopes = {
  total_individuals: 'people are affected',
  per_state_residents: 'of the people affected live in',
  insufficient_contact: 'people have no address that works',
} as const

const numbers = { '>': 'more than ', '>=': '', '<': 'fewer than ' } as const

/** `where more than 500 of the people affected live in one State` */
export function thresholdWords({ threshold, jurisdiction }: Regulation): string | undefined {
  if (!threshold) return undefined
  const { scope, op, value } = threshold
  const place = scope === 'per_state_residents' ? ` ${jurisdiction ?? 'one State'}` : ''
  return `where ${numbers[op]}${value}${op === '>=' ? ' or more' : ''} ${scopes[scope]}${place}`
}

/** What a State's law says of whoever complied with HIPAA. The raw day stands all the same: counsel says what it satisfies. */
const besideHipaa: Readonly<Record<string, string>> = {
  content_deemed_only: 'Complying with HIPAA satisfies what the notice must say, not when it must go out.',
  deemed: 'The State may hold a notice under HIPAA to be enough.',
  deemed_if_copy_to_department: 'A notice under HIPAA may be enough, if the State’s department gets a copy.',
  deemed_individual: 'A notice to individuals under HIPAA may be enough; regulators are another matter.',
  deemed_with_ag_notice: 'A notice under HIPAA may be enough, if the Attorney General is told.',
  deemed_with_copy: 'A notice under HIPAA may be enough, with a copy to the State.',
  exempt: 'Whoever is under HIPAA may be exempt.',
  exempt_with_copy: 'Whoever is under HIPAA may be exempt, with a copy to the State.',
  independent: 'It is owed besides HIPAA.',
  individual_deemed_regulators_not:
    'A notice to individuals under HIPAA may be enough; the State’s regulators are owed theirs all the same.',
  none: 'It knows no exemption for HIPAA.',
  shortest_controls: 'Where HIPAA or another law is shorter, the shorter one holds.',
}

export const hipaaWords = ({ hipaaInteraction }: Regulation): string | undefined => {
  if (hipaaInteraction === undefined) return undefined
  const said = besideHipaa[hipaaInteraction] ?? 'Whether complying with HIPAA satisfies it is not known.'
  return `${said} The day shown is the State’s own until counsel says otherwise.`
}

const read: Readonly<Record<Verified, string>> = {
  'verified in source': '',
  'partly verified in source': 'read in its source in part',
  'from general knowledge': 'not read in its source: ask counsel before you rely on it',
}

/** Nothing of a row that was read whole. */
export const readWords = (id: string): string => {
  const row = findRegulation(id)
  return row && row.regime !== 'contract' ? read[row.verified] : ''
}

export const readAgainWords = (
  { regime, verified, verifyBy }: Regulation,
  today: CalendarDate,
): string | undefined => {
  if (regime === 'contract') return 'Its days are those recorded of the contract: compare them with it.'
  const by = sayDay(verifyBy as CalendarDate)
  const how = read[verified] || 'read in its source'
  return today > verifyBy
    ? `▲ The rule was ${how}; counsel was to read it again by ${by}.`
    : `The rule was ${how}; to be read again by ${by}.`
}
