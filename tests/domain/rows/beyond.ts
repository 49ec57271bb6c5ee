/** Securities, the GDPR, CMS, insurance, and what is not law. Hours are elapsed hours (rules.md §0.7). */
import { about, began, holidays, people } from './sentence.ts'

const material = (materialityDeterminedAt: string) => ({
  entityType: 'sec_registrant',
  materialityDeterminedAt,
  holidays,
})

export const beyondSentences = [
  ...about(
    'sec.8k_1_05',
    [
      'material on a Friday: the fourth business day is Thursday, in by 17:30 Eastern',
      material('2026-05-08'),
      { dueDate: '2026-05-14', dueInstantUtc: '2026-05-14T21:30:00Z' },
    ],
    [
      'on the Saturday before Memorial Day: Tuesday is day 1',
      material('2026-05-23'),
      { dueDate: '2026-05-29', dueInstantUtc: '2026-05-29T21:30:00Z' },
    ],
    [
      'in winter 17:30 Eastern is an hour later in UTC',
      material('2026-12-23'),
      { dueDate: '2026-12-30', dueInstantUtc: '2026-12-30T22:30:00Z' },
    ],
    [
      'late in the evening of California it is already Tuesday in New York',
      { ...material('2026-05-11T22:00:00-07:00'), orgTimezone: 'America/Los_Angeles' },
      { dueDate: '2026-05-18', dueInstantLocal: '2026-05-18T17:30:00-04:00' },
    ],
    [
      'a police request moves nothing',
      {
        ...material('2026-05-08'),
        lawEnforcementDelays: [{ kind: 'written', statementDate: '2026-05-09', until: '2026-09-01' }],
      },
      { dueDate: '2026-05-14', dueInstantUtc: '2026-05-14T21:30:00Z' },
    ],
    ['nor does discovery start it', people(5000, 'TX'), 'not shown'],
  ),
  ...about(
    'gdpr.art33',
    [
      '72 hours over the change to winter time, a weekend included',
      { orgTimezone: 'Europe/Berlin', gdprAwareAt: '2026-10-24T10:00:00+02:00' },
      { dueInstantUtc: '2026-10-27T08:00:00Z', dueInstantLocal: '2026-10-27T09:00:00+01:00' },
    ],
    [
      'of a day alone: from its first second',
      { orgTimezone: 'Europe/Berlin', gdprAwareAt: '2026-06-01' },
      '2026-06-03T22:00:00Z',
    ],
    ['nobody in the Union, nothing to file', {}, 'not shown'],
  ),
  ...about('gdpr.art33_processor', [
    'without undue delay: shown, and no number',
    began('gdpr.art33_processor', '2026-06-01T08:00:00Z'),
    'no limit',
  ]),
  ...about('gdpr.art34', [
    'without undue delay: shown, and no number',
    began('gdpr.art34', '2026-06-01T08:00:00Z'),
    'no limit',
  ]),
  ...about('cms.contractor', [
    'one hour, through the hour that comes twice',
    began('cms.contractor', '2026-11-01T01:30:00-04:00'),
    { dueInstantUtc: '2026-11-01T06:30:00Z', dueInstantLocal: '2026-11-01T01:30:00-05:00' },
  ]),
  ...about('cms.ede.breach', [
    '24 hours, not until the same time tomorrow',
    began('cms.ede.breach', '2026-03-07T20:00:00-05:00'),
    { dueInstantUtc: '2026-03-09T01:00:00Z', dueInstantLocal: '2026-03-08T21:00:00-04:00' },
  ]),
  ...about('cms.ede.incident', [
    '72 hours',
    began('cms.ede.incident', '2026-12-30T12:00:00-05:00'),
    '2027-01-02T17:00:00Z',
  ]),
  ...about('insurance.notice', [
    'promptly, as the policy says: shown, and no number',
    began('insurance.notice', '2026-06-01'),
    'no limit',
  ]),
  ...about('circia.incident', [
    'is not law: nothing, even once its start is recorded',
    began('circia.incident', '2026-06-01'),
    'not shown',
  ]),
  ...about('circia.ransom', [
    'is not law: nothing, even once its start is recorded',
    began('circia.ransom', '2026-06-01'),
    'not shown',
  ]),
  ...about('pending.hipaa_security_ba24h', [
    'is proposed only: nothing, even once its start is recorded',
    { entityType: 'business_associate', ...began('pending.hipaa_security_ba24h', '2026-06-01') },
    'not shown',
  ]),
]
