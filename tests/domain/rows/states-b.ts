/** Maine to Puerto Rico. Raw statutory days, each from its own start. */
import { about, holidays, knownOn, people, vendor } from './sentence.ts'

const sent = (individualNoticeSentAt: string) => ({ individualNoticeSentAt })
const determined = (determinedAt: string) => ({ determinedAt })

export const furtherStateSentences = [
  ...about(
    'state.me.individual',
    [
      'thirty days from when the scope was known',
      { ...people(1, 'ME'), scopeIdentifiedAt: '2026-06-01' },
      '2026-07-01',
    ],
    [
      'not known yet: from discovery, and said so',
      people(1, 'ME'),
      { dueDate: '2026-05-31', startedFrom: 'discovery' },
    ],
  ),
  ...about('state.ct.individual', [
    'sixty days to the leap day',
    { ...people(1, 'CT'), ...knownOn('2027-12-31') },
    '2028-02-29',
  ]),
  ...about(
    'state.ct.ag',
    ['for one resident: not later than the letters may be', people(1, 'CT'), '2026-06-30'],
    ['with the letters: they went out on 9 May', { ...people(1, 'CT'), ...sent('2026-05-09') }, '2026-05-09'],
  ),
  ...about('state.or.individual', [
    '45 days',
    { ...people(1, 'OR'), ...knownOn('2026-11-15') },
    '2026-12-30',
  ]),
  ...about(
    'state.or.ag',
    ['250 consumers: no notice', people(250, 'OR'), 'no: 250_or_fewer_residents'],
    ['251: 45 days', { ...people(251, 'OR'), ...knownOn('2026-11-15') }, '2026-12-30'],
  ),
  ...about(
    'state.or.vendor',
    ['ten days out of February', { ...vendor, ...people(1, 'OR'), ...knownOn('2026-02-20') }, '2026-03-02'],
    ['nothing a covered entity owes', people(1, 'OR'), 'not shown'],
  ),
  ...about('state.vt.individual', [
    '45 days over the year end',
    { ...people(1, 'VT'), ...knownOn('2026-12-01') },
    '2027-01-15',
  ]),
  ...about(
    'state.vt.ag',
    [
      '14 business days over Thanksgiving',
      { ...people(1, 'VT'), ...knownOn('2026-11-13'), holidays },
      '2026-12-04',
    ],
    [
      'or with the letters, if they are sooner',
      { ...people(1, 'VT'), ...knownOn('2026-11-13'), holidays, ...sent('2026-11-20') },
      '2026-11-20',
    ],
  ),
  ...about('state.md.individual', [
    '45 days from discovery, not from the end of the investigation',
    { ...people(1, 'MD'), ...knownOn('2026-01-17'), ...determined('2026-02-20') },
    '2026-03-03',
  ]),
  ...about(
    'state.md.ag',
    [
      'not later than the letters may be, and before them',
      people(1, 'MD'),
      { dueDate: '2026-06-15', meaning: 'before the letters to residents' },
    ],
    ['they went out on 20 May', { ...people(1, 'MD'), ...sent('2026-05-20') }, '2026-05-20'],
  ),
  ...about('state.in.individual', [
    '45 days over the leap day',
    { ...people(1, 'IN'), ...knownOn('2028-01-16') },
    '2028-03-01',
  ]),
  ...about('state.az.individual', [
    '45 days from a determination on a Saturday',
    { ...people(1, 'AZ'), ...determined('2026-07-04') },
    '2026-08-18',
  ]),
  ...about(
    'state.az.ag',
    ['1,000 people: no notice', people(1000, 'AZ'), 'no: 1000_or_fewer_residents'],
    ['1,001: 45 days', { ...people(1001, 'AZ'), ...determined('2026-07-04') }, '2026-08-18'],
  ),
  ...about('state.al.individual', [
    '45 days from the determination',
    { ...people(1, 'AL'), ...determined('2026-03-31') },
    '2026-05-15',
  ]),
  ...about(
    'state.al.ag',
    ['1,000 people: no notice', people(1000, 'AL'), 'no: 1000_or_fewer_residents'],
    ['1,001: 45 days', { ...people(1001, 'AL'), ...determined('2026-03-31') }, '2026-05-15'],
  ),
  ...about('state.la.individual', [
    'sixty days',
    { ...people(1, 'LA'), ...knownOn('2026-07-01') },
    '2026-08-30',
  ]),
  ...about(
    'state.la.ag',
    [
      'received ten days after the letters, for one citizen',
      { ...people(1, 'LA'), ...sent('2026-12-24') },
      { dueDate: '2027-01-03', meaning: 'received by the Attorney General' },
    ],
    ['and no day before they went out', people(1, 'LA'), 'pending: individualNoticeSentAt'],
  ),
  ...about('state.de.individual', [
    'sixty days from the determination',
    { ...people(1, 'DE'), ...determined('2026-09-01') },
    '2026-10-31',
  ]),
  ...about(
    'state.de.ag',
    ['500 residents: no notice', people(500, 'DE'), 'no: 500_or_fewer_residents'],
    ['501: not later than the letters may be', people(501, 'DE'), '2026-06-30'],
    ['they went out on 20 May', { ...people(501, 'DE'), ...sent('2026-05-20') }, '2026-05-20'],
    [
      'a determination recorded later gives it the day of the letters',
      { ...people(501, 'DE'), ...determined('2026-05-11') },
      '2026-07-10',
    ],
  ),
  ...about(
    'state.ri.individual',
    ['45 days from the confirmation', { ...people(1, 'RI'), confirmedAt: '2026-10-01' }, '2026-11-15'],
    [
      'none recorded: from discovery, and said so',
      people(1, 'RI'),
      { dueDate: '2026-06-15', startedFrom: 'discovery' },
    ],
  ),
  ...about(
    'state.ok.ag',
    [
      '499 residents: no notice',
      { ...people(499, 'OK'), ...sent('2026-03-31') },
      'no: fewer_than_500_residents',
    ],
    ['500: sixty days after the letters', { ...people(500, 'OK'), ...sent('2026-03-31') }, '2026-05-30'],
    ['and no day before they went out', people(500, 'OK'), 'pending: individualNoticeSentAt'],
  ),
  ...about(
    'state.il.ag_hipaa_copy',
    [
      'five business days after HHS, over Thanksgiving',
      { ...people(700, 'IL'), hhsNotifiedAt: '2026-11-23', holidays },
      '2026-12-01',
    ],
    ['and no day before HHS was told', people(3, 'IL'), 'pending: hhsNotifiedAt'],
  ),
  ...about(
    'state.pa.ag',
    ['500 residents: no notice', people(500, 'PA'), 'no: 500_or_fewer_residents'],
    ['501: not later than the letters may be', people(501, 'PA'), '2026-06-30'],
    ['they went out on 20 May', { ...people(501, 'PA'), ...sent('2026-05-20') }, '2026-05-20'],
    [
      'with letters that HIPAA does not ask for, none is dated before they went out',
      { ...people(501, 'PA'), entityType: 'phr_vendor' },
      'pending: individualNoticeSentAt',
    ],
    [
      'and goes with them all the same',
      { ...people(501, 'PA'), entityType: 'phr_vendor', ...sent('2026-05-20') },
      '2026-05-20',
    ],
  ),
  ...about('state.oh.individual', ['45 days', people(1, 'OH'), '2026-06-15']),
  ...about('state.wi.individual', [
    '45 days',
    { ...people(1, 'WI'), ...knownOn('2026-08-17') },
    '2026-10-01',
  ]),
  ...about('state.nm.individual', [
    '45 days over the year end',
    { ...people(1, 'NM'), ...knownOn('2025-12-31') },
    '2026-02-14',
  ]),
  ...about('state.tn.individual', [
    '45 days',
    { ...people(1, 'TN'), ...knownOn('2026-06-30') },
    '2026-08-14',
  ]),
  ...about('state.sd.individual', [
    'sixty days out of February',
    { ...people(1, 'SD'), ...knownOn('2026-02-01') },
    '2026-04-02',
  ]),
  ...about(
    'state.pr.daco',
    [
      'ten days from the detection',
      { ...people(1, 'PR'), orgTimezone: 'America/Puerto_Rico', detectedAt: '2026-05-22' },
      '2026-06-01',
    ],
    [
      'none recorded: from discovery, and said so',
      people(1, 'PR'),
      { dueDate: '2026-05-11', startedFrom: 'discovery' },
    ],
  ),
]
