import { describe, expect, it } from 'vitest'
import { dueEvents, nextReminder, nextWake } from '../../src/domain/due.ts'
import { type Event, event } from '../../src/domain/events.ts'
import { assigned, begin, fridayNight, type Story } from '../views/story.ts'

const later = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * 60_000)
/** Everything due from one moment to another, as the tick would find it: wake, record, wake again. */
function live(story: Story, until: string): { at: string; event: Event }[] {
  const seen: { at: string; event: Event }[] = []
  for (let at = nextWake(story.state, new Date(fridayNight)); at && at <= new Date(until); ) {
    const due = dueEvents(story.state, at)
    if (due.length > 0) story.act(at.toISOString(), '', ...due)
    seen.push(...due.map((one) => ({ at: at!.toISOString(), event: one })))
    const next = nextWake(story.state, new Date(at.getTime() + 1))
    at = next && next > at ? next : next && new Date(at.getTime() + 60_000)
  }
  return seen
}
const kinds = (seen: { event: Event }[]) => seen.map((one) => one.event.kind)

describe('a needed role nobody takes', () => {
  it('asks the deputy after 15 minutes and the executive sponsor after 30', () => {
    const story = begin()
    expect(dueEvents(story.state, later(fridayNight, 14))).toEqual([])
    const seen = live(story, later(fridayNight, 40).toISOString())
    expect(seen.map(({ event }) => event.data)).toEqual([
      { role: 'commander', step: 1, to: 'PRIYA' },
      { role: 'privacy-officer', step: 1, to: 'KIM' },
      { role: 'commander', step: 2, to: 'ELLA' },
      { role: 'privacy-officer', step: 2, to: 'ELLA' },
    ])
  })

  it('asks the sponsor at once where nobody is named deputy', () => {
    const { state } = begin()
    const without = { ...state, roster: { ...state.roster, commander: { holder: 'DANA', deputy: null } } }
    expect(dueEvents(without, later(fridayNight, 15))[0]?.data).toEqual({
      role: 'commander',
      step: 1,
      to: 'ELLA',
    })
  })

  it('asks whom the roster names today, even if it was filled in after the declaration', () => {
    const { state } = begin()
    const due = dueEvents({ ...state, roster: {} }, later(fridayNight, 15), {
      commander: { holder: 'A', deputy: 'B' },
    })
    expect(due[0]?.data).toMatchObject({ role: 'commander', to: 'B' })
  })

  it('asks nobody who is kept out, and nobody once it is taken or the incident is closed', () => {
    const kept = begin({ excluded: ['PRIYA', 'ELLA'] })
    expect(dueEvents(kept.state, later(fridayNight, 15))[0]?.data).toMatchObject({ to: null })
    const taken = begin()
    taken.act(
      '2026-11-21T03:50:00Z',
      'DANA',
      assigned('commander', 'DANA'),
      assigned('privacy-officer', 'LEE'),
    )
    expect(dueEvents(taken.state, later(fridayNight, 60))).toEqual([])
  })
})

describe('checklist prompts', () => {
  const contained = () => {
    const story = begin()
    story.act(
      '2026-11-21T03:50:00Z',
      'DANA',
      assigned('commander', 'DANA'),
      assigned('privacy-officer', 'LEE'),
    )
    story.act(
      '2026-11-21T04:00:00Z',
      'DANA',
      event('phase.entered', { phase: 'containment', from: 'detection', openRequired: [] }),
    )
    return story
  }

  it('come every four hours while containing, night or day', () => {
    const seen = live(contained(), '2026-11-21T12:30:00Z').filter(
      ({ event }) => event.kind === 'items.prompted',
    )
    const times = [...new Set(seen.map(({ at }) => at))]
    expect(times).toEqual(['2026-11-21T08:00:00.000Z', '2026-11-21T12:00:00.000Z'])
  })

  it('come on working mornings at 08:00 in other phases: not on a weekend, not on a holiday', () => {
    const story = begin()
    story.act(
      '2026-11-21T03:50:00Z',
      'DANA',
      assigned('commander', 'DANA'),
      assigned('privacy-officer', 'LEE'),
    )
    const seen = live(story, '2026-11-27T20:00:00Z').filter(({ event }) => event.kind === 'items.prompted')
    expect([...new Set(seen.map(({ at }) => at))]).toEqual([
      '2026-11-23T13:00:00.000Z',
      '2026-11-24T13:00:00.000Z',
      '2026-11-25T13:00:00.000Z',
      '2026-11-27T13:00:00.000Z',
    ])
  })

  it.each([
    ['in the evening, the next working morning', '2026-11-24T03:00:00Z', '2026-11-24T13:00:00.000Z'],
    ['before dawn, the same morning', '2026-11-24T10:00:00Z', '2026-11-24T13:00:00.000Z'],
    ['at work, the morning after', '2026-11-24T16:00:00Z', '2026-11-25T13:00:00.000Z'],
  ])('of a phase entered after containment %s', (_, entered, prompted) => {
    const story = contained()
    story.act(
      entered,
      'DANA',
      event('phase.entered', { phase: 'eradication', from: 'containment', openRequired: [] }),
    )
    const [first] = live(story, '2026-11-26T01:00:00Z').filter(({ event }) => event.kind === 'items.prompted')
    expect(first?.at).toBe(prompted)
  })

  it('are one after an outage, however many mornings were missed', () => {
    const story = begin()
    story.act(
      '2026-11-21T03:50:00Z',
      'DANA',
      assigned('commander', 'DANA'),
      assigned('privacy-officer', 'LEE'),
    )
    const due = dueEvents(story.state, new Date('2026-12-02T15:00:00Z'))
    expect(due.filter(({ kind }) => kind === 'items.prompted').map(({ data }) => data)).toHaveLength(2)
  })
})

describe('clocks', () => {
  it('go on after closing, until the notice is sent', () => {
    const story = begin()
    story.act(
      '2026-11-21T05:00:00Z',
      'DANA',
      event('incident.closed', { outcome: 'breach-notified', duplicateOf: null }),
    )
    const seen = live(story, '2026-12-21T20:00:00Z')
    expect(kinds(seen)).toContain('reminder.sent')
    expect(kinds(seen)).not.toContain('items.prompted')
    expect(kinds(seen)).not.toContain('sheet.sent')
  })

  it('remind the owner at the offsets, and the managers too when three days are left', () => {
    const story = begin()
    story.act(
      '2026-11-21T03:50:00Z',
      'LEE',
      assigned('privacy-officer', 'LEE'),
      assigned('commander', 'DANA'),
    )
    const seen = live(story, '2027-01-21T20:00:00Z').flatMap(({ event: one }) =>
      one.kind === 'reminder.sent' && one.data.clock === 'hipaa.individual' ? [one.data] : [],
    )
    expect(seen.map(({ offset }) => offset)).toEqual(['30', '14', '7', '3', '2', '1', '0', '-1', '-2'])
    expect(seen[0]?.to).toEqual(['LEE'])
    expect(seen.find(({ offset }) => offset === '3')?.to).toEqual(['LEE', 'DANA', 'ELLA'])
  })
})

describe('waking', () => {
  it('stops once an incident is closed and nothing counts any more', () => {
    const story = begin()
    story.act(
      '2026-11-21T05:00:00Z',
      'LEE',
      event('fact.recorded', { fact: 'phi', value: { involved: false }, before: null }),
    )
    story.act(
      '2026-11-21T05:01:00Z',
      'LEE',
      event('incident.closed', { outcome: 'no-phi', duplicateOf: null }),
    )
    expect(nextWake(story.state, new Date('2026-11-21T05:02:00Z'))).toBeNull()
    expect(nextReminder(story.state, new Date('2026-11-21T05:02:00Z'))).toBeNull()
  })

  it('comes at local midnight for the countdown, which is no entry', () => {
    const story = begin()
    story.act(
      '2026-11-21T03:50:00Z',
      'DANA',
      assigned('commander', 'DANA'),
      assigned('privacy-officer', 'LEE'),
    )
    const midnight = nextWake(story.state, new Date('2026-11-21T04:00:00Z'))
    expect(midnight?.toISOString()).toBe('2026-11-21T05:00:00.000Z')
    expect(dueEvents(story.state, midnight!)).toEqual([])
  })
})
