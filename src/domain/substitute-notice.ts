/**
 * Substitute notice, for people whose address is missing or failed: another form for fewer than ten; for ten or more a
 * posting of 90 days with a toll-free line. 45 CFR 164.404(d)(2)
 */
import { addDays, type CalendarDate, daysBetween, parseCalendarDate } from './calendar.ts'
import { factDate } from './clock-facts.ts'
import { clockFacts } from './clock-facts-of.ts'
import { computeClocks } from './clocks.ts'
import type { IncidentState } from './incident-state.ts'
import { MORNING } from './reminding.ts'
import { dateIn, instantAt, msOf } from './zone.ts'

export const POSTING = 'hipaa.substitute_posting'

export interface SubstituteNotice {
  /** Null: it is posted, and nobody said how many it is for. */
  readonly count: number | null
  readonly needs: 'nothing' | 'another form' | 'a posting'
  readonly postedOn: CalendarDate | null
  /** Posted, and the line open, at least through this day. */
  readonly through: CalendarDate | null
  /** The day it was taken down, since it was posted last. */
  readonly takenDownOn: CalendarDate | null
  /** How many of its days were left then; 0: it stood them all. */
  readonly daysShort: number
}

export function substituteNotice(state: IncidentState): SubstituteNotice | null {
  const count = state.facts['no-address']?.value.count ?? null
  const posted = state.starts.substitutePostedAt
  if (count === null && !posted) return null
  const row = computeClocks(clockFacts(state)).clocks[POSTING]
  const isPosting = row?.applicable === true
  const through = isPosting && row.dueDate ? parseCalendarDate(row.dueDate) : null
  const postedOn = posted ? factDate(state.organisation.zone, posted) : null
  const down = (state.facts['taken-down']?.value.on ?? null) as CalendarDate | null
  // What was posted anew since stands again.
  const takenDownOn = down && postedOn && down > postedOn ? down : null
  return {
    count,
    needs: count === 0 ? 'nothing' : isPosting ? 'a posting' : 'another form',
    ...{ postedOn, through, takenDownOn },
    daysShort: takenDownOn && through ? Math.max(0, daysBetween(takenDownOn, through)) : 0,
  }
}

/** Mornings on which somebody is asked to look whether it still stands, in days before it may end; -1: it may. */
export const postingOffsets: readonly number[] = [60, 30, 14, 7, 1, 0, -1]

export interface PostingMoment {
  readonly through: CalendarDate
  readonly offset: string
  readonly at: number
}

const NOTHING: readonly PostingMoment[] = []

/**
 * When the posting is spoken of: while it must stand, and when it may end; where it was taken down too early, each morning
 * until it is posted again or its days would have been over.
 */
export function postingMoments(state: IncidentState, now: Date): readonly PostingMoment[] {
  if (!state.starts.substitutePostedAt) return NOTHING
  const notice = substituteNotice(state)
  const { zone } = state.organisation
  if (!notice?.postedOn || !notice.through || notice.needs !== 'a posting') return NOTHING
  const { through, takenDownOn, daysShort } = notice
  const on = (day: CalendarDate, offset: string): PostingMoment => ({
    ...{ through, offset },
    at: msOf(instantAt(zone, day, MORNING)),
  })
  if (!takenDownOn)
    return postingOffsets.map((days) => on(addDays(through, -days), days < 0 ? 'over' : String(days)))
  if (daysShort === 0) return NOTHING
  const today = dateIn(zone, now)
  return [0, 1]
    .map((days) => addDays(today, days))
    .filter((day) => day > takenDownOn && day <= through)
    .map((day) => on(day, `down-${day}`))
}
