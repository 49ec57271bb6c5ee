/**
 * The picture of an incident: no words cover others whatever happened, and two pictures as they were drawn before.
 * `WRITE_GOLDEN=1 npx vitest run --config tests/vitest.config.ts tests/views/report/picture.test.ts` draws them anew.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { event } from '../../../src/domain/events.ts'
import { phases } from '../../../src/domain/phases.ts'
import { roles } from '../../../src/domain/roles.ts'
import { axisOf, ticksOf } from '../../../src/views/report/picture/axis.ts'
import { gather, place } from '../../../src/views/report/picture/labels.ts'
import { pictureOf } from '../../../src/views/report/picture/picture.ts'
import { svg } from '../../../src/views/report/svg.ts'
import { overlaps } from '../../support/pictures.ts'
import { named, reportOf, type Told, tell } from '../../support/told-log.ts'
import { ninetyDays, threeHours } from '../../support/told-reports.ts'

const at = '2026-11-21T03:41:00Z'
const after = (minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString()

function told(...acts: readonly ((told: Told) => void)[]): Told {
  const regimes = ['hipaa', 'state', 'part2']
  const log = tell('inc-2026-0007', { at, by: 'U1', kind: 'malware', regimes })
  for (const act of acts) act(log)
  return log
}

const decisions =
  (count: number, everyMinutes: number) =>
  (log: Told): void => {
    for (let number = 1; number <= count; number++)
      log.act(after(number * everyMinutes), 'U1', event('decision.recorded', { number, message: null }))
  }

const everyRole =
  (times: number, everyMinutes: number) =>
  (log: Told): void => {
    for (let time = 0; time < times; time++)
      for (const { id: role } of roles) {
        const person = `U${time}`
        log.act(
          after(time * everyMinutes),
          'U1',
          named(person, `Dr. Maximiliane Oberhofer-Wintergarten the ${time}th`),
          event('role.assigned', { role, person, previous: null, how: 'claimed' }),
        )
      }
  }

const everyPhase =
  (everyMinutes: number) =>
  (log: Told): void => {
    for (const [index, { id }] of phases.slice(2).entries())
      log.act(
        after(1 + index * everyMinutes),
        'U1',
        event('phase.entered', { phase: id, from: 'detection', openRequired: [] }),
      )
  }

const noticed = (log: Told): void =>
  log.act(
    after(5),
    'U1',
    event('fact.recorded', {
      fact: 'affected',
      value: { total: 9000, byState: { TX: 800, CA: 600, NY: 700 } },
      before: null,
    }),
  )

describe('no words cover others', () => {
  test.each<[string, Told]>([
    ['when nothing happened but the declaration', told()],
    ['over within three hours', threeHours()],
    ['over ninety days, dense at first', ninetyDays()],
    ['with forty decisions in as many minutes', told(decisions(40, 1), noticed)],
    ['with a decision a day for two months', told(decisions(60, 1440))],
    ['with every phase entered in the same minute', told(everyPhase(0), noticed)],
    ['with every phase in a quarter of an hour of two months', told(everyPhase(4), decisions(3, 30_000))],
    ['with every role changing hands at once, by long names', told(everyRole(6, 0))],
    ['with every role changing hands each week', told(everyRole(8, 10_080), decisions(12, 2))],
    ['over three years', told(decisions(30, 60_000), everyRole(2, 400_000), noticed)],
  ])('%s', (_, log) => {
    expect(overlaps(pictureOf(reportOf(log)))).toEqual([])
  })
})

describe('the axis', () => {
  const plot = { x0: 0, x1: 800 }
  const hour = 3_600_000
  const from = Date.parse(at)

  test('has one scale for a short incident, two where a long one was dense on its first day', () => {
    const dense = [0, 1, 2, 3, 4].map((hours) => from + hours * hour)
    expect(axisOf({ from, to: from + 3 * hour }, dense, plot).segments).toHaveLength(1)
    expect(axisOf({ from, to: from + 90 * 24 * hour }, dense, plot).segments).toHaveLength(2)
    expect(axisOf({ from, to: from + 90 * 24 * hour }, [from], plot).segments).toHaveLength(1)
  })

  test('never runs backwards, over its change of scale too', () => {
    const axis = axisOf({ from, to: from + 60 * 24 * hour }, [from, from, from, from], plot)
    const xs = Array.from({ length: 200 }, (_, index) => axis.x(from + index * 8 * hour))
    expect(xs).toEqual([...xs].sort((a, b) => a - b))
    expect(axis.x(from + 60 * 24 * hour)).toBe(800)
  })

  test('ticks stand at full hours and midnights of the zone, also on the day clocks go back', () => {
    const change = Date.parse('2026-11-01T04:00:00Z')
    const segment = { from: change, to: change + 12 * hour, ...plot }
    const words = ticksOf(segment, 'America/New_York').map((tick) => tick.words)
    expect(words.slice(0, 3)).toEqual(['Sun 1 Nov', '02:00', '04:00'])
  })
})

describe('labels', () => {
  test('that would meet share one', () => {
    const marks = [10, 14, 18, 200].map((x, index) => ({ x, number: index + 1 }))
    expect(gather(marks, 10).map(({ words }) => words)).toEqual(['1–3', '4'])
  })

  test('that find no room are left out and counted', () => {
    const wanted = Array.from({ length: 4 }, () => ({ x: 50, words: 'Containment' }))
    const { placed, left } = place(wanted, { from: 0, to: 100, size: 10, rows: 3 })
    expect([placed.map(({ row }) => row), left]).toEqual([[0, 1, 2], 1])
  })
})

test.each<[string, () => Told]>([
  ['three-hours', threeHours],
  ['ninety-days', ninetyDays],
])('%s is drawn as before', (name, log) => {
  const file = new URL(`./golden/${name}.svg`, import.meta.url)
  const drawn = `${svg(pictureOf(reportOf(log())))}\n`
  if (process.env.WRITE_GOLDEN === '1') writeFileSync(file, drawn)
  expect(drawn).toBe(readFileSync(file, 'utf8'))
})
