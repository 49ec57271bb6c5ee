/**
 * What time alone makes an incident do: a table of duties, each saying what is due now and when it will next be.
 * Nothing is scheduled; an incident is looked at when its earliest next time has come.
 */
import { addDays, type CalendarDate, isWorkingDay, later } from './calendar.ts'
import { type Event, event } from './events.ts'
import type { IncidentState } from './incident.ts'
import { incidentClocks, isOverDrill } from './incident-clocks.ts'
import { nextItemsOf } from './incident-items.ts'
import { postingKey } from './incident-reminders.ts'
import { type RosterOf, reminded, URGENT_DAYS } from './reminded.ts'
import { nextWakeAt } from './reminders.ts'
import { nextAtOnce, remindersAtOnce } from './reminders-at-once.ts'
import { countdownsIn, isQuietHour, reminderStateOf, remindersDue } from './reminders-due.ts'
import { defaultReminding, MORNING, type Reminding } from './reminding.ts'
import { roles } from './roles.ts'
import { postingMoments } from './substitute-notice.ts'
import { dateIn, instantAt, msOf, startOfDay } from './zone.ts'

interface Duty {
  readonly due: (state: IncidentState, now: Date, roster: RosterOf, reminding: Reminding) => readonly Event[]
  /** Milliseconds; null: never, as things stand. */
  readonly next: (state: IncidentState, now: Date, reminding: Reminding) => number | null
}

const MINUTE = 60_000
const PROMPT_EVERY_MS = 4 * 60 * MINUTE

/** A needed role nobody has taken: whom to ask next, and how long after the declaration. */
export const untakenSteps = [
  { step: 1, afterMs: 15 * MINUTE, ask: 'deputy' },
  { step: 2, afterMs: 30 * MINUTE, ask: 'sponsor' },
] as const

/** `roster` and `reminding`: the organisation's of today, whatever they were when the incident was declared. */
export const dueEvents = (
  state: IncidentState,
  now: Date,
  roster: RosterOf = {},
  reminding: Reminding = defaultReminding,
): Event[] => duties.flatMap((duty) => duty.due(state, now, { ...state.roster, ...roster }, reminding))

/** The earliest instant at which something is due; null once an incident is closed and its clocks have stopped. */
export function nextWake(
  state: IncidentState,
  now: Date,
  reminding: Reminding = defaultReminding,
): Date | null {
  const times = duties.map((duty) => duty.next(state, now, reminding)).filter((at) => at !== null)
  return times.length > 0 ? new Date(Math.min(...times)) : null
}

export const isCounting = (state: IncidentState, now: Date): boolean =>
  incidentClocks(state, now).some((clock) => clock.status === 'running')

// Reminders of clocks: they go on after closing, until each notice is sent.

const reminders: Duty = {
  due: (state, now, roster, reminding) => [
    ...remindersAtOnce(state, now, roster, reminding),
    ...remindersDue(state, reminderStateOf(state, countdownsIn(state, now), reminding), now, roster),
  ],
  next: (state, now, reminding) => {
    const at = nextWakeAt(reminderStateOf(state, countdownsIn(state, now), reminding), now)
    return earliest(
      [at === null ? null : msOf(at), nextAtOnce(state, now, reminding)].filter((time) => time !== null),
    )
  },
}

/**
 * When the next reminder of a clock or of an untaken role falls due. Prompts of checklist items are none: they come
 * every four hours, and going from one to the next nobody would see the last day.
 */
export function nextReminder(
  state: IncidentState,
  now: Date,
  reminding: Reminding = defaultReminding,
): Date | null {
  const times = [reminders, untakenRoles].map((duty) => duty.next(state, now, reminding))
  const at = earliest(times.filter((time) => time !== null))
  return at === null ? null : new Date(at)
}

// A substitute notice that must stay posted: whoever answers for the letters looks at it. 45 CFR 164.404(d)(2)(ii)

/** After an outage the latest missed says it all; what came before it is spoken of no more. */
function postings(state: IncidentState, now: Date) {
  const all = isOverDrill(state) ? [] : postingMoments(state, now)
  const reached = all.findLast(({ at }) => at <= now.getTime())
  const isFired = reached && state.fired.includes(postingKey(reached.through, reached.offset))
  return { reached: isFired ? undefined : reached, next: all.find(({ at }) => at > now.getTime()) }
}

const posting: Duty = {
  due: (state, now, roster) => {
    const { reached } = postings(state, now)
    if (!reached) return []
    const { through, offset } = reached
    const [to] = reminded(state, 'hipaa.individual', URGENT_DAYS + 1, 'scheduled', roster)
    return [event('posting.reminded', { through, offset, to: to ? [to] : [] })]
  },
  next: (state, now) => {
    const { reached, next } = postings(state, now)
    return reached ? now.getTime() : (next?.at ?? null)
  },
}

// A commander or privacy officer nobody has taken.

const neededRoles = roles.filter((role) => role.needed).map((role) => role.id)

function untaken(state: IncidentState) {
  if (state.closed) return []
  return neededRoles
    .filter((role) => !state.roles[role])
    .flatMap((role) => {
      const step = untakenSteps.find((one) => one.step === (state.escalated[role] ?? 0) + 1)
      return step ? [{ role, step, at: msOf(state.declared.at) + step.afterMs }] : []
    })
}

const untakenRoles: Duty = {
  due: (state, now, roster) =>
    untaken(state)
      .filter(({ at }) => at <= now.getTime())
      .map(({ role, step }) => {
        // Where nobody is named deputy the sponsor is asked at once: a quarter of an hour is not spent on a blank.
        const named = [...(step.ask === 'deputy' ? [roster[role]?.deputy] : []), roster.sponsor?.holder]
        const to = named.find((person) => person && !state.excluded.includes(person)) ?? null
        return event('role.escalated', { role, step: step.step, to })
      }),
  next: (state) => earliest(untaken(state).map(({ at }) => at)),
}

// Checklist prompts: every four hours while containing, night or day; else on working mornings.

function prompts(state: IncidentState, now: Date, { quiet }: Reminding) {
  if (state.closed) return []
  const people = [...new Set(Object.values(state.roles).map((holding) => holding.person))]
  return people.flatMap((person) => {
    const items = nextItemsOf(state, person).map((item) => item.id)
    if (items.length === 0) return []
    return [{ person, items, at: promptAt(state, lastPrompt(state, person), now, quiet) }]
  })
}

/** The later of the last prompt, the phase's start and the person's first role: each of those told them their items. */
function lastPrompt(state: IncidentState, person: string): number {
  const since = Object.values(state.roles)
    .filter((holding) => holding.person === person)
    .map((holding) => msOf(holding.since))
  const phase = msOf(state.phases.at(-1)?.at ?? state.declared.at)
  return Math.max(phase, Math.min(...since), state.prompted[person] ? msOf(state.prompted[person]) : 0)
}

function promptAt(state: IncidentState, last: number, now: Date, quiet: Reminding['quiet']): number {
  if (state.phase === 'containment') return last + PROMPT_EVERY_MS
  const { zone, holidays } = state.organisation
  // After an outage the mornings missed are one: today's, or the next.
  const first = dateIn(zone, last)
  let day = later(first, dateIn(zone, now))
  // Whoever was told their items at 07:55 is not told them again at 08:00.
  const soon = isQuietHour(state, last, { quiet }) ? last : last + PROMPT_EVERY_MS
  while (!isWorkingDay(day, holidays) || msOf(instantAt(zone, day, MORNING)) < soon) day = addDays(day, 1)
  return msOf(instantAt(zone, day, MORNING))
}

const itemPrompts: Duty = {
  due: (state, now, _roster, reminding) =>
    prompts(state, now, reminding)
      .filter(({ at }) => at <= now.getTime())
      .map(({ person, items }) => event('items.prompted', { person, items })),
  next: (state, now, reminding) => earliest(prompts(state, now, reminding).map(({ at }) => at)),
}

// The fallback sheet, each morning while the incident is open: the latest one must be true on the day chat is down.

const sheetAt = (state: IncidentState): number => {
  const { zone } = state.organisation
  const last = (state.sheetOn ?? dateIn(zone, state.declared.at)) as CalendarDate
  return msOf(instantAt(zone, addDays(last, 1), MORNING))
}

/** Phone numbers are not handed to an attacker who reads the chat: what people printed before is what they have. */
const isSheetSent = ({ closed, facts }: IncidentState): boolean =>
  closed === null && !facts['chat-compromised']?.value.compromised

const sheet: Duty = {
  due: (state, now) =>
    isSheetSent(state) && sheetAt(state) <= now.getTime()
      ? [event('sheet.sent', { on: dateIn(state.organisation.zone, now) })]
      : [],
  next: (state) => (isSheetSent(state) ? sheetAt(state) : null),
}

// A countdown reads differently each day: cards are drawn again after midnight. No entry, so nothing is due.

const countdown: Duty = {
  due: () => [],
  next: (state, now) => {
    if (state.closed && !isCounting(state, now)) return null
    const { zone } = state.organisation
    return msOf(startOfDay(zone, addDays(dateIn(zone, now), 1)))
  },
}

const duties: readonly Duty[] = [reminders, posting, untakenRoles, itemPrompts, sheet, countdown]

const earliest = (times: readonly number[]): number | null => (times.length > 0 ? Math.min(...times) : null)
