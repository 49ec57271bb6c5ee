// The HIPAA clocks against facts/rules.md §0, B and G: a row a sentence.
import { describe, expect, it } from 'vitest'
import { calendarDateOf, daysBetween } from '../../src/domain/calendar.ts'
import { type ClocksResult, computeClocks, lastDayOf, parseFacts } from '../../src/domain/clocks.ts'

const base = {
  entityType: 'covered_entity',
  orgTimezone: 'America/New_York',
  discoveredAt: '2026-05-01',
  affectedCount: 40,
  residentsByState: { NY: 40 },
}

const compute = (own: Record<string, unknown>): ClocksResult => {
  const parsed = parseFacts({ ...base, ...own })
  if (!parsed.ok) throw new Error(parsed.mistakes.join('\n'))
  return computeClocks(parsed.facts)
}

const due = (own: Record<string, unknown>, id = 'hipaa.individual') => {
  const clock = compute(own).clocks[id]
  return clock?.applicable ? (clock.dueDate ?? clock.dueInstantUtc ?? null) : (clock?.reason ?? 'not shown')
}

describe('sixty days', () => {
  it.each<[string, string, string]>([
    ['discovery is day 0, so day 60 is the last', '2026-05-01', '2026-06-30'],
    ['Presence Health: 60 days from 22 October 2013 end on 21 December', '2013-10-22', '2013-12-21'],
    ['a Saturday stays a Saturday', '2026-06-16', '2026-08-15'],
    ['a Sunday stays a Sunday', '2026-11-18', '2027-01-17'],
    ['Christmas Day stays Christmas Day', '2026-10-26', '2026-12-25'],
    ['a leap day is a day', '2028-01-01', '2028-03-01'],
    ['a common year has no leap day', '2027-01-01', '2027-03-02'],
    ['the year end is crossed', '2026-12-15', '2027-02-13'],
    ['spring forward does not move the date', '2026-02-10T23:59:59-05:00', '2026-04-11'],
    ['fall back does not move the date', '2026-10-15T00:00:00-04:00', '2026-12-14'],
    ['late evening in New York is that evening, not the UTC day', '2026-06-16T03:30:00Z', '2026-08-14'],
    ['New Year in UTC is still December in New York', '2027-01-01T03:00:00Z', '2027-03-01'],
  ])('%s', (_, discoveredAt, expected) => expect(due({ discoveredAt })).toBe(expected))

  it('Presence Health told OCR on day 101, 41 days after the last day', () => {
    const lastDay = calendarDateOf(String(due({ discoveredAt: '2013-10-22' })))
    const told = calendarDateOf('2014-01-31')
    expect(daysBetween(calendarDateOf('2013-10-22'), told)).toBe(101)
    expect(daysBetween(lastDay, told)).toBe(41)
  })

  it('the day ends at local midnight, with the offset of that day', () => {
    const clock = compute({ discoveredAt: '2026-09-10' }).clocks['hipaa.individual']
    expect(clock).toMatchObject({
      dueLocal: '2026-11-09T23:59:59-05:00',
      dueEndExclusiveUtc: '2026-11-10T05:00:00Z',
      label: 'letters to individuals',
      recipient: 'each affected individual',
      citation: '45 CFR 164.404(a),(b)',
      verified: 'verified in source',
    })
  })
})

describe('the annual report', () => {
  it.each<[number, string]>([
    [2023, '2024-02-29'],
    [2024, '2025-03-01'],
    [2025, '2026-03-01'],
    [2026, '2027-03-01'],
    [2027, '2028-02-29'],
    [2028, '2029-03-01'],
    [2021, '2022-03-01'],
  ])('a small breach discovered in %i is reported by %s', (year, expected) => {
    for (const day of ['01-01', '06-15', '12-31'])
      expect(due({ discoveredAt: `${year}-${day}` }, 'hipaa.hhs.under500')).toBe(expected)
  })

  it('the year is the local year of discovery, not of the breach and not of UTC', () => {
    const facts = { discoveredAt: '2027-01-01T04:59:00Z', breachOccurredOn: '2025-12-01' }
    expect(compute(facts).clocks['hipaa.hhs.under500']).toMatchObject({
      dueDate: '2027-03-01',
      discoveryYear: 2026,
    })
  })
})

describe('thresholds', () => {
  const annual = ['fewer_than_500_individuals', '2027-03-01']
  const atOnce = ['2026-06-30', '500_or_more_individuals']
  it.each<[string, number, Record<string, number>, string[], string[]]>([
    ['499 in one State: annual, no media', 499, { OH: 499 }, annual, []],
    ['500 in one State: at once, and still no media', 500, { OH: 500 }, atOnce, []],
    ['501 in one State: at once and media', 501, { OH: 501 }, atOnce, ['OH']],
    ['500 and 1: at once, no media', 501, { OH: 500, KY: 1 }, atOnce, []],
    ['200 in each of three States: at once, no media', 600, { OH: 200, KY: 200, IN: 200 }, atOnce, []],
    ['501, 501 and 500: media in two States', 1502, { TX: 501, OH: 501, KY: 500 }, atOnce, ['OH', 'TX']],
    ['501 in Puerto Rico: a territory is a State', 501, { PR: 501 }, atOnce, ['PR']],
  ])('%s', (_, affectedCount, residentsByState, hhs, states) => {
    const facts = { affectedCount, residentsByState }
    expect(['hipaa.hhs.500plus', 'hipaa.hhs.under500'].map((id) => due(facts, id))).toEqual(hhs)
    const media = compute(facts).clocks['hipaa.media']
    if (states.length > 0) expect(media).toMatchObject({ applicable: true, dueDate: '2026-06-30', states })
    else expect(media).toMatchObject({ applicable: false, reason: 'no_state_over_500_residents' })
    expect(media).not.toHaveProperty('undecided')
  })

  it('people of other covered entities and of other incidents do not count', () => {
    const facts = { affectedCount: 450, residentsByState: { OH: 450 }, baAggregateCount: 800 }
    expect(due(facts, 'hipaa.hhs.500plus')).toBe('fewer_than_500_individuals')
  })

  it('a recount that crosses 500 still counts from discovery', () => {
    const facts = { affectedCount: 900, residentsByState: { OH: 900 }, countRevisions: [{ count: 900 }] }
    expect(due(facts, 'hipaa.hhs.500plus')).toBe('2026-06-30')
  })
})

describe('what is not known yet', () => {
  it('an unknown count keeps both HHS clocks, the earlier first, and asks', () => {
    const { clocks } = compute({ affectedCount: null, residentsByState: null })
    const hhs = Object.entries(clocks).filter(([id]) => id.startsWith('hipaa.hhs'))
    expect(hhs.map(([id]) => id)).toEqual(['hipaa.hhs.500plus', 'hipaa.hhs.under500'])
    for (const [, clock] of hhs)
      expect(clock).toMatchObject({
        applicable: true,
        undecided: { fact: 'affectedCount', earliest: '2026-06-30', alternative: '2027-03-01' },
      })
  })

  it('States that already add up to 500 decide an unknown count', () => {
    const facts = { affectedCount: null, residentsByState: { OH: 300, KY: 200 } }
    expect(due(facts, 'hipaa.hhs.under500')).toBe('500_or_more_individuals')
    expect(compute(facts).clocks['hipaa.hhs.500plus']).not.toHaveProperty('undecided')
  })

  it.each<[string, Record<string, unknown>, boolean]>([
    ['no States and 501 people: media is open', { affectedCount: 501, residentsByState: null }, true],
    ['no States and 500 people: media cannot apply', { affectedCount: 500, residentsByState: null }, false],
    ['no States and no count: media is open', { affectedCount: null, residentsByState: null }, true],
    [
      '400 in Ohio and 101 nowhere yet: media is open',
      { affectedCount: 501, residentsByState: { OH: 400 } },
      true,
    ],
    ['400 in Ohio and 100 nowhere yet: closed', { affectedCount: 500, residentsByState: { OH: 400 } }, false],
  ])('%s', (_, facts, open) => {
    const media = compute(facts).clocks['hipaa.media']
    expect(media).toMatchObject({ applicable: false, reason: 'no_state_over_500_residents' })
    if (!open) return expect(media).not.toHaveProperty('undecided')
    expect(media).toMatchObject({ undecided: { fact: 'residentsByState', earliest: '2026-06-30' } })
  })

  it('an unknown discovery leaves the clocks pending', () => {
    expect(compute({ discoveredAt: null })).toMatchObject({
      discoveryDate: null,
      discoveryBasis: null,
      clocks: { 'hipaa.individual': { applicable: true, dueDate: null, pendingTrigger: 'discoveredAt' } },
    })
  })
})

describe('discovery', () => {
  const knew = (who: string, at: string, committedBreach?: boolean) => ({
    who,
    at,
    ...(committedBreach && { committedBreach }),
  })
  const vendor = { discoveredAt: null, atBusinessAssociate: true, baDiscoveredAt: '2026-03-01' }
  it.each<[string, Record<string, unknown>, string, string]>([
    [
      'what a workforce member knew counts',
      { knowledge: [knew('workforce', '2026-04-01')] },
      '2026-04-01',
      'imputed_workforce',
    ],
    [
      'the wrongdoer does not count',
      { knowledge: [knew('employee', '2026-01-01', true)] },
      '2026-05-01',
      'actual_knowledge',
    ],
    [
      'what diligence would have shown counts',
      { reasonableDiligenceDate: '2026-04-20' },
      '2026-04-20',
      'reasonable_diligence',
    ],
    [
      'a tie goes to the alphabetically first',
      { knowledge: [knew('agent', '2026-05-01')] },
      '2026-05-01',
      'actual_knowledge',
    ],
    [
      'a tie of two imputed',
      { knowledge: [knew('officer', '2026-04-01'), knew('agent', '2026-04-01')] },
      '2026-04-01',
      'imputed_agent',
    ],
    [
      'confirming later restarts nothing',
      { confirmedBreachAt: '2026-05-20' },
      '2026-05-01',
      'actual_knowledge',
    ],
    [
      "an agent's discovery is ours",
      { ...vendor, agentOfCoveredEntity: true, baNotifiedCoveredEntityAt: '2026-04-20' },
      '2026-03-01',
      'imputed_agent_business_associate',
    ],
    [
      "a non-agent's notice starts ours",
      { ...vendor, agentOfCoveredEntity: false, baNotifiedCoveredEntityAt: '2026-04-20' },
      '2026-04-20',
      'notice_from_business_associate',
    ],
    [
      'our own earlier knowledge beats the notice',
      {
        ...vendor,
        discoveredAt: '2026-04-10',
        agentOfCoveredEntity: false,
        baNotifiedCoveredEntityAt: '2026-04-20',
      },
      '2026-04-10',
      'actual_knowledge',
    ],
  ])('%s', (_, facts, discoveryDate, discoveryBasis) =>
    expect(compute(facts)).toMatchObject({ discoveryDate, discoveryBasis }),
  )

  it('a vendor of unknown status counts as an agent, and the question is asked', () => {
    const result = compute({ ...vendor, baNotifiedCoveredEntityAt: '2026-04-20' })
    expect(result.discoveryDate).toBe('2026-03-01')
    expect(result.clocks['hipaa.individual']).toMatchObject({
      dueDate: '2026-04-30',
      undecided: { fact: 'agentOfCoveredEntity', earliest: '2026-04-30', alternative: '2026-06-19' },
    })
  })

  it("a non-agent's silence starts nothing yet", () => {
    expect(compute({ ...vendor, agentOfCoveredEntity: false }).clocks['hipaa.individual']).toMatchObject({
      dueDate: null,
      pendingTrigger: 'baNotifiedCoveredEntityAt',
    })
  })
})

describe('whether it is reportable', () => {
  it.each<[string, Record<string, unknown>, string | null]>([
    ['no PHI', { phiInvolved: false }, 'no_phi'],
    ['a permitted disclosure', { impermissible: false }, 'permitted_use_or_disclosure'],
    ['secured PHI', { unsecured: false }, 'secured_phi_safe_harbour'],
    ['encrypted and the key safe', { encrypted: true, keyCompromised: false }, 'secured_phi_safe_harbour'],
    ['encrypted and the key taken', { unsecured: false, encrypted: true, keyCompromised: true }, null],
    ['the key taken, whatever else was said', { unsecured: false, keyCompromised: true }, null],
    ['encrypted and nobody asked about the key', { encrypted: true }, null],
    ['an exception', { exception: 'not_retained' }, 'exception_not_retained'],
    ['low probability', { riskAssessment: 'low_probability' }, 'low_probability_of_compromise'],
    ['an assessment not done', { riskAssessment: 'not_done' }, null],
    ['no assessment', { riskAssessment: null }, null],
  ])('%s', (_, facts, reason) => {
    const result = compute(facts)
    expect(result).toMatchObject({ reportable: reason === null, reason, documentationRequired: true })
    if (reason) expect(result.clocks['hipaa.media']).toMatchObject({ applicable: false, reason })
  })

  it('a claim of encryption asks about the key', () => {
    expect(compute({ encrypted: true }).clocks['hipaa.individual']).toMatchObject({
      undecided: { fact: 'keyCompromised', earliest: '2026-06-30' },
    })
  })
})

describe('law-enforcement delay', () => {
  const oral = (statementDate: string) => ({ kind: 'oral', statementDate })
  const written = (statementDate: string, until?: string) => ({
    kind: 'written',
    statementDate,
    ...(until && { until }),
  })
  it.each<[string, Record<string, unknown>[], string, string | null, string[]]>([
    [
      'an oral statement on day 5 ends before the limit',
      [oral('2026-05-06')],
      '2026-06-30',
      '2026-06-05',
      [],
    ],
    ['30 days from the statement, not from the limit', [oral('2026-06-20')], '2026-07-20', '2026-07-20', []],
    ['on the last day itself it still counts', [oral('2026-06-30')], '2026-07-30', '2026-07-30', []],
    [
      'a day after the limit it cures nothing',
      [oral('2026-07-01')],
      '2026-06-30',
      null,
      ['statement_after_limit_ignored'],
    ],
    [
      'oral statements do not stack',
      [oral('2026-06-20'), oral('2026-07-15')],
      '2026-07-20',
      '2026-07-20',
      ['repeat_oral_ignored'],
    ],
    [
      'a writing replaces the oral one, later',
      [oral('2026-06-20'), written('2026-07-10', '2026-10-01')],
      '2026-10-01',
      '2026-10-01',
      [],
    ],
    [
      'a writing replaces the oral one, earlier',
      [oral('2026-06-20'), written('2026-06-25', '2026-07-05')],
      '2026-07-05',
      '2026-07-05',
      [],
    ],
    [
      'a writing after the oral 30 days is too late',
      [oral('2026-06-20'), written('2026-07-21', '2026-10-01')],
      '2026-07-20',
      '2026-07-20',
      ['statement_after_limit_ignored'],
    ],
    [
      'a writing without a time is an oral one',
      [written('2026-06-20')],
      '2026-07-20',
      '2026-07-20',
      ['writing_without_time_treated_as_oral'],
    ],
    [
      'an oral statement that names a longer time is still 30 days',
      [{ ...oral('2026-06-20'), until: '2026-12-31' }],
      '2026-07-20',
      '2026-07-20',
      [],
    ],
    [
      'one that names a shorter time is that time',
      [{ ...oral('2026-06-20'), until: '2026-07-05' }],
      '2026-07-05',
      '2026-07-05',
      [],
    ],
    [
      'the order they are listed in does not matter',
      [written('2026-07-10', '2026-10-01'), oral('2026-06-20')],
      '2026-10-01',
      '2026-10-01',
      [],
    ],
    [
      'a writing that ends inside the 60 days changes nothing',
      [written('2026-05-10', '2026-06-01')],
      '2026-06-30',
      '2026-06-01',
      [],
    ],
  ])('%s', (_, lawEnforcementDelays, dueDate, holdUntil, holdFlags) =>
    expect(compute({ lawEnforcementDelays }).clocks['hipaa.individual']).toMatchObject({
      dueDate,
      baseDueDate: '2026-06-30',
      holdUntil,
      holdFlags,
    }),
  )

  it('it covers media, HHS and the notice of a business associate', () => {
    const lawEnforcementDelays = [written('2026-06-01', '2026-09-01')]
    const large = { affectedCount: 900, residentsByState: { OH: 900 }, lawEnforcementDelays }
    for (const id of ['hipaa.individual', 'hipaa.media', 'hipaa.hhs.500plus'])
      expect(due(large, id)).toBe('2026-09-01')
    expect(due({ ...large, entityType: 'business_associate' }, 'hipaa.ba_to_ce')).toBe('2026-09-01')
    const longer = [written('2026-06-01', '2027-05-01')]
    expect(due({ lawEnforcementDelays: longer }, 'hipaa.hhs.under500')).toBe('2027-05-01')
  })
})

describe('the other HIPAA rows', () => {
  it('HHS goes with the letters: when they went out early, that day is its last', () => {
    const facts = { affectedCount: 900, residentsByState: { OH: 900 }, individualNoticeSentAt: '2026-05-20' }
    expect(compute(facts).clocks['hipaa.hhs.500plus']).toMatchObject({
      dueDate: '2026-05-20',
      contemporaneousWith: 'hipaa.individual',
    })
    expect(due(facts)).toBe('2026-06-30')
  })

  it('letters that went out late do not make HHS later', () => {
    const facts = { affectedCount: 900, residentsByState: { OH: 900 }, individualNoticeSentAt: '2026-08-20' }
    expect(due(facts, 'hipaa.hhs.500plus')).toBe('2026-06-30')
  })

  const associate = { entityType: 'business_associate', affectedCount: 1200, residentsByState: {} }
  it.each<[string, Record<string, unknown>, string, string]>([
    ['a contract of 90 days does not lengthen the 60', { baaDays: 90 }, '2026-07-30', '2026-06-30'],
    ['a contract of 10 days is earlier', { baaDays: 10 }, '2026-05-11', '2026-05-11'],
    ['five business days skip the weekend', { baaBusinessDays: 5 }, '2026-05-08', '2026-05-08'],
    [
      'five business days skip a holiday',
      { baaBusinessDays: 5, holidays: ['2026-05-05'] },
      '2026-05-11',
      '2026-05-11',
    ],
    ['hours from a day count from its first second', { baaHours: 24 }, '2026-05-02T04:00:00Z', '2026-05-02'],
    [
      'hours are elapsed hours',
      { baaHours: 24, discoveredAt: '2026-03-07T20:00:00-05:00' },
      '2026-03-09T01:00:00Z',
      '2026-03-08',
    ],
    [
      'of two windows the earlier is meant',
      { baaDays: 3, baaHours: 48 },
      '2026-05-03T04:00:00Z',
      '2026-05-03',
    ],
  ])('%s', (_, facts, contract, effectiveBaDueDate) => {
    expect(due({ ...associate, ...facts }, 'baa.contract')).toBe(contract)
    expect(compute({ ...associate, ...facts }).effectiveBaDueDate).toBe(effectiveBaDueDate)
  })

  it('hours from a day alone ask for the time', () => {
    expect(compute({ ...associate, baaHours: 24 }).clocks['baa.contract']).toMatchObject({
      undecided: { fact: 'discoveredAt', earliest: '2026-05-02T04:00:00Z' },
    })
  })

  it('hours from a recorded start ask for its time, and not where it is known or a cut-off names it', () => {
    const berlin = { orgTimezone: 'Europe/Berlin', gdprAwareAt: '2026-06-01' }
    expect(compute(berlin).clocks['gdpr.art33']).toMatchObject({
      undecided: { fact: 'gdprAwareAt', earliest: '2026-06-03T22:00:00Z' },
    })
    const cms = compute({ starts: { 'cms.ede.breach': '2026-06-01' } }).clocks['cms.ede.breach']
    expect(cms).toMatchObject({ undecided: { fact: 'starts.cms.ede.breach' } })
    const known = compute({ ...berlin, gdprAwareAt: '2026-06-01T10:00:00+02:00' }).clocks['gdpr.art33']
    const sec = compute({ materialityDeterminedAt: '2026-05-08' }).clocks['sec.8k_1_05']
    for (const clock of [known, sec]) expect(clock).not.toHaveProperty('undecided')
  })

  it('a posting nobody counted the people for runs, and asks how many', () =>
    expect(compute({ substitutePostedAt: '2026-06-01' }).clocks['hipaa.substitute_posting']).toMatchObject({
      dueDate: '2026-08-30',
      undecided: { fact: 'insufficientContactCount', earliest: '2026-08-30' },
    }))

  it.each<[string, Record<string, unknown>, string | null]>([
    [
      'nine bad addresses need no posting',
      { insufficientContactCount: 9 },
      'fewer_than_10_with_insufficient_contact_details',
    ],
    ['ten need one, pending until it is up', { insufficientContactCount: 10 }, null],
    [
      'ninety days from the posting',
      { insufficientContactCount: 10, substitutePostedAt: '2026-06-01' },
      '2026-08-30',
    ],
    ['nobody counted: no clock', {}, 'not shown'],
  ])('%s', (_, facts, expected) => expect(due(facts, 'hipaa.substitute_posting')).toBe(expected))

  it.each<[string, string, string]>([
    ['six years, the anniversary', '2026-05-20', '2032-05-20'],
    ['a 29 February record is kept through 1 March', '2028-02-29', '2034-03-01'],
  ])('%s', (_, documentedAt, retainAtLeastThrough) => {
    const facts = { documentedAt, riskAssessment: 'low_probability' }
    expect(compute(facts).clocks['hipaa.retention']).toMatchObject({ applicable: true, retainAtLeastThrough })
  })

  it('a registrant of the SEC alone owes nothing here and needs no zone', () => {
    const parsed = parseFacts({ entityType: 'sec_registrant', materialityDeterminedAt: '2026-05-08' })
    expect(parsed.ok && computeClocks(parsed.facts).clocks['hipaa.individual']).toMatchObject({
      applicable: false,
      reason: 'not_hipaa_regulated',
    })
  })

  it('the last day of a clock of hours is its local date', () => {
    const result = compute({ ...associate, baaHours: 24, discoveredAt: '2026-05-01T22:00:00-04:00' })
    expect(lastDayOf(result.clocks['baa.contract'], 'America/New_York')).toBe('2026-05-02')
    expect(lastDayOf(result.clocks['hipaa.retention'], 'America/New_York')).toBeNull()
  })
})
