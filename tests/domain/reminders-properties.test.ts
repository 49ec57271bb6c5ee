/**
 * Whatever people record and whenever the tick looks: no offset is sent twice, none is lost while somebody looks, and on a
 * last day somebody is told. The clocks are made up, so that a thousand lives cost little; everything else is the room's own.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, type CalendarDate, calendarDateOf } from '../../src/domain/calendar.ts'
import { type Event, event } from '../../src/domain/events.ts'
import { applyEvent, type IncidentState } from '../../src/domain/incident.ts'
import { type Countdown, defaultOffsets, fixedMoments, snoozeEnd } from '../../src/domain/reminder-moments.ts'
import { nextWakeAt, reminderKey } from '../../src/domain/reminders.ts'
import { reminderStateOf, remindersDue } from '../../src/domain/reminders-due.ts'
import { defaultReminding } from '../../src/domain/reminding.ts'
import { dateIn, instantAt, instantOf, msOf } from '../../src/domain/zone.ts'
import { assigned, begin } from '../views/story.ts'

const HOUR = 3_600_000
const START = msOf('2026-11-21T05:00:00Z')
const zone = 'America/New_York'
const setting = { zone, offsets: defaultOffsets, quiet: null }

/** How long a last day stood, and until when its reminders were quieted within that. */
interface Stand {
  readonly countdown: Countdown
  to: number
  readonly snoozes: { readonly at: number; readonly end: number }[]
}

const clocks = ['letters', 'contract'] as const
const of = fc.constantFrom(...clocks)
const action = fc.oneof(
  fc.record({ what: fc.constant('move' as const), clock: of, days: fc.integer({ min: -12, max: 12 }) }),
  fc.record({ what: fc.constant('back' as const), clock: of }),
  fc.record({ what: fc.constant('snooze' as const), clock: of, days: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ what: fc.constant('seen' as const), clock: of }),
  fc.record({
    what: fc.constant('own' as const),
    clock: of,
    who: fc.constantFrom('LEE', 'KIM', 'DANA', 'SAM'),
  }),
  fc.record({ what: fc.constant('unreached' as const), clock: of }),
  fc.record({ what: fc.constant('send' as const), clock: of }),
)
const steps = fc.array(
  fc.record({ afterHours: fc.integer({ min: 0, max: 90 }), minutes: fc.nat(59), action }),
  {
    minLength: 5,
    maxLength: 22,
  },
)

type Action = typeof action extends fc.Arbitrary<infer A> ? A : never

const story = begin()
story.act('2026-11-21T03:50:00Z', 'DANA', assigned('commander', 'DANA'), assigned('privacy-officer', 'LEE'))
const begun = story.state

function life(isNight: boolean) {
  let state: IncidentState = isNight ? begun : { ...begun, phase: 'recovery' }
  let seq = 1000
  const sent: { at: number; key: string; clock: string; to: readonly string[]; step: number }[] = []
  const stands: Stand[] = []
  const standing = new Map<string, Stand>()
  const record = (at: number, one: Event, actor = 'LEE') => {
    seq += 1
    state = applyEvent(state, { ...one, seq, at: instantOf(at), actor }, state.incident)
  }
  const stand = (clock: string, lastDay: CalendarDate, at: number) => {
    const before = standing.get(clock)
    if (before?.countdown.lastDay === lastDay) return
    if (before) before.to = at
    const dueAt = clock === 'contract' ? { dueAt: instantAt(zone, lastDay, { hour: 17, minute: 0 }) } : {}
    const countdown = { clock, lastDay, sinceAt: instantOf(at), ...dueAt }
    const next: Stand = { countdown, to: Number.POSITIVE_INFINITY, snoozes: [] }
    stands.push(next)
    standing.set(clock, next)
  }
  const reminding = () =>
    reminderStateOf(
      state,
      [...standing.values()].map(({ countdown }) => countdown),
      defaultReminding,
    )
  const due = (at: number) => remindersDue(state, reminding(), new Date(at), state.roster)
  const tick = (at: number) => {
    const found = due(at)
    for (const one of found) {
      record(at, one, '')
      if (one.kind !== 'reminder.sent') continue
      const { clock, lastDay, offset, step, to } = one.data
      sent.push({ at, key: reminderKey(clock, lastDay, offset, step), clock, to, step })
    }
    return found.length
  }
  const act = (at: number, { what, clock, ...more }: Action) => {
    const now = standing.get(clock)
    if (!now) return stand(clock, addDays(dateIn(zone, at), 10), at)
    const { lastDay } = now.countdown
    if (what === 'move' && 'days' in more) stand(clock, addDays(lastDay, more.days), at)
    if (what === 'back')
      stand(clock, stands.find((one) => one.countdown.clock === clock)!.countdown.lastDay, at)
    if (what === 'snooze' && 'days' in more) {
      const untilOn = addDays(dateIn(zone, at), more.days)
      // What the command refuses.
      if (untilOn > lastDay) return
      record(at, event('reminder.snoozed', { clock, lastDay, untilOn }))
      now.snoozes.push({ at, end: snoozeEnd(now.countdown, untilOn, setting).at })
    }
    if (what === 'seen') record(at, event('reminder.acknowledged', { clock, lastDay }))
    if (what === 'own' && 'who' in more)
      record(at, event('notification.owned', { clock, person: more.who, previous: null }))
    if (what === 'unreached') {
      const [person] = state.reminded[clock]?.to ?? []
      if (person) record(at, event('reminder.unreached', { person, code: 'blocked', clocks: [clock] }))
    }
    if (what === 'send') {
      now.to = at
      standing.delete(clock)
    }
  }
  stand('letters', calendarDateOf('2026-12-22'), START)
  stand('contract', calendarDateOf('2026-12-02'), START)
  const wake = (at: number) => nextWakeAt(reminding(), at)
  return { act, tick, due, wake, sent, stands, stateNow: () => state }
}

const twice = (keys: readonly string[]) => keys.filter((key, at) => keys.indexOf(key) !== at)

test('while somebody looks no offset is lost and none doubled, and on a last day somebody is told', () => {
  fc.assert(
    fc.property(steps, fc.boolean(), (all, isNight) => {
      const it = life(isNight)
      let now = START
      const until = (end: number) => {
        for (let wake = it.wake(now); wake && msOf(wake) <= end; wake = it.wake(now)) {
          now = Math.max(now, msOf(wake))
          // It woke for something, so it may not wake for it again.
          expect(it.tick(now)).toBeGreaterThan(0)
        }
        now = end
      }
      for (const { afterHours, minutes, action } of all) {
        until(now + afterHours * HOUR + minutes * 60_000 + 1)
        it.act(now, action)
      }
      until(now + 8 * 24 * HOUR)

      expect(twice(it.sent.map(({ key }) => key))).toEqual([])
      const keys = new Set(it.sent.map(({ key }) => key))
      const lost = it.stands.flatMap(({ countdown, to, snoozes }) =>
        fixedMoments(countdown, setting)
          .filter(({ at }) => at > msOf(countdown.sinceAt) && at < Math.min(to, now))
          .filter(
            ({ at }) =>
              !snoozes.some((one, n) => one.at <= at && at < one.end && (snoozes[n + 1]?.at ?? at + 1) > at),
          )
          .map(({ offset }) => reminderKey(countdown.clock, countdown.lastDay, offset, 0))
          .filter((key) => !keys.has(key)),
      )
      expect(lost).toEqual([])
      // Quiet hours are eleven, and hold back what appeared in them.
      const unannounced = it.stands.filter(({ countdown, to, snoozes }) => {
        const since = msOf(countdown.sinceAt)
        const isInside =
          fixedMoments(countdown, setting)[0]!.at <= since && since + 12 * HOUR < Math.min(to, now)
        const { clock } = countdown
        return (
          isInside &&
          snoozes.length === 0 &&
          !it.sent.some(
            (one) => one.clock === clock && one.step === 0 && one.at >= since && one.at < since + 12 * HOUR,
          )
        )
      })
      expect(unannounced).toEqual([])
      const untold = it.stands.filter(({ countdown: { clock, lastDay, sinceAt }, to }) => {
        const morning = msOf(instantAt(zone, lastDay, defaultOffsets.sendAt))
        const isOver = morning > msOf(sinceAt) && morning + 12 * HOUR < Math.min(to, now)
        return (
          isOver &&
          !it.sent.some((one) => one.clock === clock && dateIn(zone, one.at) === lastDay && one.to.length > 0)
        )
      })
      expect(untold).toEqual([])
    }),
    { numRuns: 15 },
  )
})

test('however seldom somebody looks, a look says the latest once and leaves nothing to say', () => {
  fc.assert(
    fc.property(steps, fc.boolean(), (all, isNight) => {
      const it = life(isNight)
      let now = START
      for (const { afterHours, minutes, action } of all) {
        now += afterHours * HOUR + minutes * 60_000
        it.act(now, action)
        const before = it.sent.length
        it.tick(now)
        const said = it.sent.slice(before)
        // One offset a clock, with as many steps of it as had nobody.
        expect(new Set(said.map(({ clock }) => clock)).size).toBe(
          new Set(said.map(({ key }) => key.split('|').slice(0, 3).join())).size,
        )
        const left = it
          .due(now)
          .flatMap((one) => (one.kind === 'reminder.sent' && one.data.step === 0 ? [one.data] : []))
        expect(left).toEqual([])
      }
      expect(twice(it.sent.map(({ key }) => key))).toEqual([])
      expect([...it.stateNow().fired]).toEqual(it.sent.map(({ key }) => key))
    }),
    { numRuns: 20 },
  )
})
