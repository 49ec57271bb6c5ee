// One row of the table and the facts make one clock. The table says what is owed; this file says in which order the
// questions are asked: is it shown, is it owed, from when does it count, until when, and does a delay move it.
import { type CalendarDate, earlier, parseCalendarDate, yearOf } from './calendar.ts'
import { type ClockFacts, factDate } from './clock-facts.ts'
import type { ApplicableClock, Clock, ClockTexts } from './clock-types.ts'
import { count, type Due, dateFields, dayOf, type Start } from './counting.ts'
import { delayOf } from './delay.ts'
import { type Discovery, isVendorEvent } from './discovery.ts'
import type { Regulation } from './regulation.ts'
import type { Reportable } from './reportable.ts'
import { type Reached, reaches } from './threshold.ts'
import { startOfDay, utcIso } from './zone.ts'

export type Reckoning = {
  facts: ClockFacts
  discovery: Discovery | null
  verdict: Reportable
  /** The clocks of earlier rows, for those that go with another. */
  before: Record<string, Clock>
}

// Facts about a registrant alone may come without a zone; the Commission's own is then the only one there is.
const fallbackZone = 'America/New_York'
export const zoneOf = (row: Regulation | null, facts: ClockFacts): string =>
  row?.cutOff?.zone ?? facts.orgTimezone ?? fallbackZone

const isGiven = (value: unknown) => value !== undefined && value !== null && value !== false

export const isShown = (row: Regulation, facts: ClockFacts): boolean => {
  const { entityType, residentsByState } = facts
  const reached = row.appliesTo.length === 0 || row.appliesTo.includes(entityType)
  if (!reached && !row.otherwise?.[entityType] && !row.outside?.[entityType]) return false
  if (row.start === 'recorded' && !row.shownWith) return isGiven(facts.starts?.[row.id])
  if (row.shownWith) return row.shownWith.some((fact) => isGiven(facts[fact as keyof ClockFacts]))
  return !row.jurisdiction || (residentsByState?.[row.jurisdiction] ?? 0) > 0
}

/** Why the clock does not apply, asked from the widest question to the narrowest. */
const reasonAgainst = (row: Regulation, { facts, verdict }: Reckoning, reached: Reached): string | null => {
  const outside = row.outside?.[facts.entityType]
  if (outside) return outside
  if (row.needsBreach && verdict.reason) return verdict.reason
  const other = row.appliesTo.length > 0 && !row.appliesTo.includes(facts.entityType)
  if (other) return row.otherwise?.[facts.entityType] ?? 'not_applicable'
  return reached.met ? null : (row.threshold?.otherwise ?? 'below_threshold')
}

/** The first letters that count: those to everybody, or those of the one row it follows, where they went out before. */
const firstLetters = (facts: ClockFacts, row: string | undefined): string | null => {
  const zone = zoneOf(null, facts)
  const letters = [facts.individualNoticeSentAt, row && facts.sentAt?.[row]].filter(
    (at) => typeof at === 'string',
  )
  return letters.sort((a, b) => (factDate(zone, a) < factDate(zone, b) ? -1 : 1))[0] ?? null
}

export const recordedStart = (row: Regulation, facts: ClockFacts): string | null | undefined => {
  const { start } = row
  if (start === 'recorded') return facts.starts?.[row.id]
  if (start === 'individualNoticeSentAt') return firstLetters(facts, row.afterLettersOf)
  return start === 'discovery' ? null : facts[start]
}

const ownStart = (row: Regulation, facts: ClockFacts): Start | null => {
  const value = recordedStart(row, facts)
  if (!value) return null
  const zone = zoneOf(row, facts)
  const date = factDate(zone, value)
  return { date, at: parseCalendarDate(value) ? utcIso(startOfDay(zone, date)) : utcIso(value) }
}

type Started = { start: Start; startedFrom?: 'discovery' } | { pendingTrigger: string }

const startOf = (row: Regulation, { facts, discovery }: Reckoning): Started => {
  const own = ownStart(row, facts)
  if (own) return { start: own }
  if (row.start !== 'discovery' && !row.fallsBackToDiscovery) return { pendingTrigger: row.start }
  if (!discovery) {
    const waitsForVendor = isVendorEvent(facts) && facts.agentOfCoveredEntity === false
    return { pendingTrigger: waitsForVendor ? 'baNotifiedCoveredEntityAt' : 'discoveredAt' }
  }
  const start = { date: discovery.discoveryDate, at: discovery.at }
  return row.start === 'discovery' ? { start } : { start, startedFrom: 'discovery' }
}

// With another clock means not later than its limit, and not later than the day it was in fact met (164.408(b)). Where
// nobody here owes the other, it goes with letters written under another law, and has no day before they went out.
const withOther = (row: Regulation, due: Due | null, { facts, before }: Reckoning): Due | null => {
  if (!row.contemporaneousWith) return due
  const other = before[row.contemporaneousWith]
  const zone = zoneOf(row, facts)
  const limits: CalendarDate[] = due ? [dayOf(due, zone)] : []
  const theirs = other?.applicable ? (other.baseDueDate ?? other.dueDate) : null
  if (theirs) limits.push(theirs)
  const letters = firstLetters(facts, row.contemporaneousWith)
  if (letters) limits.push(factDate(zone, letters))
  return limits.length > 0 ? { date: limits.reduce(earlier) } : null
}

/** What a clock without a day waits for; nothing where the law names no number. */
const waitsFor = (row: Regulation, started: Started): string | null => {
  if ('pendingTrigger' in started) return started.pendingTrigger
  return row.contemporaneousWith ? 'individualNoticeSentAt' : null
}

const applicable = (
  row: Regulation,
  reckoning: Reckoning,
  reached: Reached,
  texts: ClockTexts,
): ApplicableClock => {
  const { facts } = reckoning
  const zone = zoneOf(row, facts)
  const said = {
    ...(reached.states && !row.jurisdiction && { states: reached.states }),
    ...(row.contemporaneousWith && { contemporaneousWith: row.contemporaneousWith }),
    ...(row.meaning && { meaning: row.meaning }),
  }
  const retention = row.countRule === 'anniversary_minimum'
  const started = startOf(row, reckoning)
  const { start, startedFrom } = 'start' in started ? started : {}
  const due = withOther(row, start ? count(row, start, facts, zone) : null, reckoning)
  if (!due) {
    const pendingTrigger = waitsFor(row, started)
    const nothingYet = retention ? { retainAtLeastThrough: null } : {}
    return {
      ...texts,
      applicable: true,
      dueDate: null,
      ...nothingYet,
      ...said,
      ...(pendingTrigger && { pendingTrigger }),
    }
  }
  if (retention) return { ...texts, applicable: true, retainAtLeastThrough: dayOf(due, zone) }
  const delay = row.delayable && 'date' in due ? delayOf(due.date, facts, zone) : null
  return {
    ...texts,
    applicable: true,
    ...dateFields(row, delay ? { date: delay.dueDate } : due, zone),
    ...(delay && {
      baseDueDate: delay.baseDueDate,
      holdUntil: delay.holdUntil,
      holdBasis: delay.holdBasis,
      holdFlags: delay.holdFlags,
    }),
    ...said,
    ...(startedFrom && { startedFrom }),
    ...(start && row.countRule === 'year_end_plus_60' && { discoveryYear: yearOf(start.date) }),
  }
}

const textsOf = ({ label, recipient, citation, verified }: Regulation): ClockTexts => ({
  label,
  recipient,
  citation,
  verified,
})

export const clockOf = (row: Regulation, reckoning: Reckoning): Clock => {
  const reached = reaches(row, reckoning.facts)
  const reason = reasonAgainst(row, reckoning, reached)
  if (reason) return { ...textsOf(row), applicable: false, reason }
  return applicable(row, reckoning, reached, textsOf(row))
}

/** The clock as it would be if its number of people were reached. */
export const clockIfReached = (row: Regulation, reckoning: Reckoning): Clock =>
  applicable(row, reckoning, { met: true }, textsOf(row))
