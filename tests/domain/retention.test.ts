/** How long a record is kept, by the law's words: six years from creation or effect, whichever is later. */
import { expect, test } from 'vitest'
import { calendarDateOf } from '../../src/domain/calendar.ts'
import { event } from '../../src/domain/events.ts'
import type { IncidentState } from '../../src/domain/incident.ts'
import type { EntryLine } from '../../src/domain/record.ts'
import { createdIn, keptThrough, retentionOf } from '../../src/domain/retention.ts'
import { bench } from '../commands/bench.ts'

test.each([
  ['an ordinary day', '2026-11-20', '2032-11-20'],
  ['29 February, six years on a common year', '2024-02-29', '2030-03-01'],
  ['28 February, six years on a leap year', '2026-02-28', '2032-02-28'],
  ['1 March', '2026-03-01', '2032-03-01'],
  ['the last day of a year', '2026-12-31', '2032-12-31'],
])('%s is kept through six years later', (_, from, through) => {
  expect(keptThrough(calendarDateOf(from))).toBe(through)
})

/** Declared on 20 November 2026 in New York; closed there on 1 December. */
function closed(change: Partial<IncidentState> = {}): IncidentState {
  const here = bench()
  here.at = new Date('2026-12-02T03:00:00Z')
  here.record('ULEE', event('incident.closed', { outcome: 'false-alarm', duplicateOf: null }))
  return { ...here.state, ...change }
}

const hold = { at: '2027-01-01T12:00:00Z', by: 'ULEE', seq: 40 }
const soon = '2026-11-21T03:41:00Z'
const notified = (on: string) => ({ 'hipaa.individual': { on, by: 'ULEE', seq: 9 } })
const clocks = (lastDay: string | null) => ({
  'hipaa.hhs': { lastDay, before: null, cause: null, at: soon },
})

test.each([
  ['on its last day it is still kept', closed(), soon, '2032-12-01', 'not-yet'],
  ['the day after it is due', closed(), soon, '2032-12-02', null],
  ['days end at midnight in the zone, not in UTC', closed(), soon, '2032-12-02T04:59:00Z', 'not-yet'],
  ['an open incident never is', closed({ closed: null }), soon, '2060-01-01', 'open'],
  ['a legal hold overrides its age', closed({ legalHold: hold }), soon, '2060-01-01', 'legal-hold'],
  [
    'what was said after the close keeps it longer',
    closed(),
    '2027-03-05T12:00:00Z',
    '2033-03-05',
    'not-yet',
  ],
  ['… and no longer than six years', closed(), '2027-03-05T12:00:00Z', '2033-03-06', null],
  [
    'a notice sent later is an effect',
    closed({ notified: notified('2027-02-10') }),
    soon,
    '2033-02-10',
    'not-yet',
  ],
  [
    'a last day still to come is one',
    closed({ clocks: clocks('2027-03-01') }),
    soon,
    '2033-03-01',
    'not-yet',
  ],
  ['a clock that ended is none', closed({ clocks: clocks(null) }), soon, '2032-12-02', null],
  [
    'what an exercise counted had no effect',
    closed({ clocks: clocks('2027-03-01'), drill: true, closed: { ...closed().closed!, outcome: 'drill' } }),
    soon,
    '2032-12-02',
    null,
  ],
  ['nothing is left to be due', closed(), null, '2060-01-01', 'nothing-left'],
] as const)('%s', (_, state, createdAt, on, bar) => {
  const now = new Date(on.length === 10 ? `${on}T17:00:00Z` : on)
  expect(retentionOf(state, {}, createdAt, now).bar).toBe(bar)
})

test('a legal hold over every incident is over this one', () => {
  expect(retentionOf(closed(), { legalHold: hold }, soon, new Date('2060-01-01')).bar).toBe('legal-hold')
})

const line = (kind: string, at: string, message: string | null = null, data: object = {}): EntryLine =>
  ({
    ...{ kind, at, data, actor: { kind: 'human' }, commit: null },
    source: message === null ? null : { message },
  }) as EntryLine

test.each([
  ['the newest note', [line('note.recorded', '3'), line('message.posted', '2')], '3'],
  [
    'no reading, export, post or checkpoint',
    [
      line('access.viewed', '5'),
      line('export.created', '4'),
      line('post.sent', '3'),
      line('checkpoint.signed', '3'),
      line('message.posted', '2'),
    ],
    '2',
  ],
  [
    'no message that only carried a command',
    [line('access.viewed', '5', 'm9'), line('message.posted', '5', 'm9'), line('message.edited', '2', 'm1')],
    '2',
  ],
  ['a message that carried none', [line('access.viewed', '5', 'm9'), line('message.posted', '4', 'm8')], '4'],
  [
    'no deletion or retention sweep of the platform years later',
    [line('message.vanished', '9'), line('message.deleted', '8'), line('message.posted', '2')],
    '2',
  ],
  [
    'nothing behind a disposal',
    [
      line('access.viewed', '9'),
      line('content.disposed', '8', null, { what: 'incident' }),
      line('message.posted', '2'),
    ],
    null,
  ],
  [
    'what one redaction left',
    [line('content.disposed', '8', null, { what: 'entry' }), line('message.posted', '2')],
    '2',
  ],
] as const)('what was created last is %s', (_, lines, expected) => {
  expect(createdIn(lines)).toBe(expected)
})

test('what the bot reminds of by itself prolongs nothing, and what it caught with words in it does', () => {
  const system = (at: string, commit: string | null) =>
    ({ ...line('reminder.escalated', at), actor: { id: '', kind: 'system' }, commit }) as EntryLine
  expect(createdIn([system('9', null), system('3', 'c'), line('note.recorded', '2')])).toBe('3')
})

test('the message that asks is not yet behind its command, and counts for nothing either', () => {
  expect(createdIn([line('message.posted', '9', 'm9'), line('note.recorded', '2')], 'm9')).toBe('2')
})
