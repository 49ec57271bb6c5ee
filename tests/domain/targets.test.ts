// The organisation's own targets by rule: the row's before its regime's, and the general days where neither is set.
import { expect, it } from 'vitest'
import { incidentClocks } from '../../src/domain/incident-clocks.ts'
import { daysByRule } from '../../src/domain/targets.ts'
import { begin, fridayNight } from '../views/story.ts'

it.each<[string, string, Record<string, number> | undefined, number | undefined]>([
  ['none where nothing is set', 'state.tx.ag', undefined, undefined],
  ['those of a regime', 'state.tx.ag', { state: 20 }, 20],
  ['those of one row before those of its regime', 'state.tx.ag', { state: 20, 'state.tx': 10 }, 10],
  ['none of a row whose id only begins alike', 'hipaa.individual.urgent', { 'hipaa.ind': 5 }, undefined],
])('%s', (_, clock, byRule, expected) => expect(daysByRule(clock, byRule)).toBe(expected))

it('a clock has the target of its rule, never after its last day', () => {
  const { state } = begin()
  const targets = { 'hipaa.individual': 20, 'hipaa.hhs.500plus': 60 }
  const set = { ...state, organisation: { ...state.organisation, targets } }
  const of = (clock: string) =>
    incidentClocks(set, new Date(fridayNight)).find(({ id }) => id === clock)?.target
  // Discovered Fri 20 Nov 2026, in sixty days Tue 19 Jan 2027.
  expect(of('hipaa.individual')).toBe('2026-12-10')
  expect(of('hipaa.hhs.500plus')).toBe('2027-01-19')
  expect(of('hipaa.hhs.under500')).toBe('2027-01-04')
})
