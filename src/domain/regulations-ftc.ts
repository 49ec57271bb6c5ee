// The Health Breach Notification Rule, for vendors of personal health records: never for the same activity as HIPAA.
import type { Regulation } from './regulation.ts'

const ftc = {
  regime: 'FTC HBNR',
  appliesTo: ['phr_vendor'],
  start: 'discovery',
  amount: 60,
  unit: 'calendar_days',
  countRule: 'day0_calendar_end_of_local_day',
  threshold: null,
  verified: 'verified in source',
  verifyBy: '2027-05-31',
  enabled: true,
  needsBreach: true,
} as const

const commission = { citation: '16 CFR 318.4(b), 318.5(c)', recipient: 'Federal Trade Commission' } as const

export const ftcRegulations: readonly Regulation[] = [
  {
    ...ftc,
    id: 'ftc.individual',
    label: 'FTC: letters to individuals',
    citation: '16 CFR 318.3, 318.4(a)',
    recipient: 'each U.S. citizen or resident affected',
    trigger: 'breach of security of unsecured PHR identifiable health information',
    notes: 'Includes unauthorized disclosure, not only hacking (2024 amendment, effective 2024-07-29).',
  },
  {
    ...ftc,
    id: 'ftc.media',
    label: 'FTC: notice to the media',
    citation: '16 CFR 318.5(b)',
    recipient: 'prominent media outlets',
    threshold: {
      scope: 'per_state_residents',
      op: '>=',
      value: 500,
      otherwise: 'no_state_with_500_or_more_residents',
    },
    verified: 'from general knowledge',
    verifyBy: '2027-01-31',
    notes: "500 or more, unlike HIPAA's more than 500.",
  },
  {
    ...ftc,
    ...commission,
    id: 'ftc.commission.500plus',
    label: 'FTC: report to the Commission, 500 or more',
    contemporaneousWith: 'ftc.individual',
    threshold: { scope: 'total_individuals', op: '>=', value: 500, otherwise: 'fewer_than_500_individuals' },
    notes: 'Before the 2024 amendment this was 10 business days; old guides still say so.',
  },
  {
    ...ftc,
    ...commission,
    id: 'ftc.commission.under500',
    label: 'FTC: annual log to the Commission, fewer than 500',
    countRule: 'year_end_plus_60',
    threshold: { scope: 'total_individuals', op: '<', value: 500, otherwise: '500_or_more_individuals' },
    notes: 'The form speaks of the 60th day of the following calendar year, the same date.',
  },
  {
    ...ftc,
    id: 'ftc.service_provider',
    label: 'FTC: notice to the vendor of personal health records',
    citation: '16 CFR 318.3(b), 318.4(a)',
    recipient: 'vendor of personal health records',
    appliesTo: [],
    start: 'recorded',
    needsBreach: false,
    verified: 'from general knowledge',
    verifyBy: '2027-01-31',
    trigger: 'third party service provider discovers a breach',
    notes: 'Obtain acknowledgment of receipt.',
  },
]
