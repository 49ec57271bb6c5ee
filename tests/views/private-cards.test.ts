/** The cards one person reads alone. */
import { expect, it } from 'vitest'
import { event } from '../../src/domain/events.ts'
import { cardText } from '../../src/views/card.ts'
import { homeCard, lateCard, listCard } from '../../src/views/index.ts'
import {
  assigned,
  begin,
  discovered,
  fridayNight,
  joined,
  nameOf,
  organisation,
  type Story,
  secured,
} from './story.ts'

const remind = (story: Story, at: string, offset: string, to: string[], clock = 'hipaa.individual') =>
  story.act(
    at,
    '',
    event('reminder.sent', { clock, lastDay: story.state.clocks[clock]!.lastDay!, offset, step: 0, to }),
  )

const overview = (stories: readonly Story[], now: string, person = 'LEE') => ({
  visible: stories.map(({ state }) => state),
  organisation,
  now: new Date(now),
  word: '/incident',
  person,
})

it('briefs a new holder: the role, three items, the room', () => {
  const story = begin()
  story.act('2026-11-21T03:50:00Z', 'DANA', assigned('commander', 'DANA'))
  expect(story.text('brief', { person: 'DANA', role: 'commander' })).toMatchInlineSnapshot(`
    "You now hold incident commander for inc-2026-0007 · lost or stolen device.
    You lead: name the other roles, move the phases, and record decisions with their reason.
    Your next three:
    ○ D1 Record who first knew, when and how, and confirm the discovery date [Confirm discovery]
    ○ D6 List the systems, accounts, vendors and data touched; is ePHI or Part 2 data among it [Complete D6]
    ○ D7 Estimate the people affected, by State and by covered entity [Record affected people]
    Anything you decide: /incident decide <what> because <why>
    Room #C1
    [Assign a role] [Record a decision] [Checklist] [Clocks] [Hand off]"
  `)
})

it('asks for a role with two buttons', () => {
  expect(begin().text('ask-role', { person: 'DANA', role: 'commander' })).toMatchInlineSnapshot(`
    "You are asked to be incident commander for inc-2026-0007 · lost or stolen device.
    You lead: name the other roles, move the phases, and record decisions with their reason.
    Next last day Tue 19 Jan 2027 · 60 days left — letters to individuals
    Declared by Sam Okafor, less than a minute ago
    Room #C1
    [I take it] [Ask someone else] [Status]"
  `)
})

it('offers a handoff, and says in the room when it was accepted', () => {
  const story = begin()
  story.act('2026-11-21T03:50:00Z', 'SAM', assigned('commander', 'SAM'))
  story.act(
    '2026-11-21T04:00:00Z',
    'SAM',
    event('role.offered', { role: 'commander', from: 'SAM', to: 'PRIYA' }),
  )
  expect(story.text('offer', { person: 'PRIYA', role: 'commander', from: 'SAM' })).toMatchInlineSnapshot(`
    "Sam Okafor offers you incident commander for inc-2026-0007 · lost or stolen device.
    You lead: name the other roles, move the phases, and record decisions with their reason.
    It stays with them until you accept.
    Next last day Tue 19 Jan 2027 · 60 days left — letters to individuals
    Room #C1
    [Accept] [Decline] [Status]"
  `)
  story.act('2026-11-21T04:02:00Z', 'PRIYA', assigned('commander', 'PRIYA', 'SAM', 'handoff'))
  const row = story.sent.find(({ view }) => view === 'handed-off')!
  expect(story.text('handed-off', row.args)).toMatchInlineSnapshot(
    `"Sam Okafor handed incident commander to Priya Nair. Priya Nair accepted, 23:02."`,
  )
  expect(story.text('offer', { person: 'PRIYA', role: 'commander', from: 'SAM' })).toContain(
    'no longer stands',
  )
})

it('tells that a role is open again, with the button to assign it, and once it is taken that nothing is to do', () => {
  const story = begin()
  const told = (why: string, ...roles: string[]) =>
    story.text('vacated', { person: 'LEE', who: 'MAX', why, roles })
  expect(told('guest', 'scribe', 'clinical-lead')).toMatchInlineSnapshot(`
    "▲ Max Bauer is a guest from outside the organisation and cannot hold scribe or clinical lead for inc-2026-0007 · lost or stolen device. Nothing was sent to them.
    Scribe and clinical lead are open again: assign somebody of your own.
    [Assign scribe] [Assign clinical lead] [Who holds what]"
  `)
  story.act('2026-11-21T03:50:00Z', 'LEE', assigned('scribe', 'KIM', null, 'assigned'))
  expect(told('deactivated', 'scribe')).toMatchInlineSnapshot(`
    "▲ Max Bauer has no account here and cannot hold scribe for inc-2026-0007 · lost or stolen device. Nothing was sent to them.
    Kim Ito holds scribe now.
    [Who holds what]"
  `)
})

it('names whom to phone when a role stays untaken', () => {
  const story = begin()
  story.act('2026-11-21T03:56:00Z', '', event('role.escalated', { role: 'commander', step: 1, to: 'PRIYA' }))
  expect(story.text('escalation', { person: 'PRIYA', role: 'commander' })).toMatchInlineSnapshot(`
    "Nobody holds incident commander for inc-2026-0007 · lost or stolen device, 15 minutes after it was declared.
    Phone Dana Reyes: +1 555 0101
    Next last day Tue 19 Jan 2027 · 60 days left — letters to individuals
    [I take it] [Assign it] [Status]"
  `)
})

it('reminds of two incidents in one message', () => {
  const story = begin()
  const other = begin({ incident: 'inc-2026-0008', at: '2026-11-21T04:30:00Z', drill: true })
  const keptOut = begin({ incident: 'inc-2026-0009', excluded: ['LEE'] })
  for (const each of [story, other, keptOut]) remind(each, '2027-01-12T13:00:00Z', '7', ['LEE'])
  const others = [story.state, other.state, keptOut.state]
  expect(story.text('reminders', { person: 'LEE', on: '2027-01-12' }, { others })).toMatchInlineSnapshot(`
    "2 last days to act on · Tue 12 Jan 2027
    inc-2026-0007 · letters to individuals · last day Tue 19 Jan 2027 · 7 days left
    Owner Lee Chan. State: not sent.
    [Seen; the deadline stays] [Snooze…] [Mark sent…]
    inc-2026-0008 · DRILL · letters to individuals · last day Tue 19 Jan 2027 · 7 days left
    Owner Lee Chan. State: not sent.
    [Seen; the deadline stays] [Snooze…] [Mark sent…]
    [Is anything late?]"
  `)
})

it('reminds of what an outage delayed', () => {
  const story = begin()
  remind(story, '2027-01-14T13:00:00Z', '7', ['LEE'])
  const args = { person: 'LEE', on: '2027-01-14' }
  expect(story.text('reminders', { ...args, with: ['last-days'] })).toContain('letters to individuals')
  // The next morning's sheet says nothing of it again.
  expect(story.text('reminders', { ...args, with: ['sheet'] })).not.toContain('Seen; the deadline stays')
})

it('is one message a morning: the sheet, next items, and last what to act on, where a chat opens', () => {
  const story = begin()
  story.act('2026-11-21T03:50:00Z', 'LEE', assigned('privacy-officer', 'LEE'))
  const lastDay = '2027-01-19'
  const rows = story.act(
    '2026-12-20T13:00:00Z',
    '',
    event('reminder.sent', { clock: 'hipaa.individual', lastDay, offset: '30', step: 0, to: ['LEE'] }),
    event('items.prompted', { person: 'LEE', items: ['D1'] }),
    event('sheet.sent', { on: '2026-12-20' }),
  )
  const row = rows.find(({ args }) => args.person === 'LEE')!
  expect(story.text(row.view, row.args)).toMatchInlineSnapshot(`
    "Fallback sheet · Sun 20 Dec 2026
    Print this. It is for the day chat is down or read by an attacker.
    Write down who did what and when; it is entered afterwards as a late entry.
    Phones
    Incident commander: Dana Reyes — +1 555 0101
    Incident commander (deputy): Priya Nair — +1 555 0201
    Privacy officer: Lee Chan — +1 555 0102
    Privacy officer (deputy): Kim Ito — +1 555 0202
    Legal counsel: Cara Webb — +1 555 0103
    Executive sponsor: Ella Stone — +1 555 0104
    inc-2026-0007 · lost or stolen device — Detection & analysis
    Declared Fri 20 Nov 22:41 by Sam Okafor
    Holding roles: privacy officer Lee Chan
    Last day, letters to individuals: Tue 19 Jan 2027 · 30 days left
    Last day, report to HHS, 500 or more (depends on how many): Tue 19 Jan 2027 · 30 days left
    Last day, annual report to HHS, fewer than 500 (depends on how many): Mon 1 Mar 2027 · 71 days left
    □ D1 Record who first knew, when and how, and confirm the discovery date (required)
    □ D6 List the systems, accounts, vendors and data touched; is ePHI or Part 2 data among it (required)
    □ D7 Estimate the people affected, by State and by covered entity (required)
    □ D8 Establish whether the data was encrypted and the keys safe (required)
    □ D11 Start the four-factor assessment; the presumption stands until it is signed (required)
    □ D2 Triage the report: is it an incident at all
    □ D5 Set kind and severity by function, information and recoverability
    □ D10 Escalate to privacy, counsel and leadership; tell the insurer
    □ D12 Check patient safety and downtime procedures
    Your next items · inc-2026-0007
    ○ D1 Record who first knew, when and how, and confirm the discovery date [Confirm discovery]
    ○ D6 List the systems, accounts, vendors and data touched; is ePHI or Part 2 data among it [Complete D6]
    ○ D7 Estimate the people affected, by State and by covered entity [Record affected people]
    inc-2026-0007 · letters to individuals · last day Tue 19 Jan 2027 · 30 days left
    Owner Lee Chan. State: not sent.
    [Seen; the deadline stays] [Snooze…] [Mark sent…]"
  `)
})

it('prints a sheet without PHI, and without the people kept out', () => {
  const story = begin({ excluded: ['PRIYA'] })
  story.act('2026-11-21T03:50:00Z', 'SAM', assigned('commander', 'SAM'))
  const text = story.text('sheet', { person: 'DANA', on: '2026-11-21' })
  expect(text).not.toContain('Priya')
  expect(text).toMatchInlineSnapshot(`
    "Fallback sheet · Fri 20 Nov 2026
    Print this. It is for the day chat is down or read by an attacker.
    Write down who did what and when; it is entered afterwards as a late entry.
    Phones
    Incident commander: Dana Reyes — +1 555 0101
    Privacy officer: Lee Chan — +1 555 0102
    Privacy officer (deputy): Kim Ito — +1 555 0202
    Legal counsel: Cara Webb — +1 555 0103
    Executive sponsor: Ella Stone — +1 555 0104
    inc-2026-0007 · lost or stolen device — Detection & analysis
    Declared Fri 20 Nov 22:41 by Sam Okafor
    Holding roles: incident commander Sam Okafor
    Last day, letters to individuals: Tue 19 Jan 2027 · 60 days left
    Last day, report to HHS, 500 or more (depends on how many): Tue 19 Jan 2027 · 60 days left
    Last day, annual report to HHS, fewer than 500 (depends on how many): Mon 1 Mar 2027 · 101 days left
    □ D1 Record who first knew, when and how, and confirm the discovery date (required)
    □ D6 List the systems, accounts, vendors and data touched; is ePHI or Part 2 data among it (required)
    □ D7 Estimate the people affected, by State and by covered entity (required)
    □ D8 Establish whether the data was encrypted and the keys safe (required)
    □ D11 Start the four-factor assessment; the presumption stands until it is signed (required)
    □ D2 Triage the report: is it an incident at all
    □ D5 Set kind and severity by function, information and recoverability
    □ D10 Escalate to privacy, counsel and leadership; tell the insurer
    □ D12 Check patient safety and downtime procedures"
  `)
})

const lateCases: readonly (readonly [string, string, string])[] = [
  ['a calm day', '2026-11-25T15:00:00Z', 'No, nothing is late.'],
  ['our target behind us', '2027-01-08T15:00:00Z', 'At risk — 11 days left.'],
  ['seven days left', '2027-01-12T15:00:00Z', 'At risk — 7 days left.'],
  ['the last day', '2027-01-19T15:00:00Z', 'At risk — the last day is today.'],
  ['two days after', '2027-01-21T15:00:00Z', 'Yes — 2 days.'],
]

it.each(lateCases)('late answers in its first line on %s', (_name, now, first) => {
  expect(lateCard(overview([begin()], now)).summary).toBe(first)
})

it('late shows the next one, its owner and its state', () => {
  const text = cardText(lateCard(overview([begin()], '2026-11-25T15:00:00Z')), nameOf)
  expect(text).toMatchInlineSnapshot(`
    "No, nothing is late.
    Next: inc-2026-0007, letters to individuals, last day Tue 19 Jan 2027 · 55 days left — owner Lee Chan, not sent.
    [All clocks] [Clocks of inc-2026-0007] [My incidents]"
  `)
})

it.each([
  ['2027-01-14', '3 days left (post by Fri 15 Jan)'],
  ['2027-01-15', '2 days left (post today: it is the last working day)'],
  ['2027-01-16', '1 day left (the last working day was Fri 15 Jan)'],
  ['2027-01-17', 'last day today (the last working day was Fri 15 Jan)'],
])('on %s a last day that is a Sunday reads: %s', (day, words) => {
  const story = begin()
  story.act('2026-11-23T15:00:00Z', 'LEE', discovered('2026-11-18', true, fridayNight))
  expect(cardText(lateCard(overview([story], `${day}T15:00:00Z`)), nameOf)).toContain(
    `Sun 17 Jan 2027 · ${words}`,
  )
})

it('a day late, no working day before the last day is spoken of', () => {
  const story = begin()
  story.act('2026-11-23T15:00:00Z', 'LEE', discovered('2026-11-18', true, fridayNight))
  expect(story.text('status', {}, { now: new Date('2027-01-18T15:00:00Z') })).toContain(
    'Sun 17 Jan 2027 · 1 day late — letters to individuals',
  )
})

it('a drill is never late for real', () => {
  const drill = lateCard(overview([begin({ drill: true })], '2027-02-21T15:00:00Z'))
  expect(drill.summary).toBe('No, nothing is late.')
  expect(cardText(drill, nameOf)).toContain('DRILL')
})

it('a person kept out sees no incident anywhere', () => {
  const story = begin({ excluded: ['LEE'] })
  const from = overview([story], '2027-02-21T15:00:00Z')
  for (const card of [lateCard(from), listCard(from), homeCard(from)])
    expect(JSON.stringify(card)).not.toContain('inc-2026')
})

it('a closed incident stays on the list and at home until its last notice is sent', () => {
  const story = begin()
  const at = '2026-11-21T03:50:00Z'
  story.act(at, 'LEE', assigned('privacy-officer', 'LEE'))
  story.act(at, 'LEE', event('incident.closed', { outcome: 'false-alarm', duplicateOf: null }))
  const from = overview([story], '2026-11-25T15:00:00Z')
  expect(cardText(homeCard(from), nameOf)).toContain(
    'inc-2026-0007 · lost or stolen device · closed: false alarm, still counting',
  )
  expect(cardText(listCard(from), nameOf)).toMatchInlineSnapshot(`
    "No open incidents.
    inc-2026-0007 · lost or stolen device · closed: false alarm, still counting
    You hold privacy officer
    Last day Tue 19 Jan 2027 · 55 days left — letters to individuals [Status]
    [Declare an incident] [Start a drill] [Is anything late?]"
  `)
  story.act(at, 'LEE', secured('full-disk encryption was on and the key is safe'))
  const after = overview([story], '2026-11-25T15:00:00Z')
  expect(cardText(listCard(after))).toContain('Closed: inc-2026-0007 (false alarm)')
  expect(cardText(homeCard(after))).not.toContain('inc-2026-0007')
})

it('the nearest last day stands first on the list and at home, and a drill after what is real', () => {
  const late = begin({ incident: 'inc-2026-0009' })
  const soon = begin({ incident: 'inc-2026-0008', noticedAt: '2026-11-10T15:00:00Z' })
  const drill = begin({ incident: 'inc-2026-0010', noticedAt: '2026-11-02T15:00:00Z', drill: true })
  const from = overview([drill, late, soon], '2026-11-25T15:00:00Z')
  const order = ['inc-2026-0008', 'inc-2026-0009', 'inc-2026-0010']
  expect(cardText(listCard(from)).match(/inc-\d{4}-\d{4}(?= ·)/g)).toEqual(order)
  for (const story of [drill, late, soon]) story.act('2026-11-21T03:50:00Z', 'LEE', joined('C1', 'LEE'))
  const home = homeCard(overview([drill, late, soon], '2026-11-25T15:00:00Z'))
  const [clocks = '', incidents = ''] = cardText(home).split('Your incidents')
  for (const part of [clocks, incidents]) expect(part.match(/inc-\d{4}-\d{4}(?= ·)/g)).toEqual(order)
})

it('an empty list teaches', () => {
  expect(cardText(listCard(overview([], '2026-11-25T15:00:00Z')))).toMatchInlineSnapshot(`
    "No open incidents.
    [Declare an incident] [Start a drill]"
  `)
})

it('home shows mine first', () => {
  const story = begin()
  story.act('2026-11-21T03:50:00Z', 'LEE', assigned('privacy-officer', 'LEE'))
  expect(cardText(homeCard(overview([story], '2026-11-25T15:00:00Z')), nameOf)).toMatchInlineSnapshot(`
    "Wardroom
    None of your clocks is late.
    Yours: 1 incident, 2 clocks, 4 open items.
    [Declare an incident] [Start a drill] [Is anything late?] [Help]
    Your clocks, the nearest first
    inc-2026-0007 · lost or stolen device
    Letters to individuals: last day Tue 19 Jan 2027 · 55 days left. You own it, not sent.
    Report to HHS, 500 or more (depends on how many): last day Tue 19 Jan 2027 · 55 days left. You own it, not sent. [Its clocks]
    Your items
    ○ inc-2026-0007 · D1 Record who first knew, when and how, and confirm the discovery date [Confirm discovery]
    ○ inc-2026-0007 · D6 List the systems, accounts, vendors and data touched; is ePHI or Part 2 data among it [Complete D6]
    ○ inc-2026-0007 · D7 Estimate the people affected, by State and by covered entity [Record affected people]
    ○ inc-2026-0007 · D11 Start the four-factor assessment; the presumption stands until it is signed [Answer the factors]
    Your incidents
    inc-2026-0007 · lost or stolen device · Detection & analysis
    You hold privacy officer
    Last day Tue 19 Jan 2027 · 55 days left — letters to individuals [Status]"
  `)
})
