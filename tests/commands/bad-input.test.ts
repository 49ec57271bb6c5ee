/** What cannot be: each mistake is said in one line with what to type instead, and nothing is recorded. */
import { expect, test } from 'vitest'
import { dataOf, desk } from './desk.ts'

/** Declared Fri 20 Nov 2026 22:41 in New York, and looked at on Tue 24 Nov; it happened on the 3rd and the 4th. */
const tuesday = () => {
  const here = desk({ declared: 'my laptop was stolen' })
  here.at = new Date('2026-11-24T15:00:00Z')
  here.run('UDANA', 'fact happened 3 Nov 2026 to 4 Nov 2026')
  return here
}
const official = 'by "Agent Ruiz, FBI"'

test.each([
  ['a discovery still to come', 'fact discovered tomorrow', 'discovered-in-the-future'],
  ['a discovery after the declaration', 'fact discovered 22 Nov 2026', 'discovered-after-declared'],
  ['one an hour after it', 'fact discovered 20 Nov 2026 at 23:41', 'discovered-after-declared'],
  ['a discovery before the breach', 'fact discovered 2 Nov 2026', 'discovered-before-breach'],
  ['somebody who knew before the breach', `fact knew officer 2 Nov 2026 ${official}`, 'knew-before-breach'],
  [
    'somebody who knew after the declaration',
    `fact knew officer 23 Nov 2026 ${official}`,
    'knew-after-declared',
  ],
  ['diligence after the declaration', 'fact diligence 23 Nov 2026', 'diligence-after-declared'],
  ['a vendor that knew before the breach', 'fact vendor discovered 1 Nov 2026', 'vendor-before-breach'],
  [
    'a vendor told before it knew',
    'fact vendor discovered 10 Nov 2026 reached 9 Nov 2026',
    'vendor-reached-before',
  ],
  ['a breach after its discovery', 'fact happened 21 Nov 2026', 'happened-after-discovery'],
  ['a breach that ends before it begins', 'fact happened 4 Nov 2026 to 3 Nov 2026', 'happened-ends-before'],
  ['a determination before anybody knew', 'fact determined 19 Nov 2026', 'started-before-discovery'],
  ['a notice before anybody knew', 'fact notified individuals 19 Nov 2026', 'notified-before-discovery'],
  ['a day that does not exist', 'fact discovered 31 Nov 2026', 'discovered-no-such-date'],
  ['29 February of a common year', 'fact discovered 29 Feb 2026', 'discovered-no-such-date'],
  ['a day before the law', 'fact discovered 1 Jan 1995', 'discovered-before-1996'],
  ['a zone that is none', 'fact discovered 18 Nov 2026 22:10 Mars/Olympus', 'discovered-not-understood'],
  ['an hour that came twice', 'fact discovered 1 Nov 2026 at 01:30', 'discovered-ambiguous-local-time'],
  ['an hour that was skipped', 'fact discovered 8 Mar 2026 at 02:30', 'discovered-skipped-local-time'],
  ['a start in an hour that came twice', 'fact determined 1 Nov 2026 01:30', 'started-ambiguous-local-time'],
  [
    'a vendor in an hour that was skipped',
    'fact vendor reached 8 Mar 2026 02:30',
    'vendor-skipped-local-time',
  ],
  [
    'a delay in an hour that came twice',
    `fact delay oral 1 Nov 2026 01:30 ${official}`,
    'delay-ambiguous-local-time',
  ],
  ['States above the total', 'fact affected 10 TX 6 OK 5', 'affected-states-exceed-total'],
  ['States above the most it can be', 'fact affected 5-10 TX 11', 'affected-states-exceed-total'],
  ['a negative count', 'fact affected -5', 'affected-negative'],
  ['a negative State', 'fact affected 10 TX -5', 'affected-negative'],
  ['half a person', 'fact affected 12.5', 'affected-fraction'],
  ['half a person of a State', 'fact affected 10 TX 1.5', 'affected-fraction'],
  ['a State that is none', 'fact affected 10 ZZ 5', 'affected-unknown-state'],
  ['a province', 'fact affected 10 Ontario 5', 'affected-unknown-state'],
  ['a State twice', 'fact affected 10 TX 5 Texas 1', 'affected-state-twice'],
  ['more people than there are', 'fact affected 400000001', 'affected-large'],
  ['a range the wrong way round', 'fact affected 600-400', 'affected-range'],
  ['people without address, fewer than none', 'fact no-address -1', 'no-address-count'],
  [
    'a delay that ends before it began',
    `fact delay written 19 Nov 2026 until 18 Nov 2026 ${official}`,
    'delay-ends-before',
  ],
  ['a withdrawal of no day', 'fact delay withdrawn 30 Feb 2026', 'delay-no-such-date'],
  ['a delay still to begin', `fact delay oral 25 Nov 2026 ${official}`, 'delay-in-the-future'],
  ['a window of less than nothing', 'fact vendor contract -3 days', 'vendor-contract'],
])('%s is refused: %s', (_says, line, reason) => {
  const here = tuesday()
  const before = here.state
  const { events, refusal } = here.run('UDANA', `${line} because it was checked`)
  expect(refusal?.reason).toBe(reason)
  expect(refusal?.refusal).toMatch(/^\S[^\n]{20,}[.:]?$/)
  expect(events.filter(({ kind }) => kind !== 'command.refused')).toEqual([])
  expect(here.state).toEqual(before)
})

test('more people without address than people', () => {
  const here = tuesday()
  here.run('UDANA', 'fact affected 9 because it was counted')
  expect(here.run('UDANA', 'fact no-address 10').refusal?.reason).toBe('no-address-too-many')
})

test('several mistakes of one line are several lines, and what to type instead stands once', () => {
  const { refusal } = tuesday().run('UDANA', 'fact affected 10 ZZ 5 TX -1 OK 1.5 QQ')
  expect(refusal?.refusal.split('\n')).toEqual([
    '"ZZ" is no State, district or territory code.',
    'A count cannot be negative.',
    'People are counted whole; round up.',
    '"QQ" is no State, district or territory code.',
    'How many people live in QQ?',
    expect.stringMatching(/^Type it like fact affected 612 TX 501/),
  ])
})

test.each(['1e9', '12k', '6l2', '612 TX 5e2', '612 TX 0x1F'])(
  'what begins as a number is no State: %s',
  (typed) => {
    const { refusal } = tuesday().run('UDANA', `fact affected ${typed}`)
    expect(refusal?.reason).toBe('affected-unread')
    expect(refusal?.refusal).toMatch(/^Write numbers in digits, such as 1200\. Type it like [^\n]+$/)
  },
)

test('a start without its day is asked for with what was typed', () =>
  expect(tuesday().run('UDANA', 'fact started urgent').refusal?.refusal).toBe(
    'When was that? Type it like fact started urgent today 09:30.',
  ))

test.each([
  [
    'fact vendor agent perhaps discovered tomorrow contract soon',
    [/^Is the vendor your agent/, /still to come/, /^The contract's window is/, /^Type it like fact vendor/],
  ],
  [
    'fact delay oral 30 Feb 2026 until 1 Mar 2027',
    [/not in the calendar/, /^Who said so/, /^An oral statement ends 30 days/, /^Type it like fact delay/],
  ],
])('and so are those of "%s"', (line, lines) => {
  const here = tuesday()
  expect(here.run('UDANA', line).refusal?.refusal.split('\n')).toEqual(
    lines.map((says) => expect.stringMatching(says)),
  )
})

test.each([
  ['612 IN 501 OR 111', { IN: 501, OR: 111 }],
  ['612 Texas 501 West Virginia 100 Virginia 11', { TX: 501, WV: 100, VA: 11 }],
  ['612 people, New York 501, Puerto Rico 100 and Washington DC 5', { NY: 501, PR: 100, DC: 5 }],
  ['612 NY 501 Guam 1 U.S. Virgin Islands 2 District of Columbia 3', { NY: 501, GU: 1, VI: 2, DC: 3 }],
  ['10 pr 5 gu 1 mp 1 as 1 vi 1 dc 1', { PR: 5, GU: 1, MP: 1, AS: 1, VI: 1, DC: 1 }],
])('places are read as codes and by name: %s', (typed, byState) => {
  const answer = tuesday().run('UDANA', `fact affected ${typed} because it was counted`)
  expect(dataOf(answer, 'fact.recorded')[0]?.value).toEqual({
    total: Number(typed.split(' ')[0]),
    byState,
  })
})

test('a count before its State is refused rather than taken for another', () =>
  expect(tuesday().run('UDANA', 'fact affected 612, 501 in Texas').refusal?.reason).toBe(
    'affected-number-without-state',
  ))

test.each([
  ['what-if 31 Nov 2026', 'time-no_such_date'],
  ['what-if 1 Nov 2026 01:30 40', 'time-ambiguous_local_time'],
  ['what-if 8 Mar 2026 02:30 40 TX 5', 'time-skipped_local_time'],
  ['what-if 1 Dec 2026 -5', 'affected-negative'],
  ['what-if 1 Dec 2026 10 ZZ 5', 'affected-unknown-state'],
  ['what-if 1 Dec 2026 10 Texas 11', 'affected-states-exceed-total'],
  ['declare my laptop was stolen at tomorrow', 'noticed-in-the-future'],
])('nor is anything of it supposed or declared: "%s"', (line, reason) => {
  const { refusal } = desk().run('USAM', line)
  expect(refusal?.reason).toBe(reason)
})
