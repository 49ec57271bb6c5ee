// Every row of the table, a sentence each at least, with a day worked out by hand from the citation.
import { describe, expect, it } from 'vitest'
import { type Clock, computeClocks, parseFacts } from '../../src/domain/clocks.ts'
import { regulations } from '../../src/domain/regulations.ts'
import { beyondSentences } from './rows/beyond.ts'
import { ftcSentences, hipaaSentences, part2Sentences } from './rows/hipaa.ts'
import type { Sentence } from './rows/sentence.ts'
import { firstStateSentences } from './rows/states-a.ts'
import { furtherStateSentences } from './rows/states-b.ts'

const sentences: readonly Sentence[] = [
  ...hipaaSentences,
  ...part2Sentences,
  ...ftcSentences,
  ...firstStateSentences,
  ...furtherStateSentences,
  ...beyondSentences,
]

const base = {
  entityType: 'covered_entity',
  orgTimezone: 'America/New_York',
  discoveredAt: '2026-05-01',
  affectedCount: 40,
  residentsByState: { NY: 40 },
}

const clocksOf = (facts: Sentence['facts']): Record<string, Clock> => {
  const parsed = parseFacts({ ...base, ...facts })
  if (!parsed.ok) throw new Error(parsed.mistakes.join('\n'))
  return computeClocks(parsed.facts).clocks
}

const inWords = (clock: Clock | undefined): string => {
  if (!clock) return 'not shown'
  if (!clock.applicable) return `no: ${clock.reason}`
  if (clock.pendingTrigger) return `pending: ${clock.pendingTrigger}`
  return clock.dueDate ?? clock.dueInstantUtc ?? 'no limit'
}

describe.each(regulations.map(({ id }) => id))('%s', (id) => {
  const own = sentences.filter(({ row }) => row === id)

  it('has a sentence', () => expect(own.length).toBeGreaterThan(0))

  it.each(own)('$says', ({ facts, clock = id, expected }) => {
    const found = clocksOf(facts)[clock]
    if (typeof expected === 'string') expect(inWords(found)).toBe(expected)
    else expect(found).toMatchObject({ applicable: true, ...expected })
  })
})

it('every sentence is about a row there is', () => {
  const ids = new Set(regulations.map(({ id }) => id))
  expect(sentences.filter(({ row, clock }) => !ids.has(row) || (clock && !ids.has(clock)))).toEqual([])
  expect(ids.size).toBe(81)
})

it('every threshold of the table is asked on both of its sides', () => {
  const sides = (id: string) => {
    const own = sentences.filter(({ row }) => row === id).map(({ facts }) => clocksOf(facts)[id])
    return [...new Set(own.flatMap((clock) => (clock ? [clock.applicable] : [])))].length
  }
  // "Any resident": nobody of the State, and the row is not shown at all.
  const numbered = regulations.filter(({ threshold }) => threshold && threshold.value > 1)
  expect(numbered.filter(({ id }) => sides(id) < 2).map(({ id }) => id)).toEqual([])
})
