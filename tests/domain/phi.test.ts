/** What looks like somebody's identifier and what does not, sentence by sentence; and that no text takes long. */
import { expect, test } from 'vitest'
import { phiIn, phiInWords, rules } from '../../src/domain/phi.ts'
import { WINDOW } from '../../src/domain/phi-context.ts'
import { isSocialSecurity, passesLuhn } from '../../src/domain/phi-numbers.ts'
import { foldedText } from '../../src/domain/phi-text.ts'

const VISA = '4111 1111 1111 1111'

test.each<readonly [string, readonly string[]]>([
  // Social Security numbers: the one printed on wallet inserts in 1938, which is nobody's.
  ['078-05-1120', ['ssn']],
  ['her number is 078-05-1120, I think', ['ssn']],
  ['patient:078-05-1120', ['ssn']],
  ['(078-05-1120)', ['ssn']],
  ['078–05–1120 with en dashes', ['ssn']],
  ['078‑05‑1120 with hyphens that do not break', ['ssn']],
  ['078 - 05 - 1120', ['ssn']],
  ['078 05 1120', ['ssn']],
  ['it says 078 05 1120.', ['ssn']],
  ['SSN 078.05.1120', ['ssn']],
  ['SSN:\n078-05-\n1120', ['ssn']],
  ['078-05-\n1120', ['ssn']],
  ['SSN 078\n05\n1120', ['ssn']],
  ['SSN: 078051120', ['ssn']],
  ['ssn=078051120', ['ssn']],
  ['ssn #078051120', ['ssn']],
  ['SS# 078051120', ['ssn']],
  ['Social Security number is 078051120', ['ssn']],
  ['soc sec no. 078051120', ['ssn']],
  ['SSN for Jane Doe 078051120', ['ssn']],
  ['SSN of the patient, jane: 078051120', ['ssn']],
  ['078051120 (SSN)', ['ssn']],
  ['078051120 is her social security number', ['ssn']],
  ['{"ssn":"078051120","sex":"F"}', ['ssn']],
  ['name,ssn\nJane,078051120', ['ssn']],
  ['０７８-０５-１１２０ in full width', ['ssn']],
  ['٠٧٨-٠٥-١١٢٠ in Arabic digits', ['ssn']],
  ['०७८-०५-११२० in Devanagari', ['ssn']],
  ['𝟎𝟕𝟖-𝟎𝟓-𝟏𝟏𝟐𝟎 in mathematical bold, 𝟶𝟽𝟾 in monospace', ['ssn']],
  ['0\u200b78-05\u200d-11\u206020 with zero-width characters', ['ssn']],
  ['078\u00ad-05-1120 with a soft hyphen', ['ssn']],
  ['SSN 078\u00a005\u202f1120 with hard spaces', ['ssn']],
  ['\u202a078-05-1120\u202c between marks of direction', ['ssn']],
  ['<tel:078051120|078-05-1120>', ['ssn']],
  ['*078-05-1120*', ['ssn']],
  ['She sent Lee 219-09-9999 in plain text', ['ssn']],

  // Payment cards: the numbers the schemes publish for tests.
  [VISA, ['card']],
  ['4111-1111-1111-1111', ['card']],
  ['4111111111111111', ['card']],
  [`she paid with ${VISA} exp 12/28`, ['card']],
  ['4111 1111\n1111 1111', ['card']],
  ['5555 5555 5555 4444', ['card']],
  ['5555555555554444', ['card']],
  ['2223003122003222', ['card']],
  ['3782 822463 10005', ['card']],
  ['378282246310005', ['card']],
  ['3056 930902 5904', ['card']],
  ['6011111111111117', ['card']],
  ['3530111333300000', ['card']],
  ['card 4222222222222', ['card']],
  ['visa ending, in full: 4111111111111111', ['card']],
  ['٤١١١ ١١١١ ١١١١ ١١١١', ['card']],
  ['4111\u200b1111\u200b1111\u200b1111', ['card']],

  // Medical record numbers.
  ['MRN 00123456', ['record-number']],
  ['MRN: 123-45-67', ['record-number']],
  ['MRN#1234567', ['record-number']],
  ['MRN0012345', ['record-number']],
  ['mrn-0012345 was opened', ['record-number']],
  ['MRN is E1234567', ['record-number']],
  ['medical record number 4455667', ['record-number']],
  ['medical record no. 44 55 66 7', ['record-number']],
  ['Medical Record Number of John Smith is 4455667', ['record-number']],
  ['chart no. 889900', ['record-number']],
  ['chart #889900', ['record-number']],
  ['patient ID: A-778899', ['record-number']],
  ['pt id 778899', ['record-number']],
  ['778899 (MRN)', ['record-number']],
  ['"mrn": "0012345"', ['record-number']],
  ['MRN ١٢٣٤٥٦٧', ['record-number']],

  // Birth dates.
  ['DOB 03/04/1961', ['birth-date']],
  ['Jane Doe, DOB: 3/4/61', ['birth-date']],
  ['D.O.B. 1961-03-04', ['birth-date']],
  ['date of birth 4 March 1961', ['birth-date']],
  ['Date of birth: March 4, 1961', ['birth-date']],
  ['Date of birth: 4th of Mar 1961', ['birth-date']],
  ['{"birthDate":"1961-03-04"}', ['birth-date']],
  ['03/04/1961 (DOB)', ['birth-date']],
  ['DOB for Jane Doe 03.04.1961', ['birth-date']],
  ['dob 19610304', ['birth-date']],
  ['Jane Doe was born on 4 March 1961', ['birth-date']],
  ['Jane, born 3/4/1961, called', ['birth-date']],
  ['the birthday of Jane Doe is 03/04/1961', ['birth-date']],

  // Tables and messages between systems, where the head or the place says what a number is.
  ['id,ssn,name\n1,078051120,Jane\n', ['ssn']],
  ['name;PatientMRN;x\nJane;4455667;1', ['record-number']],
  ['name\tdate_of_birth\r\nJane\t1961-03-04\r\n', ['birth-date']],
  ['"name","birthDate"\n"Jane","3/4/1961"', ['birth-date']],
  ['a,b,c,d,e,ssn\n1,2,3,4,5,\n6,7,8,9,1,078051120', ['ssn']],
  [
    'MSH|^~\\&|ADT\rPID|1||4455667^^^H^MR||DOE^JANE||19610304000000|F|||||||||||078051120\r',
    ['ssn', 'record-number', 'birth-date'],
  ],

  // More than one.
  [
    `Jane Doe DOB 3/4/61 SSN 078-05-1120 MRN 0012345 paid ${VISA}`,
    ['ssn', 'record-number', 'card', 'birth-date'],
  ],
])('carries something: %j', (text, kinds) => {
  expect(phiIn(text)).toEqual(kinds)
})

test.each([
  // No Social Security number was ever one of these.
  '000-12-3456',
  '666-12-3456',
  '900-12-3456',
  '987-65-4321',
  '123-00-4567',
  '123-45-0000',
  '111-11-1111',
  'SSN 000000000',
  // Nor is a number that is something else's.
  '555-867-5309',
  '(212) 555-0142',
  '+1 212 555 0142',
  '+1-212-555-0142 ext 12345',
  'call 555 12 3456',
  'ticket 100234567',
  'ticket 123-45-6789',
  'INC0012345678',
  'REQ-123-45-6789',
  'order #123-45-6789',
  'inc-2026-0007',
  'CHG 100 23 4567',
  'SSNs were in the export, see ticket 100234567',
  'The SSN column was masked. Run 104882331 shows it',
  'SSN exposure: case 100234567',
  'SSN rows total 104882331',
  'the last four of the SSN are 1120',
  'SSN ***-**-1120',
  'we lost 100234567 rows',
  '20002 3456, 90210-1234',
  '902101234',
  '550e8400-e29b-41d4-a716-446655440000',
  '11111111-222-33-4444-5555',
  'd41d8cd98f00b204e9800998ecf8427e',
  'sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'U0123456789 in C0123456789',
  '<@U012345678> wrote in <#C0123456789>',
  '1732312000.000100',
  'epoch 1732312000000',
  '1700000000123456',
  '2026-11-27T02:14:33.123Z',
  '2026-11-27 02:14',
  '20261127',
  '$123,456.78',
  '$123-45-6789',
  '10.0.12.254',
  '192.168.100.200:8443',
  'version 123.45.6789',
  'v1.22.3333',
  'https://desk.example.com/t/123-45-6789',
  'https://desk.example.com/t?id=123-45-6789&x=1',
  '100 20 3000 40 500',
  '1 100 20 3000',
  'part no. 123-45-6789',
  '19:0123456789abcdef@thread.tacv2',
  // Nor a card.
  '4111 1111 1111 1112',
  '4111111111111112',
  '1234 5678 9012 3456',
  '0000 0000 0000 0000',
  '4444 4444 4444 4444',
  'order 4111111111111111',
  'tracking 4111111111111111',
  '4006381333931',
  '12345678901234567890',
  '99994111111111111111',
  '4111-1111-1111-1111-1111',
  'id4111111111111111',
  '/4111111111111111/',
  // Nor a record's number.
  'MRN pending',
  'MRN 4 of 12',
  'MRNs of 12500 patients',
  'medical records of 45,000 people',
  'medical records: 45000 records',
  'patient number: 555-867-5309',
  'medical record of 11/27/2026',
  'medical record 2026-11-27',
  'MRN lookup, ticket 100234567',
  'the MRN server is 10.0.12.254',
  'chart 12345 shows it',
  'chart of 12345 points',
  'patient 12 of 12345',
  'MRN column dropped. 1234567 rows remain',
  // Nor a birth date.
  'patched on 03/04/2026',
  'discovered 4 March 2026',
  'the DOB field is MM/DD/YYYY',
  'DOB was in the export of 03/04/2026? no: DOB was not in it',
  'the idea was born on 4 March 2026',
  'born in 1961',
  'Jane Doe signed on 03/04/2026',
  'DOB 45/67/1961',
  'DOB 13/32/1961',
  'Is it 12/11/2026 that the letter goes out?',
  // Nor a column of something else's.
  'id,ssn_masked,ticket\n1,xxx,100234567',
  'host,address,bytes\nsrv1,10.0.12.254,100234567',
  'day,patients\n2026-11-27,12500',
  'PID|USER|COMMAND\n12345|root|init',
  // Nor nothing at all.
  '',
  'no numbers here',
  '🔥 42',
])('carries nothing: %j', (text) => {
  expect(phiIn(text)).toEqual([])
})

test.each([
  'inc-2026-0001-078-05-1120',
  'text/078-05-1120',
  'id=4111-1111-1111-1111',
  'order/4111111111111111',
])('a name or a code may not carry one either, whatever it is part of: %s', (name) => {
  expect(phiIn(name)).toEqual([])
  expect(phiIn(name, true)).toHaveLength(1)
})

test.each([
  'inc-2026-0007-2',
  '1795214415.250000',
  '1795214415250',
  '00000000-0000-4000-8000-000000000001',
  '19:6d2c1a0b9f8e4a7d@thread.tacv2',
  '2026-11-21T03:41:00.000Z',
  '2026-11-21',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'U0SAMOKAFOR',
  '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
])('what our own data holds passes as a name: %s', (name) => {
  expect(phiIn(name, true)).toEqual([])
})

test.each([
  ['078051120', true],
  ['000051120', false],
  ['666051120', false],
  ['900051120', false],
  ['999051120', false],
  ['899051120', true],
  ['078001120', false],
  ['078050000', false],
  ['07805112', false],
  ['777777777', false],
])('%s is a Social Security number: %s', (digits, is) => {
  expect(isSocialSecurity(digits)).toBe(is)
})

test('a check digit is right for one digit in ten', () => {
  const right = Array.from({ length: 10 }, (_, last) => `411111111111111${last}`).filter(passesLuhn)
  expect(right).toEqual(['4111111111111111'])
})

test('what is found says kinds and nothing of the text', () => {
  const found = phiIn('Jane Doe 078-05-1120')
  expect(JSON.stringify(found)).toBe('["ssn"]')
  expect(phiInWords(found)).toBe('a Social Security number')
  expect(phiInWords(['birth-date', 'ssn'])).toBe('a Social Security number or somebody’s birth date')
  expect(phiInWords(['what a later version may find'])).toBe('somebody’s identifier')
})

test.each(['x ssn 1', 'SSNs', 's.s.n.', 'ss#', 'SS no', 'ssan', 'Social Security', 'soc. sec'])(
  'the quick look for words of a Social Security number misses none: %s',
  (words) => expect(neededFor('ssn').some((needs) => needs.test(words))).toBe(true),
)

test.each([
  'MRN',
  'mrns',
  'M.R.N.',
  'MR #',
  'medical record',
  'med rec',
  'chart no',
  'patient id',
  'Pt #',
  'hospital no',
])('nor of a medical record number: %s', (words) =>
  expect(neededFor('record-number').some((needs) => needs.test(words))).toBe(true),
)

const neededFor = (kind: string) => rules.flatMap(([of, , , needs]) => (of === kind && needs ? [needs] : []))

/** Work of a pattern at one place is bounded where nothing repeats without end; a window bounds the work of a check. */
test.each(rules.map(([kind, pattern]) => [kind, pattern.source] as const))(
  'no pattern for %s repeats without end: %s',
  (_, source) => {
    const bare = source.replace(/\\[^\d]/g, 'x').replace(/\[[^\]]*\]/g, 'x')
    expect(bare).not.toMatch(/[*+]|\{\d+,\}/)
  },
)

test.each([
  ['digits', '1'],
  ['digits and spaces', '1 '],
  ['groups that are almost a number', '000-00-0000 '],
  ['words that lead to nothing', 'SSN '],
  ['words and nine digits that are none', 'SSN 000000000 '],
  ['dates that are none', 'DOB 99/99/1999 '],
  ['hyphens and line breaks', '111 -\n '],
  ['combining marks', '\u0316\u0301'],
  ['zero-width characters', '1\u200b'],
  ['mathematical digits', '𝟗'],
  ['capitals', 'Ab '],
  ['columns', 'ssn,'],
  ['lines', '1,1\n'],
  ['patients without anything', '\nPID|1|'],
])('forty thousand characters of %s are looked at once, in windows that do not grow', (_, unit) => {
  const text = unit
    .repeat(Math.ceil(40_000 / unit.length))
    .slice(0, 40_000)
    .toWellFormed()
  const folded = foldedText(text)
  expect(folded.length).toBeLessThanOrEqual(text.length)
  let looked = 0
  for (const [, pattern] of rules)
    for (const match of folded.matchAll(pattern)) looked += match[0].length + 2 * WINDOW
  // Each proposal reads its own length and two windows: hits are apart from each other, so all of them are linear too.
  expect(looked).toBeLessThanOrEqual(rules.length * folded.length * (1 + (2 * WINDOW) / 5))
  expect(phiIn(text)).toEqual([])
})
