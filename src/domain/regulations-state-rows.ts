// What the rows of State clocks have in common. A State's law counts its own residents and knows no delay under
// 45 CFR 164.412; whether HIPAA compliance satisfies it is said beside the raw date and left to counsel.
import type { Regulation, Threshold } from './regulation.ts'

export const state = (code: string) =>
  ({
    regime: `${code === 'PR' ? 'Territory' : 'State'} ${code}`,
    jurisdiction: code,
    appliesTo: [],
    start: 'discovery',
    unit: 'calendar_days',
    countRule: 'day0_calendar_end_of_local_day',
    threshold: null,
    verified: 'verified in source',
    verifyBy: '2027-05-31',
    enabled: true,
  }) as const satisfies Partial<Regulation>

export const residents = (op: Threshold['op'], value: number, otherwise: string): Threshold => ({
  scope: 'per_state_residents',
  op,
  value,
  otherwise,
})
