/** Asking for a disposal or a redaction, and approving it: two different people of today's roster, and never under a hold. */
import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { event } from '../../src/domain/events.ts'
import { type Bench, bench, buttonLines, kinds, only } from './bench.ts'

const message = (body: string, more: object = {}) =>
  event(
    'message.posted',
    {
      room: 'C1',
      message: '1795000000.000100',
      thread: null,
      author: 'UKIM',
      files: [],
      recovered: false,
      asToldLater: false,
      ...more,
    },
    { body },
  )

/** Closed in 2026; today its six years, and those of its last clock, are over. */
function old(): Bench {
  const here = bench()
  here.record('UKIM', message('Mrs Smith of bed 4'))
  here.record('ULEE', event('incident.closed', { outcome: 'false-alarm', duplicateOf: null }))
  here.at = new Date('2033-06-01T12:00:00Z')
  return here
}
const asked = () => {
  const here = old()
  here.run('UDANA', 'dispose because its six years are over')
  return here
}
const posted = ({ texts }: Bench) => [...texts].find(([, text]) => text.body === 'Mrs Smith of bed 4')![0]

test('a disposal is asked for with its reason sealed and the day it was kept through', () => {
  const here = old()
  const [request] = only(here.run('UDANA', 'dispose because its six years are over'), 'disposal.requested')
  expect(request).toMatchObject({
    data: { what: 'incident', seqs: null, signer: null },
    text: { reason: 'its six years are over' },
  })
  expect(here.state.disposals[0]?.approvedBy).toEqual(['UDANA'])
})

test.each([
  [
    'it is open',
    (here: Bench) => here.record('ULEE', event('incident.reopened', {})),
    'UDANA',
    'dispose-open',
  ],
  [
    'its time has not come',
    (here: Bench) => {
      here.at = new Date('2032-01-01T12:00:00Z')
    },
    'UDANA',
    'dispose-early',
  ],
  [
    'a legal hold stands',
    (here: Bench) => void here.run('ULEE', 'legal-hold place because a claim'),
    'UDANA',
    'legal-hold',
  ],
  [
    'a legal hold stands over every incident',
    (here: Bench) => {
      here.organisation = { ...here.organisation, legalHold: { at: '', by: 'ULEE', seq: 1 } }
    },
    'UDANA',
    'legal-hold',
  ],
  [
    'somebody asked before',
    (here: Bench) => void here.run('ULEE', 'dispose because x'),
    'UDANA',
    'dispose-asked',
  ],
  ['whoever asks is of the incident and not of the roster', () => {}, 'USAM', 'not-permitted'],
  [
    'whoever asks held the office then and not today',
    (here: Bench) => here.give({ counsel: 'UKIM' }),
    'UKIM',
    'not-permitted',
  ],
  ['whoever asks is kept out', () => {}, 'UEVE', 'not-a-participant'],
])('nothing is asked for where %s', (_, given, actor, reason) => {
  const here = old()
  given(here)
  const outcome = here.run(actor, 'dispose because its six years are over')
  expect(outcome.refusal?.reason).toBe(reason)
})

test.each([
  ['by somebody else of the roster', 'ULEE', undefined],
  ['by a deputy', 'UDREW', undefined],
  ['by whoever asked', 'UDANA', 'approved-already'],
  ['by somebody else of the incident', 'UKIM', 'not-permitted'],
])('approved %s', (_, actor, reason) => {
  const here = asked()
  const outcome = here.run(actor, 'dispose approve')
  expect(outcome.refusal?.reason).toBe(reason)
  expect(kinds(outcome)).toEqual(reason ? [] : ['disposal.approved'])
  if (!reason) expect(outcome.said).toContain('wardroom dispose inc-2026-0001')
})

test('no approval while a legal hold stands, and none of what was turned down', () => {
  const held = asked()
  held.run('ULEE', 'legal-hold place because a claim')
  expect(held.run('UDREW', 'dispose approve').refusal?.reason).toBe('legal-hold')
  const ended = asked()
  expect(kinds(ended.run('ULEE', 'dispose withdraw'))).toEqual(['disposal.withdrawn'])
  expect(ended.run('UDREW', 'dispose approve').refusal?.reason).toBe('no-request')
})

const spki = generateKeyPairSync('ed25519').publicKey
const pem = spki.export({ format: 'pem', type: 'spki' }).toString()

test.each([
  ['with the key as openssl prints it', { signer: 'Ann Poe, Poe LLP', key: pem }, undefined],
  ['with a key nobody is named for', { key: pem }, 'signer'],
  ['with a name and no key', { signer: 'Ann Poe' }, 'key'],
  ['with a key that is none', { signer: 'Ann Poe', key: 'c2VjcmV0' }, 'key'],
])('an outside signer %s', (_, given, field) => {
  const here = old()
  const outcome = here.submit('UDANA', 'dispose', { reason: 'old enough', ...given })
  expect(outcome.refusal?.field).toBe(field)
  if (field) return
  expect(only(outcome, 'disposal.requested')[0]).toMatchObject({
    data: { signer: spki.export({ format: 'der', type: 'spki' }).toString('base64') },
    text: { signer: 'Ann Poe, Poe LLP' },
  })
})

test('a redaction names the entry’s words, waits for somebody else, and never for an age', () => {
  const here = bench()
  here.record('UKIM', message('Mrs Smith of bed 4'))
  const seq = posted(here)
  const [request] = only(here.run('UDANA', `redact ${seq} because it names a patient`), 'disposal.requested')
  expect(request).toMatchObject({ data: { what: 'entry', seqs: [seq], keptUntilOn: null } })
  expect(here.run('UDANA', 'redact approve').refusal?.reason).toBe('approved-already')
  expect(kinds(here.run('ULEE', 'redact approve'))).toEqual(['disposal.approved'])
})

test.each(['C1', 'C2'])(
  'by a link under the id %s it is every version, whatever id their room had',
  (room) => {
    const here = bench()
    const opened = { platform: 'slack', workspace: 'T1', room: 'C1', name: 'inc-2026-0001' }
    here.record('', event('room.opened', opened))
    here.record('UKIM', message('Mrs Smith of bed 4'))
    here.record('', event('room.moved', { room: 'C1', newRoom: 'C2' }))
    const { data } = message('')
    here.record('UKIM', event('message.edited', { ...data, room: 'C2' }, { body: 'Mrs Smith of bed 5' }))
    const link = `https://hospital.slack.com/archives/${room}/p1795000000000100`
    const [request] = only(
      here.run('UDANA', `redact ${link} because it names a patient`),
      'disposal.requested',
    )
    expect(request?.data.seqs).toHaveLength(2)
  },
)

test.each([
  ['an entry that is not there', '999', 'redact-unknown'],
  ['words that name none', 'the third message', 'redact-what'],
  ['an entry without words', '3', 'redact-nothing'],
])('a redaction of %s', (_, what, reason) => {
  const here = bench()
  expect(here.run('UDANA', `redact ${what} because it must go`).refusal?.reason).toBe(reason)
})

test('the reason of a hold is not redacted, and nothing is under a hold', () => {
  const here = bench()
  here.run('ULEE', 'legal-hold place because a claim')
  const { seq } = here.state.legalHold!
  expect(here.run('UDANA', `redact ${seq} because x`).refusal?.reason).toBe('legal-hold')
  here.run('ULEE', 'legal-hold lift because settled')
  expect(here.run('UDANA', `redact ${seq} because x`).refusal?.reason).toBe('redact-kept')
})

test('which of two requests is meant is asked', () => {
  const here = asked()
  here.run('UDANA', `redact ${posted(here)} because it names a patient`)
  const outcome = here.run('ULEE', 'dispose approve')
  expect(outcome.refusal?.reason).toBe('which-request')
  const [first = '', second = ''] = buttonLines(outcome)
  expect(kinds(here.run('ULEE', second))).toEqual(['disposal.approved'])
  expect(kinds(here.run('ULEE', first))).toEqual(['disposal.approved'])
})
