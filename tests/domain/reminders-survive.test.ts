// Other ways in which a reminder might die: a day, a person or a clock changes under it. Each is lived through here.
import { describe, expect, it } from 'vitest'
import { dueEvents } from '../../src/domain/due.ts'
import { type Event, event } from '../../src/domain/events.ts'
import { leeAnswers, type Story } from '../views/story.ts'

const CLOCK = 'hipaa.individual'
const snoozed = (untilOn: string, lastDay = '2027-01-19') =>
  event('reminder.snoozed', { clock: CLOCK, lastDay, untilOn }, { reason: 'the printer' })
const began = (at: string) =>
  event('fact.recorded', { fact: 'discovered', value: { at, confirmed: true }, before: null } as never)
const phi = (involved: boolean) =>
  event('fact.recorded', { fact: 'phi', value: { involved }, before: null } as never)

/** `[instant]` is looked at, `[instant, …]` recorded by Lee; what is said of the letters, owner first. */
const lived = (story: Story, ...steps: readonly (readonly [string, ...Event[]])[]): string[] =>
  steps.flatMap(([at, ...events]) => {
    if (events.length > 0) {
      story.act(at, 'LEE', ...events)
      return []
    }
    const due = dueEvents(story.state, new Date(at)).filter(({ kind }) => kind === 'reminder.sent')
    if (due.length > 0) story.act(at, '', ...due)
    return due.flatMap((one) =>
      one.kind === 'reminder.sent' && one.data.clock === CLOCK
        ? [`${one.data.offset.slice(0, 18)}/${one.data.step} ${one.data.to.join(' ')}`.trim()]
        : [],
    )
  })

describe('it comes all the same', () => {
  it.each<[string, Story, (readonly [string, ...Event[]])[], string[]]>([
    [
      'a snooze to the last day ends that morning, and is escalated in quiet hours too',
      leeAnswers(),
      [
        ['2027-01-12T13:00:00Z'],
        ['2027-01-12T14:00:00Z', snoozed('2027-01-19')],
        ['2027-01-18T13:00:00Z'],
        ['2027-01-19T12:59:59Z'],
        ['2027-01-19T13:00:00Z'],
        ['2027-01-19T17:00:00Z'],
        ['2027-01-19T21:00:00Z'],
        ['2027-01-20T01:00:00Z'],
      ],
      ['7/0 LEE', '0/0 LEE DANA ELLA', '0/1 KIM', '0/2 DANA', '0/3 ELLA'],
    ],
    [
      'who owns it and commands is told once, by one message',
      leeAnswers({}, 'LEE'),
      [['2027-01-16T13:00:00Z']],
      ['3/0 LEE ELLA'],
    ],
    [
      'a clock that ended and is owed again after its offsets is said at once',
      leeAnswers(),
      [
        ['2027-01-12T13:00:00Z'],
        ['2027-01-13T13:00:00Z', phi(false)],
        ['2027-01-16T13:00:00Z'],
        ['2027-01-16T15:00:00Z', phi(true)],
        ['2027-01-16T15:00:01Z'],
      ],
      ['7/0 LEE', 'appeared/0 LEE DANA ELLA'],
    ],
  ])('%s', (_, story, steps, expected) => {
    expect(lived(story, ...steps)).toEqual(expected)
  })

  it('at eight by the wall on the day the clocks go forward, and on a last day that is a Sunday', () => {
    const story = leeAnswers()
    // Sixty days from Wed 13 January 2027 is Sun 14 March, on which New York loses an hour.
    story.act('2027-01-13T15:00:00Z', 'LEE', began('2027-01-13'))
    const said = lived(story, ['2027-03-14T11:59:59Z'], ['2027-03-14T12:00:00Z'])
    expect(said.at(-1)).toMatch(/^0\/0 LEE/)
  })
})
