// Reminders of one clock whose last day is Tue 30 June 2026, in New York.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, calendarDateOf } from '../../src/domain/calendar.ts'
import { computeClocks, parseFacts } from '../../src/domain/clocks.ts'
import {
  type Countdown,
  countdownsOf,
  dueReminders,
  nextWakeAt,
  pruneFired,
  type Reminder,
  type ReminderState,
} from '../../src/domain/reminders.ts'
import { defaultEscalation } from '../../src/domain/reminding.ts'
import { instantAt, instantOf, msOf } from '../../src/domain/zone.ts'

const zone = 'America/New_York'
const lastDay = calendarDateOf('2026-06-30')
const hour = 3_600_000
const local = (day: string, time = '08:00') =>
  instantAt(zone, calendarDateOf(day), { hour: Number(time.slice(0, 2)), minute: Number(time.slice(3)) })

const countdown = (own: Partial<Countdown> = {}): Countdown => ({
  clock: 'hipaa.individual',
  lastDay,
  sinceAt: local('2026-05-01', '22:41'),
  ...own,
})

const state = (own: Partial<ReminderState> = {}): ReminderState => ({
  countdowns: [countdown()],
  fired: [],
  zone,
  ...own,
})

const said = (reminders: readonly Reminder[]) =>
  reminders.map(({ offset, step, kind }) => `${offset}/${step} ${kind}`)

/** Looks at the given instants in turn, remembering what was sent. */
const watch = (start: ReminderState, instants: readonly string[]) => {
  const sent: (Reminder & { at: string })[] = []
  for (const at of instants) {
    const fired = sent.map(({ key }) => key)
    const sentAt = Object.fromEntries(sent.map((one) => [one.clock, one.at]))
    sent.push(
      ...dueReminders({ ...start, fired: [...start.fired, ...fired], sentAt }, at).map((one) => ({
        ...one,
        at,
      })),
    )
  }
  return sent
}

const hours = (from: string, to: string) =>
  Array.from({ length: (msOf(to) - msOf(from)) / hour + 1 }, (_, index) =>
    instantOf(msOf(from) + index * hour),
  )

const mornings = (from: string, days: number, time = '08:00') =>
  Array.from({ length: days }, (_, index) => local(addDays(calendarDateOf(from), index), time))

describe('the table of offsets', () => {
  it('30, 14, 7, 3, 2 and 1 days, the morning of, then daily', () => {
    const sent = watch(state(), hours(local('2026-05-02'), local('2026-07-02')))
    expect(sent.map(({ offset, kind, at }) => `${offset} ${kind} ${at}`)).toEqual([
      `30 scheduled ${local('2026-05-31')}`,
      `14 scheduled ${local('2026-06-16')}`,
      `7 scheduled ${local('2026-06-23')}`,
      `3 scheduled ${local('2026-06-27')}`,
      `2 scheduled ${local('2026-06-28')}`,
      `1 scheduled ${local('2026-06-29')}`,
      `0 scheduled ${local('2026-06-30')}`,
      `-1 overdue ${local('2026-07-01')}`,
      `-2 overdue ${local('2026-07-02')}`,
    ])
  })

  it('08:00 is local on both sides of a daylight-saving change', () => {
    const winter = countdown({ lastDay: calendarDateOf('2026-11-10'), sinceAt: local('2026-09-11') })
    const sent = watch(state({ countdowns: [winter] }), hours('2026-10-01T00:00:00Z', '2026-11-05T00:00:00Z'))
    expect(sent.map(({ at }) => at)).toEqual([
      '2026-10-11T12:00:00.000Z',
      '2026-10-27T12:00:00.000Z',
      '2026-11-03T13:00:00.000Z',
    ])
  })

  it('an hour early is too early', () =>
    expect(dueReminders(state(), msOf(local('2026-05-31')) - 1)).toEqual([]))

  it('what was sent is not sent again', () => {
    const fired = ['hipaa.individual|2026-06-30|30|0']
    expect(dueReminders(state({ fired }), local('2026-05-31', '23:00'))).toEqual([])
  })

  it('an acknowledgement stops no reminder', () => {
    const acknowledged = { 'hipaa.individual': { lastDay, at: local('2026-06-01') } }
    expect(said(dueReminders(state({ acknowledged }), local('2026-06-16')))).toEqual(['14/0 scheduled'])
  })

  it('a table of other offsets is a parameter', () => {
    const offsets = {
      days: [10],
      hours: [],
      dailyWhenOverdue: false,
      atOnce: {},
      sendAt: { hour: 9, minute: 30 },
    }
    const sent = watch(state({ offsets }), hours(local('2026-05-02', '09:30'), local('2026-07-09', '09:30')))
    expect(sent.map(({ offset, at }) => [offset, at])).toEqual([['10', local('2026-06-20', '09:30')]])
  })
})

describe('after an outage', () => {
  it('only the latest offset missed is sent', () => {
    const reminders = dueReminders(state(), local('2026-06-27', '15:00'))
    expect(said(reminders)).toEqual(['3/0 scheduled'])
    const fired = reminders.map(({ key }) => key)
    expect(dueReminders(state({ fired }), local('2026-06-27', '15:01'))).toEqual([])
  })

  it('a jump of any length is one reminder a clock', () => {
    const countdowns = ['a', 'b', 'c'].map((clock, index) =>
      countdown({ clock, lastDay: addDays(lastDay, index * 20) }),
    )
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 }), (first, jump) => {
        const from = msOf(local('2026-05-02')) + first * 24 * hour
        const before = watch(state({ countdowns }), [instantOf(from)])
        const after = dueReminders(
          state({ countdowns, fired: before.map(({ key }) => key) }),
          from + jump * 24 * hour,
        )
        expect(new Set(after.map(({ clock }) => clock)).size).toBe(after.length)
      }),
    )
  })
})

describe('a clock that appears or moves', () => {
  it('inside its offsets: one immediate notice, then the ones still to come', () => {
    const late = countdown({ sinceAt: local('2026-06-20', '22:00') })
    const sent = watch(
      state({ countdowns: [late] }),
      hours(local('2026-06-20', '22:00'), local('2026-06-27', '22:00')),
    )
    expect(said(sent)).toEqual(['appeared/0 appeared', '7/0 scheduled', '3/0 scheduled'])
    expect(sent[0]).toMatchObject({ at: local('2026-06-20', '22:00'), daysLeft: 10 })
  })

  it('past its last day: one immediate notice, then every morning', () => {
    const late = countdown({ sinceAt: local('2026-07-10', '10:00') })
    const sent = watch(
      state({ countdowns: [late] }),
      hours(local('2026-07-10', '10:00'), local('2026-07-12', '10:00')),
    )
    expect(said(sent)).toEqual(['appeared/0 appeared', '-11/0 overdue', '-12/0 overdue'])
  })

  it('far ahead of its offsets: none', () => expect(dueReminders(state(), local('2026-05-02'))).toEqual([]))

  it('a last day that moves re-arms every offset', () => {
    const fired = ['30', '14', '7'].map((offset) => `hipaa.individual|2026-06-30|${offset}|0`)
    const moved = countdown({
      lastDay: calendarDateOf('2026-10-01'),
      sinceAt: local('2026-06-25'),
      movedFrom: lastDay,
    })
    const sent = watch(state({ countdowns: [moved], fired }), mornings('2026-06-25', 95))
    expect(said(sent).slice(0, 3)).toEqual(['30/0 scheduled', '14/0 scheduled', '7/0 scheduled'])
    expect(pruneFired(fired, [moved])).toEqual([])
  })

  it('moved nearer: one immediate notice that names the day it moved from', () => {
    const moved = countdown({
      lastDay: calendarDateOf('2026-06-10'),
      sinceAt: local('2026-06-05', '14:00'),
      movedFrom: lastDay,
    })
    const sent = dueReminders(state({ countdowns: [moved] }), local('2026-06-05', '14:00'))
    expect(sent).toMatchObject([{ kind: 'appeared', daysLeft: 5, movedFrom: lastDay }])
  })

  const quiet = { from: { hour: 20, minute: 0 }, to: { hour: 7, minute: 0 } }
  it('in quiet hours the notice waits for the morning', () => {
    const late = countdown({ sinceAt: local('2026-06-20', '22:00') })
    const asked = state({ countdowns: [late], quiet })
    expect(dueReminders(asked, local('2026-06-21', '06:59'))).toEqual([])
    expect(said(dueReminders(asked, local('2026-06-21', '07:00')))).toEqual(['appeared/0 appeared'])
  })

  it.each(['2026-06-30', '2026-07-03'])(
    'on and after the last day quiet hours hold nothing back (%s)',
    (day) => {
      const late = countdown({ sinceAt: local(day, '22:00') })
      expect(dueReminders(state({ countdowns: [late], quiet }), local(day, '22:00'))).toHaveLength(1)
    },
  )
})

describe('a snooze', () => {
  const snooze = (untilOn: string, day: string = lastDay) => ({
    'hipaa.individual': { lastDay: day, untilOn: calendarDateOf(untilOn) },
  })

  it('holds until the morning of its day, then reminds once', () => {
    const fired = ['hipaa.individual|2026-06-30|14|0']
    const sent = watch(
      state({ fired, snoozed: snooze('2026-06-25') }),
      hours(local('2026-06-17'), local('2026-06-27')),
    )
    expect(sent.map(({ offset, at }) => `${offset} ${at}`)).toEqual([
      `snoozed-2026-06-25 ${local('2026-06-25')}`,
      `3 ${local('2026-06-27')}`,
    ])
  })

  it('never holds past the last day', () => {
    const snoozed = snooze('2026-07-20')
    expect(dueReminders(state({ snoozed }), local('2026-06-29', '23:00'))).toEqual([])
    expect(said(dueReminders(state({ snoozed }), local('2026-06-30')))).toEqual(['0/0 scheduled'])
    expect(said(dueReminders(state({ snoozed }), local('2026-07-01')))).toEqual(['-1/0 overdue'])
  })

  it('that ends on an offset is one reminder', () =>
    expect(
      said(watch(state({ snoozed: snooze('2026-06-23') }), hours(local('2026-06-17'), local('2026-06-24')))),
    ).toEqual(['7/0 scheduled']))

  it('of a last day that moved since holds nothing', () =>
    expect(
      dueReminders(state({ snoozed: snooze('2026-06-25', '2026-07-30') }), local('2026-06-16')),
    ).toHaveLength(1))
})

describe('escalation', () => {
  const escalation = defaultEscalation
  it('goes to deputy, commander and sponsor while nobody acknowledges', () => {
    const sent = watch(state({ escalation }), hours(local('2026-05-31'), local('2026-06-10')))
    expect(sent.map(({ offset, step, to, at }) => `${offset}/${step} ${to} ${at}`)).toEqual([
      `30/0 null ${local('2026-05-31')}`,
      `30/1 deputy ${local('2026-06-01')}`,
      `30/2 commander ${local('2026-06-02')}`,
      `30/3 sponsor ${local('2026-06-03')}`,
    ])
  })

  it('goes faster with three days or less to go', () => {
    const sent = watch(state({ escalation }), hours(local('2026-06-27'), local('2026-06-27', '22:00')))
    expect(sent.map(({ to, at }) => `${to} ${at}`)).toEqual([
      `null ${local('2026-06-27')}`,
      `deputy ${local('2026-06-27', '12:00')}`,
      `commander ${local('2026-06-27', '16:00')}`,
      `sponsor ${local('2026-06-27', '20:00')}`,
    ])
  })

  it('stops once somebody acknowledges, until the next reminder', () => {
    const acknowledged = { 'hipaa.individual': { lastDay, at: local('2026-05-31', '09:00') } }
    const sent = watch(state({ escalation, acknowledged }), hours(local('2026-05-31'), local('2026-06-17')))
    expect(said(sent)).toEqual(['30/0 scheduled', '14/0 scheduled', '14/1 escalated'])
  })

  it('after an outage leaves the owner the time to react', () => {
    const sent = watch(
      state({ escalation }),
      hours(local('2026-06-19', '10:00'), local('2026-06-20', '10:00')),
    )
    expect(sent.map(({ step, at }) => `${step} ${at}`)).toEqual([
      `0 ${local('2026-06-19', '10:00')}`,
      `1 ${local('2026-06-20', '10:00')}`,
    ])
  })
})

describe('clocks of hours', () => {
  it('count in hours near the end and go on every morning after', () => {
    const contract = countdown({
      clock: 'baa.contract',
      dueAt: local('2026-06-30', '21:00'),
      sinceAt: local('2026-06-27', '21:00'),
    })
    const sent = watch(
      state({ countdowns: [contract] }),
      hours(local('2026-06-27', '21:00'), local('2026-07-01', '21:00')),
    )
    expect(sent.map(({ offset, at }) => `${offset} ${at}`)).toEqual([
      `appeared ${local('2026-06-27', '21:00')}`,
      `48h ${local('2026-06-28', '21:00')}`,
      `24h ${local('2026-06-29', '21:00')}`,
      `8h ${local('2026-06-30', '13:00')}`,
      `2h ${local('2026-06-30', '19:00')}`,
      `0h ${local('2026-06-30', '21:00')}`,
      `-1 ${local('2026-07-01')}`,
    ])
  })
})

describe('clocks of hours that nobody answers', () => {
  const dueAt = local('2026-06-30', '21:00')
  const quiet = { from: { hour: 20, minute: 0 }, to: { hour: 7, minute: 0 } }
  const ends = (own: Partial<Countdown> = {}) =>
    countdown({ clock: 'gdpr.art33', dueAt, sinceAt: local('2026-06-27', '21:00'), ...own })

  it('escalate within hours: the sponsor has five of the last eight left', () => {
    const sent = watch(
      state({ countdowns: [ends()], escalation: defaultEscalation }),
      hours(local('2026-06-30', '13:00'), local('2026-06-30', '19:00')),
    )
    expect(sent.map(({ offset, to, at }) => `${offset} ${to} ${at}`)).toEqual([
      `8h null ${local('2026-06-30', '13:00')}`,
      `8h deputy ${local('2026-06-30', '14:00')}`,
      `8h commander ${local('2026-06-30', '15:00')}`,
      `8h sponsor ${local('2026-06-30', '16:00')}`,
      `2h null ${local('2026-06-30', '19:00')}`,
    ])
  })

  it.each(['2026-06-28', '2026-06-29'])('no night holds them back (%s)', (day) => {
    const late = state({ countdowns: [ends({ sinceAt: local(day, '22:00') })], quiet })
    expect(nextWakeAt(late, local(day, '22:00'))).toBe(local(day, '22:00'))
  })

  it('a snooze ends two hours before their end at the latest', () => {
    const early = local('2026-06-30', '06:00')
    const snoozed = { 'gdpr.art33': { lastDay, untilOn: lastDay } }
    const fired = [`gdpr.art33|${lastDay}|appeared|0`]
    const asleep = state({ countdowns: [ends({ dueAt: early })], snoozed, fired })
    expect(nextWakeAt(asleep, local('2026-06-28'))).toBe(local('2026-06-30', '04:00'))
  })
})

it('a rule may be reminded of at other times than its unit: the report of a year is begun earlier', () => {
  const annual = countdown({ clock: 'hipaa.hhs.under500', sinceAt: local('2026-04-01') })
  expect(nextWakeAt(state({ countdowns: [annual] }), local('2026-04-02'))).toBe(local('2026-05-01'))
})

describe('for any countdown', () => {
  const day = fc.integer({ min: 0, max: 120 }).map((days) => addDays(calendarDateOf('2026-02-01'), days))
  const zones = fc.constantFrom('America/New_York', 'Pacific/Auckland', 'Asia/Kolkata', 'UTC')

  it('looking every hour sends the same as looking once a day at 08:00', () => {
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 3 }), zones, (days, inZone) => {
        const sinceAt = instantAt(inZone, calendarDateOf('2026-01-01'), { hour: 12, minute: 0 })
        const countdowns = days.map((lastDay, index) =>
          countdown({ clock: `clock.${index}`, lastDay, sinceAt }),
        )
        const start = state({ countdowns, zone: inZone })
        const from = instantAt(inZone, calendarDateOf('2026-01-02'), { hour: 8, minute: 0 })
        const daily = Array.from({ length: 160 }, (_, index) =>
          instantAt(inZone, addDays(calendarDateOf('2026-01-02'), index), { hour: 8, minute: 0 }),
        )
        const hourly = hours(from, daily.at(-1)!)
        const keys = (instants: readonly string[]) => watch(start, instants).map(({ key }) => key)
        expect(keys(hourly.concat(daily).sort())).toEqual(keys(daily))
      }),
      { numRuns: 4 },
    )
  })

  it('nextWakeAt is the first instant with something to say, and nothing is said before it', () => {
    const moments = fc.integer({ min: 0, max: 250 * 24 })
    fc.assert(
      fc.property(
        day,
        moments,
        moments,
        fc.boolean(),
        fc.option(day),
        (last, since, now, escalated, untilOn) => {
          const base = msOf('2026-01-01T05:00:00Z')
          const sinceAt = instantOf(base + Math.min(since, now) * hour)
          const at = base + Math.max(since, now) * hour
          const watched = state({
            countdowns: [countdown({ lastDay: last, sinceAt })],
            ...(escalated && { escalation: defaultEscalation }),
            ...(untilOn && { snoozed: { 'hipaa.individual': { lastDay: last, untilOn } } }),
            quiet: { from: { hour: 20, minute: 0 }, to: { hour: 7, minute: 0 } },
          })
          const first = dueReminders(watched, at)
          const fired = first.map(({ key }) => key)
          const after = {
            ...watched,
            fired,
            sentAt: first.length > 0 ? { 'hipaa.individual': instantOf(at) } : {},
          }
          const wake = msOf(nextWakeAt(after, at)!)
          expect(dueReminders(after, wake)).toHaveLength(1)
          for (let before = at; before < wake; before += Math.max(hour, Math.floor((wake - at) / 50)))
            expect(dueReminders(after, before)).toEqual([])
          if (wake > at) expect(dueReminders(after, wake - 1)).toEqual([])
        },
      ),
      { numRuns: 60 },
    )
  })

  it('no countdown, nothing to wake for', () =>
    expect(nextWakeAt(state({ countdowns: [] }), local('2026-06-01'))).toBeNull())
})

describe('which clocks are counted down', () => {
  const facts = {
    entityType: 'covered_entity',
    orgTimezone: zone,
    discoveredAt: '2026-05-01',
    affectedCount: 900,
    residentsByState: { WY: 900 },
    documentedAt: '2026-05-02',
    insufficientContactCount: 12,
    substitutePostedAt: '2026-06-01',
  }
  const parsed = parseFacts(facts)
  if (!parsed.ok) throw new Error(parsed.mistakes.join('\n'))
  const result = computeClocks(parsed.facts)
  const declaredAt = local('2026-05-01', '22:41')

  it('those owed with a last day; keeping a posting or the record is no countdown', () =>
    expect(countdownsOf(result, zone, declaredAt).map(({ clock }) => clock)).toEqual([
      'hipaa.individual',
      'hipaa.media',
      'hipaa.hhs.500plus',
    ]))

  it('not those already met', () =>
    expect(countdownsOf(result, zone, declaredAt, {}, ['hipaa.individual', 'hipaa.media'])).toHaveLength(1))

  it('since when a last day stands comes from the record, and only for that last day', () => {
    const at = local('2026-05-20')
    const since = {
      'hipaa.individual': { lastDay: '2026-06-30', at, movedFrom: calendarDateOf('2026-07-02') },
      'hipaa.media': { lastDay: '2026-07-02', at },
    }
    expect(countdownsOf(result, zone, declaredAt, since).slice(0, 2)).toMatchObject([
      { sinceAt: at, movedFrom: '2026-07-02' },
      { sinceAt: declaredAt },
    ])
  })
})
