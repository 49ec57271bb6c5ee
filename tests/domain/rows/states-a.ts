/** California, Texas, Florida, New York, Colorado and Washington. Raw statutory days, each from its own start. */
import { about, began, holidays, knownOn, people, vendor } from './sentence.ts'

const facility = { caLicensedFacility: true, orgTimezone: 'America/Los_Angeles', ...people(3, 'CA') }
const sent = (individualNoticeSentAt: string) => ({ individualNoticeSentAt })
const determined = (determinedAt: string) => ({ determinedAt })

export const firstStateSentences = [
  ...about(
    'state.ca.hsc1280_15.patient',
    [
      '15 business days over Juneteenth and the 3rd of July',
      { ...facility, detectedAt: '2026-06-15', holidays },
      '2026-07-08',
    ],
    ['with no holidays listed, two days earlier', { ...facility, detectedAt: '2026-06-15' }, '2026-07-06'],
    [
      'no detection recorded: from discovery, and said so',
      facility,
      { dueDate: '2026-05-22', startedFrom: 'discovery' },
    ],
    ['for one patient as well', { ...facility, ...people(1, 'CA'), detectedAt: '2026-06-15' }, '2026-07-06'],
    ['not of a facility California did not license', people(900, 'CA'), 'not shown'],
  ),
  ...about('state.ca.hsc1280_15.cdph', [
    'detected on a Saturday: Monday is the first of fifteen',
    { ...facility, detectedAt: '2026-05-02' },
    '2026-05-22',
  ]),
  ...about(
    'state.ca.civ1798_82.individual',
    ['thirty days out of January', { ...people(1, 'CA'), ...knownOn('2026-01-31') }, '2026-03-02'],
    ['a day earlier in a leap year', { ...people(1, 'CA'), ...knownOn('2028-01-31') }, '2028-03-01'],
  ),
  ...about(
    'state.ca.civ1798_82.ag',
    [
      '500 residents: no sample',
      { ...people(500, 'CA'), ...sent('2026-05-20') },
      'no: 500_or_fewer_residents',
    ],
    ['501: fifteen days after the letters', { ...people(501, 'CA'), ...sent('2026-05-20') }, '2026-06-04'],
    ['and no day before they went out', people(501, 'CA'), 'pending: individualNoticeSentAt'],
  ),
  ...about(
    'state.tx.individual',
    ['sixty days from the determination', { ...people(1, 'TX'), ...determined('2026-05-10') }, '2026-07-09'],
    [
      'none recorded: from discovery, and said so',
      people(1, 'TX'),
      { dueDate: '2026-06-30', startedFrom: 'discovery' },
    ],
  ),
  ...about(
    'state.tx.ag',
    [
      '249 residents: no notice',
      { ...people(249, 'TX'), ...determined('2026-05-10') },
      'no: fewer_than_250_residents',
    ],
    [
      '250: thirty days, a month before the letters',
      { ...people(250, 'TX'), ...determined('2026-05-10') },
      '2026-06-09',
    ],
  ),
  ...about('state.fl.individual', [
    'thirty days from the determination',
    { ...people(1, 'FL'), ...determined('2026-08-31') },
    '2026-09-30',
  ]),
  ...about(
    'state.fl.ag',
    ['499 in Florida: no notice', people(499, 'FL'), 'no: fewer_than_500_residents'],
    ['500: thirty days', { ...people(500, 'FL'), ...determined('2026-08-31') }, '2026-09-30'],
  ),
  ...about(
    'state.fl.agent',
    [
      'ten days, over the year end',
      { ...vendor, ...people(1, 'FL'), ...determined('2026-12-28') },
      '2027-01-07',
    ],
    ['nothing a covered entity owes', people(1, 'FL'), 'not shown'],
  ),
  ...about(
    'state.ny.individual',
    [
      "thirty days end on New Year's Day and stay there",
      { ...people(1, 'NY'), ...knownOn('2026-12-02') },
      '2027-01-01',
    ],
    [
      'a determination recorded later moves nothing',
      { ...people(1, 'NY'), ...knownOn('2026-12-02'), ...determined('2026-12-20') },
      '2027-01-01',
    ],
  ),
  ...about(
    'state.ny.regulators',
    ['for one resident: not later than the letters may be', people(1, 'NY'), '2026-05-31'],
    [
      'with the letters: they went out on 20 May',
      { ...people(1, 'NY'), ...sent('2026-05-20') },
      '2026-05-20',
    ],
    ['letters that were late make it no later', { ...people(1, 'NY'), ...sent('2026-07-20') }, '2026-05-31'],
  ),
  ...about(
    'state.ny.ag_hipaa_copy',
    [
      'five business days after the report of a large breach, over the 3rd of July',
      { ...people(700, 'NY'), hhsNotifiedAt: '2026-06-29', holidays },
      '2026-07-07',
    ],
    [
      'after the annual report of a small one as well',
      { ...people(3, 'NY'), hhsNotifiedAt: '2027-03-01' },
      '2027-03-08',
    ],
    ['and no day before HHS was told', people(700, 'NY'), 'pending: hhsNotifiedAt'],
  ),
  ...about(
    'state.ny.inadvertent_determination',
    [
      'ten days from the determination',
      { ...people(501, 'NY'), ...began('state.ny.inadvertent_determination', '2026-05-04') },
      '2026-05-14',
    ],
    [
      'for 500 residents it need not be sent',
      { ...people(500, 'NY'), ...began('state.ny.inadvertent_determination', '2026-05-04') },
      'no: 500_or_fewer_residents',
    ],
  ),
  ...about(
    'state.ny.hospital_405_46',
    [
      '72 hours of a weekend with one hour missing',
      { nyHospitalDeterminedAt: '2026-03-06T22:00:00-05:00' },
      { dueInstantUtc: '2026-03-10T03:00:00Z', dueInstantLocal: '2026-03-09T23:00:00-04:00' },
    ],
    [
      'PHI or not',
      { nyHospitalDeterminedAt: '2026-06-01T00:00:00Z', phiInvolved: false },
      '2026-06-04T00:00:00Z',
    ],
  ),
  ...about('state.ny.dfs_500_17', [
    '72 hours of a weekend with one hour too many',
    began('state.ny.dfs_500_17', '2026-10-31T12:00:00-04:00'),
    { dueInstantUtc: '2026-11-03T16:00:00Z', dueInstantLocal: '2026-11-03T11:00:00-05:00' },
  ]),
  ...about('state.co.individual', [
    'thirty days from the determination',
    { ...people(1, 'CO'), ...determined('2027-01-30') },
    '2027-03-01',
  ]),
  ...about(
    'state.co.ag',
    ['499 residents: no notice', people(499, 'CO'), 'no: fewer_than_500_residents'],
    ['500: thirty days', { ...people(500, 'CO'), ...determined('2027-01-30') }, '2027-03-01'],
  ),
  ...about('state.wa.individual', [
    'thirty days',
    { ...people(1, 'WA'), ...knownOn('2026-02-28') },
    '2026-03-30',
  ]),
  ...about(
    'state.wa.ag',
    ['500 residents: no notice', people(500, 'WA'), 'no: 500_or_fewer_residents'],
    ['501: thirty days', { ...people(501, 'WA'), ...knownOn('2026-02-28') }, '2026-03-30'],
  ),
  ...about('state.wa.oic', [
    'two business days from the Friday before Memorial Day',
    { ...people(1, 'WA'), holidays, ...began('state.wa.oic', '2026-05-22') },
    '2026-05-27',
  ]),
]
