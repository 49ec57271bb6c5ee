// The substitute notice that must stay posted for 90 days: when somebody is asked to look at it, and when it may end.
import { describe, expect, it } from 'vitest'
import { dueEvents, nextWake } from '../../src/domain/due.ts'
import { event } from '../../src/domain/events.ts'
import type { FactValue } from '../../src/domain/facts.ts'
import { postingMoments, substituteNotice } from '../../src/domain/substitute-notice.ts'
import { cardText } from '../../src/views/card.ts'
import { clocksCard } from '../../src/views/clocks.ts'
import { morningCard } from '../../src/views/morning.ts'
import { assigned, begin, organisation, type Story } from '../views/story.ts'

const fact = (name: 'no-address' | 'started' | 'taken-down' | 'notified' | 'phi', value: FactValue) =>
  event('fact.recorded', { fact: name, value, before: null })
const posted = (at: string) => fact('started', { start: 'substitutePostedAt', at })
const down = (on: string | null) => fact('taken-down', { on })

/** Fourteen people without an address; posted on 11 January, so it stays through Sun 11 April 2027. */
function posting(count = 14): Story {
  const story = begin()
  story.act('2026-11-21T03:50:00Z', 'DANA', assigned('commander', 'DANA'), assigned('privacy-officer', 'LEE'))
  const letters = fact('notified', { clock: 'hipaa.individual', on: '2027-01-08' })
  story.act('2027-01-11T15:00:00Z', 'LEE', letters, fact('no-address', { count }), posted('2027-01-11'))
  return story
}

const said = (due: ReturnType<typeof dueEvents>) =>
  due.flatMap((one) => (one.kind === 'posting.reminded' ? [`${one.data.offset} ${one.data.to.join()}`] : []))

/** Looks at the given instants in turn, and records what is said of the posting. */
function reminded(story: Story, ...instants: readonly string[]): string[] {
  return instants.flatMap((at) => {
    const due = dueEvents(story.state, new Date(at)).filter(({ kind }) => kind === 'posting.reminded')
    if (due.length > 0) story.act(at, '', ...due)
    return said(due)
  })
}

describe('while it stands', () => {
  it('it is looked at ever more often, last on its last day, and then it may end', () =>
    expect(
      postingMoments(posting().state, new Date('2027-01-12T15:00:00Z')).map(
        ({ offset, at }) => `${offset} ${new Date(at).toISOString().slice(0, 16)}`,
      ),
    ).toEqual([
      '60 2027-02-10T13:00',
      '30 2027-03-12T13:00',
      '14 2027-03-28T12:00',
      '7 2027-04-04T12:00',
      '1 2027-04-10T12:00',
      '0 2027-04-11T12:00',
      'over 2027-04-12T12:00',
    ]))

  it('whoever answers for the letters is asked once, and the latest missed only after an outage', () =>
    expect(
      reminded(
        posting(),
        '2027-02-10T12:59:59Z',
        '2027-02-10T13:00:00Z',
        '2027-02-10T13:00:01Z',
        '2027-04-06T15:00:00Z',
        '2027-04-12T12:00:00Z',
        '2027-05-12T12:00:00Z',
      ),
    ).toEqual(['60 LEE', '7 LEE', 'over LEE']))

  it('a closed incident with nothing else left to count wakes for it', () => {
    const story = posting()
    const notOwed = fact('phi', { involved: false })
    const closed = event('incident.closed', { outcome: 'no-phi', duplicateOf: null })
    story.act('2027-01-12T15:00:00Z', 'LEE', closed)
    expect(nextWake(story.state, new Date('2027-04-10T12:00:01Z'))).not.toBeNull()
    story.act('2027-01-12T15:00:00Z', 'LEE', notOwed)
    expect(nextWake(story.state, new Date('2027-04-10T12:00:01Z'))).toBeNull()
  })

  it.each([
    ['nine people need no posting', posting(9)],
    ['an exercise that is over owes none', overDrill()],
  ])('%s', (_, { state }) => expect(said(dueEvents(state, new Date('2027-04-11T12:00:00Z')))).toEqual([]))
})

describe('taken down', () => {
  it('after its days it is over', () => {
    const story = posting()
    story.act('2027-04-13T15:00:00Z', 'LEE', down('2027-04-12'))
    expect(substituteNotice(story.state)).toMatchObject({ takenDownOn: '2027-04-12', daysShort: 0 })
    expect(reminded(story, '2027-04-13T15:00:00Z')).toEqual([])
  })

  it('too early, it is asked for each morning until its days would have been over', () => {
    const story = posting()
    story.act('2027-04-08T16:00:00Z', 'LEE', down('2027-04-08'))
    expect(substituteNotice(story.state)).toMatchObject({ takenDownOn: '2027-04-08', daysShort: 3 })
    const days = ['08', '09', '09', '10', '11', '12'].map((day) => `2027-04-${day}T16:30:00Z`)
    expect(reminded(story, ...days)).toEqual([
      'down-2027-04-09 LEE',
      'down-2027-04-10 LEE',
      'down-2027-04-11 LEE',
    ])
    expect(nextWake(story.state, new Date('2027-04-08T17:00:00Z'))).not.toBeNull()
  })

  it('and posted again, its ninety days begin anew', () => {
    const story = posting()
    story.act('2027-03-01T16:00:00Z', 'LEE', down('2027-03-01'))
    story.act('2027-03-02T16:00:00Z', 'LEE', posted('2027-03-02'))
    expect(substituteNotice(story.state)).toMatchObject({ takenDownOn: null, through: '2027-05-31' })
  })

  it('by mistake, it stands as before', () => {
    const story = posting()
    story.act('2027-03-01T16:00:00Z', 'LEE', down('2027-03-01'), down(null))
    expect(substituteNotice(story.state)).toMatchObject({ takenDownOn: null, through: '2027-04-11' })
  })
})

describe('the words', () => {
  const at = (story: Story, now: string) => {
    const scene = {
      state: story.state,
      organisation,
      now: new Date(now),
      word: '/incident',
      text: () => ({}),
    }
    const args = { person: 'LEE', on: now.slice(0, 10), with: ['posting'] }
    const asked = morningCard({
      ...{ ...scene, args, others: [], organisationText: () => ({}), fingerprint: '', checkpointKey: '' },
    })
    return { asked: cardText(asked), card: cardText(clocksCard(scene)) }
  }

  it('say through which day, that it may end, and that it came down too early', () => {
    const story = posting()
    expect(at(story, '2027-04-04T13:00:00Z').asked).toContain('through Sun 11 Apr 2027 · 7 days left')
    expect(at(story, '2027-04-12T13:00:00Z').asked).toContain('from Mon 12 Apr 2027 on it may be taken down')
    story.act('2027-04-08T16:00:00Z', 'LEE', down('2027-04-08'))
    expect(at(story, '2027-04-09T13:00:00Z').asked).toContain('3 days before its 90 days were over')
    expect(at(story, '2027-04-09T13:00:00Z').card).toContain('▲ taken down Thu 8 Apr 2027, 3 days before')
    story.act('2027-04-13T16:00:00Z', 'LEE', down('2027-04-12'))
    expect(at(story, '2027-04-13T17:00:00Z').asked).toContain('Nothing is left to remind you of today.')
    expect(at(story, '2027-04-13T17:00:00Z').card).toContain('taken down Mon 12 Apr 2027 after its 90 days')
  })
})

function overDrill(): Story {
  const story = posting()
  story.state = {
    ...story.state,
    drill: true,
    closed: { outcome: 'drill', duplicateOf: null, at: '2027-01-12T15:00:00Z', by: 'LEE', seq: 99 },
  }
  return story
}
