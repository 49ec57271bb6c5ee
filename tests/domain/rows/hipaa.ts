/** HIPAA, Part 2 and the Health Breach Notification Rule. Discovery is day 0; nothing rolls off a weekend (rules.md §0). */
import { about, began, knownOn, people, vendor } from './sentence.ts'

const oral = (statementDate: string) => ({ kind: 'oral', statementDate })
const writing = (statementDate: string, until: string) => ({ kind: 'written', statementDate, until })
const presence = { orgTimezone: 'America/Chicago', ...knownOn('2013-10-22'), ...people(836, 'IL') }
const part2 = { part2Records: true }
const phr = { entityType: 'phr_vendor' }

export const hipaaSentences = [
  ...about(
    'hipaa.individual',
    [
      'Presence Health knew on 22 October 2013: letters by 21 December, not on day 104',
      presence,
      '2013-12-21',
    ],
    ['one person is enough', people(1, 'OH'), '2026-06-30'],
    ['day 60 may be a Sunday', knownOn('2026-11-18'), '2027-01-17'],
    ['nobody knows when it was known: pending, not hidden', knownOn(null!), 'pending: discoveredAt'],
    ['a business associate writes to nobody but the covered entity', vendor, 'no: duty_of_covered_entity'],
  ),
  ...about(
    'hipaa.media',
    [
      'Presence Health: more than 500 of Illinois, the press by 21 December, not on day 106',
      presence,
      '2013-12-21',
    ],
    ['500 of one State are not more than 500', people(500, 'TX'), 'no: no_state_over_500_residents'],
    ['501 are', people(501, 'TX'), { dueDate: '2026-06-30', states: ['TX'] }],
    ['501 of the District of Columbia are', people(501, 'DC'), { dueDate: '2026-06-30', states: ['DC'] }],
  ),
  ...about(
    'hipaa.hhs.500plus',
    ['Presence Health: the Secretary by 21 December, not on day 101', presence, '2013-12-21'],
    ['499 people can wait for the year', people(499, 'TX'), 'no: fewer_than_500_individuals'],
    ['500 cannot', people(500, 'TX'), '2026-06-30'],
    [
      'with the letters: they went out on 20 May',
      { ...people(500, 'TX'), individualNoticeSentAt: '2026-05-20' },
      '2026-05-20',
    ],
  ),
  ...about(
    'hipaa.hhs.under500',
    ['discovered on the last day of 2026: 1 March', knownOn('2026-12-31'), '2027-03-01'],
    [
      'discovered a day later, the filing year is a leap year: 29 February',
      knownOn('2027-01-01'),
      '2028-02-29',
    ],
    ['500 people are no small breach', people(500, 'TX'), 'no: 500_or_more_individuals'],
  ),
  ...about(
    'hipaa.ba_to_ce',
    ['sixty days over the leap day', { ...vendor, ...knownOn('2028-01-15') }, '2028-03-15'],
    ['nothing a covered entity owes', {}, 'no: duty_of_business_associate'],
  ),
  ...about(
    'hipaa.substitute_posting',
    [
      'nine with bad addresses need no posting',
      { insufficientContactCount: 9 },
      'no: fewer_than_10_with_insufficient_contact_details',
    ],
    [
      'ten need one, which has no end before it is up',
      { insufficientContactCount: 10 },
      'pending: substitutePostedAt',
    ],
    [
      'posted on 1 June: through day 90',
      { insufficientContactCount: 10, substitutePostedAt: '2026-06-01' },
      '2026-08-30',
    ],
  ),
  ...about(
    'hipaa.retention',
    [
      'six years to the day, breach or none',
      { documentedAt: '2026-05-20', phiInvolved: false },
      { retainAtLeastThrough: '2032-05-20' },
    ],
    [
      'a record of 29 February is kept through 1 March',
      { documentedAt: '2028-02-29' },
      { retainAtLeastThrough: '2034-03-01' },
    ],
  ),
  ...about(
    'baa.contract',
    [
      '24 hours are elapsed hours, over the change to summer time too',
      { ...vendor, ...knownOn('2026-03-07T20:00:00-05:00'), baaHours: 24 },
      '2026-03-09T01:00:00Z',
    ],
    ['ten days', { ...vendor, baaDays: 10 }, '2026-05-11'],
    ['three business days from a Friday', { ...vendor, baaBusinessDays: 3 }, '2026-05-06'],
    ['none agreed, none shown', vendor, 'not shown'],
  ),
  ...about(
    'hipaa.individual.urgent',
    [
      'once misuse is feared: by telephone at once, with no number of days',
      began('hipaa.individual.urgent', '2026-05-01T10:00:00-04:00'),
      'no limit',
    ],
    ['before that it is not asked for', {}, 'not shown'],
  ),
  ...about('hipaa.security_incident_response', [
    'to be identified, answered and documented, with no number of hours',
    began('hipaa.security_incident_response', '2026-05-01'),
    'no limit',
  ]),
  ...about(
    'hipaa.le_hold_oral',
    ['is no clock of its own', { lawEnforcementDelays: [oral('2026-06-20')] }, 'not shown'],
    [
      'is thirty days from the statement, not from the limit',
      { lawEnforcementDelays: [oral('2026-06-20')] },
      '2026-07-20',
      'hipaa.individual',
    ],
    [
      'a second one adds nothing',
      { lawEnforcementDelays: [oral('2026-06-20'), oral('2026-07-19')] },
      '2026-07-20',
      'hipaa.individual',
    ],
  ),
  ...about(
    'hipaa.le_hold_written',
    ['is no clock of its own', { lawEnforcementDelays: [writing('2026-06-20', '2026-09-15')] }, 'not shown'],
    [
      'lasts for the time it names',
      { lawEnforcementDelays: [writing('2026-06-20', '2026-09-15')] },
      '2026-09-15',
      'hipaa.individual',
    ],
    [
      'and moves nothing when it ends inside the sixty days',
      { lawEnforcementDelays: [writing('2026-05-04', '2026-06-29')] },
      '2026-06-30',
      'hipaa.individual',
    ],
    [
      'a day after the limit it cures nothing',
      { lawEnforcementDelays: [writing('2026-07-01', '2026-09-15')] },
      '2026-06-30',
      'hipaa.individual',
    ],
  ),
]

export const part2Sentences = [
  ...about(
    'part2.individual',
    ['a second letter to patients, on the same day', part2, '2026-06-30'],
    ['no Part 2 records, no second letter', {}, 'not shown'],
    [
      'whoever works for the program writes to no patient',
      { ...part2, ...vendor },
      'no: duty_of_covered_entity',
    ],
  ),
  ...about(
    'part2.media',
    [
      '500 of one State are not more than 500',
      { ...part2, ...people(500, 'TX') },
      'no: no_state_over_500_residents',
    ],
    ['501 are', { ...part2, ...people(501, 'TX') }, '2026-06-30'],
  ),
  ...about(
    'part2.hhs.500plus',
    ['499 can wait', { ...part2, ...people(499, 'TX') }, 'no: fewer_than_500_individuals'],
    [
      '500: a report of its own, with the letters',
      { ...part2, ...people(500, 'TX'), individualNoticeSentAt: '2026-06-01' },
      '2026-06-01',
    ],
  ),
  ...about(
    'part2.hhs.under500',
    [
      'a small breach of 2027 is reported by the leap day',
      { ...part2, ...knownOn('2027-07-01') },
      '2028-02-29',
    ],
    ['500 are no small breach', { ...part2, ...people(500, 'TX') }, 'no: 500_or_more_individuals'],
  ),
]

export const ftcSentences = [
  ...about(
    'ftc.individual',
    ['sixty days over the year end', { ...phr, ...knownOn('2026-12-15') }, '2027-02-13'],
    ['never for a covered entity', {}, 'not shown'],
  ),
  ...about(
    'ftc.media',
    [
      '499 of one State are fewer than 500',
      { ...phr, ...people(499, 'CA') },
      'no: no_state_with_500_or_more_residents',
    ],
    [
      "500 are enough, where HIPAA's rule asks for 501",
      { ...phr, ...people(500, 'CA') },
      { dueDate: '2026-06-30', states: ['CA'] },
    ],
  ),
  ...about(
    'ftc.commission.500plus',
    ['499 can wait', { ...phr, ...people(499, 'CA') }, 'no: fewer_than_500_individuals'],
    ['500: sixty days, no longer ten business days', { ...phr, ...people(500, 'CA') }, '2026-06-30'],
    [
      'with the letters: they went out on 20 May',
      { ...phr, ...people(500, 'CA'), individualNoticeSentAt: '2026-05-20' },
      '2026-05-20',
    ],
  ),
  ...about(
    'ftc.commission.under500',
    ['on the 60th day of the next year', { ...phr, ...people(499, 'CA') }, '2027-03-01'],
    ['500 are not for the log', { ...phr, ...people(500, 'CA') }, 'no: 500_or_more_individuals'],
  ),
  ...about('ftc.service_provider', [
    'sixty days from when the provider knew',
    began('ftc.service_provider', '2026-08-01'),
    '2026-09-30',
  ]),
]
