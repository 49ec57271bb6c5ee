/** What a proof names and which of its files prove something, told file by file. */
import { describe, expect, test } from 'vitest'
import { proofsOf } from '../../src/delivery/proof.ts'
import { type Event, event } from '../../src/domain/events.ts'
import { filesMistake, namedBy, proofWanted } from '../../src/domain/proof.ts'
import { fileName, proofFileWords } from '../../src/domain/proof-files.ts'
import { type EntryLine, ZERO_HASH } from '../../src/domain/record.ts'

const pdf = { id: 'F1', name: 'receipt.pdf', mime: 'application/pdf', size: 9 }

test.each([
  ['one file', [pdf], undefined],
  ['a file of which only the id is told', [{ ...pdf, name: '', size: 0 }], undefined],
  ['ten files', Array(10).fill(pdf), undefined],
  ['eleven files', Array(11).fill(pdf), 'too-many'],
  ['an empty file', [pdf, { ...pdf, size: 0 }], 'empty'],
  ['no id', [{ ...pdf, id: '' }], 'unreadable'],
  ['an id that is a path', [{ ...pdf, id: '../F1' }], 'unreadable'],
  ['an id of two lines', [{ ...pdf, id: 'F1\nF2' }], 'unreadable'],
])('%s', (_, files, mistake) => {
  expect(filesMistake(files)).toBe(mistake)
})

test.each([
  ['receipt.pdf', 'receipt.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\scans\\receipt.pdf', 'receipt.pdf'],
  ['two\nlines\t.pdf', 'two lines .pdf'],
  ['receipt\u202efdp.exe', 'receipt fdp.exe'],
  ['\ud800.pdf', '\ufffd.pdf'],
  ['x'.repeat(300), `${'x'.repeat(119)}…`],
  ['a/', undefined],
])('the file %j is shown as %j', (told, shown) => {
  expect(fileName(told)).toBe(shown)
})

test('a file is told by its name, its hash and its entry', () => {
  const [sha256, seq] = ['a'.repeat(64), 213]
  expect(proofFileWords({ seq, name: 'receipt.pdf', sha256 })).toBe(
    `receipt.pdf · SHA-256 ${sha256} · kept as entry 213`,
  )
  expect(proofFileWords({ seq, name: undefined, sha256: undefined })).toBe('a file · kept as entry 213')
})

test.each([
  ['the receipt in entry 212', { of: 'files', seqs: [212] }],
  ['Entries 212, 214 and #215', { of: 'files', seqs: [212, 214, 215] }],
  ['entry 7 and entry 7', { of: 'files', seqs: [7] }],
  ['entry 99999999999', undefined],
  ['https://x.slack.com/archives/C1/p1795214490000100', { of: 'files', message: '1795214490.000100' }],
  ['room 212 of the post office', undefined],
  [undefined, undefined],
])('%j names %j', (words, wanted) => {
  expect(proofWanted(words, undefined)).toEqual(wanted)
})

test('without a name it is the message it was typed in, where that brought files', () => {
  expect(proofWanted('the receipt', '1.2')).toEqual({ of: 'files', message: '1.2' })
  expect(proofWanted('entry 9', '1.2')).toEqual({ of: 'files', seqs: [9] })
})

const line = (seq: number, { kind, data, ref }: Event): EntryLine => ({
  ...{ v: 1, id: `${seq}`, incident: 'inc-2026-0001', seq, prev: ZERO_HASH, at: '2026-11-21T03:41:00.000Z' },
  ...{ actor: { id: 'USAM', kind: 'human' }, source: null, ref: ref ?? null, data, kind, commit: null },
})
const file = (id: string) => ({ file: id, mime: 'application/pdf', size: 9 })
const posted = (...ids: string[]) =>
  event('message.posted', {
    ...{ room: 'C1', message: '1.2', thread: null, author: 'USAM', recovered: false, asToldLater: false },
    files: ids.map(file),
  })
const added = (id: string, ref: number, more: object = {}) =>
  event(
    'file.added',
    { ...file(id), message: null, chunks: 1, bytes: ZERO_HASH, kept: 'bytes', ...more },
    undefined,
    ref,
  )
const missed = (id: string, ref: number) =>
  event('file.not_captured', { message: null, file: id, size: 9, why: 'too-large' }, undefined, ref)

const none = { rooms: [], companions: [], privilege: [] }
const mark = (target: 'message' | 'room') => ({
  ...{ target, room: 'C1', message: target === 'room' ? null : '1.2' },
  ...{ seq: 1, at: '', by: 'ULEE', lifted: null },
})

describe('of an entry that is named', () => {
  const all = [line(5, posted('F1', 'F2', 'F3')), line(6, added('F1', 5)), line(7, missed('F2', 5))]
  test('files on the record prove, one that is coming is waited for, one that is not to be had is lost', () => {
    expect(namedBy('entry 5', all, none)).toEqual({
      ...{ files: [6], waiting: [file('F3')], lost: [{ file: 'F2', why: 'too-large' }] },
      ...{ message: '1.2', unknown: [] },
    })
  })
  test('a file named itself is meant alone', () => {
    expect(namedBy('entry 6', all.slice(0, 2), none)).toMatchObject({ files: [6], waiting: [] })
  })
  test('one that was missed first and held later is held', () => {
    const lines = [line(5, posted('F1')), line(6, missed('F1', 5)), line(7, added('F1', 5))]
    expect(namedBy('entry 5', lines, none)).toMatchObject({ files: [7], lost: [] })
  })
  test('an empty file proves nothing, and an entry that is not there is said', () => {
    const lines = [line(5, posted('F1')), line(6, added('F1', 5, { size: 0 }))]
    expect(namedBy('entries 5 and 9', lines, none)).toMatchObject({
      ...{ files: [], lost: [{ file: 'F1', why: 'empty' }], unknown: [9] },
    })
  })
  test('where the platform hands over no bytes, the reference to it is named', () => {
    const reference = added('F1', 5, { kept: 'reference', bytes: null, size: 0 })
    expect(namedBy('entry 5', [line(5, posted('F1')), line(6, reference)], none).files).toEqual([6])
  })
  test.each([
    ['in counsel’s room', { ...none, companions: [{ room: 'C1' }] as never }],
    ['in a message marked as privileged', { ...none, privilege: [mark('message')] }],
    ['in a room marked as privileged', { ...none, privilege: [mark('room')] }],
    [
      'in counsel’s room under an earlier id',
      { ...none, companions: [{ room: 'C9', formerly: ['C1'] }] as never },
    ],
    [
      'in a message marked as privileged whose room has another id now',
      {
        ...none,
        rooms: [{ room: 'C9', formerly: ['C1'] }] as never,
        privilege: [{ ...mark('message'), room: 'C9' }],
      },
    ],
  ])('what came %s is named by no proof', (_, state) => {
    expect(namedBy('entry 5', all, state)).toMatchObject({ files: [], waiting: [], lost: [] })
  })
  test('a mark that was lifted withholds nothing', () => {
    const lifted = { ...mark('message'), lifted: { seq: 2, at: '', by: 'ULEE' } }
    expect(namedBy('entry 5', all, { ...none, privilege: [lifted] }).files).toEqual([6])
  })
})

describe('once the fetch of a file is over', () => {
  const given = { at: '', by: 'UDANA', seq: 20, file: 'F1', isPosted: false }
  const of = (one: object) =>
    ({ notifications: { 'hipaa.individual': { given: [one] }, 'hipaa.media': { given: [] } } }) as never
  const state = of(given)
  const over = (told: Event, keep: 'bytes' | 'hash' | 'reference' = 'bytes', id = 'F1') =>
    proofsOf(state, id, told, 21, keep)
  const held = { ...added('F1', 20), text: { name: 'receipt.pdf', salt: 'c2FsdA==', sha256: 'ab' } } as Event

  test('the notification it was given for is proved by it, in the name of whoever gave it', () => {
    expect(over(held)).toEqual([
      event(
        'notification.proved',
        { clock: 'hipaa.individual', files: [21], file: 'F1', person: 'UDANA' },
        { 'file:21': 'receipt.pdf', 'sha256:21': 'ab' },
        20,
      ),
    ])
  })
  test('another file proves nothing, nor does one of a step that was taken back', () => {
    expect(over(held, 'bytes', 'F9')).toEqual([])
  })
  test.each([
    ['it could not be fetched', missed('F1', 20), 'bytes', 'too-large'],
    ['it is empty', added('F1', 20, { size: 0 }), 'bytes', 'empty'],
    [
      'the platform hands over none',
      added('F1', 20, { kept: 'reference', bytes: null }),
      'bytes',
      'unsupported',
    ],
  ] as const)('%s: it is lost', (_, told, keep, why) => {
    expect(over(told, keep)).toEqual([
      event(
        'notification.file_lost',
        { clock: 'hipaa.individual', file: 'F1', why, person: 'UDANA' },
        undefined,
        20,
      ),
    ])
  })
  test('what was posted where the platform hands over no bytes is proof by reference', () => {
    const reference = added('F1', 20, { kept: 'reference', bytes: null })
    const [proved] = proofsOf(of({ ...given, isPosted: true }), 'F1', reference, 21, 'bytes')
    expect(proved?.kind).toBe('notification.proved')
  })
  test('where only references are kept, a reference is what proof there can be', () => {
    expect(over(added('F1', 20, { kept: 'reference', bytes: null }), 'reference')[0]?.kind).toBe(
      'notification.proved',
    )
  })
})
