/**
 * The law once more, written down from the citations for the property tests alone: who owes what to whom, from when and
 * for how long. Nothing here is shared with the engine, so that a mistake there is not a mistake here.
 */

/** `ce` covered entity, `ba` business associate, `hipaa` either, `own` all but associates, `phr` vendor of personal health records. */
type Who = 'ce' | 'ba' | 'hipaa' | 'own' | 'phr' | 'any'

/**
 * `total>=500`, `state>500` (in any one State), `TX>=250` (of Texas), `bad>=10` (with bad addresses), or nothing.
 * Starts: `discovery`, `letters`, `hhs`, a fact of its own (`determinedAt`, with `?` where a blank one falls back to
 * discovery) or `own`, recorded by the row's id. Amounts: days, business days, hours, or days of the next year.
 */
export interface Law {
  readonly id: string
  readonly who: Who
  readonly people: string
  readonly start: string
  readonly amount: string
  /** Not later than this other one, nor than the letters. */
  readonly beside?: string
  readonly delayed?: boolean
  /** Only where this fact is given. */
  readonly given?: string
}

const read = (line: string): Law => {
  const [id = '', who = 'any', people = '-', start = '', amount = '', ...more] = line.trim().split(/\s+/)
  const beside = more.find((word) => word.startsWith('with:'))?.slice(5)
  const given = more.find((word) => word.startsWith('given:'))?.slice(6)
  return {
    ...{ id, who: who as Who, people, start, amount, delayed: more.includes('delayed') },
    ...(beside && { beside }),
    ...(given && { given }),
  }
}

export const law: readonly Law[] = `
hipaa.individual ce - discovery 60d delayed
hipaa.media ce state>500 discovery 60d delayed
hipaa.hhs.500plus ce total>=500 discovery 60d with:hipaa.individual delayed
hipaa.hhs.under500 ce total<500 discovery 60y delayed
hipaa.ba_to_ce ba - discovery 60d delayed
hipaa.individual.urgent ce - own -
hipaa.security_incident_response hipaa - own -
part2.individual own - discovery 60d delayed given:part2Records
part2.media own state>500 discovery 60d delayed given:part2Records
part2.hhs.500plus own total>=500 discovery 60d with:part2.individual delayed given:part2Records
part2.hhs.under500 own total<500 discovery 60y delayed given:part2Records
ftc.individual phr - discovery 60d
ftc.media phr state>=500 discovery 60d
ftc.commission.500plus phr total>=500 discovery 60d with:ftc.individual
ftc.commission.under500 phr total<500 discovery 60y
ftc.service_provider any - own 60d
state.ca.hsc1280_15.patient any - detectedAt? 15b given:caLicensedFacility
state.ca.hsc1280_15.cdph any - detectedAt? 15b given:caLicensedFacility
state.ca.civ1798_82.individual any CA>=1 discovery 30d
state.ca.civ1798_82.ag any CA>500 letters 15d
state.tx.individual any TX>=1 determinedAt? 60d
state.tx.ag any TX>=250 determinedAt? 30d
state.fl.individual any FL>=1 determinedAt? 30d
state.fl.ag any FL>=500 determinedAt? 30d
state.fl.agent ba FL>=1 determinedAt? 10d
state.ny.individual any NY>=1 discovery 30d
state.ny.regulators any NY>=1 discovery - with:state.ny.individual
state.ny.ag_hipaa_copy ce NY>=1 hhs 5b
state.ny.inadvertent_determination any NY>500 own 10d
state.ny.hospital_405_46 ce - nyHospitalDeterminedAt 72h
state.ny.dfs_500_17 any - own 72h
state.co.individual any CO>=1 determinedAt? 30d
state.co.ag any CO>=500 determinedAt? 30d
state.wa.individual any WA>=1 discovery 30d
state.wa.ag any WA>500 discovery 30d
state.wa.oic any - own 2b
state.me.individual any ME>=1 scopeIdentifiedAt? 30d
state.ct.individual any CT>=1 discovery 60d
state.ct.ag any CT>=1 discovery - with:state.ct.individual
state.or.individual any OR>=1 discovery 45d
state.or.ag any OR>250 discovery 45d
state.or.vendor ba OR>=1 discovery 10d
state.vt.individual any VT>=1 discovery 45d
state.vt.ag any VT>=1 discovery 14b with:state.vt.individual
state.md.individual any MD>=1 discovery 45d
state.md.ag any MD>=1 discovery - with:state.md.individual
state.in.individual any IN>=1 discovery 45d
state.az.individual any AZ>=1 determinedAt? 45d
state.az.ag any AZ>1000 determinedAt? 45d
state.al.individual any AL>=1 determinedAt? 45d
state.al.ag any AL>1000 determinedAt? 45d
state.la.individual any LA>=1 discovery 60d
state.la.ag any LA>=1 letters 10d
state.de.individual any DE>=1 determinedAt? 60d
state.de.ag any DE>500 determinedAt? 60d with:state.de.individual
state.ri.individual any RI>=1 confirmedAt? 45d
state.ok.ag any OK>=500 letters 60d
state.il.ag_hipaa_copy ce IL>=1 hhs 5b
state.pa.ag any PA>500 discovery - with:hipaa.individual
state.oh.individual any OH>=1 discovery 45d
state.wi.individual any WI>=1 discovery 45d
state.nm.individual any NM>=1 discovery 45d
state.tn.individual any TN>=1 discovery 45d
state.sd.individual any SD>=1 discovery 60d
state.pr.daco any PR>=1 detectedAt? 10d
sec.8k_1_05 any - materialityDeterminedAt 4b
gdpr.art33 any - gdprAwareAt 72h
gdpr.art33_processor any - own -
gdpr.art34 any - own -
cms.contractor any - own 1h
cms.ede.breach any - own 24h
cms.ede.incident any - own 72h
insurance.notice any - own -
`
  .trim()
  .split('\n')
  .map(read)

/** Kept for at least so long, rather than done by then; or agreed by contract; or no clock of their own; or not law. */
export const notLimits = [
  'hipaa.substitute_posting',
  'hipaa.retention',
  'baa.contract',
  'hipaa.le_hold_oral',
  'hipaa.le_hold_written',
  'circia.incident',
  'circia.ransom',
  'pending.hipaa_security_ba24h',
]
