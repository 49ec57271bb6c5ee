// The shipped rows against the shared rules, and every shared row through the engine: the table's shape holds them all.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { computeClocks, parseFacts } from '../../src/domain/clocks.ts'
import {
  type CountRule,
  findRegulation,
  type Regulation,
  regulations,
  type StartFact,
  type Unit,
  type Verified,
} from '../../src/domain/regulations.ts'

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

const counted: CountRule[] = [
  'day0_calendar_end_of_local_day',
  'business_days_skip_weekends_and_listed_holidays',
  'elapsed_hours_from_instant',
  'year_end_plus_60',
  'minimum_duration_inclusive',
  'anniversary_minimum',
  'contract_defined',
]
const withoutNumber = [
  'immediate_no_fixed_limit',
  'without_undue_delay',
  'no_fixed_limit',
  'maximum_duration',
  'until_date_in_statement',
]

const startOf = ({ clockStart, countRule }: Rule): StartFact => {
  if (countRule === 'chained:hipaa.hhs') return 'hhsNotifiedAt'
  if (countRule.startsWith('chained:') || countRule.endsWith(':resident notice'))
    return 'individualNoticeSentAt'
  if (/materiality/.test(clockStart)) return 'materialityDeterminedAt'
  if (/determin/i.test(clockStart)) return 'determinedAt'
  if (/scope/.test(clockStart)) return 'scopeIdentifiedAt'
  if (/detected/.test(clockStart)) return 'detectedAt'
  if (/confirm/.test(clockStart)) return 'confirmedAt'
  return 'discovery'
}

const rowOf = (rule: Rule): Regulation => {
  const [, relation, other] = /^(contemporaneous_with|before|chained):([^;]+)/.exec(rule.countRule) ?? []
  const named = counted.find((name) => rule.countRule.includes(name))
  const start = startOf(rule)
  const state = /^state\.([a-z]{2})\./.exec(rule.id)?.[1]?.toUpperCase()
  return {
    id: rule.id,
    regime: rule.regime,
    label: rule.id,
    citation: rule.citation,
    recipient: rule.recipient,
    trigger: rule.trigger,
    appliesTo: [],
    start,
    fallsBackToDiscovery:
      start === 'determinedAt' || start === 'scopeIdentifiedAt' || start === 'confirmedAt',
    chained: relation === 'chained',
    ...(other && relation !== 'chained' && { contemporaneousWith: other }),
    amount: rule.amount,
    unit: rule.unit,
    countRule:
      named ?? (withoutNumber.includes(rule.countRule) ? 'no_fixed_limit' : 'day0_calendar_end_of_local_day'),
    threshold: rule.threshold && { ...rule.threshold, otherwise: 'below_threshold' },
    verified: rule.verified,
    verifyBy: '2027-05-31',
    enabled: rule.status === undefined,
    ...(state && { jurisdiction: state }),
    ...(rule.hipaaInteraction && { hipaaInteraction: rule.hipaaInteraction }),
    notes: rule.notes,
  }
}

describe.skipIf(rules.length === 0)('the shared rules', () => {
  it.each(regulations.map(({ id }) => [id]))('%s says what the shared rule says', (id) => {
    const row = findRegulation(id)!
    const rule = rules.find((one) => one.id === id)!
    expect(row).toMatchObject({ citation: rule.citation, recipient: rule.recipient, verified: rule.verified })
    expect(row).toMatchObject({ regime: rule.regime, amount: rule.amount, unit: rule.unit })
    expect(rule.countRule).toContain(row.countRule)
    const { otherwise, ...threshold } = row.threshold ?? { otherwise: null }
    expect(row.threshold ? threshold : null).toEqual(rule.threshold)
    if (row.contemporaneousWith) expect(rule.countRule).toContain(row.contemporaneousWith)
  })

  it('fits every one of them, and computes them for people of every State', () => {
    const table = rules.map(rowOf)
    const states = [...new Set(table.flatMap(({ jurisdiction }) => (jurisdiction ? [jurisdiction] : [])))]
    const parsed = parseFacts({
      entityType: 'covered_entity',
      orgTimezone: 'America/New_York',
      discoveredAt: '2026-05-01T10:00:00-04:00',
      affectedCount: states.length * 2000,
      residentsByState: Object.fromEntries(states.map((state) => [state, 2000])),
      individualNoticeSentAt: '2026-05-20',
      hhsNotifiedAt: '2026-05-20',
    })
    if (!parsed.ok) throw new Error(parsed.mistakes.join('\n'))
    const { clocks } = computeClocks(parsed.facts, table)
    expect(Object.keys(clocks)).toHaveLength(table.filter(({ enabled }) => enabled).length)
    expect(clocks['state.la.ag']).toMatchObject({ dueDate: '2026-05-30' })
    expect(clocks['state.md.ag']).toMatchObject({
      dueDate: '2026-05-20',
      contemporaneousWith: 'state.md.individual',
    })
    expect(clocks['state.tx.ag']).toMatchObject({ dueDate: '2026-05-31', startedFrom: 'discovery' })
    expect(clocks['state.vt.ag']).toMatchObject({ dueDate: '2026-05-21' })
    expect(clocks['pending.hipaa_security_ba24h']).toBeUndefined()
  })
})

describe('the table', () => {
  it('has each id once, a clock that goes with another after it', () => {
    const ids = regulations.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { id, contemporaneousWith } of regulations)
      if (contemporaneousWith) expect(ids.indexOf(contemporaneousWith)).toBeLessThan(ids.indexOf(id))
  })

  it('ships nothing that is not law', () => expect(regulations.every(({ enabled }) => enabled)).toBe(true))
})
