// Rows of other regimes, written as a later issue will write them, to show that the engine takes them unchanged.
import type { Regulation } from '../../src/domain/regulations.ts'

const common = {
  recipient: 'regulator',
  appliesTo: [],
  start: 'discovery',
  unit: 'calendar_days',
  countRule: 'day0_calendar_end_of_local_day',
  threshold: null,
  verified: 'verified in source',
  verifyBy: '2027-05-31',
  enabled: true,
} as const

const row = (id: string, own: Partial<Regulation>): Regulation => ({
  ...common,
  id,
  regime: id.split('.').slice(0, 2).join('.'),
  label: id,
  citation: id,
  amount: null,
  ...own,
})

const overall = (op: '>=' | '<', otherwise: string) =>
  ({ scope: 'total_individuals', op, value: 500, otherwise }) as const
const perState = (op: '>=' | '>', value: number, otherwise: string) =>
  ({ scope: 'per_state_residents', op, value, otherwise }) as const

const ftc = { regime: 'FTC', appliesTo: ['phr_vendor'], needsBreach: true } as const
const part2 = { regime: 'Part 2', shownWith: ['part2Records'], needsBreach: true, delayable: true } as const
const ca = { jurisdiction: 'CA' } as const

export const otherRegimes: readonly Regulation[] = [
  row('part2.individual', { ...part2, amount: 60 }),
  row('part2.media', { ...part2, amount: 60, threshold: perState('>', 500, 'no_state_over_500_residents') }),
  row('part2.hhs.500plus', { ...part2, amount: 60, threshold: overall('>=', 'fewer_than_500_individuals') }),
  row('part2.hhs.under500', {
    ...part2,
    amount: 60,
    countRule: 'year_end_plus_60',
    threshold: overall('<', '500_or_more_individuals'),
  }),
  row('ftc.individual', { ...ftc, amount: 60 }),
  row('ftc.media', { ...ftc, amount: 60, threshold: perState('>=', 500, 'no_state_with_500_residents') }),
  row('ftc.commission.500plus', {
    ...ftc,
    amount: 60,
    contemporaneousWith: 'ftc.individual',
    threshold: overall('>=', 'fewer_than_500_individuals'),
  }),
  row('ftc.commission.under500', {
    ...ftc,
    amount: 60,
    countRule: 'year_end_plus_60',
    threshold: overall('<', '500_or_more_individuals'),
  }),
  ...['patient', 'cdph'].map((to) =>
    row(`state.ca.hsc1280_15.${to}`, {
      ...ca,
      shownWith: ['caLicensedFacility'],
      start: 'detectedAt',
      fallsBackToDiscovery: true,
      amount: 15,
      unit: 'business_days',
      countRule: 'business_days_skip_weekends_and_listed_holidays',
    }),
  ),
  row('state.ca.civ1798_82.individual', { ...ca, amount: 30 }),
  row('state.ca.civ1798_82.ag', {
    ...ca,
    start: 'individualNoticeSentAt',
    chained: true,
    amount: 15,
    threshold: perState('>', 500, '500_or_fewer_residents'),
  }),
  row('state.tx.individual', {
    jurisdiction: 'TX',
    start: 'determinedAt',
    fallsBackToDiscovery: true,
    amount: 60,
  }),
  row('state.tx.ag', {
    jurisdiction: 'TX',
    start: 'determinedAt',
    fallsBackToDiscovery: true,
    amount: 30,
    threshold: perState('>=', 250, 'fewer_than_250_residents'),
  }),
  row('state.ny.individual', { jurisdiction: 'NY', amount: 30 }),
  row('state.ny.ag_hipaa_copy', {
    jurisdiction: 'NY',
    appliesTo: ['covered_entity'],
    start: 'hhsNotifiedAt',
    chained: true,
    amount: 5,
    unit: 'business_days',
    countRule: 'business_days_skip_weekends_and_listed_holidays',
  }),
  row('sec.8k_1_05', {
    start: 'materialityDeterminedAt',
    shownWith: ['materialityDeterminedAt'],
    amount: 4,
    unit: 'business_days',
    countRule: 'business_days_skip_weekends_and_listed_holidays',
    cutOff: { zone: 'America/New_York', hour: 17, minute: 30 },
  }),
  row('gdpr.art33', {
    start: 'gdprAwareAt',
    shownWith: ['gdprAwareAt'],
    amount: 72,
    unit: 'hours',
    countRule: 'elapsed_hours_from_instant',
  }),
]
