/** Whom a reminder goes to: the owner of the clock, and step by step whoever answers next when nobody says they saw it. */
import { holderOf, type IncidentState } from './incident.ts'
import { clockOwner } from './incident-clocks.ts'
import { notificationOf } from './notifications.ts'
import type { Reminder } from './reminders.ts'
import { defaultEscalation, type EscalationStep } from './reminding.ts'
import type { Role } from './roles.ts'

/** Whom the organisation names today: a roster filled in after the declaration counts at once. */
export type RosterOf = IncidentState['roster']

export const URGENT_DAYS = 3

const isPerson = (person: string | null | undefined): person is string => typeof person === 'string'

const namedFor = (state: IncidentState, role: Role, roster: RosterOf) => [
  holderOf(state, role),
  roster[role]?.holder,
  roster[role]?.deputy,
]

/** Whoever was named for this notification, else the owner of all; beside them the people who manage, when little time is left, it is late, or the incident is closed. */
export function reminded(
  state: IncidentState,
  clock: string,
  daysLeft: number,
  kind: string,
  roster: RosterOf = state.roster,
): readonly string[] {
  const named = (role: Role) => namedFor(state, role, roster)
  const chosen = notificationOf(state, clock).owner?.person
  const owner = [
    chosen,
    ...named(clockOwner),
    ...named('commander'),
    ...named('sponsor'),
    state.declared.by,
  ].find((person) => person && !state.excluded.includes(person))
  const isForManagers = daysLeft <= URGENT_DAYS || kind === 'appeared' || state.closed !== null
  const managers = isForManagers ? [holderOf(state, 'commander'), ...named('sponsor').slice(0, 2)] : []
  const people = [owner, ...managers].filter(isPerson)
  return [...new Set(people)].filter((person) => !state.excluded.includes(person))
}

/** The deputy is the owner's, by the roster, after the privacy officer where somebody else was named; else who stands in for the commander. */
const answering: Readonly<
  Record<
    EscalationStep['to'],
    (state: IncidentState, roster: RosterOf, clock: string) => (string | null | undefined)[]
  >
> = {
  deputy: (state, roster, clock) => [
    ...(notificationOf(state, clock).owner ? namedFor(state, clockOwner, roster) : []),
    roster[clockOwner]?.deputy,
    holderOf(state, 'deputy'),
  ],
  commander: (state, roster) => namedFor(state, 'commander', roster),
  sponsor: (state, roster) => namedFor(state, 'sponsor', roster),
}

export type Step = Pick<Reminder, 'step'> & { readonly to: readonly string[] }

/**
 * The steps that are due now: one, unless it has nobody. Then it is recorded as one that told nobody, and the next follows
 * in the same breath: no time is spent on a blank.
 */
export function stepsNow(
  state: IncidentState,
  { clock, step }: Pick<Reminder, 'clock' | 'step'>,
  roster: RosterOf,
  escalation: readonly EscalationStep[] = defaultEscalation,
): Step[] {
  const last = state.reminded[clock]
  const spared = [...state.excluded, ...(last?.asked ?? []), ...(last?.unreached ?? [])]
  const steps: Step[] = []
  for (const row of escalation.filter((row) => row.step >= step)) {
    const person = answering[row.to](state, roster, clock).find(
      (one) => isPerson(one) && !spared.includes(one),
    )
    steps.push({ step: row.step, to: isPerson(person) ? [person] : [] })
    if (isPerson(person)) return steps
  }
  return steps
}
