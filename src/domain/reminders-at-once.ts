/**
 * Reminders of a notice that is owed at once: to its owner when it begins to be owed and every few hours until it is
 * recorded as sent, night and day, and step by step to whoever answers next while nobody says they saw it. Whoever was
 * asked last hears it again with the owner. Seeing it ends the escalation and no reminder; a snooze ends in hours.
 */
import { type Event, event } from './events.ts'
import type { IncidentState } from './incident.ts'
import { incidentClocks } from './incident-clocks.ts'
import { isSeriesOver, isUnheard } from './incident-reminders.ts'
import { type AtOnce, everyHours } from './owed-at-once.ts'
import { type RosterOf, reminded, stepsNow, URGENT_DAYS } from './reminded.ts'
import { reminderKey } from './reminders.ts'
import type { EscalationStep, Reminding } from './reminding.ts'
import { msOf } from './zone.ts'

const HOUR = 3_600_000

type Owed = AtOnce & { readonly clock: string }
type Steps = Pick<Reminding, 'escalation'>

const owedIn = (state: IncidentState, now: Date): readonly Owed[] =>
  incidentClocks(state, now).flatMap(({ id, status, atOnce }) =>
    status === 'running' && atOnce ? [{ clock: id, ...atOnce }] : [],
  )

/** The last moment reached, however long nobody looked, and the next. */
function momentsOf(
  { clock, due, from }: Owed,
  { snoozed }: IncidentState,
  now: number,
): { readonly reached: { readonly offset: string } | null; readonly next: number } {
  const [first, hours] = [msOf(from), everyHours(clock)!]
  const { lastDay, untilAt } = snoozed[clock] ?? {}
  const end = lastDay === due && untilAt ? msOf(untilAt) : Number.NEGATIVE_INFINITY
  if (now < Math.max(first, end)) return { reached: null, next: Math.max(first, end) }
  const passed = Math.floor((now - first) / (hours * HOUR))
  const at = first + passed * hours * HOUR
  const offset = at > end ? `+${passed * hours}h` : `snoozed-${untilAt}`
  return { reached: { offset }, next: at + hours * HOUR }
}

/** What was said of it since it is owed like this, while nobody answered and somebody may have heard. */
function seriesOf(state: IncidentState, { clock, due }: Owed) {
  const series = state.reminded[clock]
  return series?.lastDay === due && !isSeriesOver(state, clock) ? series : undefined
}

function toAgain(state: IncidentState, owed: Owed, roster: RosterOf): readonly string[] {
  const owner = reminded(state, owed.clock, URGENT_DAYS + 1, 'scheduled', roster)
  const series = seriesOf(state, owed)
  if (!series) return owner
  const reachable = (person: string) => !series.unreached.includes(person) && !state.excluded.includes(person)
  const [first] = owner
  const asked = series.asked.filter((person) => person !== first && reachable(person)).slice(-1)
  return [...new Set([...owner.filter(reachable), ...(series.step > 0 ? asked : [])])]
}

function stepOf(
  state: IncidentState,
  owed: Owed,
  escalation: readonly EscalationStep[],
): { readonly at: number; readonly step: number; readonly offset: string } | null {
  const series = seriesOf(state, owed)
  const snooze = state.snoozed[owed.clock]
  const isSnoozed = series && snooze?.lastDay === owed.due && msOf(snooze.at) >= msOf(series.at)
  const next = series && escalation.find(({ step }) => step === series.step + 1)
  if (!series || !next || isSnoozed) return null
  const { offset } = series
  if (isUnheard(series)) return { at: msOf(series.stepAt), step: next.step, offset }
  const before = escalation.find(({ step }) => step === series.step)?.afterHoursUrgent ?? 0
  const planned = msOf(series.at) + next.afterHoursUrgent * HOUR
  // From when the step before really went out: a late one leaves time to react.
  const waited = msOf(series.stepAt) + (next.afterHoursUrgent - before) * HOUR
  return { at: Math.max(planned, waited), step: next.step, offset }
}

const isFired = ({ fired }: IncidentState, { clock, due }: Owed, offset: string): boolean =>
  fired.includes(reminderKey(clock, due, offset, 0))

export const remindersAtOnce = (
  state: IncidentState,
  now: Date,
  roster: RosterOf,
  { escalation }: Steps,
): Event[] =>
  owedIn(state, now).flatMap((owed) => {
    const { clock, due: lastDay } = owed
    const { reached } = momentsOf(owed, state, now.getTime())
    if (!reached) return []
    const sent = (offset: string, step: number, to: readonly string[]) =>
      event('reminder.sent', { clock, lastDay, offset, step, to })
    const next = stepOf(state, owed, escalation)
    const steps =
      next && next.at <= now.getTime()
        ? stepsNow(state, { clock, step: next.step }, roster, escalation).map(({ step, to }) =>
            sent(next.offset, step, to),
          )
        : []
    const again = isFired(state, owed, reached.offset)
      ? []
      : [sent(reached.offset, 0, toAgain(state, owed, roster))]
    return [...again, ...steps]
  })

/** Milliseconds; null: nothing is owed at once. */
export function nextAtOnce(state: IncidentState, now: Date, { escalation }: Steps): number | null {
  const times = owedIn(state, now).flatMap((owed) => {
    const { reached, next } = momentsOf(owed, state, now.getTime())
    if (reached && !isFired(state, owed, reached.offset)) return [now.getTime()]
    const step = reached ? stepOf(state, owed, escalation)?.at : undefined
    return [next, ...(step === undefined ? [] : [step])]
  })
  return times.length > 0 ? Math.min(...times) : null
}
