/** Facts that move clocks: vendor, law-enforcement delay, encryption and key, ranges of people, starts other than discovery. */
import { expect, test } from 'vitest'
import { dataOf, desk } from './desk.ts'

/** Declared Fri 20 Nov 2026 22:41: letters by 19 Jan 2027. UDANA is the privacy officer. */
const laptop = (options = {}) => desk({ declared: 'my laptop was stolen', ...options })
const lastDay = (here: ReturnType<typeof desk>, clock: string) => here.state?.clocks[clock]?.lastDay
const because = 'because it was checked'

test.each([
  ['affected 400-600', { total: 600, byState: {}, least: 400, most: 600 }],
  ['affected 400 to 600 best 520 TX 501', { total: 520, byState: { TX: 501 }, least: 400, most: 600 }],
  ['encryption yes key safe', { encrypted: true, key: 'safe' }],
  ['encrypted yes unknown', { encrypted: true, key: 'unknown' }],
  ['encryption yes taken', { encrypted: true, key: 'taken' }],
  ['encryption no', { encrypted: false, key: 'unknown' }],
  [
    'vendor agent no discovered 3 Nov 2026 reached 20 Nov 2026 contract 5 days',
    {
      isAgent: false,
      discoveredAt: '2026-11-03',
      reachedAt: '2026-11-20',
      contract: { amount: 5, unit: 'days' },
    },
  ],
  ['vendor agent unknown', { isAgent: null, discoveredAt: null, reachedAt: null, contract: null }],
  ['delay oral 19 Nov 2026 by "Agent Ruiz, FBI"', { kind: 'oral', on: '2026-11-19', until: null }],
  [
    'delay written 19 Nov 2026 until 15 Feb 2027 by "Agent Ruiz, FBI"',
    { kind: 'written', on: '2026-11-19', until: '2027-02-15' },
  ],
  ['determined 20 Nov 2026', { start: 'determinedAt', at: '2026-11-20' }],
  ['started cms-contractor 20 Nov 2026', { start: 'cms.contractor', at: '2026-11-20' }],
  ['part2 no', { involved: false }],
])('the privacy officer records "%s"', (words, value) => {
  const answer = laptop().run('UDANA', `fact ${words} ${because}`)
  expect(answer.refusal).toBeUndefined()
  expect(dataOf(answer, 'fact.recorded')[0]?.value).toEqual(value)
})

test.each([
  ['affected 600-400', 'affected-range'],
  ['affected 400-600 best 700', 'affected-range'],
  ['affected 400-600 TX 700', 'affected-states-exceed-total'],
  ['encryption perhaps', 'encryption-words'],
  ['vendor', 'fact-form'],
  ['vendor acme', 'vendor-words'],
  ['vendor agent perhaps', 'vendor-agent'],
  ['vendor agent no discovered tomorrow', 'vendor-in-the-future'],
  ['vendor agent no discovered 18 Nov 2026 reached 3 Nov 2026', 'vendor-reached-before'],
  ['vendor agent no contract soon', 'vendor-contract'],
  ['vendor agent no contract 3 business hours', 'vendor-contract'],
  ['delay 19 Nov 2026 by "Agent Ruiz, FBI"', 'delay-kind'],
  ['delay oral by "Agent Ruiz, FBI"', 'delay-day'],
  ['delay oral 19 Nov 2026', 'delay-official'],
  ['delay oral tomorrow by "Agent Ruiz, FBI"', 'delay-in-the-future'],
  ['delay oral 19 Nov 2026 until 1 Mar 2027 by "Agent Ruiz, FBI"', 'delay-oral-until'],
  ['delay written 19 Nov 2026 until 1 Nov 2026 by "Agent Ruiz, FBI"', 'delay-ends-before'],
  ['delay withdrawn 19 Nov 2026', 'delay-not-recorded'],
  ['started lunch 19 Nov 2026', 'started-which'],
  ['determined tomorrow', 'started-in-the-future'],
  ['determined not', 'started-not-recorded'],
])('"fact %s" is refused (%s), says what to do and records nothing', (words, reason) => {
  const answer = laptop().run('UDANA', `fact ${words}`)
  if (reason === 'fact-form') return expect(answer.events).toEqual([])
  expect(answer.refusal?.reason).toBe(reason)
  expect(answer.events).toEqual([])
})

test('a number that may be above or below 500 leaves both reports to HHS standing, the earlier first', () => {
  const here = laptop()
  here.run('UDANA', 'fact affected 400-600 best 450')
  expect(lastDay(here, 'hipaa.hhs.500plus')).toBe('2027-01-19')
  expect(lastDay(here, 'hipaa.hhs.under500')).toBe('2027-03-01')
  here.run('UDANA', `fact affected 450 ${because}`)
  expect(lastDay(here, 'hipaa.hhs.500plus')).toBeNull()
})

test('an agent’s discovery is ours; a vendor that is none starts our clock with the notice that reached us', () => {
  const here = laptop()
  here.run('UDANA', 'fact vendor agent unknown discovered 24 Sep 2026 reached 20 Nov 2026')
  expect(lastDay(here, 'hipaa.individual')).toBe('2026-11-23')
  const refused = here.run('UKIM', `fact vendor agent no ${because}`)
  expect(refused.refusal?.reason).toBe('not-permitted-later')
  here.run('UDANA', 'fact vendor agent no because they decide how the work is done')
  expect(lastDay(here, 'hipaa.individual')).toBe('2027-01-19')
})

test('a writing replaces what was said, does not add to it, and neither is for anybody to record', () => {
  const here = laptop()
  expect(
    here.run('UKIM', `fact delay written 20 Nov 2026 until 15 Feb 2027 by "Agent Ruiz, FBI" ${because}`)
      .refusal?.reason,
  ).toBe('not-permitted-later')
  here.run('UDANA', `fact delay oral 20 Nov 2026 by "Agent Ruiz, FBI" ${because}`)
  expect(lastDay(here, 'hipaa.individual')).toBe('2027-01-19')
  here.run('UDANA', `fact delay written 20 Nov 2026 until 15 Feb 2027 by "Agent Ruiz, FBI" ${because}`)
  expect(lastDay(here, 'hipaa.individual')).toBe('2027-02-15')
  expect(here.run('UKIM', 'clocks').reply).toContain('Law-enforcement delay until Mon 15 Feb 2027')
  here.run('UDANA', 'fact delay withdrawn 20 Nov 2026 by "Agent Ruiz, FBI"')
  expect(lastDay(here, 'hipaa.individual')).toBe('2027-01-19')
})

test('encryption with a safe key ends the clocks, for the officer with a reason; without a word of the key it ends none', () => {
  const here = laptop()
  here.run('UDANA', 'fact encryption yes key unknown')
  expect(lastDay(here, 'hipaa.individual')).toBe('2027-01-19')
  expect(here.run('UDANA', 'fact encryption yes key safe').refusal?.reason).toBe('reason-needed-later')
  here.run('UDANA', 'fact encryption yes key safe because the key is kept elsewhere')
  expect(lastDay(here, 'hipaa.individual')).toBeNull()
  here.run('UKIM', 'fact encryption yes key taken')
  expect(lastDay(here, 'hipaa.individual')).toBe('2027-01-19')
})

test.each([
  ['part2 yes', '42 CFR Part 2'],
  ['started cms-contractor 20 Nov 2026 22:00', 'CMS'],
  ['started materiality 20 Nov 2026', 'SEC'],
])('what is recorded and counted by nothing here says so: %s', (words, regime) => {
  const off = `counted by nothing here, because it is not switched on (ORG_REGIMES): ${regime}. Ask counsel.`
  const here = laptop()
  expect(here.run('UDANA', `fact ${words} ${because}`).reply).toContain(off)
  expect(here.run('UDANA', 'clocks').reply).toContain(off)
  const on = laptop({ facts: { regimes: ['HIPAA', 'part2', 'cms', 'sec'] } })
  expect(on.run('UDANA', `fact ${words} ${because}`).reply).not.toContain('ORG_REGIMES')
})

test("a business associate's own contract counts beside the sixty days, whatever is switched on", () => {
  const here = laptop({ facts: { entityType: 'business_associate' } })
  const answer = here.run('UDANA', 'fact vendor contract 5 business days')
  expect(answer.refusal).toBeUndefined()
  // Friday the 20th is not counted; Thursday the 26th is Thanksgiving.
  expect([lastDay(here, 'baa.contract'), lastDay(here, 'hipaa.ba_to_ce')]).toEqual([
    '2026-11-30',
    '2027-01-19',
  ])
  expect(here.run('UDANA', 'clocks').reply).toContain("The contract's own window")
})
