/** The cards of the room, as a person reads them. */
import { expect, it } from 'vitest'
import { event } from '../../src/domain/events.ts'
import type { PhaseId } from '../../src/domain/phases.ts'
import { cardText } from '../../src/views/card.ts'
import { statusCard } from '../../src/views/status.ts'
import type { Text } from '../../src/views/view.ts'
import {
  affected,
  assigned,
  begin,
  decided,
  discovered,
  fridayNight,
  joined,
  nameOf,
  opened,
  organisation,
  secured,
} from './story.ts'

it('opens with what is kept and what to write', () => {
  expect(begin().text('notice')).toMatchInlineSnapshot(`
    "inc-2026-0007 · lost or stolen device
    Everything said here is recorded — edits, deletions and files too — and kept at least six years.
    Write facts, not guesses. No patient names: use record numbers only if you must.
    For legal advice, ask counsel: Cara Webb.
    Record key 3F9A…C21D · Checkpoint key 77B0…41E2"
  `)
})

it('shows who leads, what is next and the next last day at first', () => {
  const story = begin({ drill: true })
  story.act('2026-11-21T03:53:00Z', 'LEE', assigned('privacy-officer', 'LEE'))
  expect(story.text('status')).toMatchInlineSnapshot(`
    "inc-2026-0007 · lost or stolen device · DRILL
    Detection & analysis since Fri 20 Nov 22:41
    Commander  ▲ nobody yet — Dana Reyes is asked first [I lead this]
    Privacy  Lee Chan
    Next  Record who first knew, when and how, and confirm the discovery date (D1) [Confirm discovery]
    Last day: Tue 19 Jan 2027 · 60 days left — letters to individuals
    Open items: 5 required · 9 of 11 in this phase
    Roles open: incident commander, detection lead, clinical lead
    Coverage: complete
    Last change: Lee Chan took privacy officer, Fri 20 Nov 22:53
    [Assign a role] [Checklist] [Clocks] [Record a decision] [Next phase]"
  `)
})

it('shows whom to phone once a needed role stayed untaken', () => {
  const story = begin()
  story.act('2026-11-21T03:56:00Z', '', event('role.escalated', { role: 'commander', step: 1, to: 'PRIYA' }))
  expect(story.text('status')).toMatchInlineSnapshot(`
    "inc-2026-0007 · lost or stolen device
    Detection & analysis since Fri 20 Nov 22:41
    Commander  ▲ nobody yet — Dana Reyes is asked first
    Phone Dana Reyes: +1 555 0101; then Priya Nair: +1 555 0201 [I lead this]
    Privacy  ▲ nobody yet — Lee Chan is asked first
    Next  Record who first knew, when and how, and confirm the discovery date (D1) [Confirm discovery]
    Last day: Tue 19 Jan 2027 · 60 days left — letters to individuals
    Open items: 5 required · 9 of 11 in this phase
    Roles open: incident commander, privacy officer, detection lead, clinical lead
    Coverage: complete
    Last change: Sam Okafor declared, Fri 20 Nov 22:41
    [Assign a role] [Checklist] [Clocks] [Record a decision] [Next phase]"
  `)
})

it('whom to phone is whoever is asked first and who stands in, by any number the roster has of them', () => {
  const story = begin()
  story.act('2026-11-21T03:56:00Z', '', event('role.escalated', { role: 'commander', step: 1, to: 'PRIYA' }))
  const { commander, counsel } = organisation.roster
  const roster = { commander: { ...commander!, deputy: 'CARA' }, counsel: counsel! }
  const told = (seq: number): Text => (seq === 1 ? { phone: '555 0101' } : { phone: '555 0103' })
  const card = statusCard({
    ...{ state: story.state, organisation: { ...organisation, roster }, now: new Date(fridayNight) },
    ...{ word: '/incident', text: () => ({}), organisationText: told },
  })
  expect(cardText(card, nameOf)).toContain('Phone Dana Reyes: 555 0101; then Cara Webb: 555 0103')
})

it('says of somebody outside the team what its owner can do, and names no code', () => {
  const story = begin({ platform: 'teams' })
  const failed = { step: 'invite MAX', code: 'not_in_team', person: 'MAX' }
  story.act('2026-11-21T03:50:00Z', '', event('room.nicety_failed', failed))
  expect(story.text('status')).toContain(
    '▲ Not in the team that sees this room: Max Bauer. An owner of the team can add them.',
  )
  expect(story.text('status')).not.toContain('not_in_team')
})

it('calls the people in by name where nobody is invited', () => {
  const called = (platform: 'slack' | 'teams') => {
    const story = begin({ platform, excluded: ['PRIYA'] })
    for (const person of ['SAM', 'DANA', 'PRIYA', 'MAX'])
      story.act('2026-11-21T03:50:00Z', '', joined('C1', person))
    return story.text('notice').match(/Called here.*/)?.[0]
  }
  expect(called('teams')).toBe('Called here: Sam Okafor, Dana Reyes')
  expect(called('slack')).toBeUndefined()
})

it('tells who could not be invited until they are in, asks nobody to let a guest in, and forgets another room', () => {
  const story = begin()
  const at = '2026-11-21T03:50:00Z'
  const failed = (step: string, code: string) =>
    event('room.nicety_failed', { step, code, person: step.split(' ')[1] ?? null })
  story.act(
    at,
    '',
    ...[failed('invite MAX', 'not_allowed'), failed('invite KIM', 'guest')],
    ...[failed('invite ELLA', 'deactivated'), failed('pin', 'too_many_pins')],
  )
  const told = () => story.text('status').match(/▲ (?:Not invited|Slack).*/g)
  expect(told()).toEqual([
    '▲ Not invited: Max Bauer (not_allowed). Add them yourself.',
    '▲ Not invited: Ella Stone has no account here any more.',
    '▲ Slack did not allow: pin (too_many_pins).',
  ])
  story.act(at, 'MAX', joined('C1', 'MAX'))
  expect(told()).not.toContain('▲ Not invited: Max Bauer (not_allowed). Add them yourself.')
  story.act('2026-11-21T03:55:00Z', '', opened('C2', 'inc-2026-0007-b'))
  expect(told()).toBeNull()
})

it('an item left behind is completed by its own button: a decision of another phase is no containment strategy', () => {
  const story = begin()
  const move = (phase: PhaseId, from: PhaseId) =>
    story.act('2026-11-21T04:10:00Z', 'PRIYA', event('phase.entered', { phase, from, openRequired: [] }))
  move('containment', 'detection')
  expect(story.text('checklist', { phase: 'containment' })).toContain(
    'keep: the decision entry [Record a decision]',
  )
  move('eradication', 'containment')
  expect(story.text('checklist', { phase: 'containment' })).toContain(
    'keep: the decision entry [Complete C1]',
  )
})

it('shows both days of HHS while nobody knows the count, and asks', () => {
  expect(begin().text('clocks')).toMatchInlineSnapshot(`
    "Clocks — counted from Fri 20 Nov 2026 (provisional, by Sam Okafor; confirm it) [Confirm discovery]
    Letters to individuals  last day Tue 19 Jan 2027 · 60 days left · target Mon 4 Jan · 45 CFR 164.404
    Report to HHS  depends on how many: 500 or more → Tue 19 Jan 2027; fewer → Mon 1 Mar 2027 · 45 CFR 164.408
    Plan for the earlier: last day Tue 19 Jan 2027 · 60 days left
    Who knows the count? [Record affected people]
    Notice to the media  only if more than 500 live in one State — not known yet; then Tue 19 Jan 2027 · 45 CFR 164.406
    Lee Chan answers for these. Days are of America/New_York. Clocks never wait for a phase or for closing.
    [Mark sent…] [Notifications] [Draw it in the room] [Is anything late?]"
  `)
})

it('shows a clock that ended struck through, with who, when and why', () => {
  const story = begin()
  story.act('2026-11-22T15:00:00Z', 'LEE', discovered(fridayNight, true, fridayNight))
  story.act('2026-11-22T16:00:00Z', 'LEE', secured('full-disk encryption was on and the key is safe'))
  expect(story.text('clocks')).toMatchInlineSnapshot(`
    "Clocks — counted from Fri 20 Nov 2026 (confirmed by Lee Chan)
    ~Letters to individuals, last day Tue 19 Jan 2027~
    ended Sun 22 Nov 11:00 by Lee Chan — full-disk encryption was on and the key is safe
    ~Report to HHS, 500 or more, last day Tue 19 Jan 2027~
    ended Sun 22 Nov 11:00 by Lee Chan — full-disk encryption was on and the key is safe
    ~Annual report to HHS, fewer than 500, last day Mon 1 Mar 2027~
    ended Sun 22 Nov 11:00 by Lee Chan — full-disk encryption was on and the key is safe
    Not owed: notice to the media — the PHI was secured.
    Lee Chan answers for these. Days are of America/New_York. Clocks never wait for a phase or for closing.
    [Notifications] [Is anything late?]"
  `)
})

it('shows the States of the media notice, and a notice that went out with days to spare', () => {
  const story = begin()
  story.act('2026-11-22T16:00:00Z', 'LEE', affected(612, { TX: 501, OK: 111 }))
  story.act(
    '2027-01-11T15:00:00Z',
    'LEE',
    event('fact.recorded', {
      fact: 'notified',
      value: { clock: 'hipaa.individual', on: '2027-01-11' },
      before: null,
    }),
  )
  expect(story.text('clocks')).toMatchInlineSnapshot(`
    "Clocks — counted from Fri 20 Nov 2026 (provisional, by Sam Okafor; confirm it) [Confirm discovery]
    Report to HHS, 500 or more  last day Mon 11 Jan 2027 · last day today · target Mon 4 Jan · 45 CFR 164.408
    Notice to the media (TX)  last day Tue 19 Jan 2027 · 8 days left · target Mon 4 Jan · 45 CFR 164.406
    ~Annual report to HHS, fewer than 500, last day Mon 1 Mar 2027~
    ended Sun 22 Nov 11:00 by Lee Chan — 500 or more people are affected
    ✓ Letters to individuals — sent Mon 11 Jan 2027, 8 days to spare, no proof yet · 45 CFR 164.404
    ▲ State law is not switched on here for TX, OK (ORG_REGIMES): ask counsel.
    Lee Chan answers for these. Days are of America/New_York. Clocks never wait for a phase or for closing.
    [Mark sent…] [Notifications] [Draw it in the room] [Is anything late?]"
  `)
})

it('shows a business associate its one clock', () => {
  expect(begin({ entityType: 'business_associate' }).text('clocks')).toMatchInlineSnapshot(`
    "Clocks — counted from Fri 20 Nov 2026 (provisional, by Sam Okafor; confirm it) [Confirm discovery]
    Notice to the covered entity  last day Tue 19 Jan 2027 · 60 days left · target Mon 4 Jan · 45 CFR 164.410
    Lee Chan answers for these. Days are of America/New_York. Clocks never wait for a phase or for closing.
    [Mark sent…] [Notifications] [Draw it in the room] [Is anything late?]"
  `)
})

it('lists what is open first, each with its own button, and what is settled last', () => {
  const story = begin()
  story.act(
    '2026-11-21T04:10:00Z',
    'SAM',
    event('item.completed', { item: 'D6', by: 'person', occurredAt: '2026-11-21T04:00:00Z' }),
    event('item.skipped', { item: 'D12' }),
    event('item.added', { item: 'A1', phase: 'detection', role: 'scribe' }, { title: 'Call the night desk' }),
  )
  expect(story.text('checklist', { phase: 'detection' })).toMatchInlineSnapshot(`
    "Detection & analysis · inc-2026-0007
    4 required open · 8 of 12 open
    ○ D1 Record who first knew, when and how, and confirm the discovery date
    required · privacy officer (nobody yet) · keep: the signed discovery entry [Confirm discovery]
    ○ D7 Estimate the people affected, by State and by covered entity
    required · privacy officer (nobody yet) · keep: the count and how it was made [Record affected people]
    ○ D8 Establish whether the data was encrypted and the keys safe
    required · detection lead (nobody yet) · keep: proof of the encryption state and of the keys [Record encryption]
    ○ D11 Start the four-factor assessment; the presumption stands until it is signed
    required · privacy officer (nobody yet) · keep: the draft assessment [Answer the factors]
    ○ D2 Triage the report: is it an incident at all
    detection lead (nobody yet) · keep: the triage note [Complete D2]
    ○ D5 Set kind and severity by function, information and recoverability
    incident commander (nobody yet) · keep: the reason for the severity [Set severity]
    ○ D10 Escalate to privacy, counsel and leadership; tell the insurer
    incident commander (nobody yet) · keep: who was told and when [Complete D10]
    ○ A1 Call the night desk
    scribe (nobody yet) [Complete A1]
    ✓ D3 Declare and open the record — Sam Okafor, Fri 20 Nov 22:41
    ✓ D4 Start the evidence log — Sam Okafor, Fri 20 Nov 22:41
    ✓ D6 List the systems, accounts, vendors and data touched; is ePHI or Part 2 data among it — Sam Okafor, Fri 20 Nov 23:10 (late entry: Fri 20 Nov 23:00)
    – skipped: D12 Check patient safety and downtime procedures — Sam Okafor, Fri 20 Nov 23:10
    [Skip an item] [Add an item] [Move to Containment]"
  `)
})

it('says how a phase was entered and what is still required from the one before', () => {
  const story = begin()
  const move = {
    phase: 'containment',
    from: 'detection',
    openRequired: ['D1', 'D6', 'D7', 'D8', 'D11'],
  } as const
  story.act('2026-11-21T04:10:00Z', 'PRIYA', event('phase.entered', move))
  expect(story.text('checklist', { phase: 'containment' })).toMatchInlineSnapshot(`
    "Containment · inc-2026-0007
    Priya Nair moved here from Detection & analysis, Fri 20 Nov 23:10.
    Still required from Detection & analysis: D1, D6, D7, D8, D11.
    2 required open · 7 of 7 open
    ○ C1 Choose a containment strategy and record why
    required · incident commander (nobody yet) · keep: the decision entry [Record a decision]
    ○ C2 Preserve memory, disks, logs, configurations and communications before changing anything
    required · containment lead (nobody yet) · keep: the custody form; hashes of the logs, configurations and communications preserved [Complete C2]
    ○ C4 Disable or reset compromised accounts, tokens and keys
    containment lead (nobody yet) · keep: the list of accounts [Complete C4]
    ○ C8 Recover or secure the disclosed data; get written assurances
    privacy officer (nobody yet) · keep: the assurance letters [Complete C8]
    ○ C9 Place a legal hold on records, including this room
    legal counsel (nobody yet) · keep: the hold notice; the logs, configurations and communications it covers [Complete C9]
    ○ C10 Report the crime to the police; ask for any delay in writing with a date
    legal counsel (nobody yet) · keep: the report number and the statement [Complete C10]
    ○ C12 Tell vendors and upstream covered entities, or demand notice of them
    privacy officer (nobody yet) · keep: the letters and their times [Complete C12]
    [Skip an item] [Add an item] [Move to Eradication]"
  `)
})

it('a phase jumped over is not forgotten: what it still requires is named too, and going back names only where one came from', () => {
  const story = begin()
  const move = (phase: PhaseId, from: PhaseId) =>
    story.act('2026-11-21T04:10:00Z', 'PRIYA', event('phase.entered', { phase, from, openRequired: [] }))
  move('eradication', 'detection')
  expect(story.text('checklist', { phase: 'eradication' })).toContain(
    'Still required from earlier phases: D1, D6, D7, D8, D11, C1, C2.',
  )
  move('detection', 'eradication')
  expect(story.text('checklist', { phase: 'detection' })).toContain('Still required from Eradication: E1.')
})

it('shows a decision with its reason, its decider and its recorder', () => {
  const story = begin()
  story.act(
    '2026-11-21T04:06:00Z',
    'SAM',
    event(
      'decision.recorded',
      { number: 4, message: null, byPerson: 'PRIYA', occurredAt: '2026-11-21T04:00:00Z' },
      {
        what: 'Wipe the laptop remotely now.',
        why: 'BitLocker state unknown, device last seen online 22:10.',
      },
    ),
  )
  const row = story.sent.find(({ view }) => view === 'decision')!
  expect(story.text('decision', row.args)).toMatchInlineSnapshot(`
    "Decision 4 — Wipe the laptop remotely now.
    Why: BitLocker state unknown, device last seen online 22:10.
    Decided by Priya Nair, Fri 20 Nov 23:00 · recorded Fri 20 Nov 23:06 by Sam Okafor · late entry · entry 6
    [Correct]"
  `)
})

it('shows a last day that moved: before, after, the day to post by, who and why', () => {
  const story = begin()
  const on = '2026-11-18'
  story.act(
    '2026-11-23T15:00:00Z',
    'LEE',
    discovered(on, true, fridayNight, 'the help-desk ticket is from the 18th'),
  )
  const row = story.sent.find(({ view }) => view === 'clocks-moved')!
  expect(story.text('clocks-moved', row.args)).toMatchInlineSnapshot(`
    "Letters to individuals: last day Tue 19 Jan 2027 → Sun 17 Jan 2027 (post by Fri 15 Jan).
    Report to HHS, 500 or more: last day Tue 19 Jan 2027 → Sun 17 Jan 2027 (post by Fri 15 Jan).
    Lee Chan changed discovery from Fri 20 Nov to Wed 18 Nov 2026: the help-desk ticket is from the 18th
    [Clocks]"
  `)
})

it('says that closing stops no clock', () => {
  const story = begin()
  story.act(
    '2026-11-30T15:00:00Z',
    'LEE',
    event('incident.closed', { outcome: 'breach-notified', duplicateOf: null }),
  )
  expect(story.text('closed')).toMatchInlineSnapshot(`
    "Lee Chan closed inc-2026-0007: breach notified.
    A breach of unsecured PHI; the notices are sent or under way.
    Closing stops no clock. Still counting:
    Letters to individuals: last day Tue 19 Jan 2027 · 50 days left
    Report to HHS, 500 or more: last day Tue 19 Jan 2027 · 50 days left
    Annual report to HHS, fewer than 500: last day Mon 1 Mar 2027 · 91 days left
    Reminders go on to Lee Chan.
    Closed Mon 30 Nov 10:00 · what is said here is still recorded · 45 CFR 164.404–408
    [Reopen] [Clocks]"
  `)
  expect(story.text('status')).toMatchInlineSnapshot(`
    "inc-2026-0007 · lost or stolen device
    Closed: breach notified — by Lee Chan, Mon 30 Nov 10:00. Clocks and the record go on.
    Last day: Tue 19 Jan 2027 · 50 days left — letters to individuals
    Coverage: complete
    Last change: Lee Chan closed, Mon 30 Nov 10:00
    [Reopen] [Clocks] [Record a note]"
  `)
})

it('keeps a decision readable once its words were disposed of', () => {
  const story = begin()
  story.act('2026-11-21T04:06:00Z', 'SAM', decided(1, 'x', 'y'))
  story.texts.clear()
  expect(story.text('decision', { seq: story.state.decisions[0]!.seq })).toContain(
    '(the words are no longer kept)',
  )
})

it('tells the room that a notice went out, in time or late, and that it did not after all', () => {
  const story = begin()
  const sent = (on: string | null) =>
    story.act('2027-01-22T15:00:00Z', 'LEE', {
      ...event('fact.recorded', {
        ...{ fact: 'notified', value: { clock: 'hipaa.individual', on }, before: null },
      }),
    })
  const said = (on: string | null) => {
    const row = sent(on).find(({ view }) => view === 'notice-sent')!
    return story.text(row.view, row.args)
  }
  expect(said('2027-01-16')).toContain(
    '✓ Letters to individuals went out Sat 16 Jan 2027, 3 days before its last day.',
  )
  expect(said('2027-01-19')).toContain('on its last day')
  expect(said('2027-01-20')).toContain('1 day after its last day')
  expect(said(null)).toContain(
    '▲ Letters to individuals did not go out after all; it was recorded by mistake.',
  )
})

it('says in the room why it was closed, and nowhere else', () => {
  const story = begin()
  const closing = event(
    'incident.closed',
    { outcome: 'false-alarm', duplicateOf: null },
    { reason: 'found in the boot' },
  )
  story.act('2026-11-21T05:00:00Z', 'DANA', closing)
  expect(story.text('closed')).toContain('Why: found in the boot')
  expect(story.card('closed').summary).not.toContain('boot')
})
