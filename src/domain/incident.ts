/**
 * One incident's state: a cache of its log. `applyEvent` is the only way it changes, and folding the log rebuilds it.
 * It refers to sealed text by entry number and never holds anything that grows with messages.
 */
import { assessmentChange } from './assessment.ts'
import { noAssessment } from './assessment-parts.ts'
import { isOfCompanion } from './companion.ts'
import { gapChange } from './coverage.ts'
import { isInert } from './event-kinds.ts'
import type { EventOf, Recorded } from './events.ts'
import { custodyChange } from './incident-custody.ts'
import { factChange } from './incident-facts.ts'
import { firedKey, reminderChange } from './incident-reminders.ts'
import { roomChange } from './incident-rooms.ts'
import type { ClockState, IncidentState, ItemState, Room, Tenure } from './incident-state.ts'
import { notificationChange } from './notifications.ts'
import { firstPhase } from './phases.ts'
import type { Role } from './roles.ts'

export type * from './incident-state.ts'

/** Raised when the fold changes: states of another version are folded again at start. */
export const REDUCER = 5

/** The state after the first event, which must be the declaration. */
function begin(incident: string, event: Recorded & EventOf<'incident.declared'>): IncidentState {
  const { at, actor, seq, data } = event
  return {
    incident,
    declared: { at, by: actor, seq },
    kind: data.kind,
    drill: data.drill,
    platform: data.platform,
    workspace: data.workspace,
    organisation: data.organisation,
    roster: data.roster,
    excluded: data.excluded,
    facts: { discovered: { value: { at: data.noticedAt, confirmed: false }, at, actor, seq } },
    notified: {},
    starts: {},
    startsRecorded: {},
    delays: [],
    knowledge: [],
    assessment: noAssessment,
    notifications: {},
    roles: {},
    tenures: [],
    offers: [],
    acting: [],
    phase: firstPhase,
    phases: [{ phase: firstPhase, at, by: actor, seq }],
    items: {},
    added: [],
    decisions: [],
    rooms: [],
    members: [],
    companions: [],
    companionWanted: null,
    names: {},
    privilege: [],
    roomWanted: { since: at, suffix: null },
    clocks: {},
    fired: [],
    reminded: {},
    acknowledged: {},
    snoozed: {},
    escalated: {},
    prompted: {},
    sheetOn: null,
    gaps: [],
    niceties: {},
    closed: null,
    exhibits: [],
    legalHold: null,
    disposals: [],
    disposed: null,
    redacted: [],
    lastChange: { kind: event.kind, at, by: actor, seq },
  }
}

/** Kinds that are no news for the status card's last line. */
const SILENT = [
  'command.',
  'reminder.sent',
  'reminder.unreached',
  'posting.reminded',
  'items.prompted',
  'sheet.',
  'room.nicety',
  'evidence.recorded',
  'privilege.',
  'role.escalated',
  'clocks.',
]

export function applyEvent(state: IncidentState | null, event: Recorded, incident: string): IncidentState {
  if (state === null) {
    if (event.kind !== 'incident.declared') throw new Error(`${incident} begins with ${event.kind}`)
    return begin(incident, event)
  }
  if (isInert(event.kind)) return state
  const next = { ...state, ...change(state, event) }
  const ticked = event.kind === 'item.completed' && event.data.by === 'command'
  if (isOfCompanion(next, event)) return next
  if (event.actor === '' || ticked || SILENT.some((prefix) => event.kind.startsWith(prefix))) return next
  return { ...next, lastChange: { kind: event.kind, at: event.at, by: event.actor, seq: event.seq } }
}

function change(state: IncidentState, event: Recorded): Partial<IncidentState> {
  const { at, actor, seq } = event
  switch (event.kind) {
    case 'fact.recorded':
      return factChange(state, event)
    case 'person.excluded':
      return { excluded: [...new Set([...state.excluded, event.data.person])] }
    case 'role.assigned': {
      const { role, person, previous, how } = event.data
      const by = how === 'handoff' && previous !== null ? previous : actor
      const tenure: Tenure = { role, person, since: at, how, by, seq, until: null }
      return {
        roles: { ...state.roles, [role]: { person, since: at, how, by, seq } },
        tenures: [
          ...state.tenures.map((old) => (old.role === role && !old.until ? { ...old, until: at } : old)),
          tenure,
        ],
        offers: state.offers.filter((offer) => offer.role !== role),
      }
    }
    case 'role.offered':
      return {
        offers: [
          ...state.offers.filter((offer) => offer.role !== event.data.role),
          { ...event.data, at, seq },
        ],
      }
    case 'role.declined':
      return { offers: state.offers.filter((offer) => offer.role !== event.data.role) }
    case 'role.vacated': {
      const { role, person } = event.data
      if (state.roles[role]?.person !== person) return {}
      const { [role]: _left, ...roles } = state.roles
      const end = (old: Tenure): Tenure => (old.role === role && !old.until ? { ...old, until: at } : old)
      return { roles, tenures: state.tenures.map(end) }
    }
    case 'role.acted':
      return { acting: [...state.acting, { ...event.data, seq }] }
    case 'role.escalated':
      return { escalated: { ...state.escalated, [event.data.role]: event.data.step } }
    case 'phase.entered':
      return {
        phase: event.data.phase,
        phases: [...state.phases, { phase: event.data.phase, at, by: actor, seq }],
        prompted: {},
      }
    case 'item.completed':
      return { items: withItem(state, event, 'done') }
    case 'item.skipped':
      return { items: withItem(state, event, 'skipped') }
    case 'item.reopened':
      return { items: withItem(state, event, 'open') }
    case 'item.added':
      return {
        added: [...state.added, { id: event.data.item, phase: event.data.phase, role: event.data.role, seq }],
      }
    case 'items.prompted':
      return { prompted: { ...state.prompted, [event.data.person]: at } }
    case 'decision.recorded':
      return {
        decisions: [
          ...state.decisions,
          { number: event.data.number, seq, at, by: event.data.byPerson ?? actor },
        ],
      }
    case 'clocks.changed':
      return {
        clocks: {
          ...state.clocks,
          ...Object.fromEntries(
            event.data.moves.map(({ clock, before, after, cause }) => [
              clock,
              { lastDay: after, before, cause, at } satisfies ClockState,
            ]),
          ),
        },
      }
    case 'reminder.sent': {
      return { fired: [...state.fired, firedKey(event)], ...reminderChange(state, event) }
    }
    case 'posting.reminded':
      return { fired: [...state.fired, firedKey(event)] }
    case 'reminder.acknowledged':
      return {
        acknowledged: {
          ...state.acknowledged,
          [event.data.clock]: { at, by: actor, lastDay: event.data.lastDay },
        },
      }
    case 'reminder.snoozed': {
      const { clock, ...until } = event.data
      return { snoozed: { ...state.snoozed, [clock]: { ...until, by: actor, at } } }
    }
    case 'incident.closed':
      return { closed: { ...event.data, at, by: actor, seq } }
    case 'incident.reopened':
      return { closed: null }
    case 'person.named': {
      const { person, known } = event.data
      return known || !Object.hasOwn(state.names, person) ? { names: { ...state.names, [person]: seq } } : {}
    }
    case 'privilege.marked':
      return { privilege: [...state.privilege, { ...event.data, seq, at, by: actor, lifted: null }] }
    case 'privilege.lifted':
      return {
        privilege: state.privilege.map((mark) =>
          mark.seq === event.ref ? { ...mark, lifted: { seq, at, by: actor } } : mark,
        ),
      }
    case 'sheet.sent':
      return { sheetOn: event.data.on }
    case 'coverage.gap':
      return { gaps: gapChange(state.gaps, event) }
    default:
      return (
        reminderChange(state, event) ??
        custodyChange(state, event) ??
        assessmentChange(state, event) ??
        notificationChange(state, event) ??
        roomChange(state, event)
      )
  }
}

function withItem(
  state: IncidentState,
  event: Recorded & EventOf<'item.completed' | 'item.skipped' | 'item.reopened'>,
  status: ItemState['status'],
): IncidentState['items'] {
  const { item, occurredAt, byPerson } = event.data
  const { at, actor, seq } = event
  return {
    ...state.items,
    [item]: { status, at, actor, seq, byPerson: byPerson ?? null, occurredAt: occurredAt ?? null },
  }
}

/** The room people are in now, unless it is lost or not open yet. */
export function currentRoom(state: IncidentState): Room | undefined {
  const last = state.rooms.at(-1)
  return last && last.lost === null ? last : undefined
}

/** Who holds a role now. */
export const holderOf = (state: IncidentState, role: Role): string | undefined => state.roles[role]?.person
