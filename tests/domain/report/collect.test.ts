/** What a report gathers from a log: who did what by name, in which role, and what is only counted. */
import { describe, expect, test } from 'vitest'
import { event } from '../../../src/domain/events.ts'
import { canonicalBytes, sha256Hex } from '../../../src/domain/record.ts'
import { whoWords } from '../../../src/views/report/words.ts'
import { named, reportOf, tell } from '../../support/told-log.ts'

const at = '2026-11-21T03:41:00Z'
const later = (minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString()
const begin = () => tell('inc-2026-0007', { at, by: 'U1', kind: 'lost-device' })
const claimed = (person: string) =>
  event('role.assigned', { role: 'commander', person, previous: null, how: 'claimed' })
const decided = (number: number, text?: { what: string; why: string; by?: string }) =>
  event('decision.recorded', { number, message: null }, text)
const wipe = { what: 'wipe it', why: 'not encrypted' }

describe('people', () => {
  test('an act is by name, with the role held at that moment', () => {
    const told = begin()
    told.act(later(1), 'U1', named('U1', 'Dana Reyes'), decided(1, wipe), claimed('U1'), decided(2, wipe))
    told.act(
      later(2),
      'U2',
      event('role.assigned', { role: 'commander', person: 'U2', previous: 'U1', how: 'handoff' }),
    )
    const { decisions, tenures } = reportOf(told)
    expect(decisions.map(({ by }) => whoWords(by))).toEqual(['Dana Reyes', 'Dana Reyes (incident commander)'])
    expect(tenures.map(({ until }) => until)).toEqual([new Date(later(2)).toISOString(), null])
  })

  test('a name recorded only later is used, a changed name from its own entry on', () => {
    const told = begin()
    told.act(later(1), 'U1', decided(1, wipe))
    told.act(
      later(2),
      'U1',
      named('U1', 'Dana Reyes'),
      decided(2, wipe),
      named('U1', 'Dana Webb'),
      decided(3, wipe),
    )
    expect(reportOf(told).decisions.map(({ by }) => by.name)).toEqual([
      'Dana Reyes',
      'Dana Reyes',
      'Dana Webb',
    ])
  })

  test('without a name on record it says so, and no id is anywhere in what people read', () => {
    const told = begin()
    told.act(later(1), 'U0SECRET', decided(1, { what: 'ask <@U0SECRET> first', why: 'said <@U2|sam>' }))
    const [row] = reportOf(told).decisions
    expect(whoWords(row!.by)).toBe('person without a name on record')
    expect([row!.what, row!.why]).toEqual([
      'ask @person without a name on record first',
      'said @person without a name on record',
    ])
  })

  test('somebody outside chat did it, somebody in it wrote it down', () => {
    const told = begin()
    told.act(later(1), 'U1', named('U1', 'Dana'), decided(1, { ...wipe, by: 'Officer Ruiz' }))
    const [row] = reportOf(told).decisions
    expect([whoWords(row!.by), whoWords(row!.recordedBy!)]).toEqual(['Officer Ruiz (not in chat)', 'Dana'])
  })
})

test('words that are not given are missing, not empty', () => {
  const told = begin()
  told.act(later(1), 'U1', decided(1))
  expect(reportOf(told).decisions[0]).toMatchObject({ what: null, why: null })
})

test('messages are counted by the hour and nothing of them is kept', () => {
  const told = begin()
  told.say('2026-11-21T03:50:00Z', 'U1', 15)
  told.say('2026-11-21T09:00:00Z', 'U2', 2)
  const { messages } = reportOf(told)
  expect(messages.hours).toEqual([
    { at: '2026-11-21T03:00:00.000Z', count: 10 },
    { at: '2026-11-21T04:00:00.000Z', count: 5 },
    { at: '2026-11-21T09:00:00.000Z', count: 2 },
  ])
  expect(messages).toMatchObject({ posted: 17, authors: 2 })
  expect(JSON.stringify(reportOf(told))).not.toContain('said')
})

test('an item is as it was settled last, with its proof', () => {
  const told = begin()
  const done = event('item.completed', { item: 'D1', by: 'person' }, { note: 'ticket 4411' })
  told.act(later(1), 'U1', named('U1', 'Dana'), done, event('item.reopened', { item: 'D1' }))
  told.act(later(2), 'U1', event('item.skipped', { item: 'D1' }, { reason: 'not needed' }))
  const item = reportOf(told).items.find(({ id }) => id === 'D1')
  expect(item).toMatchObject({ status: 'skipped', proof: 'not needed', settledBy: { by: { name: 'Dana' } } })
})

test('phases end where the next begins, the last where the report does', () => {
  const told = begin()
  told.act(
    later(30),
    'U1',
    event(
      'phase.entered',
      { phase: 'containment', from: 'detection', openRequired: ['D1'] },
      { reason: 'it spreads' },
    ),
  )
  told.say(later(60), 'U1', 1)
  const { phases, through } = reportOf(told)
  expect(phases.map(({ phase, at, until }) => [phase, at, until])).toEqual([
    ['detection', new Date(at).toISOString(), new Date(later(30)).toISOString()],
    ['containment', new Date(later(30)).toISOString(), through.at],
  ])
  expect(phases[1]).toMatchObject({ reason: 'it spreads', openRequired: ['D1'] })
})

test('it covers the log up to its last entry, by that entry’s hash and with the scope asked for', () => {
  const told = begin()
  const scope = { scope: 'dates', from: '2026-11-20', to: '2026-11-21' }
  told.act(later(5), 'U1', { kind: 'export.requested', data: scope })
  const report = reportOf(told)
  const { line } = told.entries.at(-1)!
  expect(report.through).toEqual({ seq: line.seq, at: line.at, head: sha256Hex(canonicalBytes(line)) })
  expect(report.scope).toEqual(scope)
})

test('acts of custody are told one by one, readings only counted', () => {
  const told = begin()
  const image = { exhibit: 1, source: 'disk-image', sha256: null, seal: 'B-4411', custodian: 'U2' } as const
  told.act(later(1), 'U1', named('U1', 'Dana'), named('U2', 'Priya'))
  told.act(later(2), 'U1', event('evidence.added', image, { body: 'the disk', place: 'the safe' }))
  const viewed = event('access.viewed', { verb: 'check', via: 'typed' })
  told.act(later(3), 'U2', viewed, viewed, event('legal_hold.placed', { over: 'incident' }))
  const paper = { ...image, exhibit: 2, source: 'paper', custodian: null } as const
  told.act(later(4), 'U1', event('evidence.added', paper, { body: 'the form', keeper: 'Officer Ruiz' }))
  const { custody, viewed: readings } = reportOf(told)
  expect(custody).toMatchObject([
    {
      kind: 'evidence.added',
      words: 'the disk',
      place: 'the safe',
      by: { name: 'Dana' },
      to: { name: 'Priya' },
    },
    { kind: 'legal_hold.placed', words: null, by: { name: 'Priya' }, to: null },
    { kind: 'evidence.added', words: 'the form', to: { kind: 'outside', name: 'Officer Ruiz' } },
  ])
  expect(readings).toBe(2)
})

test('checkpoints are counted by why, with the keys and the authorities that stamped them', () => {
  const told = begin()
  const signed = (why: string, practice = false) =>
    event('checkpoint.signed', { seq: 1, head: 'h', key: 'K1', signature: 's', why, practice })
  told.act(later(1), '', signed('minute'), signed('minute'), signed('closed'))
  told.act(
    later(2),
    '',
    event('checkpoint.timestamped', { entry: 2, token: 't', at: later(2), tsa: 'tsa.example' }),
  )
  const { checkpoints, practice } = reportOf(told)
  expect(checkpoints).toMatchObject({
    ...{ signed: 3, stamped: 1, keys: ['K1'], authorities: ['tsa.example'] },
    byWhy: [
      ['closed', 1],
      ['minute', 2],
    ],
  })
  expect(checkpoints.last!.entry - checkpoints.first!.entry).toBe(2)
  expect(practice).toBe(false)
  told.act(later(3), '', signed('minute', true))
  expect(reportOf(told).practice).toBe(true)
})
