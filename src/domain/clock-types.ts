// What the clocks contract puts out. `dueDate` is the contract's word for the law's last day; cards say last day.
import type { CalendarDate } from './calendar.ts'
import type { Regulation } from './regulation.ts'

/** A deciding fact that is missing: the question, the earliest date it could mean, and the other one. */
export type Undecided = {
  fact: string
  question: string
  earliest: string | null
  alternative: string | null
}

export type ClockTexts = Pick<Regulation, 'label' | 'recipient' | 'citation' | 'verified'>
type Open = { undecided?: Undecided; alsoUndecided?: Undecided[] }

export type InapplicableClock = ClockTexts & Open & { applicable: false; reason: string }

export type ApplicableClock = ClockTexts &
  Open & {
    applicable: true
    /** Null while pending. Absent for clocks of hours and for retention. */
    dueDate?: CalendarDate | null
    dueLocal?: string
    dueEndExclusiveUtc?: string
    dueInstantUtc?: string
    dueInstantLocal?: string
    pendingTrigger?: string
    retainAtLeastThrough?: CalendarDate | null
    baseDueDate?: CalendarDate
    holdUntil?: CalendarDate | null
    holdBasis?: 'oral' | 'written' | null
    holdFlags?: string[]
    states?: string[]
    discoveryYear?: number
    contemporaneousWith?: string
    startedFrom?: 'discovery'
    meaning?: string
  }

export type Clock = InapplicableClock | ApplicableClock

export type ClocksResult = {
  discoveryDate: CalendarDate | null
  discoveryBasis: string | null
  reportable: boolean
  reason: string | null
  documentationRequired: true
  effectiveBaDueDate?: CalendarDate
  clocks: Record<string, Clock>
}
