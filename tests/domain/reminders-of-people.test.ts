// Whom reminders go to and when, as the people, the facts and the last days around them change.
import { describe, expect, it } from 'vitest'
import { dueEvents } from '../../src/domain/due.ts'
import { type Event, event } from '../../src/domain/events.ts'
import type { FactValue } from '../../src/domain/facts.ts'
import { cardText } from '../../src/views/card.ts'
import { roomReminderCard } from '../../src/views/reminders.ts'
import { discovered, leeAnswers, organisation, type Story } from '../views/story.ts'

const CLOCK = 'hipaa.individual'

const fact = (name: 'delay' | 'notified' | 'phi', value: FactValue) =>
  event('fact.recorded', { fact: name, value, before: null })
const seen = (lastDay = '2027-01-19') => event('reminder.acknowledged', { clock: CLOCK, lastDay })
const snoozed = (untilOn: string, lastDay = '2027-01-19') =>
  event('reminder.snoozed', { clock: CLOCK, lastDay, untilOn }, { reason: 'the printer' })
const owned = (person: string) => event('notification.owned', { clock: CLOCK, person, previous: 'LEE' })
const unreached = (person: string) =>
  event('reminder.unreached', { person, code: 'blocked', clocks: [CLOCK] })

/** What is said of the letters when the tick looks at this instant; it is on the record afterwards. */
function look(story: Story, at: string, of = CLOCK): string[] {
  const due = dueEvents(story.state, new Date(at)).filter(({ kind }) => kind === 'reminder.sent')
  if (due.length > 0) story.act(at, '', ...due)
  return due.flatMap((one) =>
    one.kind === 'reminder.sent' && one.data.clock === of
      ? [`${one.data.offset.split('Z')[0]!.slice(0, 8)}/${one.data.step} ${one.data.to.join(' ')}`.trim()]
      : [],
  )
}

type Step = [at: string, ...Event[]]
/** `[instant]` is looked at; `[instant, …]` is recorded by Lee. */
function lived(story: Story, ...steps: readonly Step[]): string[] {
  return steps.flatMap(([at, ...events]) => {
    if (events.length === 0) return look(story, at)
    story.act(at, 'LEE', ...events)
    return []
  })
}

describe('who is told', () => {
  it.each<[string, Story, Step[], string[]]>([
    [
      'a new owner from then on, in an escalation under way too: whoever they took it from stands in',
      leeAnswers(),
      [
        ['2026-12-20T13:00:00Z'],
        ['2026-12-20T14:00:00Z', owned('SAM')],
        ['2026-12-21T13:00:00Z'],
        ['2027-01-05T13:00:00Z'],
      ],
      ['30/0 LEE', '30/1 KIM', '14/0 SAM'],
    ],
    [
      'an owner who stands in for themselves is not asked twice: the next is',
      leeAnswers(),
      [
        ['2026-12-20T12:00:00Z', owned('KIM')],
        ['2026-12-20T13:00:00Z'],
        ['2026-12-21T13:00:00Z'],
        ['2026-12-22T13:00:00Z'],
      ],
      ['30/0 KIM', '30/1 LEE', '30/2 DANA'],
    ],
    [
      'a commander who owns it is named once, and their place in the escalation goes to whom the roster names',
      leeAnswers({}, 'LEE'),
      [
        ['2027-01-16T13:00:00Z'],
        ['2027-01-16T17:00:00Z'],
        ['2027-01-16T21:00:00Z'],
        ['2027-01-17T01:00:00Z'],
      ],
      ['3/0 LEE ELLA', '3/1 KIM', '3/2 DANA', '3/3 ELLA'],
    ],
    [
      'nobody who is kept out, though they hold everything',
      leeAnswers({ excluded: ['LEE', 'KIM'] }),
      [['2026-12-20T13:00:00Z'], ['2026-12-21T13:00:00Z'], ['2026-12-23T13:00:00Z']],
      ['30/0 DANA', '30/1', '30/2 PRIYA', '30/3 ELLA'],
    ],
    [
      'somebody unreachable only once: the next offset tries them anew',
      leeAnswers(),
      [
        ['2026-12-20T13:00:00Z'],
        ['2026-12-20T13:00:05Z', unreached('LEE')],
        ['2026-12-20T13:00:06Z'],
        ['2027-01-05T13:00:00Z'],
      ],
      ['30/0 LEE', '30/1 KIM', '14/0 LEE'],
    ],
  ])('%s', (_, story, steps, expected) => expect(lived(story, ...steps)).toEqual(expected))
})

describe('an acknowledgement', () => {
  it.each<[string, Step[], string[]]>([
    [
      'ends the escalation and no reminder',
      [
        ['2026-12-20T13:00:00Z'],
        ['2026-12-20T14:00:00Z', seen()],
        ['2026-12-21T13:00:00Z'],
        ['2027-01-05T13:00:00Z'],
      ],
      ['30/0 LEE', '14/0 LEE'],
    ],
    [
      'of the last day before it moved says nothing of the one after',
      [
        ['2026-12-20T13:00:00Z'],
        ['2026-12-20T14:00:00Z', seen()],
        ['2026-12-20T15:00:00Z', discovered('2026-11-17', true, '2026-12-20T15:00:00Z', 'the log')],
        ['2026-12-20T15:00:01Z'],
        ['2026-12-21T15:00:01Z'],
      ],
      ['30/0 LEE', 'appeared/0 LEE DANA ELLA', 'appeared/1 KIM'],
    ],
    [
      'before the reminder is of the one before it',
      [['2026-12-20T12:00:00Z', seen()], ['2026-12-20T13:00:00Z'], ['2026-12-21T13:00:00Z']],
      ['30/0 LEE', '30/1 KIM'],
    ],
  ])('%s', (_, steps, expected) => expect(lived(leeAnswers(), ...steps)).toEqual(expected))
})

describe('a last day that moves', () => {
  const earlier = discovered('2026-11-10', true, '2026-12-28T15:00:00Z', 'the log')
  const back = discovered('2026-11-20', true, '2026-12-29T15:00:00Z', 'it was another laptop')
  it.each<[string, Step[], string[]]>([
    [
      'nearer within a snooze ends the snooze, and is told of at once',
      [
        ['2026-12-20T13:00:00Z'],
        ['2026-12-21T13:00:00Z', snoozed('2027-01-15')],
        ['2026-12-28T15:00:00Z', earlier],
        ['2026-12-28T15:00:01Z'],
        // 9 January now: 7 days before it, on it, and after it.
        ['2027-01-02T13:00:00Z'],
        ['2027-01-09T13:00:00Z'],
      ],
      ['30/0 LEE', 'appeared/0 LEE DANA ELLA', '7/0 LEE', '0/0 LEE DANA ELLA'],
    ],
    [
      'back to where it stood is told of again, and a snooze from before it moved holds nothing',
      [
        ['2026-12-20T13:00:00Z'],
        ['2026-12-21T13:00:00Z', snoozed('2027-01-15')],
        ['2026-12-28T15:00:00Z', earlier],
        ['2026-12-28T15:00:01Z'],
        ['2026-12-29T15:00:00Z', back],
        ['2026-12-29T15:00:01Z'],
        ['2026-12-29T15:00:02Z'],
        ['2027-01-05T13:00:00Z'],
      ],
      ['30/0 LEE', 'appeared/0 LEE DANA ELLA', 'appeared/0 LEE DANA ELLA', '14/0 LEE'],
    ],
    [
      'there and back, and there and back again, is told of each time',
      ['28', '29', '30', '31'].flatMap((day, at): Step[] => [
        [`2026-12-${day}T15:00:00Z`, at % 2 === 0 ? earlier : back],
        [`2026-12-${day}T15:00:01Z`],
        [`2026-12-${day}T15:00:02Z`],
      ]),
      Array.from({ length: 4 }, () => 'appeared/0 LEE DANA ELLA'),
    ],
  ])('%s', (_, steps, expected) => expect(lived(leeAnswers(), ...steps)).toEqual(expected))
})

describe('a snooze', () => {
  it('ends on the last day at the latest, and the deadline’s own reminders come then', () => {
    const steps: Step[] = [
      ['2026-12-20T13:00:00Z'],
      ['2026-12-21T13:00:00Z', snoozed('2027-01-19')],
      ['2027-01-16T13:00:00Z'],
      ['2027-01-18T23:00:00Z'],
      ['2027-01-19T13:00:00Z'],
      ['2027-01-20T13:00:00Z'],
    ]
    expect(lived(leeAnswers(), ...steps)).toEqual(['30/0 LEE', '0/0 LEE DANA ELLA', '-1/0 LEE DANA ELLA'])
  })

  it('ends the escalation too: whoever snoozed it, with a reason, saw it', () => {
    const steps: Step[] = [
      ['2026-12-20T13:00:00Z'],
      ['2026-12-20T14:00:00Z', snoozed('2027-01-10')],
      ['2026-12-21T13:00:00Z'],
    ]
    expect(lived(leeAnswers(), ...steps)).toEqual(['30/0 LEE'])
  })
})

describe('what is reminded of', () => {
  it('in an exercise, until it is over', () => {
    const drill = leeAnswers({ drill: true })
    expect(look(drill, '2026-12-20T13:00:00Z')).toEqual(['30/0 LEE'])
    drill.act(
      '2026-12-21T13:00:00Z',
      'DANA',
      event('incident.closed', { outcome: 'drill', duplicateOf: null }),
    )
    expect(look(drill, '2027-01-19T13:00:00Z')).toEqual([])
  })

  it('in a closed incident, until it is sent: those who manage hear too', () => {
    const closed = leeAnswers()
    const closing = event('incident.closed', { outcome: 'breach-notified', duplicateOf: null })
    closed.act('2026-12-01T13:00:00Z', 'DANA', closing)
    expect(look(closed, '2026-12-20T13:00:00Z')).toEqual(['30/0 LEE DANA ELLA'])
    closed.act('2026-12-22T13:00:00Z', 'LEE', fact('notified', { clock: CLOCK, on: '2026-12-22' }))
    expect(look(closed, '2027-01-19T13:00:00Z')).toEqual([])
  })

  it('under a law-enforcement delay, the day it ends on, and that nothing goes out before', () => {
    const story = leeAnswers()
    story.act(
      '2026-12-02T13:00:00Z',
      'LEE',
      fact('delay', { kind: 'written', on: '2026-12-02', until: '2027-03-15' }),
    )
    expect(look(story, '2027-01-19T13:00:00Z')).toEqual([])
    expect(look(story, '2027-02-13T13:00:00Z')).toEqual(['30/0 LEE'])
    const card = (now: string) =>
      cardText(
        roomReminderCard(
          { state: story.state, organisation, now: new Date(now), word: '/incident' },
          { on: now.slice(0, 10) },
        ),
      )
    expect(card('2027-02-13T13:00:05Z')).toContain(
      'Law-enforcement delay until Mon 15 Mar 2027: have it ready, and send nothing before it ends.',
    )
    expect(look(story, '2027-03-15T12:00:00Z')).toEqual(['0/0 LEE DANA ELLA'])
    expect(card('2027-03-15T12:00:05Z')).not.toContain('Law-enforcement delay')
  })

  it('of what was sent by mistake, at the next look', () => {
    const story = leeAnswers()
    story.act('2027-01-04T13:00:00Z', 'LEE', fact('notified', { clock: CLOCK, on: '2027-01-04' }))
    expect(look(story, '2027-01-12T13:00:00Z')).toEqual([])
    story.act('2027-01-13T15:00:00Z', 'LEE', fact('notified', { clock: CLOCK, on: null }))
    expect(look(story, '2027-01-13T15:00:01Z')).toEqual(['7/0 LEE'])
  })
})
