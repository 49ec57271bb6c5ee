// The HIPAA breach notification rows and the business associate agreement's own window. HHS clocks stand in the order in
// which they fall, because with an unknown count both are shown and the earlier one leads.
import type { EntityType, Regulation, Threshold } from './regulations.ts'

const verifyBy = '2027-05-31'

const notRegulated: Partial<Record<EntityType, string>> = {
  phr_vendor: 'not_hipaa_regulated',
  sec_registrant: 'not_hipaa_regulated',
}

const coveredEntity = {
  regime: 'HIPAA',
  appliesTo: ['covered_entity'],
  otherwise: { business_associate: 'duty_of_covered_entity' },
  outside: notRegulated,
  start: 'discovery',
  unit: 'calendar_days',
  verified: 'verified in source',
  verifyBy,
  enabled: true,
  needsBreach: true,
} as const

const sixtyDays = { amount: 60, countRule: 'day0_calendar_end_of_local_day', delayable: true } as const

const total = (op: Threshold['op'], otherwise: string): Threshold => ({
  scope: 'total_individuals',
  op,
  value: 500,
  otherwise,
})

export const hipaaRegulations: readonly Regulation[] = [
  {
    ...coveredEntity,
    ...sixtyDays,
    id: 'hipaa.individual',
    label: 'letters to individuals',
    citation: '45 CFR 164.404(a),(b)',
    recipient: 'each affected individual',
    threshold: null,
    notes: 'Outer limit; the duty is without unreasonable delay. One person is enough.',
  },
  {
    ...coveredEntity,
    ...sixtyDays,
    id: 'hipaa.media',
    label: 'notice to the media',
    citation: '45 CFR 164.406',
    recipient: 'prominent media outlets serving the State or jurisdiction',
    threshold: {
      scope: 'per_state_residents',
      op: '>',
      value: 500,
      otherwise: 'no_state_over_500_residents',
    },
    notes: 'Strictly more than 500 residents of one State. A web posting is not a media notice.',
  },
  {
    ...coveredEntity,
    ...sixtyDays,
    id: 'hipaa.hhs.500plus',
    label: 'report to HHS, 500 or more',
    citation: '45 CFR 164.408(b)',
    recipient: 'Secretary of HHS (OCR portal)',
    threshold: total('>=', 'fewer_than_500_individuals'),
    contemporaneousWith: 'hipaa.individual',
    notes: 'With the letters, so not later than the day they went out.',
  },
  {
    ...coveredEntity,
    id: 'hipaa.hhs.under500',
    label: 'annual report to HHS, fewer than 500',
    citation: '45 CFR 164.408(c)',
    recipient: 'Secretary of HHS (OCR portal, one report per breach)',
    amount: 60,
    countRule: 'year_end_plus_60',
    delayable: true,
    threshold: total('<', '500_or_more_individuals'),
    notes: '60 days after the end of the calendar year of discovery; may be filed earlier.',
  },
  {
    ...coveredEntity,
    ...sixtyDays,
    id: 'hipaa.ba_to_ce',
    label: 'notice to the covered entity',
    citation: '45 CFR 164.410',
    recipient: 'covered entity (or upstream business associate)',
    appliesTo: ['business_associate'],
    otherwise: { covered_entity: 'duty_of_business_associate' },
    threshold: null,
  },
  {
    ...coveredEntity,
    id: 'hipaa.substitute_posting',
    label: 'substitute notice kept posted',
    citation: '45 CFR 164.404(d)(2)(ii)',
    recipient: 'individuals with insufficient or out-of-date contact details',
    start: 'substitutePostedAt',
    chained: true,
    amount: 90,
    countRule: 'minimum_duration_inclusive',
    threshold: {
      scope: 'insufficient_contact',
      op: '>=',
      value: 10,
      otherwise: 'fewer_than_10_with_insufficient_contact_details',
    },
    shownWith: ['insufficientContactCount', 'substitutePostedAt'],
    meaning: 'keep posted and toll-free line live at least through this date',
  },
  {
    ...coveredEntity,
    id: 'hipaa.retention',
    label: 'keep the record',
    citation: '45 CFR 164.530(j)(2); 164.316(b)(2)(i); 164.414(a)',
    recipient: '(internal record)',
    appliesTo: ['covered_entity', 'business_associate'],
    otherwise: {},
    start: 'documentedAt',
    chained: true,
    amount: 72,
    unit: 'months',
    countRule: 'anniversary_minimum',
    threshold: null,
    needsBreach: false,
    notes: 'Six years; the decision not to notify as well.',
  },
  {
    ...coveredEntity,
    id: 'baa.contract',
    regime: 'contract',
    label: "the contract's own window",
    citation: 'business associate agreement; 45 CFR 164.504(e)(2)(ii)(C), 164.314(a)(2)(i)(C)',
    recipient: 'covered entity',
    appliesTo: ['business_associate'],
    otherwise: { covered_entity: 'duty_of_business_associate' },
    amount: null,
    countRule: 'contract_defined',
    threshold: null,
    needsBreach: false,
    shownWith: ['baaDays', 'baaHours', 'baaBusinessDays'],
    verified: 'from general knowledge',
    notes: 'Never lengthens the 60 days. Agreements often count from any security incident.',
  },
]
