/** What the chain must say before sealed content may be missing. */
import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { isSpki, signText } from '../../src/domain/checkpoint.ts'
import { disposals, requestText } from '../../src/domain/disposal.ts'
import { canonicalBytes, type EntryLine, sha256Hex } from '../../src/domain/record.ts'
import { redactionOf } from '../../src/domain/redaction.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const spki = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
const whole = { what: 'incident', seqs: null } as const
const two = { what: 'entry', seqs: [3, 4] } as const

const line = (seq: number, actor: string, kind: string, data: object): EntryLine =>
  ({ incident: 'inc-2026-0001', seq, kind, actor: { id: actor, kind: 'human' }, data }) as EntryLine

const ask = (of: object = whole, signer: string | null = null) =>
  line(10, 'UDANA', 'disposal.requested', { ...of, keptUntilOn: '2032-12-01', signer })
const approve = (actor: string, request = 10, of: object = whole) =>
  line(11, actor, 'disposal.approved', { ...of, request, by: 'person' })
const done = (of: object = whole, request = 10) => line(20, '', 'content.disposed', { ...of, request })

function signed(by = privateKey) {
  const request = ask(whole, spki)
  const hash = sha256Hex(canonicalBytes(request))
  const of = { incident: 'inc-2026-0001', seq: 10, hash, of: whole, keptUntilOn: '2032-12-01' }
  const signature = signText(by, requestText(of))
  return [request, line(11, '', 'disposal.approved', { ...whole, request: 10, by: 'signature', signature })]
}

const run = (lines: readonly EntryLine[]) => {
  const ledger = disposals()
  const faults = lines.map((each) => ledger.add(each, canonicalBytes(each)))
  return { ledger, fault: faults.find((fault) => fault !== undefined) }
}

test.each([
  ['asked by one and approved by another', [ask(), approve('ULEE'), done()]],
  ['asked by one and signed by whom the request names', [...signed(), done()]],
])('an incident is lawfully disposed of: %s', (_, lines) => {
  const { ledger, fault } = run(lines)
  expect(fault).toBeUndefined()
  expect([1, 19, 20, 21].map(ledger.isGone)).toEqual([true, true, false, false])
})

const other = generateKeyPairSync('ed25519').privateKey

test.each([
  ['nobody asked', [done()]],
  ['one asked and nobody approved', [ask(), done()]],
  ['one asked and approved themselves', [ask(), approve('UDANA'), done()]],
  ['another request was approved', [ask(), approve('ULEE', 9), done()]],
  [
    'it was turned down',
    [ask(), approve('ULEE'), line(12, 'UKIM', 'disposal.withdrawn', { ...whole, request: 10 }), done()],
  ],
  ['entries were asked for and all was taken', [ask(two), approve('ULEE', 10, two), done()]],
  ['other entries were taken', [ask(two), approve('ULEE', 10, two), done({ what: 'entry', seqs: [3, 5] })]],
  ['one approval was carried out twice', [ask(two), approve('ULEE', 10, two), done(two), done(two)]],
  ['somebody else signed', [...signed(other), done()]],
  ['signed, and no signer was named', [ask(), signed()[1]!, done()]],
])('it is a fault where %s', (_, lines) => {
  expect(run(lines).fault).toEqual(expect.any(String))
})

test('of single entries these are gone and no other', () => {
  const { ledger } = run([ask(two), approve('ULEE', 10, two), done(two)])
  expect([2, 3, 4, 5].map(ledger.isGone)).toEqual([false, true, true, false])
})

test.each([
  ['as openssl prints it', spki, true],
  ['a letter short', spki.slice(1), false],
  [
    'of another kind',
    generateKeyPairSync('x25519').publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    false,
  ],
  ['no key at all', 'hello', false],
])('a public key %s', (_, text, expected) => {
  expect(isSpki(text)).toBe(expected)
})

const entry = (seq: number, kind: string, data: object, more: object = {}): EntryLine =>
  ({ seq, kind, data, commit: 'c', source: null, ...more }) as EntryLine
const about = [
  entry(3, 'message.posted', { room: 'C1', message: 'm1' }),
  entry(4, 'message.posted', { room: 'C2', message: 'm1' }),
  entry(5, 'file.added', { message: 'm1', chunks: 2 }),
  entry(6, 'command.ran', { verb: 'note' }, { source: { message: 'm1' } }),
  entry(7, 'decision.recorded', { message: 'm1' }),
  entry(8, 'message.edited', { room: 'C1', message: 'm1' }),
  entry(9, 'message.reacted', { message: 'm1' }, { commit: null }),
  entry(10, 'message.posted', { room: 'C1', message: 'm2', thread: 'm1' }),
]

test('a redaction is of every version of one message, and names copies for decisions of their own', () => {
  expect(redactionOf(about, { message: 'm1', rooms: ['C1'] })).toEqual({
    seqs: [3, 8],
    also: [4, 5, 6, 7].map((seq) => expect.objectContaining({ seq })),
  })
})

test('… under every id its room had', () => {
  expect(redactionOf(about, { message: 'm1', rooms: ['C2', 'C1'] })?.seqs).toEqual([3, 4, 8])
})

test('… by the number of one of them too', () => {
  expect(
    redactionOf(
      about.filter(({ seq }) => seq !== 4),
      { seq: 8 },
    )?.seqs,
  ).toEqual([3, 8])
})

test.each([
  ['a decision is redacted alone', { seq: 7 }, [7]],
  ['a file is', { seq: 5 }, [5]],
  ['what holds no words has none', { seq: 9 }, []],
])('%s', (_, target, seqs) => {
  expect(redactionOf(about, target)?.seqs).toEqual(seqs)
})

test('what is not on the record is not found', () => {
  expect(redactionOf(about, { seq: 99 })).toBeUndefined()
})
