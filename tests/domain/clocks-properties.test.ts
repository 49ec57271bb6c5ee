// Sixty days over forty years of zones, targets and delays. What holds of every row is in law-properties.test.ts.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type CalendarDate, calendarDateOf, daysBetween, later } from '../../src/domain/calendar.ts'
import { type ClockFacts, computeClocks, parseFacts } from '../../src/domain/clocks.ts'
import { targetDay } from '../../src/domain/targets.ts'

const zones = [
  'America/New_York',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Pacific/Apia',
  'UTC',
]
const zone = fc.constantFrom(...zones)
const day = fc.integer({ min: 0, max: 15_000 }).map((days) => addDays(calendarDateOf('1996-02-01'), days))
const instant = fc
  .integer({ min: 830_000_000, max: 2_100_000_000 })
  .map((s) => new Date(s * 1000).toISOString())
const moment = fc.oneof(day, instant)
const people = fc.integer({ min: 0, max: 2000 })

const facts = fc.record({
  entityType: fc.constantFrom('covered_entity', 'business_associate'),
  orgTimezone: zone,
  discoveredAt: moment,
  reasonableDiligenceDate: fc.option(moment),
  knowledge: fc.array(
    fc.record({
      who: fc.constantFrom('workforce', 'officer', 'employee', 'agent'),
      at: moment,
      committedBreach: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  affectedCount: fc.option(people.map((count) => count + 4000)),
  residentsByState: fc.option(fc.record({ TX: people, OH: people })),
  baaDays: fc.option(fc.integer({ min: 0, max: 200 })),
})

const parse = (input: unknown): ClockFacts => {
  const parsed = parseFacts(input)
  if (!parsed.ok) throw new Error(parsed.mistakes.join('\n'))
  return parsed.facts
}

const dates = (input: ClockFacts): Record<string, CalendarDate> =>
  Object.fromEntries(
    Object.entries(computeClocks(input).clocks).flatMap(([id, clock]) =>
      clock.applicable && clock.dueDate ? [[id, clock.dueDate] as const] : [],
    ),
  )

const sixtyDayClocks = ['hipaa.individual', 'hipaa.media', 'hipaa.hhs.500plus', 'hipaa.ba_to_ce']

describe('for any facts', () => {
  it('no clock of 60 days ends later than 60 days after the first day anyone but the wrongdoer knew', () => {
    fc.assert(
      fc.property(facts, (input) => {
        const parsed = parse(input)
        const { discoveryDate, effectiveBaDueDate } = computeClocks(parsed)
        const clocks = dates(parsed)
        for (const id of sixtyDayClocks)
          if (clocks[id]) expect(daysBetween(discoveryDate!, clocks[id])).toBe(60)
        if (effectiveBaDueDate)
          expect(daysBetween(discoveryDate!, effectiveBaDueDate)).toBeLessThanOrEqual(60)
      }),
    )
  })

  it.each([
    ['sixty days', 60, '2027-01-19', '2027-01-04'],
    ['thirty days keep the same part of theirs', 30, '2026-12-20', '2026-12-12'],
    ['five days that count from a later start', 5, '2027-02-01', '2027-01-30'],
    ['one day has none in hand but itself', 1, '2026-11-21', '2026-11-20'],
    ['no number', undefined, '2027-03-01', '2027-01-04'],
  ])('the target of %s', (_, amount, lastDay, target) => {
    expect(targetDay('2026-11-20' as CalendarDate, lastDay as CalendarDate, 45, amount)).toBe(target)
  })

  it('an internal target is never later than the last day', () => {
    fc.assert(
      fc.property(day, day, fc.integer({ min: 0, max: 400 }), (discovery, lastDay, days) => {
        expect(targetDay(discovery, lastDay, days) <= lastDay).toBe(true)
      }),
    )
  })
})

describe('law-enforcement delays', () => {
  const statement = fc.oneof(
    fc.record({ kind: fc.constant('oral'), statementDate: day }),
    fc
      .record({ statementDate: day, days: fc.option(fc.integer({ min: 0, max: 300 })) })
      .map(({ statementDate, days }) => ({
        kind: 'written',
        statementDate,
        until: days === null ? null : addDays(statementDate, days),
      })),
  )

  it('never stack: no last day lies past the limit, 30 days from one statement or the date in one writing', () => {
    fc.assert(
      fc.property(
        day,
        fc.array(fc.tuple(fc.integer({ min: -20, max: 120 }), statement), { maxLength: 5 }),
        (discovery, list) => {
          const lawEnforcementDelays = list.map(([days, { kind, ...rest }]) => {
            const statementDate = addDays(discovery, days)
            const until =
              'until' in rest && rest.until
                ? addDays(statementDate, daysBetween(rest.statementDate, rest.until))
                : null
            return { kind, statementDate, until }
          })
          const input = {
            entityType: 'covered_entity',
            orgTimezone: 'America/New_York',
            discoveredAt: discovery,
          }
          const limit = addDays(discovery, 60)
          const allowed = lawEnforcementDelays.map(
            ({ statementDate, until }) => until ?? addDays(statementDate, 30),
          )
          const lastDay = dates(parse({ ...input, lawEnforcementDelays }))['hipaa.individual']!
          expect(lastDay >= limit && lastDay <= allowed.reduce(later, limit)).toBe(true)
          expect([limit, ...allowed]).toContain(lastDay)
        },
      ),
    )
  })

  it('oral statements alone never reach past 30 days from a statement made inside the 60', () => {
    fc.assert(
      fc.property(
        day,
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 6 }),
        (discovery, days) => {
          const lawEnforcementDelays = days.map((after) => ({
            kind: 'oral',
            statementDate: addDays(discovery, after),
          }))
          const input = {
            entityType: 'covered_entity',
            orgTimezone: 'UTC',
            discoveredAt: discovery,
            lawEnforcementDelays,
          }
          const clocks = dates(parse(input))
          expect(daysBetween(discovery, clocks['hipaa.individual']!)).toBeLessThanOrEqual(90)
          expect(clocks['hipaa.individual']).toBe(
            later(
              addDays(discovery, 60),
              addDays(discovery, Math.min(...days) > 60 ? 60 : Math.min(...days) + 30),
            ),
          )
        },
      ),
    )
  })
})
