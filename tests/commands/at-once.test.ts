/** Seeing and snoozing what is owed at once: it stays owed, a snooze is hours, and no delay by an official is passed. */
import { expect, test } from 'vitest'
import { dataOf, desk } from './desk.ts'

/** Fri 20 Nov 2026, 22:41 in New York. */
const owed = () => {
  const here = desk({ declared: 'a laptop was stolen' })
  here.run('UDANA', 'fact started urgent now')
  return here
}

test('whoever answers for it says they saw it, and hears that it stays owed', () => {
  const here = owed()
  const answer = here.run('UDANA', 'ack urgent')
  expect(answer.reply).toContain('Seen; it stays owed.')
  expect(answer.reply).toContain('Its owner is reminded every 4 hours until it is recorded as sent.')
  expect(answer.reply).not.toContain('last day')
  expect(here.run('UDANA', 'clocks').reply).toContain('▲ Urgent telephone notice')
})

test.each<[string, string, string]>([
  ['hours', 'for 2 hours', '2026-11-21T05:41:00.000Z'],
  ['an hour', 'for an hour', '2026-11-21T04:41:00.000Z'],
  ['tomorrow, which is its morning', 'until tomorrow', '2026-11-21T13:00:00.000Z'],
])('a snooze of it ends in %s', (_, until, untilAt) => {
  const here = owed()
  const answer = here.run('UDANA', `snooze urgent ${until} because the calls are under way`)
  expect(dataOf(answer, 'reminder.snoozed')).toMatchObject([{ clock: 'hipaa.individual.urgent', untilAt }])
  expect(answer.reply).toContain('It stays owed, without delay.')
})

test.each(['for 3 days', 'for 12 hours', 'until Monday', 'for 0 hours', 'until it is done'])(
  'a snooze of it %s is refused, with what may be typed',
  (until) => {
    const answer = owed().run('UDANA', `snooze urgent ${until} because it can wait`)
    expect(answer.refusal?.refusal).toContain('ends Sat 21 Nov 08:00 at the latest')
    expect(answer.events).toEqual([])
  },
)

test('while an official has asked for a delay the calls are not recorded as made', () => {
  const here = owed()
  here.at = new Date('2026-11-23T15:00:00Z')
  const delay = 'fact delay written 23 Nov 2026 until 30 Nov 2026 by "Agent Roe, FBI"'
  expect(here.run('UDANA', delay).refusal).toBeUndefined()
  expect(here.run('UDANA', 'notify urgent sent today to 12 by telephone').refusal).toBeDefined()
  here.at = new Date('2026-11-30T15:00:00Z')
  expect(here.run('UDANA', 'notify urgent sent today to 12 by telephone').refusal).toBeUndefined()
})

test('whom the calls missed is owed the letter that everybody is, and no substitute notice', () => {
  const here = owed()
  here.run('UDANA', 'fact affected 612')
  const { reply } = here.run('UDANA', 'notify urgent sent today to 600 by telephone')
  expect(reply).toContain('12 of 612 were not told by it. The letters go to all of them.')
  expect(reply).not.toMatch(/substitute|no longer owed/)
})

test('its notification says so wherever it is shown, and no day is aimed for', () => {
  const here = owed()
  here.at = new Date('2026-11-21T09:41:00Z')
  const shown = here.run('UDANA', 'notify urgent').reply
  expect(shown).toContain('Urgent telephone notice  without delay, owed for 6 hours')
  expect(shown).not.toMatch(/no last day|Set the target/)
  const form = here.run('UDANA', 'notify urgent sent')
  expect(JSON.stringify(form)).toContain('Urgent telephone notice · without delay, owed for 6 hours')
  expect(here.run('UDANA', 'notify urgent target 25 Nov 2026').refusal?.refusal).toContain(
    'no day to aim for',
  )
})
