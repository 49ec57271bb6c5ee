// What must hold of every row for any facts, against the law written down a second time (law/table.ts).
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roomRows } from '../../src/domain/clock-names.ts'
import { type Clock, computeClocks, lastDayOf } from '../../src/domain/clocks.ts'
import type { OrganisationFacts } from '../../src/domain/events.ts'
import { incidentClocks } from '../../src/domain/incident-clocks.ts'
import { regulations } from '../../src/domain/regulations.ts'
import { supposed } from '../../src/domain/what-if.ts'
import { type AnyFacts, day, facts, instant, knower, read, statement } from './law/facts.ts'
import { discovered, isOwed, latestOf, plus } from './law/latest.ts'
import { law, notLimits } from './law/table.ts'

const holds = <T>(property: fc.IRawProperty<T>, numRuns = 60) => fc.assert(property, { numRuns })
const clocksOf = (input: AnyFacts) => computeClocks(read(input)).clocks
const endOf = (clock: Clock | undefined): string | null =>
  clock?.applicable ? (clock.dueDate ?? clock.dueInstantUtc ?? null) : null
/** A day and an instant are never compared with each other: an hour clock stays one. */
const ends = (input: AnyFacts) =>
  Object.entries(clocksOf(input)).flatMap(([id, clock]) => {
    const end = endOf(clock)
    return end ? [[id, end] as const] : []
  })

it('the law is written down for every row', () =>
  expect([...law.map(({ id }) => id), ...notLimits].sort()).toEqual(regulations.map(({ id }) => id).sort()))

describe('for any facts', () => {
  it('no clock ends later than the law allows, and none that it asks for is missing', () => {
    holds(
      fc.property(facts, (input) => {
        const parsed = read(input)
        const { clocks, discoveryDate } = computeClocks(parsed)
        expect(discoveryDate).toBe(discovered(parsed))
        for (const one of law) {
          const clock = clocks[one.id]
          expect([one.id, clock?.applicable ?? false]).toEqual([one.id, isOwed(one, parsed)])
          if (!clock?.applicable) continue
          const latest = latestOf(one, parsed)
          const end = clock.baseDueDate ?? endOf(clock)
          if (latest)
            expect([one.id, end && new Date(end).getTime()]).toEqual([
              one.id,
              new Date(latest.limit).getTime(),
            ])
          if (latest)
            expect(new Date(endOf(clock)!).getTime()).toBeLessThanOrEqual(new Date(latest.latest).getTime())
          else if (!clock.dueInstantUtc) expect([one.id, end]).toEqual([one.id, null])
        }
      }),
      120,
    )
  })

  it('a contract never lengthens the sixty days, and each of its windows is kept', () => {
    holds(
      fc.property(facts, (input) => {
        const parsed = read({ ...input, entityType: 'business_associate', lawEnforcementDelays: [] })
        const { effectiveBaDueDate, clocks } = computeClocks(parsed)
        const known = discovered(parsed)
        expect(effectiveBaDueDate! <= plus(known!, 60)).toBe(true)
        const contract = lastDayOf(clocks['baa.contract'], parsed.orgTimezone!)
        if (parsed.baaDays != null) expect(contract! <= plus(known!, parsed.baaDays)).toBe(true)
        if (parsed.baaHours != null)
          expect(contract! <= plus(known!, Math.floor(parsed.baaHours / 24) + 2)).toBe(true)
      }),
    )
  })

  it('what must be kept is never kept a day too short', () => {
    holds(
      fc.property(facts, day, (input, on) => {
        const clocks = clocksOf({
          ...input,
          entityType: 'covered_entity',
          documentedAt: on,
          substitutePostedAt: on,
          insufficientContactCount: 10,
        })
        const kept = clocks['hipaa.retention']
        expect(kept).toMatchObject({ applicable: true })
        expect(
          kept?.applicable && kept.retainAtLeastThrough! >= `${Number(on.slice(0, 4)) + 6}${on.slice(4)}`,
        ).toBe(true)
        expect(endOf(clocks['hipaa.substitute_posting'])! >= plus(on, 90)).toBe(true)
      }),
    )
  })

  it('a later discovery never gives an earlier last day', () => {
    holds(
      fc.property(facts, fc.oneof(day, instant), fc.nat(300), (input, from, days) => {
        const to =
          from.length === 10 ? plus(from, days) : new Date(Date.parse(from) + days * 86_000_000).toISOString()
        const before = Object.fromEntries(ends({ ...input, discoveredAt: from }))
        for (const [id, end] of ends({ ...input, discoveredAt: to }))
          expect([id, end >= before[id]!]).toEqual([id, true])
      }),
    )
  })

  it('one more person who knew never makes a last day later, and the wrongdoer makes none earlier', () => {
    holds(
      fc.property(facts, knower, (input, person) => {
        const without = Object.fromEntries(ends(input))
        for (const [id, end] of ends({
          ...input,
          knowledge: [...input.knowledge, { ...person, committedBreach: false }],
        }))
          expect([id, end <= without[id]!]).toEqual([id, true])
        const wrongdoer = { ...person, committedBreach: true }
        expect(clocksOf({ ...input, knowledge: [wrongdoer, ...input.knowledge] })).toEqual(clocksOf(input))
      }),
    )
  })

  it('the same facts give the same output, whatever their order', () => {
    holds(
      fc.property(facts, (input) => {
        const turned = Object.fromEntries(
          Object.entries({ ...input, knowledge: input.knowledge.toReversed() }).reverse(),
        )
        expect(computeClocks(read(turned))).toEqual(computeClocks(read(input)))
        expect(JSON.stringify(clocksOf(input))).toBe(JSON.stringify(clocksOf(structuredClone(input))))
      }),
      20,
    )
  })

  const deciding = ['affectedCount', 'residentsByState', 'agentOfCoveredEntity'] as const
  it.each(deciding)('%s missing hides no clock, and no earlier day', (fact) => {
    holds(
      fc.property(facts, (input) => {
        const less = clocksOf({ ...input, [fact]: null })
        for (const [id, clock] of Object.entries(clocksOf(input))) {
          if (!clock.applicable || (fact === 'residentsByState' && id.startsWith('state.'))) continue
          const open = less[id]
          expect([id, open?.applicable || Boolean(open?.undecided)]).toEqual([id, true])
          const earliest = endOf(open) ?? open?.undecided?.earliest ?? null
          const end = endOf(clock)
          if (end) expect([id, earliest && earliest <= end]).toEqual([id, true])
        }
      }),
      25,
    )
  })
})

describe('law-enforcement delays', () => {
  it('never stack, and move nothing but what 164.412 covers', () => {
    holds(
      fc.property(
        facts,
        fc.array(statement, { minLength: 1, maxLength: 5 }),
        (input, lawEnforcementDelays) => {
          const without = Object.fromEntries(ends({ ...input, lawEnforcementDelays: [] }))
          const allowed = lawEnforcementDelays.map(({ kind, statementDate, until }) => {
            const thirty = plus(statementDate, 30)
            return until && (kind === 'written' || until < thirty) ? until : thirty
          })
          for (const [id, end] of ends({ ...input, lawEnforcementDelays })) {
            const isCovered = /^(hipaa\.(individual|media|hhs|ba)|part2)/.test(id)
            expect([without[id], ...(isCovered ? allowed : [])]).toContain(end)
            expect(end >= without[id]!).toBe(true)
          }
        },
      ),
    )
  })

  it('a second oral statement adds nothing', () => {
    holds(
      fc.property(facts, day, fc.nat(60), (input, statementDate, days) => {
        const oral = { kind: 'oral', statementDate }
        const again = { kind: 'oral', statementDate: plus(statementDate, days) }
        const one = ends({ ...input, lawEnforcementDelays: [oral] })
        expect(ends({ ...input, lawEnforcementDelays: [oral, again] })).toEqual(one)
      }),
      25,
    )
  })
})

describe('a room', () => {
  const organisation: OrganisationFacts = {
    ...{ zone: 'America/Chicago', entityType: 'covered_entity', holidays: [], targetDays: 45 },
    ...{ regimes: ['hipaa'], table: '2026-11' },
  }
  const regimes = [
    ...new Set(regulations.flatMap(({ id }) => [id, id.split('.').slice(0, 2).join('.'), id.split('.')[0]!])),
  ]

  it('counts no day of a clock otherwise because another regime was switched on', () => {
    holds(
      fc.property(facts, fc.subarray(regimes), fc.subarray(regimes), (input, some, more) => {
        const affected = { total: input.affectedCount, byState: input.residentsByState }
        const now = new Date('2027-06-01T12:00:00Z')
        const shown = (on: string[]) =>
          incidentClocks(
            supposed({ ...organisation, regimes: ['hipaa', ...on] }, input.discoveredAt, affected, now),
            now,
          )
        const wide = new Map(shown([...some, ...more]).map((clock) => [clock.id, clock.lastDay]))
        for (const { id, lastDay } of shown(some)) expect([id, wide.get(id)]).toEqual([id, lastDay])
        expect(roomRows(['hipaa', ...some]).every(({ enabled }) => enabled)).toBe(true)
      }),
      20,
    )
  })
})
