/** Every clock a person may see, in the order of their last days. */
import { expect, test } from 'vitest'
import { readLine } from '../../src/pipeline/read-line.ts'
import { cardText } from '../../src/views/card.ts'
import { clocksAllCard } from '../../src/views/index.ts'
import type { Overview } from '../../src/views/list.ts'
import { desk } from '../commands/desk.ts'
import { affected, begin, discovered, fridayNight, nameOf, organisation, type Story } from './story.ts'

const of = (stories: readonly Story[], now: string, person = 'LEE'): Overview => ({
  visible: stories.map(({ state }) => state),
  ...{ organisation, now: new Date(now), word: '/incident', person },
})
const said = (overview: Overview, page?: number) => cardText(clocksAllCard(overview, page), nameOf)
const calm = '2026-11-25T15:00:00Z'

const found = (incident: string, on: string): Story => {
  const story = begin({ incident })
  story.act('2026-11-23T15:00:00Z', 'LEE', discovered(on, true, fridayNight))
  return story
}

test('each with its incident, clock, last day, owner and state, the most urgent first, a drill after what is real', () => {
  const drill = begin({ incident: 'inc-2026-0003', drill: true })
  const counted = found('inc-2026-0009', '2026-11-10')
  counted.act('2026-11-24T15:00:00Z', 'LEE', affected(12))
  expect(said(of([drill, begin(), counted], calm))).toMatchInlineSnapshot(`
    "5 clocks run, none is late.
    inc-2026-0009 · Letters to individuals
    Last day Sat 9 Jan 2027 · 45 days left (post by Fri 8 Jan). Owner Lee Chan, not sent.
    inc-2026-0007 · Letters to individuals
    Last day Tue 19 Jan 2027 · 55 days left. Owner Lee Chan, not sent.
    inc-2026-0007 · Report to HHS, 500 or more
    Last day Tue 19 Jan 2027 · 55 days left — depends on how many. Owner Lee Chan, not sent.
    inc-2026-0007 · Annual report to HHS, fewer than 500
    Last day Mon 1 Mar 2027 · 96 days left — depends on how many. Owner Lee Chan, not sent.
    inc-2026-0009 · Annual report to HHS, fewer than 500
    Last day Mon 1 Mar 2027 · 96 days left. Owner Lee Chan, not sent.
    inc-2026-0007 · Notice to the media
    Depends: Do more than 500 of the people affected live in one State? If so, last day Tue 19 Jan 2027. Owner Lee Chan, not owed so far.
    inc-2026-0003 · DRILL · Letters to individuals
    Last day Tue 19 Jan 2027 · 55 days left. Owner Lee Chan, not sent.
    inc-2026-0003 · DRILL · Report to HHS, 500 or more
    Last day Tue 19 Jan 2027 · 55 days left — depends on how many. Owner Lee Chan, not sent.
    inc-2026-0003 · DRILL · Annual report to HHS, fewer than 500
    Last day Mon 1 Mar 2027 · 96 days left — depends on how many. Owner Lee Chan, not sent.
    inc-2026-0003 · DRILL · Notice to the media
    Depends: Do more than 500 of the people affected live in one State? If so, last day Tue 19 Jan 2027. Owner Lee Chan, not owed so far.
    Days are of America/New_York.
    A DRILL counts its clocks too; none of its days is real.
    [Clocks of inc-2026-0009] [Is anything late?]"
  `)
})

test('what is late says so in the first line and stands first', () => {
  const text = said(of([begin(), found('inc-2026-0009', '2026-11-10')], '2027-01-12T15:00:00Z'))
  expect(text.split('\n').slice(0, 3)).toMatchInlineSnapshot(`
    [
      "6 clocks run, 2 are late.",
      "▲ inc-2026-0009 · Letters to individuals",
      "Last day Sat 9 Jan 2027 · 3 days late. Owner Lee Chan, not sent.",
    ]
  `)
})

test('twelve a page; each page says which, and the last is shown for one past it', () => {
  const many = Array.from({ length: 9 }, (_, at) => begin({ incident: `inc-2026-00${10 + at}` }))
  const pages = [1, 2, 3, 4].map((page) => said(of(many, calm), page))
  const shown = pages.map((text) => /Clocks \d+ to \d+ of \d+/.exec(text)?.[0])
  expect(shown).toEqual(['Clocks 1 to 12 of 36', 'Clocks 13 to 24 of 36', 'Clocks 25 to 36 of 36', shown[2]])
  expect(pages.map((text) => text.includes('[Next 12]'))).toEqual([true, true, false, false])
  const heads = pages.slice(0, 3).flatMap((text) => text.match(/^inc-2026-\d+ · .*$/gm))
  expect(new Set(heads).size).toBe(36)
})

test('whoever is kept out sees nothing of it, and where there is nothing it says how to begin', () => {
  const text = said(of([begin({ excluded: ['LEE'] })], calm))
  expect(text).toContain('No clock is running')
  expect(text).toContain('[Declare an incident]')
  expect(text).not.toContain('inc-2026')
})

test('of a drill nothing is late, and no clock runs for real', () => {
  const text = said(of([begin({ drill: true })], '2027-02-21T15:00:00Z'))
  expect(text.split('\n')[0]).toBe('No clock runs for real.')
  expect(text).not.toContain('▲')
})

test('the hour is said where hours are counted, and from then on it is late that same day', () => {
  const here = desk({ declared: 'ransomware', facts: { regimes: ['HIPAA', 'state.ny'] } })
  const told = here.run('UDANA', 'fact started ny-hospital 20 Nov 2026 22:00 because the ward is down')
  expect(told.refusal).toBeUndefined()
  const lineAt = (now: string) => {
    const { organisation } = here
    const card = clocksAllCard({ ...of([], now, 'UDANA'), organisation, visible: [here.state!] })
    return /(?<=Department of Health\n).*(?=\. Owner)/.exec(cardText(card))?.[0]
  }
  expect(lineAt('2026-11-22T15:00:00Z')).toBe('Last day Mon 23 Nov 2026 22:00 · 1 day left')
  expect(lineAt('2026-11-24T03:30:00Z')).toBe('Last day Mon 23 Nov 2026 22:00 · late since 22:00 today')
})

test.each([
  ['clocks all', ''],
  ['Clocks ALL 2', '2'],
  ['clocks all garbage', 'garbage'],
])('"%s" is clocks-all', (line, words) => {
  expect(readLine(line, { inRoom: false })).toMatchObject({ row: { verb: 'clocks-all' }, words })
})

test('clocks allow is not', () => {
  expect(readLine('clocks allow', { inRoom: true }).row.verb).toBe('clocks')
})
