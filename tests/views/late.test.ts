/** `late` where hours count, and where more is late than an answer shows. */
import { expect, test } from 'vitest'
import { cardText } from '../../src/views/card.ts'
import { lateCard } from '../../src/views/index.ts'
import { type Desk, desk } from '../commands/desk.ts'

const linesAt = ({ state, organisation }: Desk, now: string) =>
  cardText(
    lateCard({
      ...{ visible: [state!], organisation, now: new Date(now), word: '/incident', person: 'UDANA' },
    }),
  ).split('\n')

/** A hospital in New York has until Mon 23 Nov 2026 22:00. */
const hospital = () => {
  const here = desk({ declared: 'ransomware', facts: { regimes: ['HIPAA', 'state.ny'] } })
  here.run('UDANA', 'fact started ny-hospital 20 Nov 2026 22:00 because the ward is down')
  return here
}

test.each([
  [
    '2026-11-24T02:59:00Z',
    'At risk — the last day is today.',
    'last day Mon 23 Nov 2026 22:00 · last day today',
  ],
  ['2026-11-24T03:00:00Z', 'Yes — since today.', 'last day was Mon 23 Nov 2026 22:00'],
  ['2026-11-25T15:00:00Z', 'Yes — 2 days.', 'last day was Mon 23 Nov 2026 22:00'],
])('at %s: %s', (now, first, then) => {
  const [answer, row] = linesAt(hospital(), now)
  expect(answer).toBe(first)
  expect(row).toContain(then)
})

test('what is late and finds no place is counted as late, not as what is still to come', () => {
  const here = desk({ declared: 'x', facts: { regimes: ['HIPAA', 'state'] } })
  here.run('UDANA', 'fact affected 9000 TX 2001 CA 2000 NY 2000 CO 700 FL 800 WA 700 because we counted')
  const lines = linesAt(here, '2027-01-02T15:00:00Z')
  expect(lines[0]).toBe('Yes — 13 days.')
  const rows = lines.filter((line) => line.includes('last day was'))
  const more = lines.find((line) => line.endsWith('more are late.'))
  expect(rows).toHaveLength(6)
  expect(Number(more?.split(' ')[0])).toBeGreaterThan(0)
  expect(lines.find((line) => line.includes('in the next 30 days'))).toBeDefined()
  expect(lines.at(-1)).toContain('[All clocks]')
})
