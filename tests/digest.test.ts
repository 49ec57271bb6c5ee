/** The managers' digest: on which days, what it says, and that a day has one. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { digests } from '../src/digest.ts'
import { digestDay, newSince } from '../src/domain/digest.ts'
import { ORGANISATION } from '../src/domain/record.ts'
import { botUserId } from '../src/practice/state.ts'
import { cardText } from '../src/views/card.ts'
import { digestCard } from '../src/views/digest.ts'
import { desk, organisationFacts } from './commands/desk.ts'
import { declareRoom, record } from './support/war-room.ts'
import { type TestWardroom, testWardroom } from './support/wardroom.ts'

test.each([
  ['at eight on a working day', '2026-11-24T13:00:00Z', '2026-11-24'],
  ['a second before eight', '2026-11-24T12:59:59Z', null],
  ['later that day, where nobody was up', '2026-11-25T04:30:00Z', '2026-11-24'],
  ['on a Saturday', '2026-11-28T15:00:00Z', null],
  ['on a holiday of the organisation', '2026-11-26T15:00:00Z', null],
  ['on the Monday after the clocks went forward', '2027-03-15T12:00:00Z', '2027-03-15'],
])('%s', (_, at, on) => {
  expect(digestDay(organisationFacts, new Date(at))).toBe(on)
})

test('after a holiday it tells of all that changed since the working day before', () => {
  expect(newSince(organisationFacts, '2026-11-27' as never).toISOString()).toBe('2026-11-25T13:00:00.000Z')
})

const told = (now: string, since: string, ...lines: readonly string[]) => {
  const here = desk({ declared: 'the laptop of Jane Roe was stolen' })
  for (const line of lines) here.run('UDANA', line)
  const { organisation } = here
  const of = { incidents: [here.state!], organisation, word: '/incident', on: '2026-11-23' as never }
  return cardText(digestCard({ ...of, now: new Date(now), since: new Date(since) }))
}

test('it names incident, kind, clock, last day and owner, the nearest first, and nobody’s words', () => {
  const text = told(
    '2026-11-23T13:00:00Z',
    '2026-11-20T13:00:00Z',
    'fact affected 12 because Jane Roe counted',
  )
  expect(text.split('\n').slice(0, 3)).toEqual([
    'Incidents on Mon 23 Nov 2026: 1 live, 2 clocks running',
    'inc-2026-0001 · lost or stolen device · Letters to individuals: last day Tue 19 Jan 2027 · 57 days left. Owner @UDANA.',
    'inc-2026-0001 · lost or stolen device · Annual report to HHS, fewer than 500: last day Mon 1 Mar 2027 · 98 days left. Owner @UDANA.',
  ])
  expect(text).toContain('lost or stolen device: declared.')
  expect(text).not.toMatch(/Jane|laptop/)
})

test('a last day that moved is told with what it was; where nothing changed it says so', () => {
  const line = 'fact discovered 18 Nov 2026 because the ticket is of that day'
  expect(told('2026-11-23T13:00:00Z', '2026-11-21T03:41:00.000Z', line)).toContain('declared.')
  expect(told('2026-11-24T13:00:00Z', '2026-11-23T13:00:00Z', line)).toContain('Nothing changed.')
})

const CHANNEL = 'C0GENERAL01'
let wardroom: TestWardroom
beforeAll(async () => {
  wardroom = await testWardroom({ env: { MANAGERS_CHANNEL: CHANNEL } })
  await wardroom.practice.as('priya').invite(CHANNEL, botUserId)
})
afterAll(() => wardroom.close())

test('a day has one, however often time is looked at, and the log has where it stands', async () => {
  await declareRoom(wardroom)
  const posts = async () =>
    (await record(wardroom, ORGANISATION)).flatMap(({ kind, data }) =>
      kind === 'digest.sent' && data.on === '2026-11-23' ? [data.on] : [],
    )
  const start = wardroom.clock.now().getTime()
  // Friday night, Monday night, an hour later, and Tuesday before eight.
  for (const hours of [72, 73, 80]) await wardroom.moveTo(new Date(start + hours * 3_600_000))
  // Another process, which remembers nothing of that day.
  await digests({ ...wardroom.delivering, now: () => new Date(start + 73 * 3_600_000) })
  await wardroom.settle()
  expect(await posts()).toHaveLength(1)
  const seen = wardroom.practice
    .as('priya')
    .everything(CHANNEL)
    .filter(({ text }) => text.includes('Incidents on Mon 23 Nov 2026'))
  expect(seen).toHaveLength(1)
})
