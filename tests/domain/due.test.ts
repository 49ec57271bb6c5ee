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
      one.kind === 'reminder.sent' && one.data.clock === 'hipaa.individual' && one.data.step === 0
        ? [one.data]
        : [],
    )
    expect(seen.map(({ offset }) => offset)).toEqual(['30', '14', '7', '3', '2', '1', '0', '-1', '-2'])
    expect(seen[0]?.to).toEqual(['LEE'])
    expect(seen.find(({ offset }) => offset === '3')?.to).toEqual(['LEE', 'DANA', 'ELLA'])
  })
})

it('a clock of hours is reminded of by the hour from the moment its start is recorded', () => {
  const story = begin()
  story.act('2026-11-21T03:50:00Z', 'LEE', assigned('privacy-officer', 'LEE'), assigned('commander', 'DANA'))
  story.state = { ...story.state, organisation: { ...story.state.organisation, regimes: ['gdpr.art33'] } }
  const aware = '2026-11-21T12:00:00Z'
  story.act(
    aware,
    'LEE',
    event('fact.recorded', { fact: 'started', value: { start: 'gdprAwareAt', at: aware }, before: null }),
  )
  const seen = live(story, '2026-11-24T12:00:00Z').flatMap(({ at, event: one }) =>
    one.kind === 'reminder.sent' && one.data.clock === 'gdpr.art33'
      ? [`${one.data.offset}/${one.data.step} ${at.slice(0, 16)}`]
      : [],
  )
  expect(seen.filter((one) => one.includes('/0'))).toEqual([
    'appeared/0 2026-11-21T12:00',
    '48h/0 2026-11-22T12:00',
    '24h/0 2026-11-23T12:00',
    '8h/0 2026-11-24T04:00',
    '2h/0 2026-11-24T10:00',
    '0h/0 2026-11-24T12:00',
  ])
  expect(seen).toContain('8h/2 2026-11-24T06:00')
})

describe('a reminder nobody answers', () => {
  /** Dana commands, Lee holds privacy officer and is on leave; the roster names Kim for Lee and Ella as sponsor. */
  const onLeave = (options: Parameters<typeof begin>[0] = {}) => {
    const story = begin(options)
    story.act(
      '2026-11-21T03:50:00Z',
      'DANA',
      assigned('commander', 'DANA'),
      assigned('privacy-officer', 'LEE'),
    )
    return story
  }
  const asked = (seen: { at: string; event: Event }[]) =>
    seen.flatMap(({ at, event: one }) =>
      one.kind === 'reminder.sent' && one.data.clock === 'hipaa.individual'
        ? [`${one.data.offset}/${one.data.step} ${one.data.to.join(' ')} ${at.slice(0, 16)}`]
        : [],
    )
  const unreached = (person: string) =>
    event('reminder.unreached', { person, code: 'deactivated', clocks: ['hipaa.individual'] })
  const acknowledged = event('reminder.acknowledged', { clock: 'hipaa.individual', lastDay: '2027-01-19' })

  it('goes to the deputy, the commander and the sponsor, a day apart', () => {
    expect(asked(live(onLeave(), '2026-12-30T00:00:00Z'))).toEqual([
      '30/0 LEE 2026-12-20T13:00',
      '30/1 KIM 2026-12-21T13:00',
      '30/2 DANA 2026-12-22T13:00',
      '30/3 ELLA 2026-12-23T13:00',
    ])
  })

  it('goes on after an acknowledgement at the next offset only', () => {
    const story = onLeave()
    live(story, '2026-12-21T14:00:00Z')
    story.act('2026-12-21T15:00:00Z', 'KIM', acknowledged)
    const since = live(story, '2027-01-06T14:00:00Z').filter(({ at }) => at > '2026-12-21T15')
    expect(asked(since)).toEqual(['14/0 LEE 2027-01-05T13:00', '14/1 KIM 2027-01-06T13:00'])
  })

  it('goes on at once when a message did not reach whom it was for, past those nobody can reach', () => {
    const story = onLeave()
    live(story, '2026-12-20T13:00:00Z')
    story.act('2026-12-20T13:00:05Z', '', unreached('LEE'))
    const [first] = dueEvents(story.state, new Date('2026-12-20T13:00:06Z'))
    expect(first?.data).toMatchObject({ offset: '30', step: 1, to: ['KIM'] })
    story.act('2026-12-20T13:00:06Z', '', first!)
    expect(dueEvents(story.state, new Date('2026-12-20T13:00:07Z'))).toEqual([])
    story.act('2026-12-20T13:00:08Z', '', unreached('KIM'))
    expect(dueEvents(story.state, new Date('2026-12-20T13:00:09Z'))[0]?.data).toMatchObject({ to: ['DANA'] })
  })

  it('passes over whoever is kept out or was asked, and says that a step has nobody', () => {
    const story = begin({ excluded: ['KIM'] })
    story.act('2026-11-21T03:50:00Z', 'LEE', assigned('privacy-officer', 'LEE'), assigned('commander', 'LEE'))
    expect(asked(live(story, '2026-12-30T00:00:00Z'))).toEqual([
      '30/0 LEE 2026-12-20T13:00',
      '30/1  2026-12-21T13:00',
      '30/2 DANA 2026-12-21T13:00',
      '30/3 ELLA 2026-12-23T13:00',
    ])
  })

  it('once nobody is left it ends, until the next offset', () => {
    const story = onLeave()
    const roster = { 'privacy-officer': { holder: 'LEE', deputy: null } }
    story.state = { ...story.state, roster }
    live(story, '2026-12-20T13:00:00Z')
    story.act('2026-12-20T13:00:05Z', '', unreached('LEE'))
    const steps = dueEvents(story.state, new Date('2026-12-20T13:00:06Z')).filter(
      ({ kind }) => kind === 'reminder.sent',
    )
    expect(steps.map(({ data }) => data)).toMatchObject([
      { step: 1, to: [] },
      { step: 2, to: ['DANA'] },
    ])
    story.act('2026-12-20T13:00:06Z', '', ...steps)
    story.act('2026-12-20T13:00:07Z', '', unreached('DANA'))
    const last = dueEvents(story.state, new Date('2026-12-20T13:00:08Z'))
    expect(last.map(({ data }) => data)).toMatchObject([{ step: 3, to: [] }])
    story.act('2026-12-20T13:00:08Z', '', ...last)
    const until = dueEvents(story.state, new Date('2027-01-05T12:59:59Z'))
    expect(asked(until.map((one) => ({ at: '', event: one })))).toEqual([])
  })

  it('is a nudge that waits for the morning once containment is done, but not in the last days', () => {
    const story = onLeave()
    story.act(
      '2026-12-01T15:00:00Z',
      'DANA',
      event('phase.entered', { phase: 'recovery', from: 'detection', openRequired: [] }),
    )
    const steps = asked(live(story, '2027-01-20T04:00:00Z')).filter((one) => /^[30]\//.test(one))
    expect(steps).toEqual([
      '3/0 LEE DANA ELLA 2027-01-16T13:00',
      '3/1 KIM 2027-01-16T17:00',
      '3/2 DANA 2027-01-16T21:00',
      '3/3 ELLA 2027-01-17T12:00',
      '0/0 LEE DANA ELLA 2027-01-19T13:00',
      '0/1 KIM 2027-01-19T17:00',
      '0/2 DANA 2027-01-19T21:00',
      '0/3 ELLA 2027-01-20T01:00',
    ])
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
