/** What a row of the table of notification duties says, in the terms of the law. */

export type EntityType = 'covered_entity' | 'business_associate' | 'phr_vendor' | 'sec_registrant'

/** The fact a clock counts from. `discovery` is computed (discovery.ts); the others are recorded as they happen. */
export type StartFact =
  | 'discovery'
  | 'detectedAt'
  | 'determinedAt'
  | 'scopeIdentifiedAt'
  | 'confirmedAt'
  | 'materialityDeterminedAt'
  | 'gdprAwareAt'
  | 'nyHospitalDeterminedAt'
  | 'individualNoticeSentAt'
  | 'hhsNotifiedAt'
  | 'substitutePostedAt'
  | 'documentedAt'
  /** Its own, recorded under the row's id: the clock is shown once it is. */
  | 'recorded'

export type Unit = 'calendar_days' | 'business_days' | 'hours' | 'months'

export type CountRule =
  | 'day0_calendar_end_of_local_day'
  | 'business_days_skip_weekends_and_listed_holidays'
  | 'elapsed_hours_from_instant'
  | 'year_end_plus_60'
  | 'minimum_duration_inclusive'
  | 'anniversary_minimum'
  | 'contract_defined'
  | 'no_fixed_limit'
  /** A rule inside other clocks, cited and never shown: how long a delay lasts. */
  | 'maximum_duration'
  | 'until_date_in_statement'

export type Threshold = {
  scope: 'total_individuals' | 'per_state_residents' | 'insufficient_contact'
  op: '>' | '>=' | '<'
  value: number
  /** Why the clock does not apply when the threshold is not met, in the contract's words. */
  otherwise: string
}

export type Verified = 'verified in source' | 'partly verified in source' | 'from general knowledge'

export type Regulation = {
  id: string
  regime: string
  /** What a card calls the clock. */
  label: string
  citation: string
  recipient: string
  /** Who owes it. An empty list means anyone to whom the rest of the row applies. */
  appliesTo: readonly EntityType[]
  /** Whose duty it is instead, for the other entity types; a type named nowhere never sees the clock. */
  otherwise?: Partial<Record<EntityType, string>>
  /** Entity types the law does not reach at all. */
  outside?: Partial<Record<EntityType, string>>
  start: StartFact
  /** A start that is blank falls back to discovery: earlier, safe, and said (`startedFrom`). */
  fallsBackToDiscovery?: boolean
  amount: number | null
  unit: Unit
  countRule: CountRule
  threshold: Threshold | null
  verified: Verified
  /** The day by which counsel should have read the row again. */
  verifyBy: string
  /** Rows that are not law yet ship disabled. */
  enabled: boolean
  /** No date until its start is recorded: the clock is shown as pending. */
  chained?: boolean
  /** The letters it counts from may be those of this row alone, sent before any other. */
  afterLettersOf?: string
  /** With or before this other clock: not later than its limit, nor than the day it was in fact met. */
  contemporaneousWith?: string
  /** A law-enforcement delay under 45 CFR 164.412 moves it. */
  delayable?: boolean
  /** The duty hangs on there being a reportable breach of unsecured PHI. */
  needsBreach?: boolean
  /** Residence: the two-letter code of the State or territory whose residents it is about. */
  jurisdiction?: string
  /** Shown only when one of these facts is given (true, a date, a number). None: always shown. */
  shownWith?: readonly string[]
  /** The wall-clock zone and time of day by which it must be done, where that is not the end of the local day. */
  cutOff?: { zone: string; hour: number; minute: number }
  /** What the date means where it is not a limit for sending. */
  meaning?: string
  trigger?: string
  /** How a State law treats an entity that complied with HIPAA. The raw date is shown; counsel marks it satisfied. */
  hipaaInteraction?: string
  notes?: string
}
