/** What an organisation may set of its reminders: its quiet hours, and how long each step of an escalation waits for an answer. */
import { type LocalTime, timeIn } from './zone.ts'

export type Quiet = { readonly from: LocalTime; readonly to: LocalTime }

/**
 * To whom next when nobody acknowledges, counted from the owner's reminder: with three days or less to go the second time
 * applies, and to clocks of hours the third.
 */
export type EscalationStep = {
  readonly step: number
  readonly to: 'deputy' | 'commander' | 'sponsor'
  readonly afterHours: number
  readonly afterHoursUrgent: number
  readonly afterHoursByHour: number
}

export interface Reminding {
  /** Null: no hour is quiet. */
  readonly quiet: Quiet | null
  readonly escalation: readonly EscalationStep[]
}

/** When each morning's message goes out. Quiet hours are over by then. */
export const MORNING: LocalTime = { hour: 8, minute: 0 }

const asked: readonly EscalationStep['to'][] = ['deputy', 'commander', 'sponsor']

/** How many waits an escalation is made of. */
export const escalationSteps = asked.length

export interface Waits {
  readonly days: readonly number[]
  readonly urgent: readonly number[]
  readonly byHour: readonly number[]
}

export const escalationOf = ({ days, urgent, byHour }: Waits): readonly EscalationStep[] =>
  asked.map((to, at) => ({
    ...{ step: at + 1, to },
    ...{ afterHours: days[at]!, afterHoursUrgent: urgent[at]!, afterHoursByHour: byHour[at]! },
  }))

/** Of the last eight hours of a clock of hours five are left when the sponsor is asked. */
export const defaultEscalation = escalationOf({ days: [24, 48, 72], urgent: [4, 8, 12], byHour: [1, 2, 3] })

export const defaultReminding: Reminding = {
  quiet: { from: { hour: 20, minute: 0 }, to: { hour: 7, minute: 0 } },
  escalation: defaultEscalation,
}

const minutesOf = (time: LocalTime): number => time.hour * 60 + time.minute

export function isWithin({ from, to }: Quiet, time: LocalTime): boolean {
  const [at, begin, end] = [minutesOf(time), minutesOf(from), minutesOf(to)]
  return begin <= end ? at >= begin && at < end : at >= begin || at < end
}

export const isQuietAt = (quiet: Quiet, zone: string, at: Date | number | string): boolean =>
  isWithin(quiet, timeIn(zone, at))
