/** Every view in many states: nothing typed in a notification, nobody kept out as a target, and Slack's limits kept. */
import { expect, it } from 'vitest'
import { findCommand } from '../../src/commands/index.ts'
import { type Event, event } from '../../src/domain/events.ts'
import { kinds } from '../../src/domain/kinds.ts'
import { outcomes } from '../../src/domain/outcomes.ts'
import { phases } from '../../src/domain/phases.ts'
import { type Block, type Button, type Card, cardText, plain } from '../../src/views/card.ts'
import { homeCard, lateCard, listCard, views } from '../../src/views/index.ts'
import { at, crowded } from './crowded.ts'
import { begin, note, organisation, SECRET, type Story, secured } from './story.ts'

const change = { fact: 'chat-compromised', value: { compromised: true }, before: null } as const

const told: readonly (readonly [string, () => Story])[] = [
  ['an incident just declared', () => begin()],
  ['an incident whose room is not open', () => begin({ room: false })],
  ['a drill', () => begin({ drill: true })],
  ['a drill as full as one can get', () => crowded(begin({ drill: true }))],
  ['an incident as full as one can get', () => crowded(begin())],
  ['an incident that somebody is kept out of', () => crowded(begin({ excluded: ['PRIYA', 'KIM'] }))],
  ['a business associate', () => begin({ entityType: 'business_associate' })],
  ...kinds.map(({ id, label }) => [`the kind ${label}`, () => begin({ kind: id })] as const),
  ...phases.map(({ id, label }) => {
    const entered = event('phase.entered', { phase: id, from: 'detection', openRequired: [] })
    return [`the phase ${label}`, () => done(begin(), 'SAM', entered)] as const
  }),
  ...outcomes.map(({ id, label }) => {
    const closed = event('incident.closed', { outcome: id, duplicateOf: 'inc-2026-0003' }, { reason: SECRET })
    return [`the outcome ${label}`, () => done(begin(), 'LEE', closed)] as const
  }),
  ['clocks that ended', () => done(begin(), 'LEE', secured(SECRET))],
  ['a room that was lost', () => done(begin(), '', event('room.lost', { room: 'C1', why: 'archived' }))],
  [
    'a chat that is compromised',
    () => done(begin(), 'DANA', event('fact.recorded', change, { reason: SECRET })),
  ],
  [
    'an offer and untaken roles',
    () =>
      done(
        begin(),
        'SAM',
        event('role.offered', { role: 'scribe', from: 'SAM', to: 'LEE' }, { reason: SECRET }),
        event('role.escalated', { role: 'commander', step: 2, to: 'ELLA' }),
        event('role.escalated', { role: 'privacy-officer', step: 2, to: 'ELLA' }),
      ),
  ],
]

function done(story: Story, actor: string, ...events: Event[]): Story {
  story.act(at, actor, ...events)
  return story
}

/** Nothing, everything, and what was really sent. */
const argsFor = (story: Story, view: string): Readonly<Record<string, unknown>>[] => {
  const rows = story.sent.filter((row) => row.view === view).map(({ args }) => args)
  const base = { person: 'LEE', role: 'privacy-officer', from: 'SAM', by: 'SAM', who: 'MAX', joined: 'MAX' }
  const seq = story.state.decisions[0]?.seq ?? 1
  return [
    {},
    { ...base, on: '2027-01-10', seq, with: ['items', 'sheet'], why: 'guest', note },
    ...rows.slice(-4),
  ]
}

/** Each is told once: drawing changes nothing. */
const once = (make: () => Story) => {
  let story: Story | undefined
  return () => {
    story ??= make()
    return story
  }
}

const drawings = told.flatMap(([name, make]) => {
  const tell = once(make)
  return Object.keys(views).map((view) => [view, name, tell] as const)
})

/** The mark of every typed text, also where it was cut short. */
const typed = /Garcia|4411|scan/

it.each(drawings)(
  '%s of %s keeps what people typed out of its summary, and its limits',
  (view, _name, make) => {
    const story = make()
    for (const args of argsFor(story, view)) {
      const card = story.card(view, args)
      expect(card.summary).not.toMatch(typed)
      expect(card.summary.length).toBeGreaterThan(0)
      expect(card.summary).not.toMatch(/undefined|null|NaN|\[object/)
      expect(within(card)).toEqual([])
      const all = JSON.stringify(card)
      if (story.state.drill && all.includes('inc-2026')) expect(all).toContain('DRILL')
    }
  },
)

const sealedViews = [
  'closed',
  'decision',
  'clocks-moved',
  'clocks',
  'checklist',
  'status',
  'brief',
  'items',
  'reminders',
]

it('keeps what people typed out of every card but those of the room and of its holders', () => {
  const story = crowded(begin())
  for (const view of Object.keys(views).filter((each) => !sealedViews.includes(each)))
    for (const args of argsFor(story, view)) expect(JSON.stringify(story.card(view, args))).not.toMatch(typed)
})

it('keeps its limits over many incidents of one person', () => {
  const story = crowded(begin())
  const visible = Array.from({ length: 30 }, (_, at) => ({
    ...story.state,
    incident: `inc-2026-01${at + 10}`,
  }))
  const overview = {
    visible,
    organisation,
    now: new Date('2027-01-20T13:00:00Z'),
    word: '/incident',
    person: 'MAX',
  }
  for (const card of [homeCard(overview), listCard(overview), lateCard(overview)])
    expect(within(card)).toEqual([])
  const args = { person: 'LEE', on: '2027-01-10', with: ['items', 'sheet'] }
  expect(within(story.card('reminders', args, { others: visible }))).toEqual([])
})

it('names nobody who is kept out on a sheet or as the one to ask', () => {
  const story = begin({ excluded: ['DANA', 'LEE'] })
  for (const view of ['status', 'sheet', 'escalation', 'ask-role', 'clocks', 'announcement', 'notice'])
    for (const role of ['commander', 'privacy-officer'])
      expect(JSON.stringify(story.card(view, { person: 'ELLA', role }))).not.toMatch(/DANA|LEE/)
})

/** What Slack would refuse or cut, in words. */
function within(card: Card): string[] {
  const { blocks } = card
  const wrong: string[] = []
  if (cardText(card).length > 11_500) wrong.push(`${cardText(card).length} characters`)
  if (blocks.length > 45) wrong.push(`${blocks.length} blocks`)
  for (const block of blocks) {
    for (const line of linesOf(block)) if (line.length > 2800) wrong.push(`a line of ${line.length}`)
    for (const text of linesOf(block))
      if (/undefined|\bNaN\b|\[object/.test(text)) wrong.push(`said ${text.slice(0, 80)}`)
    if (block.kind === 'buttons' && block.buttons.length > 5) wrong.push(`${block.buttons.length} buttons`)
    for (const button of buttonsOf(block)) {
      if (!findCommand(button.line.split(' ')[0] ?? '')) wrong.push(`${button.line} is no command`)
      if (button.label.length > 40) wrong.push(`a button called ${button.label}`)
      if (/^(list|late|help|clocks all|declare|declare drill)$/.test(button.line)) continue
      if (!button.incident) wrong.push(`${button.line} names no incident`)
      if (typed.test(button.line)) wrong.push('a typed text in a button')
    }
  }
  return wrong
}

const linesOf = (block: Block): string[] => {
  if (block.kind === 'title') return [block.text]
  if (block.kind === 'lines' || block.kind === 'quiet') return block.lines.map((line) => plain(line))
  return block.kind === 'facts' ? block.rows.map(({ value }) => plain(value)) : []
}

const buttonsOf = (block: Block): readonly Button[] => {
  if (block.kind === 'buttons') return block.buttons
  return block.kind === 'lines' && block.button ? [block.button] : []
}

it('draws every view where all that was sealed is gone', () => {
  const story = crowded(begin())
  story.texts.clear()
  for (const view of Object.keys(views))
    for (const args of argsFor(story, view)) {
      const card = story.card(view, args)
      expect(within(card)).toEqual([])
      expect(cardText(card)).not.toMatch(/undefined|null|NaN|\[object/)
    }
})
