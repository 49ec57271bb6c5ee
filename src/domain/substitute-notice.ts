/**
 * Substitute notice, for people whose address is missing or failed: another form for fewer than ten; for ten or more a
 * posting of 90 days with a toll-free line. 45 CFR 164.404(d)(2)
 */
import { type CalendarDate, parseCalendarDate } from './calendar.ts'
import { factDate } from './clock-facts.ts'
import { clockFacts } from './clock-facts-of.ts'
import { computeClocks } from './clocks.ts'
import type { IncidentState } from './incident-state.ts'

export interface SubstituteNotice {
  /** Null: it is posted, and nobody said how many it is for. */
  readonly count: number | null
  readonly needs: 'nothing' | 'another form' | 'a posting'
  readonly postedOn: CalendarDate | null
  /** Posted, and the line open, at least through this day. */
  readonly through: CalendarDate | null
}

export function substituteNotice(state: IncidentState): SubstituteNotice | null {
  const count = state.facts['no-address']?.value.count ?? null
  const posted = state.starts.substitutePostedAt
  if (count === null && !posted) return null
  const row = computeClocks(clockFacts(state)).clocks['hipaa.substitute_posting']
  const isPosting = row?.applicable === true
  const through = isPosting && row.dueDate ? parseCalendarDate(row.dueDate) : null
  return {
    count,
    needs: count === 0 ? 'nothing' : isPosting ? 'a posting' : 'another form',
    postedOn: posted ? factDate(state.organisation.zone, posted) : null,
    through,
  }
}
