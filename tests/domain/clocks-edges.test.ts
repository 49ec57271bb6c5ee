// Hard cases of the clocks contract, reckoned by hand before the engine was read: edges of days, of delays, of discovery
// and of chained starts. A row: what it says, the facts, the clock (nothing: the result itself), its fields.
import { expect, it } from 'vitest'
import { computeClocks, parseFacts } from '../../src/domain/clocks.ts'

const base = {
  entityType: 'covered_entity',
  orgTimezone: 'America/New_York',
  discoveredAt: '2026-05-01',
  affectedCount: 40,
  residentsByState: { NY: 40 },
}
const letters = 'hipaa.individual'
const large = 'hipaa.hhs.500plus'
const annual = 'hipaa.hhs.under500'
const in900 = { affectedCount: 900, residentsByState: { OH: 900 } }
const vendor = { atBusinessAssociate: true, discoveredAt: null, baDiscoveredAt: '2026-12-20' }
const oral = (statementDate: string) => ({ kind: 'oral', statementDate })
const written = (statementDate: string, until: string) => ({ kind: 'written', statementDate, until })
const told = (...lawEnforcementDelays: object[]) => ({ lawEnforcementDelays })
const at = (orgTimezone: string, discoveredAt: string) => ({ orgTimezone, discoveredAt })
const knew = (who: string, at: string, committedBreach = false) => ({ who, at, committedBreach })
const contract = (discoveredAt: string, baaHours: number) => ({
  entityType: 'business_associate',
  discoveredAt,
  baaHours,
})

type Row = [string, Record<string, unknown>, string, Record<string, unknown>]

// biome-ignore format: a line a case
const rows: readonly Row[] = [
  // Where the day ends.
  ['Havana: the next day begins at 01:00', at('America/Havana', '2026-01-06'), letters, { dueLocal: '2026-03-07T23:59:59-05:00', dueEndExclusiveUtc: '2026-03-08T05:00:00Z' }],
  ['Cairo: the last hour of the last day comes twice, and both are in it', at('Africa/Cairo', '2026-08-30'), letters, { dueLocal: '2026-10-29T23:59:59+02:00', dueEndExclusiveUtc: '2026-10-29T22:00:00Z' }],
  ['Santiago: so does its', at('America/Santiago', '2026-02-03'), letters, { dueLocal: '2026-04-04T23:59:59-04:00', dueEndExclusiveUtc: '2026-04-05T04:00:00Z' }],
  ['Lord Howe moves by half an hour', at('Australia/Lord_Howe', '2026-08-05'), letters, { dueLocal: '2026-10-04T23:59:59+11:00' }],
  ['Kathmandu stands a quarter beside the hour', at('Asia/Kathmandu', '2026-05-01'), letters, { dueEndExclusiveUtc: '2026-06-30T18:15:00Z' }],
  ['a last day on which clocks go forward ends in summer time', at('America/New_York', '2026-01-07'), letters, { dueLocal: '2026-03-08T23:59:59-04:00' }],
  ['Auckland is in the new year while New York has breakfast', at('Pacific/Auckland', '2026-12-31T11:00:00Z'), annual, { discoveryYear: 2027, dueDate: '2028-02-29' }],
  ['a second before, it is not', at('Pacific/Auckland', '2026-12-31T10:59:59Z'), annual, { discoveryYear: 2026, dueDate: '2027-03-01' }],
  ["the offset written is not the organisation's", { discoveredAt: '2027-01-01T00:30:00+14:00' }, annual, { discoveryYear: 2026 }],
  ['2100 is no leap year', { discoveredAt: '2099-07-04' }, annual, { dueDate: '2100-03-01' }],
  // Hours.
  ['the hour that comes twice, the first time', contract('2026-10-31T01:30:00-04:00', 24), 'baa.contract', { dueInstantLocal: '2026-11-01T01:30:00-04:00' }],
  ['and the second', contract('2026-10-31T01:30:00-04:00', 25), 'baa.contract', { dueInstantLocal: '2026-11-01T01:30:00-05:00' }],
  ['the hour that never comes', contract('2026-03-07T02:30:00-05:00', 24), 'baa.contract', { dueInstantLocal: '2026-03-08T03:30:00-04:00' }],
  // Who knew.
  ['a tie is of days, not of hours', { discoveredAt: '2026-05-01T20:00:00-04:00', knowledge: [knew('agent', '2026-05-01T08:00:00-04:00')] }, '', { discoveryBasis: 'actual_knowledge' }],
  ['only the wrongdoer knew: nobody did', { discoveredAt: null, knowledge: [knew('officer', '2026-03-01', true)] }, '', { discoveryDate: null, discoveryBasis: null }],
  ['diligence in December makes it the year before', { discoveredAt: '2027-01-04', reasonableDiligenceDate: '2026-12-30' }, annual, { discoveryYear: 2026, dueDate: '2027-03-01' }],
  ['an open agent status is a year between two reports', { ...vendor, baNotifiedCoveredEntityAt: '2027-01-10' }, annual, { dueDate: '2027-03-01', undecided: { fact: 'agentOfCoveredEntity', earliest: '2027-03-01', alternative: '2028-02-29' } }],
  ['an open agent status decides nothing where we knew first', { ...vendor, discoveredAt: '2026-12-01' }, '', { discoveryDate: '2026-12-01' }],
  ["an agent's subcontractor counts through who knew", { ...vendor, agentOfCoveredEntity: true, subcontractorDiscoveredAt: '2026-12-01', knowledge: [knew('agent', '2026-12-01')] }, '', { discoveryDate: '2026-12-01', discoveryBasis: 'imputed_agent' }],
  // Delays.
  ['an oral statement on day 30 ends on the limit', told(oral('2026-05-31')), letters, { dueDate: '2026-06-30', holdUntil: '2026-06-30' }],
  ['a writing on its thirtieth day is inside it', told(oral('2026-06-20'), written('2026-07-20', '2026-09-01')), letters, { dueDate: '2026-09-01', holdBasis: 'written' }],
  ['a second oral one after the first lapsed is still a second', told(oral('2026-05-05'), oral('2026-06-20')), letters, { dueDate: '2026-06-30', holdFlags: ['repeat_oral_ignored'] }],
  ['a second writing on the last day of the first goes on', told(written('2026-05-05', '2026-08-01'), written('2026-08-01', '2026-09-15')), letters, { dueDate: '2026-09-15' }],
  ['a day later it cures nothing', told(written('2026-05-05', '2026-08-01'), written('2026-08-02', '2026-09-15')), letters, { dueDate: '2026-08-01' }],
  ['a writing too late for the letters is in time for the annual report', told(written('2026-07-01', '2027-06-01')), annual, { dueDate: '2027-06-01', baseDueDate: '2027-03-01' }],
  ['and moves the letters nowhere', told(written('2026-07-01', '2027-06-01')), letters, { dueDate: '2026-06-30', holdUntil: null }],
  ['an official who spoke before the discovery', told(written('2026-04-25', '2026-12-01')), letters, { dueDate: '2026-12-01' }],
  ['an evening in UTC is the day here', told(oral('2026-06-21T02:00:00Z')), letters, { holdUntil: '2026-07-20' }],
  ['a State keeps its own date', told(written('2026-05-05', '2026-09-15')), 'state.ny.individual', { dueDate: '2026-05-31' }],
  ['letters went out, then a writing came: HHS waits with nobody', { ...in900, individualNoticeSentAt: '2026-05-20', ...told(written('2026-05-21', '2026-09-15')) }, large, { dueDate: '2026-05-20', holdUntil: null }],
  ['the writing came first: HHS may wait', { ...in900, individualNoticeSentAt: '2026-05-20', ...told(written('2026-05-19', '2026-09-15')) }, large, { dueDate: '2026-09-15', baseDueDate: '2026-05-20' }],
  // Chains.
  ['letters sent in the night of UTC went out the evening before', { ...in900, individualNoticeSentAt: '2026-05-20T02:00:00Z' }, large, { dueDate: '2026-05-19' }],
  ['a posting in December ends on the leap day', { insufficientContactCount: 10, discoveredAt: '2027-11-01', substitutePostedAt: '2027-12-01' }, 'hipaa.substitute_posting', { dueDate: '2028-02-29' }],
  ['New York hears of the annual filing as well', { hhsNotifiedAt: '2027-02-26' }, 'state.ny.ag_hipaa_copy', { dueDate: '2027-03-05' }],
  ['a Saturday does not count, and Monday is the first', { materialityDeterminedAt: '2026-05-11T03:00:00Z', orgTimezone: 'Asia/Tokyo' }, 'sec.8k_1_05', { dueDate: '2026-05-14', dueInstantUtc: '2026-05-14T21:30:00Z' }],
]

it.each(rows)('%s', (_, own, id, fields) => {
  const parsed = parseFacts({ ...base, ...own })
  if (!parsed.ok) throw new Error(parsed.mistakes.join('\n'))
  const result = computeClocks(parsed.facts)
  expect(id ? result.clocks[id] : result).toMatchObject(fields)
})
