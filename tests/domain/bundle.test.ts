/** The bundle's names, its lines of text, and which contents leave with it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkpointPath,
  filePath,
  files,
  isBundlePath,
  keyPath,
  reportedOf,
  rotationPath,
  saltPath,
} from '../../src/domain/bundle.ts'
import { hasFile, type Scope, selecting, type Verdict } from '../../src/domain/bundle-scope.ts'
import { formatTextLine, parseTextLine } from '../../src/domain/bundle-text.ts'
import type { Recorded } from '../../src/domain/events.ts'
import { applyEvent, type IncidentState } from '../../src/domain/incident.ts'
import { canonicalBytes, type EntryLine } from '../../src/domain/record.ts'
import { commitment } from '../../src/domain/seal.ts'

test.each([
  ...Object.values(files),
  filePath(17),
  saltPath(17),
  checkpointPath(123_456_789, 'txt'),
  checkpointPath(3, 'sig'),
  checkpointPath(3, 'tsr'),
  keyPath('A1B2-C3D4-E5F6-0718'),
  rotationPath(1, 'txt'),
  rotationPath(12, 'from.sig'),
  rotationPath(2, 'accepted.sig'),
])('%s is a file of the bundle', (path) => expect(isBundlePath(path)).toBe(true))

test.each([
  '../README.txt',
  '/README.txt',
  'content/files/../key.pem',
  'content/files/01',
  'content/files/1.txt',
  'checkpoints/3.txt',
  'keys/a1b2-c3d4-e5f6-0718.pem',
  'readme.txt',
  'content\\text.txt',
  'README.txt\n',
  '',
])('%j is no file of the bundle', (path) => expect(isBundlePath(path)).toBe(false))

const declared = {
  kind: 'incident.declared',
  data: { kind: 'lost-device', noticedAt: '2026-11-21', organisation: { zone: 'America/New_York' } },
}

describe('a line of text', () => {
  const words = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }))
  const salt = fc.uint8Array({ minLength: 32, maxLength: 32 })

  test('comes back as it went, whatever was said', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_147_483_647 }), salt, words, (seq, bytes, text) => {
        const body = canonicalBytes(text)
        const line = formatTextLine({ seq, salt: Buffer.from(bytes), body })
        expect(line.indexOf('\n')).toBe(line.length - 1)
        const back = parseTextLine(line.subarray(0, -1))
        expect(back).toEqual({ seq, salt: Buffer.from(bytes), body })
        expect(commitment(back!.salt, back!.body)).toBe(commitment(bytes, body))
      }),
    )
  })

  const zeros = Buffer.alloc(32).toString('base64')
  test.each([
    ['nothing', ''],
    ['no text', `1 ${zeros} `],
    ['no salt', '1  {}'],
    ['a short salt', `1 ${Buffer.alloc(31).toString('base64')} {}`],
    ['a salt spelt otherwise', `1 ${zeros.replace('=', '')} {}`],
    ['a number with a zero before it', `01 ${zeros} {}`],
    ['entry nought', `0 ${zeros} {}`],
    ['a number that is none', `1e3 ${zeros} {}`],
    ['two lines', `1 ${zeros} {}\n{}`],
  ])('%s is none', (_, line) => expect(parseTextLine(Buffer.from(line))).toBeUndefined())

  test('is refused to what would not come back', () => {
    const line = { seq: 1, salt: Buffer.alloc(32), body: Buffer.from('{"a":"\n"}') }
    expect(() => formatTextLine(line)).toThrow('entry 1')
  })
})

interface Row {
  readonly kind: string
  readonly data?: object
  readonly ref?: number
  readonly at?: string
  readonly actor?: string
  /** Without words beside it. */
  readonly bare?: boolean
  readonly source?: {
    readonly room: string | null
    readonly message: string | null
    readonly thread?: string
  }
}

const source = { platform: 'slack', workspace: 'T1', ts: null }

/** The verdicts over a log: the declaration in New York, then these. */
function verdicts(scope: Scope, rows: readonly Row[]): Verdict[] {
  const lines = [declared as Row, ...rows].map((row, index) => ({
    v: 1,
    seq: index + 1,
    at: row.at ?? '2026-11-21T12:00:00.000Z',
    kind: row.kind,
    actor: { id: row.actor ?? 'U1', kind: 'human' },
    source: row.source ? { ...source, thread: null, ...row.source } : null,
    ref: row.ref ?? null,
    commit: row.bare ? null : 'c'.repeat(64),
    data: row.data ?? {},
  })) as unknown as EntryLine[]
  const selection = selecting(scope)
  for (const line of lines) selection.note(line)
  return lines.map(selection.verdict).slice(1)
}

const decisionFile: Scope = { kind: 'decision-file', from: null, to: null }
const full: Scope = { kind: 'full', from: null, to: null }
const message = (id: string, more: object = {}): Row => ({
  kind: 'message.posted',
  data: { room: 'C1', message: id, thread: null, files: [], ...more },
})
const marked = (id: string, more: Partial<Row> = {}): Row => ({
  ...{ kind: 'message.marked', bare: true, data: { message: id, mark: 'pushpin' } },
  ...more,
})
const file = (ref: number): Row => ({
  ...{ kind: 'file.added', ref },
  data: { message: null, chunks: 1, bytes: 'b'.repeat(64), kept: 'bytes' },
})
const proved = (...files: number[]): Row => ({
  kind: 'notification.proved',
  data: { clock: 'hipaa.individual', files },
})
const privileged = (target: string, ids: object, kind = 'privilege.marked'): Row => ({
  kind,
  data: { target, room: 'C1', message: null, ...ids },
})

const cases: readonly [string, Scope, readonly Row[], readonly Verdict[]][] = [
  [
    'everything leaves under full',
    full,
    [message('1'), { kind: 'note.recorded' }, file(2)],
    ['opened', 'opened', 'opened'],
  ],
  ['what has nothing sealed has nothing to leave', full, [{ kind: 'role.assigned', bare: true }], ['none']],
  [
    'a decision file leaves chatter, files of chatter and refused commands behind',
    decisionFile,
    [
      message('1'),
      file(2),
      { kind: 'command.refused' },
      { kind: 'decision.recorded', data: { message: null } },
      { kind: 'fact.recorded' },
    ],
    ['out-of-scope', 'out-of-scope', 'out-of-scope', 'opened', 'opened'],
  ],
  [
    'a marked message, its edits and its file leave with the decision file, wherever the mark stands',
    decisionFile,
    [message('1'), { ...message('1'), kind: 'message.edited', ref: 2 }, file(2), message('2'), marked('1')],
    ['opened', 'opened', 'opened', 'out-of-scope', 'none'],
  ],
  [
    'a mark taken back is none, but for the mark of somebody else',
    decisionFile,
    [
      message('1'),
      marked('1'),
      marked('1', { kind: 'message.unmarked' }),
      message('2'),
      marked('2'),
      marked('2', { actor: 'U2' }),
      marked('2', { kind: 'message.unmarked' }),
    ],
    ['out-of-scope', 'none', 'none', 'opened', 'none', 'none', 'none'],
  ],
  [
    'a message recorded as evidence or by a decision leaves',
    decisionFile,
    [
      message('1'),
      message('2'),
      { kind: 'evidence.recorded', data: { message: '1' } },
      { kind: 'decision.recorded', data: { message: '2' } },
    ],
    ['opened', 'opened', 'opened', 'opened'],
  ],
  [
    'a file that proves a notification leaves, the message it came in does not',
    decisionFile,
    [message('1'), file(2), file(2), proved(3)],
    ['out-of-scope', 'opened', 'out-of-scope', 'opened'],
  ],
  [
    'a proof by a file of a privileged message stays, for it repeats the name',
    full,
    [
      message('1'),
      file(2),
      proved(3),
      message('2'),
      file(5),
      proved(6),
      privileged('message', { message: '1' }),
    ],
    ['privileged', 'privileged', 'privileged', 'opened', 'opened', 'opened', 'opened'],
  ],
  [
    'dates are calendar dates of the zone of the incident',
    { kind: 'dates', from: '2026-11-21', to: '2026-11-21' },
    [
      { ...message('1'), at: '2026-11-21T04:59:59.999Z' },
      { ...message('2'), at: '2026-11-21T05:00:00.000Z' },
      { ...message('3'), at: '2026-11-22T04:59:59.999Z' },
      { ...message('4'), at: '2026-11-22T05:00:00.000Z' },
      { kind: 'person.named', data: { person: 'U1' }, at: '2026-12-24T05:00:00.000Z' },
    ],
    ['out-of-scope', 'opened', 'opened', 'out-of-scope', 'opened'],
  ],
  [
    'dates may be open on one side',
    { kind: 'dates', from: '2026-11-22', to: null },
    [message('1'), { ...message('2'), at: '2026-12-24T05:00:00.000Z' }],
    ['out-of-scope', 'opened'],
  ],
  [
    'a privileged message, its versions, its file and what quotes it stay, and its basis leaves',
    full,
    [
      message('1'),
      file(2),
      { ...message('1'), kind: 'message.edited', ref: 2 },
      message('2'),
      { kind: 'evidence.recorded', data: { message: '1' } },
      { kind: 'note.recorded', source: { room: 'C1', message: '1' } },
      privileged('message', { message: '1' }),
    ],
    ['privileged', 'privileged', 'privileged', 'opened', 'privileged', 'privileged', 'opened'],
  ],
  [
    'a privileged thread is its first message and its replies',
    full,
    [
      message('1'),
      message('2', { thread: '1' }),
      message('3', { thread: '9' }),
      privileged('thread', { message: '1' }),
    ],
    ['privileged', 'privileged', 'opened', 'opened'],
  ],
  [
    'a privileged message is not its thread',
    full,
    [message('1'), message('2', { thread: '1' }), privileged('message', { message: '1' })],
    ['privileged', 'opened', 'opened'],
  ],
  [
    'a privileged companion room keeps what was said and done in it, under every id it had',
    full,
    [
      message('1', { room: 'C2' }),
      { kind: 'decision.recorded', data: { message: null }, source: { room: 'C2', message: null } },
      message('2'),
      { kind: 'room.moved', bare: true, data: { room: 'C2', newRoom: 'C3' } },
      message('3', { room: 'C3' }),
      privileged('room', { room: 'C3' }),
    ],
    ['privileged', 'privileged', 'opened', 'none', 'privileged', 'opened'],
  ],
  [
    'the message of the same number in another room is another message',
    full,
    [message('1', { room: 'C2' }), privileged('message', { message: '1' })],
    ['opened', 'opened'],
  ],
  [
    'what was lifted is no longer privileged, by what it names or by entry',
    full,
    [
      message('1'),
      privileged('message', { message: '1' }),
      privileged('message', { message: '1' }, 'privilege.lifted'),
      message('2'),
      privileged('message', { message: '2' }),
      { kind: 'privilege.lifted', ref: 6 },
    ],
    ['opened', 'opened', 'opened', 'opened', 'opened', 'opened'],
  ],
  [
    'entries disposed of have nothing to leave, privileged or not',
    full,
    [
      message('1'),
      message('2'),
      privileged('message', { message: '1' }),
      { kind: 'content.disposed', data: { what: 'entry', seqs: [2] } },
    ],
    ['disposed', 'opened', 'opened', 'opened'],
  ],
  [
    'an incident disposed of has nothing sealed before that',
    full,
    [message('1'), file(2), { kind: 'content.disposed', bare: true, data: { what: 'incident', seqs: null } }],
    ['disposed', 'disposed', 'none'],
  ],
]

test.each(cases)('%s', (_, scope, rows, expected) => expect(verdicts(scope, rows)).toEqual(expected))

test('counsel is named by the entry that marked', () => {
  const selection = selecting(full)
  const lines = [message('1'), privileged('message', { message: '1' })].map((row, index) => ({
    ...row,
    ...{ seq: index + 1, source: null, ref: null, commit: 'c' },
  })) as unknown as EntryLine[]
  for (const line of lines) selection.note(line)
  expect(lines.map(selection.privilegedBy)).toEqual([2, undefined])
})

test('rooms that moved in a circle end', () => {
  const moved = (room: string, newRoom: string): Row => ({
    kind: 'room.moved',
    bare: true,
    data: { room, newRoom },
  })
  const rows = [message('1'), moved('C1', 'C2'), moved('C2', 'C1'), privileged('room', { room: 'C9' })]
  expect(verdicts(full, rows)[0]).toBe('opened')
})

test.each([
  ['bytes', { bytes: 'b', chunks: 1 }, true],
  ['a hash alone', { bytes: 'b', chunks: 0 }, false],
  ['a reference', { bytes: null, chunks: 0 }, false],
])('of a file kept as %s, bytes leave: %#', (_, data, expected) =>
  expect(hasFile({ kind: 'file.added', data: data as EntryLine['data'] })).toBe(expected),
)

test('what is reported is what the log folds to', () => {
  const events = [
    declared,
    { kind: 'decision.recorded', data: { number: 1, message: null } },
    {
      kind: 'clocks.changed',
      data: { moves: [{ clock: 'hipaa.media', before: null, after: '2027-01-19', cause: 1 }] },
    },
    {
      kind: 'fact.recorded',
      data: { fact: 'notified', value: { clock: 'hipaa.individual', on: '2026-12-01' }, before: null },
    },
    { kind: 'incident.closed', data: { outcome: 'no-phi', duplicateOf: null } },
  ]
  const state = events.reduce<IncidentState | null>(
    (before, event, index) =>
      applyEvent(
        before,
        {
          ...event,
          seq: index + 1,
          at: `2026-11-21T03:41:0${index}.000Z`,
          actor: 'U1',
        } as unknown as Recorded,
        'inc-2026-0001',
      ),
    null,
  )
  expect(reportedOf(state!)).toEqual({
    kind: 'lost-device',
    phase: 'detection',
    outcome: 'no-phi',
    declaredAt: '2026-11-21T03:41:00.000Z',
    closedAt: '2026-11-21T03:41:04.000Z',
    decisions: 1,
    clocks: [
      { clock: 'hipaa.individual', lastDay: null, notifiedOn: '2026-12-01' },
      { clock: 'hipaa.media', lastDay: '2027-01-19', notifiedOn: null },
    ],
  })
})
