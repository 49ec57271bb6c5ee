// Quiet hours that an organisation set itself: until when they hold a nudge back, in its zone, and what they never hold back.
import { describe, expect, it } from 'vitest'
import { calendarDateOf } from '../../src/domain/calendar.ts'
import { dueEvents, nextReminder } from '../../src/domain/due.ts'
import { event } from '../../src/domain/events.ts'
import { applyOrganisationEvent, emptyOrganisation } from '../../src/domain/organisation.ts'
import { afterQuiet, type Countdown, defaultOffsets } from '../../src/domain/reminder-moments.ts'
import { isQuietHour } from '../../src/domain/reminders-due.ts'
import { defaultReminding, escalationOf, type Quiet } from '../../src/domain/reminding.ts'
import { instantAt, localIso, msOf } from '../../src/domain/zone.ts'
import { facts } from '../support/record.ts'
import { assigned, begin } from '../views/story.ts'

const time = (typed: string) => ({ hour: Number(typed.slice(0, 2)), minute: Number(typed.slice(3)) })
const quiet = (typed: string): Quiet => ({ from: time(typed.slice(0, 5)), to: time(typed.slice(6)) })
const at = (zone: string, typed: string) =>
  msOf(instantAt(zone, calendarDateOf(typed.slice(0, 10)), time(typed.slice(11))))

const NEW_YORK = 'America/New_York'
const far: Countdown = {
  clock: 'hipaa.individual',
  lastDay: calendarDateOf('2027-06-30'),
  sinceAt: '2026-01-01T12:00:00Z',
}
const ends = (day: string, dueAt?: string): Countdown => ({
  ...far,
  lastDay: calendarDateOf(day),
  ...(dueAt ? { dueAt } : {}),
})

describe('a nudge', () => {
  it.each<[string, string, string, string, string, Countdown?]>([
    ['before they begin goes out', NEW_YORK, '22:00-07:00', '2026-11-20T21:59', '2026-11-20T21:59:00-05:00'],
    [
      'as they begin waits over midnight',
      NEW_YORK,
      '22:00-07:00',
      '2026-11-20T22:00',
      '2026-11-21T07:00:00-05:00',
    ],
    [
      'after midnight waits for the same morning',
      NEW_YORK,
      '22:00-07:00',
      '2026-11-21T00:30',
      '2026-11-21T07:00:00-05:00',
    ],
    ['as they end goes out', NEW_YORK, '22:00-07:00', '2026-11-21T07:00', '2026-11-21T07:00:00-05:00'],
    ['knows their minutes', NEW_YORK, '22:30-06:45', '2026-11-20T22:31', '2026-11-21T06:45:00-05:00'],
    ['waits within one day too', NEW_YORK, '12:00-13:30', '2026-11-20T12:10', '2026-11-20T13:30:00-05:00'],
    [
      'waits until midnight where they end there',
      NEW_YORK,
      '20:00-00:00',
      '2026-11-20T20:10',
      '2026-11-21T00:00:00-05:00',
    ],
    [
      'waits by the zone and not by the server',
      'Pacific/Honolulu',
      '22:00-07:00',
      '2026-11-20T23:00',
      '2026-11-21T07:00:00-10:00',
    ],
    [
      'waits eight hours in the night the clocks go forward',
      NEW_YORK,
      '22:00-07:00',
      '2026-03-07T22:00',
      '2026-03-08T07:00:00-04:00',
    ],
    [
      'waits ten hours in the night they go back',
      NEW_YORK,
      '22:00-07:00',
      '2026-10-31T22:00',
      '2026-11-01T07:00:00-05:00',
    ],
    [
      'goes out after an hour that was skipped where they end in it',
      NEW_YORK,
      '22:00-02:30',
      '2026-03-08T01:00',
      '2026-03-08T03:30:00-04:00',
    ],
    [
      'waits in the hour that comes twice',
      NEW_YORK,
      '22:00-07:00',
      '2026-11-01T01:30',
      '2026-11-01T07:00:00-05:00',
    ],
    [
      'on a last day waits for nothing',
      NEW_YORK,
      '22:00-07:00',
      '2026-11-20T23:00',
      '2026-11-20T23:00:00-05:00',
      ends('2026-11-20'),
    ],
    [
      'after it waits for nothing',
      NEW_YORK,
      '22:00-07:00',
      '2026-11-22T23:00',
      '2026-11-22T23:00:00-05:00',
      ends('2026-11-20'),
    ],
    [
      'in the night before it waits for its morning',
      NEW_YORK,
      '22:00-07:00',
      '2026-11-19T23:00',
      '2026-11-20T07:00:00-05:00',
      ends('2026-11-20'),
    ],
    [
      'of a clock of hours waits for nothing, however far its end',
      NEW_YORK,
      '22:00-07:00',
      '2026-11-20T23:00',
      '2026-11-20T23:00:00-05:00',
      ends('2026-11-23', '2026-11-24T04:00:00Z'),
    ],
  ])('%s', (_, zone, hours, asked, expected, countdown = far) => {
    const found = afterQuiet(at(zone, asked), countdown, {
      zone,
      offsets: defaultOffsets,
      quiet: quiet(hours),
    })
    expect(localIso(zone, found)).toBe(expected)
  })

  it('waits for nothing where no hour is quiet', () => {
    const asked = at(NEW_YORK, '2026-11-20T23:00')
    expect(afterQuiet(asked, far, { zone: NEW_YORK, offsets: defaultOffsets, quiet: null })).toBe(asked)
  })
})

describe('an incident', () => {
  /** Lee, who owns it, was reminded with fourteen days to go, once containment was done. */
  const reminded = () => {
    const story = begin()
    story.act(
      '2026-11-21T03:50:00Z',
      'DANA',
      assigned('commander', 'DANA'),
      assigned('privacy-officer', 'LEE'),
    )
    story.act(
      '2026-12-01T15:00:00Z',
      'DANA',
      event('phase.entered', { phase: 'recovery', from: 'detection', openRequired: [] }),
    )
    const due = dueEvents(story.state, new Date('2027-01-05T13:00:00Z')).filter(
      ({ kind }) => kind === 'reminder.sent',
    )
    story.act('2027-01-05T13:00:00Z', '', ...due)
    return story
  }
  const steps = (reminding: Parameters<typeof dueEvents>[3], now: string) =>
    dueEvents(reminded().state, new Date(now), {}, reminding).flatMap((due) =>
      due.kind === 'reminder.sent' && due.data.clock === 'hipaa.individual' ? [due.data.step] : [],
    )
  const soon = {
    ...defaultReminding,
    escalation: escalationOf({ days: [14, 15, 16], urgent: [1, 2, 3], byHour: [1, 2, 3] }),
  }

  it('goes on to the deputy when the organisation says, and not before', () => {
    // 08:00 and fourteen hours are 22:00, which is quiet until 07:00 by the usual hours.
    expect(steps({ ...soon, quiet: null }, '2027-01-06T02:59:00Z')).toEqual([])
    expect(steps({ ...soon, quiet: null }, '2027-01-06T03:00:00Z')).toEqual([1])
    expect(steps(soon, '2027-01-06T11:59:00Z')).toEqual([])
    expect(steps(soon, '2027-01-06T12:00:00Z')).toEqual([1])
    expect(steps(defaultReminding, '2027-01-06T12:59:00Z')).toEqual([])
    expect(steps(defaultReminding, '2027-01-06T13:00:00Z')).toEqual([1])
  })

  it('wakes for the waits of today, whatever they were before', () => {
    const { state } = reminded()
    const woken = (reminding: Parameters<typeof nextReminder>[2]) =>
      nextReminder(state, new Date('2027-01-05T13:00:01Z'), reminding)?.toISOString()
    const asked = {
      ...defaultReminding,
      escalation: escalationOf({ days: [1, 2, 3], urgent: [1, 2, 3], byHour: [1, 2, 3] }),
    }
    expect(woken(asked)).toBe('2027-01-05T14:00:00.000Z')
    expect(woken(defaultReminding)).not.toBe('2027-01-05T14:00:00.000Z')
  })

  it('prompts people for their items outside the hours that were set', () => {
    const { state } = reminded()
    const hours = { quiet: quiet('23:00-05:30') }
    expect(isQuietHour(state, '2027-01-06T03:30:00Z', hours)).toBe(false)
    expect(isQuietHour(state, '2027-01-06T10:29:00Z', hours)).toBe(true)
    expect(isQuietHour(state, '2027-01-06T10:30:00Z', hours)).toBe(false)
    expect(isQuietHour(state, '2027-01-06T05:00:00Z', { quiet: null })).toBe(false)
  })
})

it('the organisation’s log says what was set, and that it is the usual again', () => {
  const recorded = (data: object) =>
    ({ kind: 'org.configured', data, seq: 1, at: '2026-11-20T00:00:00Z', actor: '' }) as never
  const set = applyOrganisationEvent(
    emptyOrganisation,
    recorded({ ...facts, reminding: { ...defaultReminding, quiet: null } }),
  )
  expect(set.reminding?.quiet).toBeNull()
  expect(set.configured).toEqual(facts)
  expect(applyOrganisationEvent(set, recorded(facts))).toEqual({ ...emptyOrganisation, configured: facts })
})
