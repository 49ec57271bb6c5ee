// The rows against the shared rules they come from, word by word, and what they make of people of every State.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { computeClocks, parseFacts } from '../../src/domain/clocks.ts'
import type { Unit, Verified } from '../../src/domain/regulation.ts'
import { findRegulation, regulations } from '../../src/domain/regulations.ts'

type Rule = {
  id: string
  regime: string
  citation: string
  recipient: string
  trigger: string
  clockStart: string
  amount: number | null
  unit: Unit
  countRule: string
  threshold: {
    scope: 'total_individuals' | 'per_state_residents' | 'insufficient_contact'
    op: '>' | '>=' | '<'
    value: number
  } | null
  appliesTo: string
  notes: string
  verified: Verified
  hipaaInteraction?: string
  status?: string
}

const path = fileURLToPath(new URL('../../../shared/clocks/rules.json', import.meta.url))
const rules: Rule[] = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).clocks : []

/** What a shared rule's way of counting is called in the table. */
const countRuleOf = ({ countRule, amount, unit }: Rule): string => {
  const own = countRule.split(';').at(-1)!
  // The policy's own window is not the business associate agreement's, which is all `contract_defined` knows.
  if (/^(immediate_no_fixed_limit|without_undue_delay)$/.test(own)) return 'no_fixed_limit'
  if (!/^(contemporaneous_with|before|chained):/.test(own)) return own
  if (amount === null) return 'no_fixed_limit'
  return unit === 'business_days'
    ? 'business_days_skip_weekends_and_listed_holidays'
    : 'day0_calendar_end_of_local_day'
}

/** Where the shared rule says it in other words than its count rule: with the letters, or sooner with them. */
const goesWith: Readonly<Record<string, string>> = {
  'part2.hhs.500plus': 'part2.individual',
  'state.vt.ag': 'state.vt.individual',
  'state.pa.ag': 'hipaa.individual',
}

describe.skipIf(rules.length === 0)('the shared rules', () => {
  it('are all in the table, and nothing else is', () => {
    expect(regulations.map(({ id }) => id).sort()).toEqual(rules.map(({ id }) => id).sort())
  })

  it.each(rules.map((rule) => [rule.id, rule] as const))(
    '%s: the row says what the rule says',
    (id, rule) => {
      const row = findRegulation(id)!
      const { otherwise, ...threshold } = row.threshold ?? { otherwise: null }
      const [, other] = /^(?:contemporaneous_with|before):([^;]+)/.exec(rule.countRule) ?? []
      expect({
        ...row,
        threshold: row.threshold ? threshold : null,
        jurisdiction: row.jurisdiction,
        contemporaneousWith: row.contemporaneousWith,
      }).toMatchObject({
        citation: rule.citation,
        recipient: rule.recipient,
        verified: rule.verified,
        regime: rule.regime,
        amount: rule.amount,
        unit: rule.unit,
        countRule: id === 'insurance.notice' ? 'no_fixed_limit' : countRuleOf(rule),
        threshold: rule.threshold,
        contemporaneousWith: goesWith[id] ?? other,
        jurisdiction: /^state\.([a-z]{2})\./.exec(id)?.[1]?.toUpperCase(),
        enabled: rule.status === undefined,
      })
      if (rule.countRule.startsWith('chained:')) expect(row.chained).toBe(true)
      // What was not read in the source must be looked at again sooner.
      if (row.verified !== 'verified in source') expect(row.verifyBy < '2027-05-31').toBe(true)
    },
  )
})

const everyState = (more: object) => {
  const states = [...new Set(regulations.flatMap(({ jurisdiction }) => (jurisdiction ? [jurisdiction] : [])))]
  const parsed = parseFacts({
    entityType: 'covered_entity',
    orgTimezone: 'America/New_York',
    discoveredAt: '2026-05-01T10:00:00-04:00',
    affectedCount: states.length * 2000,
    residentsByState: Object.fromEntries(states.map((state) => [state, 2000])),
    holidays: ['2026-05-25'],
    ...more,
  })
  if (!parsed.ok) throw new Error(parsed.mistakes.join('\n'))
  return computeClocks(parsed.facts).clocks
}

describe('people of every State, discovered on 1 May 2026, letters on 20 May, HHS on 22 May', () => {
  const clocks = everyState({ individualNoticeSentAt: '2026-05-20', hhsNotifiedAt: '2026-05-22' })
  it.each([
    ['California: letters within 30 days', 'state.ca.civ1798_82.individual', '2026-05-31'],
    [
      'California: a sample to the Attorney General 15 days after the letters',
      'state.ca.civ1798_82.ag',
      '2026-06-04',
    ],
    ['Texas: the Attorney General within 30 days of the determination', 'state.tx.ag', '2026-05-31'],
    ['Texas: letters within 60', 'state.tx.individual', '2026-06-30'],
    ['Florida: the Department within 30', 'state.fl.ag', '2026-05-31'],
    ['New York: letters within 30 of discovery', 'state.ny.individual', '2026-05-31'],
    [
      'New York: the State offices with the letters, which went out on the 20th',
      'state.ny.regulators',
      '2026-05-20',
    ],
    [
      'New York: the copy of the HHS report 5 business days later, over Memorial Day',
      'state.ny.ag_hipaa_copy',
      '2026-06-01',
    ],
    ['Colorado: 30 days', 'state.co.individual', '2026-05-31'],
    ['Washington: 30 days', 'state.wa.ag', '2026-05-31'],
    [
      'Maine: 30 days from the known scope, discovery until that is recorded',
      'state.me.individual',
      '2026-05-31',
    ],
    ['Connecticut: the Attorney General not later than residents', 'state.ct.ag', '2026-05-20'],
    ['Oregon: 45 days', 'state.or.ag', '2026-06-15'],
    [
      'Vermont: 14 business days from discovery would be the 21st, the letters were sooner',
      'state.vt.ag',
      '2026-05-20',
    ],
    ['Maryland: 45 days from discovery', 'state.md.individual', '2026-06-15'],
    ['Maryland: the Attorney General before residents', 'state.md.ag', '2026-05-20'],
    ['Indiana: 45 days', 'state.in.individual', '2026-06-15'],
    ['Arizona: over a thousand, 45 days', 'state.az.ag', '2026-06-15'],
    ['Alabama: over a thousand, 45 days', 'state.al.ag', '2026-06-15'],
    ['Louisiana: received ten days after the letters', 'state.la.ag', '2026-05-30'],
    ['Delaware: with the letters', 'state.de.ag', '2026-05-20'],
    ['Rhode Island: 45 days from confirmation', 'state.ri.individual', '2026-06-15'],
    ['Oklahoma: 60 days after the letters', 'state.ok.ag', '2026-07-19'],
    ['Illinois: 5 business days after HHS', 'state.il.ag_hipaa_copy', '2026-06-01'],
    ['Pennsylvania: with the letters', 'state.pa.ag', '2026-05-20'],
    ['South Dakota: 60 days', 'state.sd.individual', '2026-06-30'],
    ['Puerto Rico: 10 days', 'state.pr.daco', '2026-05-11'],
  ])('%s', (_says, id, dueDate) => {
    expect(clocks[id]).toMatchObject({ applicable: true, dueDate })
  })

  it('chained clocks have no date before their trigger, and those with the letters fall with their limit', () => {
    const before = everyState({})
    for (const id of ['state.ca.civ1798_82.ag', 'state.la.ag', 'state.ok.ag'])
      expect(before[id]).toMatchObject({ dueDate: null, pendingTrigger: 'individualNoticeSentAt' })
    expect(before['state.il.ag_hipaa_copy']).toMatchObject({ dueDate: null, pendingTrigger: 'hhsNotifiedAt' })
    expect(before['state.ct.ag']).toMatchObject({ dueDate: '2026-06-30' })
    expect(before['state.vt.ag']).toMatchObject({ dueDate: '2026-05-21' })
  })

  it.each<[string, string, object, string | null]>([
    [
      "California's own letters, sent before any other, start its Attorney General's fifteen days",
      'state.ca.civ1798_82.ag',
      { sentAt: { 'state.ca.civ1798_82.individual': '2026-05-10' }, individualNoticeSentAt: '2026-05-20' },
      '2026-05-25',
    ],
    [
      'sent after the others, they start nothing again',
      'state.ca.civ1798_82.ag',
      { sentAt: { 'state.ca.civ1798_82.individual': '2026-05-28' }, individualNoticeSentAt: '2026-05-20' },
      '2026-06-04',
    ],
    ["Louisiana's", 'state.la.ag', { sentAt: { 'state.la.individual': '2026-05-10' } }, '2026-05-20'],
    [
      "New York's offices go with New York's letters",
      'state.ny.regulators',
      { sentAt: { 'state.ny.individual': '2026-05-10' } },
      '2026-05-10',
    ],
    [
      "not with Louisiana's",
      'state.ny.regulators',
      { sentAt: { 'state.la.individual': '2026-05-10' } },
      '2026-05-31',
    ],
    [
      'and another State starts nothing',
      'state.ca.civ1798_82.ag',
      { sentAt: { 'state.la.individual': '2026-05-10' } },
      null,
    ],
  ])('%s', (_says, id, facts, dueDate) => expect(everyState(facts)[id]).toMatchObject({ dueDate }))

  it('a determination recorded later moves the clocks that count from it and no other', () => {
    const later = everyState({ determinedAt: '2026-05-11' })
    expect(later['state.tx.ag']).toMatchObject({ dueDate: '2026-06-10' })
    expect(later['state.tx.ag']).not.toHaveProperty('startedFrom')
    expect(later['state.ny.individual']).toMatchObject({ dueDate: '2026-05-31' })
  })

  it('what has a start of its own is shown once that is recorded', () => {
    expect(clocks['cms.contractor']).toBeUndefined()
    const started = everyState({
      starts: { 'cms.contractor': '2026-05-01T10:00:00-04:00', 'gdpr.art34': '2026-05-01' },
    })
    expect(started['cms.contractor']).toMatchObject({ dueInstantUtc: '2026-05-01T15:00:00Z' })
    expect(started['gdpr.art34']).toMatchObject({ applicable: true, dueDate: null })
  })

  it('what is not law yet is computed by nobody', () => {
    const asked = everyState({ starts: { 'circia.incident': '2026-05-01', 'circia.ransom': '2026-05-01' } })
    expect(Object.keys(asked).filter((id) => /circia|pending/.test(id))).toEqual([])
  })
})

describe('the table', () => {
  it('has each id once, a clock that goes with another after it', () => {
    const ids = regulations.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { id, contemporaneousWith } of regulations)
      if (contemporaneousWith) expect(ids.indexOf(contemporaneousWith)).toBeLessThan(ids.indexOf(id))
  })

  it('ships nothing enabled that is not law', () => {
    const off = regulations.filter(({ enabled }) => !enabled).map(({ id }) => id)
    expect(off).toEqual(['circia.incident', 'circia.ransom', 'pending.hipaa_security_ba24h'])
  })
})
