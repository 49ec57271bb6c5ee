import { expect, test } from 'vitest'
import type { Context } from '../../src/commands/command.ts'
import { findCommand } from '../../src/commands/index.ts'
import { event } from '../../src/domain/events.ts'
import { dataOf, desk, kindsOf, organisationFacts } from './desk.ts'

/** Letters by Tue 19 Jan 2027; HHS by then or by 1 Mar 2027, as nobody knows the count. */
const laptop = () => desk({ declared: 'my laptop was stolen' })

/** One clock runs: fewer than 500, letters sent. */
const oneClock = () => {
  const here = laptop()
  here.run('UDANA', 'fact affected 12 because we counted')
  here.at = new Date('2027-01-11T15:00:00Z')
  here.run('UDANA', 'fact notified individuals 11 Jan 2027')
  return here
}

test.each([
  ['ack individuals', 'hipaa.individual', '2027-01-19'],
  ['ack letters', 'hipaa.individual', '2027-01-19'],
  ['ack hhs', 'hipaa.hhs.500plus', '2027-01-19'],
  ['ack hhs annual', 'hipaa.hhs.under500', '2027-03-01'],
  ['acknowledge hhs-annual', 'hipaa.hhs.under500', '2027-03-01'],
])('"%s" acknowledges %s', (line, clock, lastDay) => {
  const answer = laptop().run('UDANA', line)
  expect(dataOf(answer, 'reminder.acknowledged')).toEqual([{ clock, lastDay }])
  expect(answer.reply.split('\n')[0]).toBe('Seen; the deadline stays.')
})

test('the only running clock need not be named, and hhs is the one that runs', () => {
  expect(dataOf(oneClock().run('UDANA', 'ack'), 'reminder.acknowledged')[0]?.clock).toBe('hipaa.hhs.under500')
  expect(dataOf(oneClock().run('UDANA', 'ack hhs'), 'reminder.acknowledged')[0]?.clock).toBe(
    'hipaa.hhs.under500',
  )
})

test.each([
  ['ack', 'which-clock'],
  ['ack pigeons', 'no-such-clock'],
  ['ack media', 'clock-not-running'],
  ['snooze media until 30 Nov 2026 because we wait', 'clock-not-running'],
  ['snooze until 30 Nov 2026 because we wait', 'which-clock'],
  ['snooze individuals until yesterday because we wait', 'snooze-in-the-past'],
  ['snooze individuals until today because we wait', 'snooze-in-the-past'],
  ['snooze individuals for 0 days because we wait', 'snooze-in-the-past'],
  ['snooze individuals until 20 Jan 2027 because we wait', 'snooze-past-last-day'],
  ['snooze individuals for 61 days because we wait', 'snooze-past-last-day'],
  ['snooze individuals until the cows come home because we wait', 'snooze-not-understood'],
])('"%s" is refused: %s', (line, reason) => {
  const answer = laptop().run('UDANA', line)
  expect(answer.refusal?.reason).toBe(reason)
  expect(answer.events).toEqual([])
})

test.each([
  ['snooze individuals until 8 Jan 2027 because the printer has them', '2027-01-08'],
  ['snooze individuals until Friday because the printer has them', '2026-11-27'],
  ['snooze individuals until tomorrow because the printer has them', '2026-11-21'],
  ['snooze individuals for 3 days because the printer has them', '2026-11-23'],
  ['snooze individuals 2 weeks because the printer has them', '2026-12-04'],
  ['snooze individuals for a week because the printer has them', '2026-11-27'],
  ['snooze individuals until 19 Jan 2027 because the printer has them', '2027-01-19'],
  ['snooze individuals for 60 days because the printer has them', '2027-01-19'],
])('"%s" quiets it until %s and keeps the last day', (line, untilOn) => {
  const here = laptop()
  const answer = here.run('UDANA', line)
  expect(dataOf(answer, 'reminder.snoozed')).toEqual([
    { clock: 'hipaa.individual', lastDay: '2027-01-19', untilOn },
  ])
  expect(answer.events[0]?.text).toEqual({ reason: 'the printer has them' })
  expect(answer.reply).toContain('The deadline stays: last day Tue 19 Jan 2027.')
  expect(answer.reply).not.toContain('printer')
})

test('a clock that is late cannot be snoozed', () => {
  const here = laptop()
  here.at = new Date('2027-01-25T15:00:00Z')
  const answer = here.run('UDANA', 'snooze individuals for 1 day because we wait')
  expect(answer.reply).toContain('6 days late')
})

test.each(['snooze', 'snooze individuals', 'snooze individuals for 3 days'])(
  '"%s" opens the form',
  (line) => {
    const form = laptop().run('UDANA', line).form
    expect(form?.fields.map(({ name }) => name)).toEqual(['clock', 'until', 'reason'])
  },
)

test('the snooze form starts from what was typed', () => {
  const form = laptop().form('UDANA', 'snooze', { words: 'hhs-annual for 3 days' })
  expect(form?.fields.map(({ initial }) => initial)).toEqual(['hhs-annual', '2026-11-23', undefined])
})

test('what the snooze form submits is recorded', () => {
  const values = { clock: 'individuals', until: '2027-01-08', reason: 'the printer has them' }
  expect(dataOf(laptop().submit('UDANA', 'snooze', values), 'reminder.snoozed')[0]?.untilOn).toBe(
    '2027-01-08',
  )
})

test('neither is for everybody once privacy officer is a person who answers', () => {
  const here = laptop()
  expect(here.run('ULEE', 'ack individuals').refusal).toBeUndefined()
  expect(here.run('UKIM', 'ack individuals').refusal?.reason).toMatch(/reason-needed|not-permitted/)
})

test('with no clock running there is nothing to acknowledge', () => {
  const here = laptop()
  here.run('UDANA', 'fact phi no because there was none')
  expect(here.run('UDANA', 'ack').refusal?.reason).toBe('no-clock-running')
})

test('clocks shows last days, and a clock that a fact ended struck through with its reason asked for', () => {
  const here = laptop()
  expect(here.run('UKIM', 'clocks').reply).toContain('Tue 19 Jan 2027')
  here.run('UDANA', 'fact unsecured no because the disk was encrypted')
  const answer = here.run('UKIM', 'clocks')
  expect(answer.reply).toContain('~Letters to individuals')
  expect(answer.events).toEqual([])
})

test('clocks <clock> says one whole: to whom, by when, by what law, who answers, what comes next', () => {
  const here = laptop()
  const { reply, card } = here.run('UKIM', 'clocks letters')
  expect(reply).toContain('each affected individual')
  expect(reply).toContain('45 CFR 164.404(a),(b) · 60 calendar days from discovery')
  expect(reply).toContain('last day Tue 19 Jan 2027')
  expect(reply).toContain('State: not sent')
  expect(JSON.stringify(card)).toContain('notify individuals draft')
  expect(here.run('UKIM', 'clocks media').reply).toContain(
    'Where more than 500 of the people affected live in one State',
  )
  for (const typed of ['tx-ag', 'TX AG'])
    expect(here.run('UKIM', `clocks ${typed}`).refusal?.reason).toBe('clock-not-on')
  expect(here.run('UEVE', 'clocks letters').refusal?.reason).toBe('not-a-participant')
})

test('clocks calendar asks for the file, and says so where no clock runs', () => {
  expect(kindsOf(laptop().run('UDANA', 'clocks calendar'))).toEqual(['calendar.requested'])
  expect(laptop().run('UDANA', 'clocks calendars').card).toBeUndefined()
  const over = laptop()
  over.run('UDANA', 'fact phi no because it was a test machine')
  expect(over.run('UDANA', 'clocks ics').refusal?.reason).toBe('no-clock-running')
})

test.each(['clocks picture', 'clocks image', 'clocks timeline'])(
  '"%s" asks for the picture in the room',
  (line) => {
    const answer = laptop().run('UKIM', line)
    expect(kindsOf(answer)).toEqual(['picture.requested'])
    expect(answer.reply).toContain('comes into the incident’s room')
  },
)

test('a picture is for a room that is there, and for who takes part', () => {
  const here = laptop()
  expect(here.run('UEVE', 'clocks picture').refusal?.reason).toBe('not-a-participant')
  here.record('', event('room.lost', { room: 'C1', why: 'is_archived' }))
  expect(here.run('UDANA', 'clocks picture').refusal?.reason).toBe('no-room')
  expect(laptop().run('UDANA', 'clocks pictures').card).toBeUndefined()
})

test('on Teams, which hands nobody a file alone, it is not promised', () => {
  const { state, at, organisation } = laptop()
  const settings = { admins: [], organisation: organisationFacts, practice: false }
  const context: Context = {
    ...{ actor: 'UDANA', at, organisation, state, visible: [], text: () => ({}), lines: [], settings },
    ...{ platform: 'teams', workspace: 'T1', audience: [], room: 'C1', via: 'slash', word: '@Wardroom' },
  }
  expect(findCommand('clocks')?.decide({ as: 'calendar' }, context)).toMatchObject({
    reason: 'no-private-files',
  })
})
