/**
 * The clocks of one incident: its recorded facts put to the regulation table. Nothing here is stored but the last
 * days people were last told, so that a move is noticed and said.
 */
import { addDays, type CalendarDate, daysBetween, earlier, later, postBy } from './calendar.ts'
import { clockFacts } from './clock-facts-of.ts'
import { type ClockId, clockShort, roomRows, rowsOff } from './clock-names.ts'
import { type Clock, computeClocks, lastDayOf, type Undecided } from './clocks.ts'
import type { ClockMove } from './events.ts'
import type { IncidentState } from './incident.ts'
import { notificationOf } from './notifications.ts'
import { type AtOnce, atOnceOf } from './owed-at-once.ts'
import { findRegulation } from './regulations.ts'
import { daysByRule, daysOf, targetDay } from './targets.ts'
import { dateIn } from './zone.ts'

export { type ClockId, clockFromWords } from './clock-names.ts'
export { clockOwner } from './notifications.ts'

export interface IncidentClock {
  readonly id: ClockId
  readonly short: string
  readonly label: string
  readonly recipient: string
  readonly citation: string
  /**
   * running: counts down. met: the notice went out. vanished: it ran once and a fact ended it.
   * depends: not owed on the facts so far, but a missing fact could make it owed. not-owed: it never was.
   */
  readonly status: 'running' | 'met' | 'vanished' | 'depends' | 'not-owed'
  readonly lastDay: CalendarDate | null
  /** Owed at once, with no last day. */
  readonly atOnce: AtOnce | null
  /** What its reminders, and who saw or snoozed them, are about: its last day, or what stands for it. */
  readonly due: string | null
  /** The instant it ends, where the law or a contract counts hours. */
  readonly dueAt: string | null
  /** The last working day on or before the last day, where that is another day. */
  readonly postBy: CalendarDate | null
  readonly target: CalendarDate | null
  readonly daysLeft: number | null
  readonly undecided: Undecided | null
  /** A law-enforcement delay that moves it: until when, and what the last day would be without (45 CFR 164.412). */
  readonly delay: { readonly until: CalendarDate; readonly limit: CalendarDate } | null
  /** Its own start is not recorded: it counts from discovery, which is earlier. */
  readonly fellBack: boolean
  /** The fact it waits for: it has no last day before that. */
  readonly pending: string | null
  readonly metOn: CalendarDate | null
  /** Days to spare when it was met; negative: late. */
  readonly spare: number | null
  /** The same in milliseconds, of a clock of hours whose notice is recorded with its time. */
  readonly spareMs: number | null
  /** What it was before the last move, and the entry that moved it. */
  readonly before: CalendarDate | null
  readonly cause: number | null
  readonly notOwedBecause: string | null
  readonly states: readonly string[]
}

export const discoveryOn = (state: IncidentState): CalendarDate | null => discoveredAs(state).on

/** The day all clocks of discovery count from, and whose knowledge makes it that day. */
export function discoveredAs(state: IncidentState): { on: CalendarDate | null; basis: string | null } {
  const { discoveryDate, discoveryBasis } = computeClocks(clockFacts(state))
  return { on: discoveryDate, basis: discoveryBasis }
}

export function incidentClocks(state: IncidentState, now: Date): readonly IncidentClock[] {
  const { zone, holidays } = state.organisation
  const result = computeClocks(clockFacts(state))
  const today = dateIn(zone, now)
  const delayedUntil = letters(result.clocks)?.holdUntil ?? null
  return roomRows(state.organisation.regimes).flatMap(({ id }): IncidentClock[] => {
    const clock = result.clocks[id]
    if (!clock) return []
    const recorded = state.clocks[id]
    const lastDay = lastDayOf(clock, zone)
    const met = state.notified[id]
    const metOn = met ? dateOf(met.on, zone) : null
    const working = lastDay ? postBy(lastDay, holidays) : null
    const atOnce = clock.applicable && !lastDay ? atOnceOf(state, id, delayedUntil) : null
    return [
      {
        id,
        short: clockShort(id),
        label: clock.label,
        recipient: clock.recipient,
        citation: clock.citation,
        status: isOverDrill(state)
          ? 'not-owed'
          : statusOf(clock, metOn, recorded?.before ?? null, recorded?.lastDay ?? null),
        lastDay,
        atOnce,
        due: lastDay ?? atOnce?.due ?? null,
        dueAt: (clock.applicable && clock.dueInstantUtc) || null,
        postBy: working && working !== lastDay ? working : null,
        target: lastDay ? targetOf(state, clock, id, result.discoveryDate, lastDay) : null,
        daysLeft: lastDay ? daysBetween(today, lastDay) : null,
        undecided: clock.undecided ?? null,
        delay: delayOf(clock),
        fellBack: clock.applicable && clock.startedFrom === 'discovery',
        pending: (clock.applicable && clock.pendingTrigger) || null,
        metOn,
        spare: metOn && lastDay ? daysBetween(metOn, lastDay) : null,
        spareMs:
          clock.applicable && clock.dueInstantUtc && met && met.on.length > 10
            ? Date.parse(clock.dueInstantUtc) - Date.parse(met.on)
            : null,
        before: (recorded?.before ?? null) as CalendarDate | null,
        cause: recorded?.cause ?? null,
        notOwedBecause: isOverDrill(state) ? 'drill_over' : clock.applicable ? null : clock.reason,
        states: (clock.applicable && clock.states) || [],
      },
    ]
  })
}

/** A statement about the letters keeps everybody from being told, by telephone too. */
const letters = (clocks: Readonly<Record<string, Clock>>) => {
  const clock = clocks['hipaa.individual']
  return clock?.applicable ? clock : undefined
}

const delayOf = (clock: Clock): IncidentClock['delay'] =>
  clock.applicable && clock.holdUntil && clock.baseDueDate
    ? { until: clock.holdUntil, limit: clock.baseDueDate }
    : null

/**
 * The day somebody set for this one, else so many days from discovery: never after the last day, however that moves, nor
 * while a law-enforcement delay keeps it from being sent.
 */
function targetOf(
  state: IncidentState,
  clock: Clock,
  id: ClockId,
  discoveryDate: CalendarDate | null,
  lastDay: CalendarDate,
): CalendarDate | null {
  const set = notificationOf(state, id).target
  const row = findRegulation(id)
  const { targetDays, targets } = state.organisation
  const own = daysByRule(id, targets)
  const wished =
    (set?.on as CalendarDate | undefined) ??
    (discoveryDate &&
      (own === undefined
        ? targetDay(discoveryDate, lastDay, targetDays, row && daysOf(row))
        : earlier(addDays(discoveryDate, own), lastDay)))
  const until = delayOf(clock)?.until
  return wished && earlier(until ? later(wished, until) : wished, lastDay)
}

/** Closing stops no clock, but nothing was ever owed for an exercise: once it ends as one, nobody is reminded of it. */
export const isOverDrill = ({ drill, closed }: IncidentState): boolean => drill && closed?.outcome === 'drill'

function statusOf(
  clock: Clock,
  metOn: CalendarDate | null,
  before: string | null,
  recorded: string | null,
): IncidentClock['status'] {
  if (metOn) return 'met'
  if (clock.applicable) return 'running'
  if (before !== null && recorded === null) return 'vanished'
  return clock.undecided ? 'depends' : 'not-owed'
}

const dateOf = (text: string, zone: string): CalendarDate =>
  text.length === 10 ? addDays(text as CalendarDate, 0) : dateIn(zone, text)

/**
 * Regimes whose start or records somebody recorded here, and which are not switched on: nothing counts them. A State with
 * residents is not among them; that is said for itself.
 */
export function regimesOff(state: IncidentState): readonly string[] {
  const { clocks } = computeClocks(clockFacts(state))
  const residents = state.facts.affected?.value.byState ?? {}
  const off = rowsOff(state.organisation.regimes).filter(
    ({ id, jurisdiction }) => clocks[id]?.applicable && !(jurisdiction && residents[jurisdiction]),
  )
  return [...new Set(off.map(({ regime }) => regime))]
}

/** Last days that differ from the ones last recorded. `cause` is the entry that moved them, or null for time and table. */
export function clockMoves(state: IncidentState, cause: number | null): ClockMove[] {
  const result = computeClocks(clockFacts(state))
  return roomRows(state.organisation.regimes).flatMap(({ id }) => {
    const after = lastDayOf(result.clocks[id], state.organisation.zone)
    const before = state.clocks[id]?.lastDay ?? null
    return after === before ? [] : [{ clock: id, before, after, cause }]
  })
}

/** Met after its last day, or after its hour. */
export const isMetLate = ({ spare, spareMs }: Pick<IncidentClock, 'spare' | 'spareMs'>): boolean =>
  (spareMs ?? spare ?? 0) < 0

/** A move that gives people less protection: later, or gone. Only the privacy officer or counsel may cause one. */
export const isLoosening = (move: ClockMove): boolean =>
  move.before !== null && (move.after === null || move.after > move.before)
