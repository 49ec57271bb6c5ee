// Which clocks a room counts: HIPAA's always, others where the organisation switched their regime on.
import { describe, expect, it } from 'vitest'
import {
  clockFromWords,
  clockShort,
  isCaliforniaFacility,
  isRegime,
  roomRows,
  statesNotOn,
} from '../../src/domain/clock-names.ts'

const idsOf = (...regimes: string[]) => roomRows(regimes).map(({ id }) => id)
const hipaa = [
  'hipaa.individual',
  'hipaa.individual.urgent',
  'hipaa.hhs.500plus',
  'hipaa.hhs.under500',
  'hipaa.media',
  'hipaa.ba_to_ce',
  'baa.contract',
]

describe('the rows of a room', () => {
  it.each([
    ['nothing else is on: HIPAA alone', [], []],
    ['one State', ['state.tx'], ['state.tx.individual', 'state.tx.ag']],
    ['one row of one State', ['state.tx.ag'], ['state.tx.ag']],
    ['never a rule inside others, nor keeping the record', ['hipaa.le_hold_oral', 'hipaa.retention'], []],
    ['never what is not law', ['circia', 'pending'], []],
  ])('%s', (_says, regimes, more) => expect(idsOf(...regimes)).toEqual([...hipaa, ...more]))

  it('every State with one word', () => {
    const all = idsOf('state')
    expect(all).toContain('state.ca.civ1798_82.ag')
    expect(all.filter((id) => !id.startsWith('state.'))).toEqual(hipaa)
  })

  it('a regime that begins no row is known as none', () =>
    expect(['state', 'state.tx', 'gdpr', 'circia', 'stat', ''].map(isRegime)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]))
})

describe('what clocks are called', () => {
  it.each([
    ['letters', 'hipaa.individual'],
    ['HHS', 'hipaa.hhs.500plus'],
    ['tx-ag', 'state.tx.ag'],
    ['state.tx.ag', 'state.tx.ag'],
    ['ca-civ1798-82-ag', 'state.ca.civ1798_82.ag'],
    ['gdpr-art33', 'gdpr.art33'],
    ['circia-incident', undefined],
    ['nothing', undefined],
  ])('%s is %s', (typed, id) => expect(clockFromWords(typed)).toBe(id))

  it('every name leads back to its clock, and to no other', () => {
    for (const { id } of roomRows([
      'state',
      'part2',
      'ftc',
      'sec',
      'gdpr',
      'cms',
      'hipaa',
      'insurance',
      'baa',
    ]))
      expect(clockFromWords(clockShort(id))).toBe(id)
  })
})

it.each([
  [['hipaa', 'state'], false],
  [['state.tx'], false],
  [['state.ca.civ1798_82'], false],
  [['state.ca'], true],
  [['state.ca.hsc1280_15'], true],
  [['state.ca.hsc1280_15.cdph'], true],
])('%j makes a facility licensed by California: %s', (regimes, expected) =>
  expect(isCaliforniaFacility(regimes)).toBe(expected),
)

it('States whose law has rows here and is not on are named; those without rows are not', () =>
  expect(statesNotOn(['hipaa', 'state.tx'], ['TX', 'NY', 'WY'])).toEqual(['NY']))
