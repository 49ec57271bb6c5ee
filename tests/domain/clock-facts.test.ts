// Bad facts: one line a mistake, with path, what was wrong and what is accepted.
import { describe, expect, it } from 'vitest'
import { parseFacts } from '../../src/domain/clock-facts.ts'
import { runClocks } from '../../src/domain/clocks-command.ts'

const base = { entityType: 'covered_entity', orgTimezone: 'America/New_York', discoveredAt: '2026-05-01' }

const mistakes = (own: Record<string, unknown>) => {
  const parsed = parseFacts({ ...base, ...own })
  return parsed.ok ? [] : parsed.mistakes
}

const delay = (own: Record<string, unknown>) => ({
  lawEnforcementDelays: [{ kind: 'written', statementDate: '2026-05-01', ...own }],
})

describe('a mistake is one line', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    [
      'a date that does not exist',
      { discoveredAt: '2026-02-30' },
      /^discoveredAt: does not exist.*accepted: an ISO date/,
    ],
    ['29 February of a common year', { discoveredAt: '2027-02-29' }, /^discoveredAt: does not exist/],
    ['a date before 1996', { discoveredAt: '1995-12-31' }, /^discoveredAt: is before 1996/],
    [
      'an instant without offset',
      { discoveredAt: '2026-05-01T10:00' },
      /^discoveredAt: is not an instant with offset/,
    ],
    [
      'an hour that does not exist',
      { discoveredAt: '2026-05-01T24:00Z' },
      /^discoveredAt: is not an instant/,
    ],
    [
      'an instant on a day that does not exist',
      { discoveredAt: '2026-02-30T10:00Z' },
      /^discoveredAt: does not exist/,
    ],
    ['an American date', { discoveredAt: '05/01/2026' }, /^discoveredAt: is not a date/],
    ['a number for a date', { discoveredAt: 20260501 }, /^discoveredAt: is not text/],
    ['a year out of reach', { discoveredAt: '9999-12-31' }, /^discoveredAt: is after 2199/],
    ['no entity type', { entityType: undefined }, /^entityType: is missing; accepted: covered_entity/],
    [
      'an unknown entity type',
      { entityType: 'hospital' },
      /^entityType: is not one of the values; accepted: covered_entity/,
    ],
    ['no zone', { orgTimezone: null }, /^orgTimezone: is missing; accepted: an IANA zone/],
    ['a zone that does not exist', { orgTimezone: 'Mars/Olympus' }, /^orgTimezone: is not a time zone/],
    ['an offset for a zone', { orgTimezone: '+05:00' }, /^orgTimezone: is not a time zone/],
    ['a negative count', { affectedCount: -1 }, /^affectedCount: is negative; accepted: a whole number/],
    ['a fractional count', { affectedCount: 1.5 }, /^affectedCount: is not a whole number/],
    ['a count in words', { affectedCount: 'many' }, /^affectedCount: is not a number/],
    [
      'an unknown State',
      { residentsByState: { ZZ: 1_000_000 } },
      /^residentsByState\.ZZ: is not a State or territory/,
    ],
    ['a negative State', { residentsByState: { TX: -1 } }, /^residentsByState\.TX: is negative/],
    [
      'States above the total',
      { affectedCount: 5, residentsByState: { TX: 6 } },
      /^residentsByState: adds up to 6, more than affectedCount 5/,
    ],
    [
      'a discovery before the breach',
      { breachOccurredOn: '2026-05-02' },
      /^discoveredAt: is before breachOccurredOn 2026-05-02/,
    ],
    [
      'an instant of the evening before, in the zone of the organisation',
      { discoveredAt: '2026-05-02T01:00:00Z', breachOccurredOn: '2026-05-02' },
      /^discoveredAt: is before breachOccurredOn/,
    ],
    [
      'a colleague who knew before the breach',
      {
        breachOccurredOn: '2026-05-01',
        knowledge: [
          { who: 'agent', at: '2026-05-01' },
          { who: 'officer', at: '2026-04-30' },
        ],
      },
      /^knowledge\[1\]\.at: is before breachOccurredOn/,
    ],
    [
      'a vendor that told before it knew',
      { baDiscoveredAt: '2026-03-02', baNotifiedCoveredEntityAt: '2026-03-01' },
      /^baNotifiedCoveredEntityAt: is before baDiscoveredAt 2026-03-02/,
    ],
    [
      'more people without address than people',
      { affectedCount: 9, insufficientContactCount: 10 },
      /^insufficientContactCount: is more than affectedCount 9/,
    ],
    [
      'a delay that ends before it began',
      delay({ until: '2026-04-30' }),
      /^lawEnforcementDelays\[0\]\.until: is before the statement/,
    ],
    [
      'an oral delay that ends before it began',
      delay({ kind: 'oral', until: '2026-04-30' }),
      /^lawEnforcementDelays\[0\]\.until: is before the statement/,
    ],
    [
      'a delay until the evening before, though the UTC day is the same',
      delay({ until: '2026-05-01T03:00:00Z' }),
      /^lawEnforcementDelays\[0\]\.until: is before the statement/,
    ],
    [
      'a fact named by two lines',
      { 'discovered\nAt': '2026-05-01' },
      /^"discovered\\nAt": is not a known fact/,
    ],
    [
      'a delay of another kind',
      delay({ kind: 'email' }),
      /^lawEnforcementDelays\[0\]\.kind: .*oral, written/,
    ],
    ['knowledge without a time', { knowledge: [{ who: 'officer' }] }, /^knowledge\[0\]\.at: is missing/],
    [
      'a holiday that does not exist',
      { holidays: ['2026-02-29'] },
      /^holidays\[0\]: is not a date that exists/,
    ],
    ['holidays that are no list', { holidays: '2026-12-25' }, /^holidays: is not a list/],
    [
      'a fact nobody knows',
      { discoverdAt: '2026-05-01' },
      /^discoverdAt: is not a known fact; accepted: entityType/,
    ],
    ['a switch that is neither', { phiInvolved: 'yes' }, /^phiInvolved: is not true or false/],
    [
      'an unknown assessment',
      { riskAssessment: 'low' },
      /^riskAssessment: .*low_probability, not_low_probability/,
    ],
  ])('%s', (_, own, line) => {
    const lines = mistakes(own)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(line)
    expect(lines[0]).not.toContain('\n')
  })

  it('every mistake is named at once, those between fields too', () => {
    const lines = mistakes({
      discoveredAt: 'x',
      foo: 1,
      affectedCount: 1,
      residentsByState: { TX: 2 },
      orgTimezone: null,
    })
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      'discoveredAt',
      'foo',
      'orgTimezone',
      'residentsByState',
    ])
  })

  it('a wrong State beside a wrong count, and a wrong kind beside a wrong end, hide nothing', () => {
    const lines = mistakes({
      residentsByState: { XX: 1, TX: -1 },
      ...delay({ kind: 'email', until: '2026-04-30' }),
    })
    expect(lines.map((line) => line.split(':')[0]).sort()).toEqual([
      'lawEnforcementDelays[0].kind',
      'lawEnforcementDelays[0].until',
      'residentsByState.TX',
      'residentsByState.XX',
    ])
  })

  it.each(['TX', 'DC', 'PR', 'GU', 'VI', 'AS', 'MP'])('%s is a State', (state) =>
    expect(mistakes({ residentsByState: { [state]: 1 } })).toEqual([]),
  )

  it.each<[string, Record<string, unknown>]>([
    [
      'a delay stated in the evening until that day, though the UTC day is the next',
      delay({ statementDate: '2026-05-02T01:00:00Z', until: '2026-05-01' }),
    ],
    ['an assessment said to be absent', { riskAssessment: 'absent' }],
  ])('%s is no mistake', (_, own) => expect(mistakes(own)).toEqual([]))

  it('null means absent and the future is not refused', () =>
    expect(mistakes({ affectedCount: null, knowledge: null, discoveredAt: '2031-01-01' })).toEqual([]))
})

describe('the command', () => {
  it('says one line for each mistake of each facts object, exits 2 and computes nothing', () => {
    const run = runClocks(JSON.stringify([base, { ...base, discoveredAt: 'x', affectedCount: -1 }]))
    expect(run).toMatchObject({ exit: 2, out: '' })
    expect(run.err.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^\[1\]\.discoveredAt: /),
      expect.stringMatching(/^\[1\]\.affectedCount: /),
    ])
  })

  it.each(['', '{', 'facts'])('refuses what is no JSON: %j', (input) =>
    expect(runClocks(input)).toEqual({
      exit: 2,
      out: '',
      err: expect.stringMatching(/^facts: is not JSON.*\n$/),
    }),
  )

  it.each(['null', '7', '"text"', '[[]]'])('refuses what is no facts object: %s', (input) =>
    expect(runClocks(input).err).toMatch(
      /facts: is not an object; accepted: one facts object, or a list of them\n$/,
    ),
  )

  it.each([
    [
      'starts',
      'cms.contracter',
      /^starts\["cms\.contracter"\]: is not such a clock; accepted: .*cms\.contractor/,
    ],
    ['starts', 'state.tx.ag', /^starts\["state\.tx\.ag"\]: is not such a clock/],
    ['sentAt', 'hipaa.letters', /^sentAt\["hipaa\.letters"\]: is not such a clock/],
  ])('%s of %s, which would move nothing, is a mistake', (fact, id, line) =>
    expect(runClocks(JSON.stringify({ ...base, [fact]: { [id]: '2026-05-02' } }))).toEqual({
      exit: 2,
      out: '',
      err: expect.stringMatching(line),
    }),
  )

  it('answers an object with an object, a list with a list and an empty list with an empty list', () => {
    expect(JSON.parse(runClocks(JSON.stringify(base)).out)).toHaveProperty('discoveryDate', '2026-05-01')
    expect(JSON.parse(runClocks(JSON.stringify([base])).out)).toHaveLength(1)
    expect(runClocks('[]').out).toBe('[]\n')
  })
})
