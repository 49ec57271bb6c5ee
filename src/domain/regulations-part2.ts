// Breaches of unsecured Part 2 records: the HIPAA duties again, as a report of their own (42 CFR 2.16(b), since 2026-02-16).
// A record that is both PHI and a Part 2 record is therefore reported twice.
import type { Regulation } from './regulation.ts'

const part2 = {
  regime: '42 CFR Part 2',
  citation: '42 CFR 2.16(b); 42 U.S.C. 290dd-2(j)',
  // The duty is the program's; whoever works for it tells it, as under HIPAA (42 CFR 2.16(b)).
  appliesTo: ['covered_entity', 'phr_vendor', 'sec_registrant'],
  otherwise: { business_associate: 'duty_of_covered_entity' },
  shownWith: ['part2Records'],
  start: 'discovery',
  amount: 60,
  unit: 'calendar_days',
  countRule: 'day0_calendar_end_of_local_day',
  verified: 'verified in source',
  verifyBy: '2027-05-31',
  enabled: true,
  needsBreach: true,
  delayable: true,
  trigger: 'breach of unsecured Part 2 records by a Part 2 program',
} as const

const recipient = 'Secretary of HHS (separate Part 2 form in the OCR portal)'

export const part2Regulations: readonly Regulation[] = [
  {
    ...part2,
    id: 'part2.individual',
    label: 'Part 2: letters to patients',
    recipient: 'each affected patient',
    threshold: null,
  },
  {
    ...part2,
    id: 'part2.media',
    label: 'Part 2: notice to the media',
    recipient: 'prominent media outlets',
    threshold: {
      scope: 'per_state_residents',
      op: '>',
      value: 500,
      otherwise: 'no_state_over_500_residents',
    },
  },
  {
    ...part2,
    id: 'part2.hhs.500plus',
    label: 'Part 2: report to HHS, 500 or more',
    recipient,
    contemporaneousWith: 'part2.individual',
    threshold: { scope: 'total_individuals', op: '>=', value: 500, otherwise: 'fewer_than_500_individuals' },
  },
  {
    ...part2,
    id: 'part2.hhs.under500',
    label: 'Part 2: annual report to HHS, fewer than 500',
    recipient,
    countRule: 'year_end_plus_60',
    threshold: { scope: 'total_individuals', op: '<', value: 500, otherwise: '500_or_more_individuals' },
  },
]
