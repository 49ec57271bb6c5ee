// The urgent telephone notice has no last day: its owner is reminded until it is recorded as sent, and no day is made up.
import { describe, expect, it } from 'vitest'
import { clockFacts } from '../../src/domain/clock-facts-of.ts'
import { delayInForce } from '../../src/domain/delay-in-force.ts'
import { dueEvents } from '../../src/domain/due.ts'
import { type Event, event } from '../../src/domain/events.ts'
import { incidentClocks } from '../../src/domain/incident-clocks.ts'
import { nextAtOnce } from '../../src/domain/reminders-at-once.ts'
import { defaultReminding } from '../../src/domain/reminding.ts'
import { cardText } from '../../src/views/card.ts'
import { lateCard } from '../../src/views/late.ts'
import { type begin, leeAnswers, organisation, type Story } from '../views/story.ts'

const CLOCK = 'hipaa.individual.urgent'
/** Saturday, 10:00 in New York. */
const T0 = '2026-11-21T15:00:00.000Z'
const later = (hours: number, seconds = 0) =>
  new Date(Date.parse(T0) + hours * 3_600_000 + seconds * 1000).toISOString()

const began = (at: string | null = T0) =>
  event('fact.recorded', { fact: 'started', value: { start: CLOCK, at }, before: null })
const sent = (on: string | null) =>
  event('fact.recorded', { fact: 'notified', value: { clock: CLOCK, on }, before: null })
const delay = (on: string, until: string) =>
  event('fact.recorded', { fact: 'delay', value: { kind: 'written', on, until }, before: null })
const unreached = (person: string) =>
  event('reminder.unreached', { person, code: 'deactivated', clocks: [CLOCK] })
const dueOf = ({ state }: Story) => incidentClocks(state, new Date(T0)).find(({ id }) => id === CLOCK)!.due!
const seen = (story: Story) => event('reminder.acknowledged', { clock: CLOCK, lastDay: dueOf(story) })
const snoozed = (story: Story, untilAt: string) =>
  event(
    'reminder.snoozed',
    { clock: CLOCK, lastDay: dueOf(story), untilOn: untilAt.slice(0, 10), untilAt },
    { reason: 'calling' },
  )

/** Lee owns it, Kim is their deputy, Dana commands, Ella is the sponsor. */
function underWay(options: Parameters<typeof begin>[0] = {}, commander = 'DANA'): Story {
  const story = leeAnswers(options, commander)
  story.act(T0, 'DANA', began())
  return story
}

type Step = [at: string, ...acts: (Event | ((story: Story) => Event))[]]
/** `[instant]` is looked at until nothing is left to say there; `[instant, …]` is recorded by Lee. */
function lived(story: Story, ...steps: readonly Step[]): string[] {
  return steps.flatMap(([at, ...acts]) => {
    if (acts.length > 0) {
      story.act(at, 'LEE', ...acts.map((act) => (typeof act === 'function' ? act(story) : act)))
      return []
    }
    const said: string[] = []
    for (let looks = 0; ; looks += 1) {
      if (looks > 5) throw new Error('it never comes to an end')
      const due = dueEvents(story.state, new Date(at))
        .filter((one) => one.kind === 'reminder.sent')
        .filter(({ data }) => data.clock === CLOCK)
      if (due.length === 0) return said
      story.act(at, '', ...due)
      said.push(
        ...due.map(({ data }) => `${data.offset.slice(0, 18)}/${data.step} ${data.to.join(' ')}`.trim()),
      )
    }
  })
}

describe('who hears of it, and when', () => {
  it.each<[string, Story, Step[], string[]]>([
    [
      'its owner at once and every four hours, night and day; unanswered, the others step by step, and who was asked last hears it again',
      underWay(),
      [0, 3.99, 4, 8, 12, 16, 20].map((hours): Step => [later(hours)]),
      [
        '+0h/0 LEE',
        '+4h/0 LEE',
        '+0h/1 KIM',
        '+8h/0 LEE KIM',
        '+0h/2 DANA',
        '+12h/0 LEE DANA',
        '+0h/3 ELLA',
        '+16h/0 LEE ELLA',
        '+20h/0 LEE ELLA',
      ],
    ],
    [
      'its owner alone once they said they saw it; unanswered again, the next after four hours',
      underWay(),
      [[later(0)], [later(1), seen], [later(4)], [later(8)]],
      ['+0h/0 LEE', '+4h/0 LEE', '+8h/0 LEE', '+4h/1 KIM'],
    ],
    [
      'nobody while it is snoozed; then its owner, and the escalation begins anew',
      underWay(),
      [
        [later(0)],
        [later(1), (story) => snoozed(story, later(6))],
        [later(4)],
        [later(5.9)],
        [later(6)],
        [later(8)],
        [later(10)],
      ],
      ['+0h/0 LEE', 'snoozed-2026-11-21/0 LEE', '+8h/0 LEE', 'snoozed-2026-11-21/1 KIM'],
    ],
    [
      'the next at once, where its owner has no account; and its owner no more until somebody answers',
      underWay(),
      [[later(0)], [later(0, 5), unreached('LEE')], [later(0, 6)], [later(4)], [later(5), seen], [later(8)]],
      ['+0h/0 LEE', '+0h/1 KIM', '+4h/0 KIM', '+8h/0 LEE'],
    ],
    [
      'all of them anew, where nobody had heard of it',
      underWay(),
      [
        [later(0)],
        ...['LEE', 'KIM', 'DANA', 'ELLA'].flatMap((person, at): Step[] => [
          [later(0, at * 2 + 1), unreached(person)],
          [later(0, at * 2 + 2)],
        ]),
        [later(4)],
      ],
      ['+0h/0 LEE', '+0h/1 KIM', '+0h/2 DANA', '+0h/3 ELLA', '+4h/0 LEE'],
    ],
    [
      'a commander who owns it is asked once',
      underWay({}, 'LEE'),
      [[later(0)], [later(4)], [later(8)], [later(12)]],
      ['+0h/0 LEE', '+4h/0 LEE', '+0h/1 KIM', '+8h/0 LEE KIM', '+0h/2 DANA', '+12h/0 LEE DANA', '+0h/3 ELLA'],
    ],
    ['the latest alone after two days in which nobody ran', underWay(), [[later(50)]], ['+48h/0 LEE']],
    [
      'nobody once it is recorded as sent; where that was a mistake it goes on where it was',
      underWay(),
      [[later(0)], [later(2), sent('2026-11-21')], [later(9)], [later(9.5), sent(null)], [later(10)]],
      ['+0h/0 LEE', '+8h/0 LEE', '+0h/1 KIM'],
    ],
    [
      'nobody once it is not so after all; anew where somebody finds that it is',
      underWay(),
      [[later(0)], [later(1), began(null)], [later(5)], [later(6), began()], [later(6, 1)]],
      ['+0h/0 LEE', '+0h/0 LEE'],
    ],
    [
      'no later for being recorded twice alike',
      underWay(),
      [[later(0)], [later(3), began()], [later(4)]],
      ['+0h/0 LEE', '+4h/0 LEE', '+0h/1 KIM'],
    ],
    [
      'nobody while a law-enforcement delay is in force, and its owner on the morning it ends',
      underWay(),
      [
        [later(0)],
        [later(2), delay('2026-11-21', '2026-11-25')],
        [later(4)],
        ['2026-11-25T12:59:59Z'],
        ['2026-11-25T13:00:00Z'],
        ['2026-11-25T17:00:00Z'],
      ],
      ['+0h/0 LEE', '+0h/0 LEE', '+4h/0 LEE', '+0h/1 KIM'],
    ],
    [
      'whoever was named for it since, and nobody who is kept out',
      underWay({ excluded: ['KIM'] }),
      [
        [later(0)],
        [later(1), event('notification.owned', { clock: CLOCK, person: 'MAX', previous: 'LEE' })],
        [later(4)],
      ],
      ['+0h/0 LEE', '+4h/0 MAX', '+0h/1', '+0h/2 DANA'],
    ],
  ])('%s', (_, story, steps, expected) => {
    const said = lived(story, ...steps)
    expect(said).toEqual(expected)
    // Every look that is due is one that was planned: nothing is left to the next passer-by.
    const at = new Date(steps.at(-1)![0])
    const next = nextAtOnce(story.state, at, defaultReminding)
    expect(next === null || next > at.getTime()).toBe(true)
  })

  it('wakes at each of its moments, in quiet hours too', () => {
    const story = underWay()
    story.act(
      '2026-11-21T15:01:00Z',
      'DANA',
      event('phase.entered', { phase: 'recovery', from: 'detection', early: false } as never),
    )
    const woken: string[] = []
    for (
      let at = new Date(T0);
      woken.length < 5;
      at = new Date(nextAtOnce(story.state, at, defaultReminding)!)
    ) {
      lived(story, [at.toISOString()])
      woken.push(at.toISOString())
    }
    expect(woken).toEqual([0, 4, 8, 12, 16].map((hours) => later(hours)))
  })
})

describe('what is said of it', () => {
  const told = (story: Story, at: string) =>
    cardText(
      story.card(
        'reminders',
        { person: 'LEE', on: at.slice(0, 10), with: ['last-days'] },
        { now: new Date(at) },
      ),
    )

  it('how long it is owed, and never a last day', () => {
    const story = underWay()
    lived(story, [later(0)], [later(4)])
    const text = told(story, later(6))
    expect(text).toContain(
      'urgent telephone notice · without delay, owed for 6 hours (since Sat 21 Nov 10:00)',
    )
    expect(text).toContain('Asked now: @KIM.')
    expect(text).toContain('[Seen; it stays owed]')
    expect(text.split('urgent')[1]).not.toContain('last day')
    const rooms = story.sent.filter(({ view }) => view === 'reminder-room')
    // Once it was said when it was recorded, the room hears of each step, and of the first reminder of a morning.
    expect(rooms).toHaveLength(1)
  })

  it('that calls wait for the end of a law-enforcement delay', () => {
    const story = underWay()
    story.act(later(2), 'LEE', delay('2026-11-21', '2026-11-25'))
    const text = story.text('clocks', {}, { now: new Date(later(3)) })
    expect(text).toContain('once the law-enforcement delay ends on Wed 25 Nov 2026: have it ready')
    expect(delayInForce(clockFacts(story.state), CLOCK, '2026-11-24' as never)?.until).toBe('2026-11-25')
    expect(delayInForce(clockFacts(story.state), CLOCK, '2026-11-25' as never)).toBeUndefined()
  })

  it('first, where somebody asks whether anything is late', () => {
    const story = underWay()
    const text = cardText(
      lateCard({
        visible: [story.state],
        organisation,
        now: new Date(later(6)),
        word: '/incident',
        person: 'LEE',
      }),
    )
    expect(text.split('\n').slice(0, 2)).toEqual([
      'Nothing is late, and one notice is owed at once.',
      '▲ inc-2026-0007, urgent telephone notice, without delay, owed for 6 hours (since Sat 21 Nov 10:00) — owner @LEE, not sent.',
    ])
  })

  it('to managers on the first morning no digest comes, and not again that day', () => {
    const telling = { announceChannels: {}, managersChannels: { slack: 'C8' }, pagerWebhook: false }
    const story = underWay({ telling })
    const before = story.sent.length
    // Saturday 14:00 to Sunday 14:00, by fours.
    for (const hours of [0, 4, 8, 12, 16, 20, 24, 28]) lived(story, [later(hours)])
    const posts = story.sent.slice(before).filter(({ verb }) => verb === 'managers')
    expect(posts.map(({ args }) => args.at)).toEqual([later(24)])
  })
})
