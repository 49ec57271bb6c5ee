// Law-enforcement delay (45 CFR 164.412): the last day becomes the later of the limit and the end of the delay. The 60
// days are not tolled, oral statements do not stack, and a statement made after the limit cures nothing.
import { addDays, type CalendarDate, earlier, later } from './calendar.ts'
import { type ClockFacts, factDate } from './clock-facts.ts'

export type Delay = {
  dueDate: CalendarDate
  baseDueDate: CalendarDate
  holdUntil: CalendarDate | null
  holdBasis: 'oral' | 'written' | null
  holdFlags: string[]
}

type Statement = { on: CalendarDate; until: CalendarDate | null; written: boolean }
type Hold = { until: CalendarDate; basis: 'oral' | 'written' }
type Reading = { hold: Hold | null; oralSeen: boolean; flags: string[] }

/** (b): not longer than 30 days from the date of the oral statement. */
export const oralDays = 30

// An official who said less than 30 days is taken at their word; one who said more cannot make it more without writing.
const oralEnd = ({ on, until }: Statement): CalendarDate => {
  const most = addDays(on, oralDays)
  return earlier(until ?? most, most)
}

const readStatement = (limit: CalendarDate, reading: Reading, statement: Statement): Reading => {
  const { hold, oralSeen, flags } = reading
  const end = hold ? later(limit, hold.until) : limit
  if (statement.on > end) return { ...reading, flags: [...flags, 'statement_after_limit_ignored'] }
  // (a): a writing that names the time governs from then on, whether it ends earlier or later than what stood before.
  if (statement.written && statement.until)
    return { hold: { until: statement.until, basis: 'written' }, oralSeen, flags }
  const noted = statement.written ? [...flags, 'writing_without_time_treated_as_oral'] : flags
  if (oralSeen) return { ...reading, flags: [...noted, 'repeat_oral_ignored'] }
  if (hold && statement.on <= hold.until)
    return { hold, oralSeen: true, flags: [...noted, 'oral_during_written_ignored'] }
  return { hold: { until: oralEnd(statement), basis: 'oral' }, oralSeen: true, flags: noted }
}

/** Null without statements. Statements are read in the order they were made, an oral one first on the same day. */
export const delayOf = (limit: CalendarDate, facts: ClockFacts, zone: string): Delay | null => {
  const statements = (facts.lawEnforcementDelays ?? [])
    .map(({ kind, statementDate, until }) => ({
      on: factDate(zone, statementDate),
      until: until ? factDate(zone, until) : null,
      written: kind === 'written',
    }))
    .sort((a, b) => (a.on === b.on ? Number(a.written) - Number(b.written) : a.on < b.on ? -1 : 1))
  if (statements.length === 0) return null
  const start: Reading = { hold: null, oralSeen: false, flags: [] }
  const { hold, flags } = statements.reduce(
    (reading, statement) => readStatement(limit, reading, statement),
    start,
  )
  return {
    dueDate: hold ? later(limit, hold.until) : limit,
    baseDueDate: limit,
    holdUntil: hold?.until ?? null,
    holdBasis: hold?.basis ?? null,
    holdFlags: flags,
  }
}
