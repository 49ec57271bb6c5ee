/**
 * What an entry makes the platform hear of: one table from event kind to deliveries, for every path that appends.
 * A command therefore returns events and a reply and nothing else, and no path can forget to tell people.
 * Nobody who is kept out is ever among the people told, and nobody is told of their own act but by a brief.
 */
import { findItem } from '../domain/checklists.ts'
import { isOfCompanion } from '../domain/companion.ts'
import { RETENTION } from '../domain/coverage.ts'
import type { EventKind, Recorded } from '../domain/events.ts'
import { factRow } from '../domain/facts.ts'
import type { IncidentState } from '../domain/incident.ts'
import { hasItems, itemChanges } from '../domain/incident-items.ts'
import type { Organisation } from '../domain/organisation.ts'
import { isQuietHour } from '../domain/reminders-due.ts'
import { dateIn } from '../domain/zone.ts'
import type { Outgoing } from '../store/unit.ts'
import { assessmentRows } from './assessment.ts'
import { checklist, clocks, sheets, status } from './cards.ts'
import { companionPost, companionRow, companionRows, keptOutOfCompanion } from './companion.ts'
import { custodyRows } from './custody.ts'
import { announce, checklistCards, direct, morning, openRoom, page, post, settled } from './deliveries.ts'
import { exportRows } from './exports.ts'
import { managers } from './managers.ts'
import { notificationRows, owedNow } from './notifications.ts'
import { reminderRows } from './reminders.ts'
import { roleRows } from './roles.ts'
import { roomRows } from './rooms.ts'
import {
  holders,
  inCharge,
  namedFor,
  neededRoles,
  once,
  others,
  type Row,
  type Situation,
  sheetReaders,
  type Table,
  type Telling,
  toEach,
} from './told.ts'
import { unreached } from './unreached.ts'

export type OutgoingOf = (
  events: readonly Recorded[],
  state: IncidentState,
  before: IncidentState | undefined,
  organisation: Organisation,
  telling: Telling,
) => readonly Outgoing[]

/** Facts put items on the checklists and take them off: the cards of those phases are drawn anew. */
const changedChecklists = ({ state, before = state }: Situation): Outgoing[] => {
  const { on, off } = itemChanges(before, state)
  const phases = new Set([...on, ...off].map(({ phase }) => phase))
  return [...phases].flatMap((phase) => checklistCards(state, phase))
}

const itemCards: Row<'item.completed' | 'item.skipped' | 'item.reopened' | 'item.added'> = (
  event,
  { state },
) => {
  const { item } = event.data
  const phase = findItem(item)?.phase ?? state.added.find(({ id }) => id === item)?.phase ?? state.phase
  // The card people work from names what is still required from the phases before it.
  return [...checklistCards(state, phase), ...checklist(state), ...status(state)]
}

const statusOnly = (_event: unknown, { state }: Situation): Outgoing[] => status(state)

const compromised = (situation: Situation): Outgoing[] => {
  const { state, telling } = situation
  const told = once([...holders(state), ...neededRoles.flatMap((role) => namedFor(situation, role))])
  return [
    ...post(state, 'chat-compromised'),
    ...toEach(told, (person) => direct(state, person, 'chat-compromised')),
    ...(telling.pagerWebhook ? page(state, 'chat compromised') : []),
  ]
}

const table: Table = {
  'post.failed': unreached,
  'incident.declared': (event, situation) => {
    const { state, telling } = situation
    const asks = neededRoles.flatMap((role) => {
      const [first] = namedFor(situation, role)
      // Whoever declares is asked too: the room says they are, and declaring takes no role.
      if (!first || state.roles[role]) return []
      return direct(state, first, 'ask-role', { role })
    })
    // A channel has readers we do not know: where somebody is kept out, it is told nothing.
    const quiet = state.excluded.length > 0 || !telling.announceChannels[state.platform]
    const today = dateIn(state.organisation.zone, event.at)
    return [
      ...openRoom(state, null),
      // The sheet is long: after it, the question and its buttons stand last in the conversation.
      ...sheets(situation, today),
      ...asks,
      ...(quiet ? [] : announce(state)),
    ]
  },
  'incident.closed': (_event, { state }) => [
    ...post(state, 'closed'),
    ...companionPost(state, 'companion-closed'),
    ...status(state),
    ...clocks(state),
  ],
  'incident.reopened': (_event, { state }) => [
    ...post(state, 'reopened'),
    ...companionPost(state, 'companion-closed'),
    ...status(state),
    ...clocks(state),
  ],
  'person.excluded': ({ data, actor }, situation) => {
    const { state } = situation
    const beside = keptOutOfCompanion(situation, data.person)
    if (!state.members.includes(data.person)) return beside
    const told = others(inCharge(situation, data.person), actor)
    return [
      ...toEach(told, (person) => direct(state, person, 'uninvited', { joined: data.person })),
      ...beside,
    ]
  },

  'fact.recorded': (event, situation) => {
    const { data, actor } = event
    const { state } = situation
    const sent = data.fact === 'notified' && 'clock' in data.value ? { ...data.value, by: actor } : undefined
    const isAlarm = data.fact === 'chat-compromised' && 'compromised' in data.value && data.value.compromised
    return [
      ...(isAlarm ? compromised(situation) : []),
      ...(sent ? post(state, 'notice-sent', sent) : []),
      ...owedNow(event, situation),
      ...status(state),
      ...(factRow(data.fact).movesClocks ? clocks(state) : []),
      ...changedChecklists(situation),
    ]
  },
  'clocks.changed': ({ data }, situation) => {
    const { state, events } = situation
    const cause = data.moves.find((move) => move.cause !== null)?.cause ?? null
    const fact = events.find((event) => event.seq === cause)
    const change =
      fact?.kind === 'fact.recorded'
        ? { fact: fact.data.fact, value: fact.data.value, before: fact.data.before, by: fact.actor }
        : {}
    const moves = data.moves.filter((move) => move.before !== move.after)
    return [
      ...(moves.length > 0 ? post(state, 'clocks-moved', { moves, cause, ...change }) : []),
      ...moves.flatMap(({ clock }) => managers(situation, 'moved', clock)),
      ...status(state),
      ...clocks(state),
    ]
  },
  ...reminderRows,
  'reminder.acknowledged': statusOnly,
  'reminder.snoozed': statusOnly,

  ...notificationRows,
  ...roleRows,

  'phase.entered': ({ data, at }, { state, telling }) => [
    ...toEach(isQuietHour(state, at, telling.reminding) ? [] : holders(state), (person) =>
      hasItems(state, person) ? direct(state, person, 'items', { at }) : [],
    ),
    ...checklistCards(state, data.phase),
    ...checklistCards(state, data.from),
    ...status(state),
  ],
  'item.completed': itemCards,
  'item.skipped': itemCards,
  'item.reopened': itemCards,
  'item.added': itemCards,
  'items.prompted': ({ data, at }, situation) => {
    const { state, events } = situation
    const on = dateIn(state.organisation.zone, at)
    // Alone it is a prompt of its own; with a reminder or the sheet of the morning it goes in that message.
    const isMorning = events.some(
      (event) =>
        ((event.kind === 'reminder.sent' || event.kind === 'posting.reminded') &&
          event.data.to.includes(data.person)) ||
        (event.kind === 'sheet.sent' && sheetReaders(situation).includes(data.person)),
    )
    if (!isMorning) return direct(state, data.person, 'items', { at })
    return direct(state, data.person, 'reminders').map((wish) => ({
      ...wish,
      ...morning({ ...wish.args, on, at }, 'items'),
    }))
  },

  'note.recorded': statusOnly,
  'decision.recorded': ({ data, seq, actor }, { state }) => [
    ...post(state, 'decision', {
      seq,
      recordedBy: actor,
      ...(data.occurredAt ? { occurredAt: data.occurredAt } : {}),
    }),
    ...status(state),
  ],

  ...custodyRows,
  ...assessmentRows,
  ...roomRows,
  ...companionRows,
  ...exportRows,
  'coverage.gap': ({ data, seq }, { state }) => [
    // A platform's retention goes on for as long as it is set: the status card says so, and nobody is told each day.
    ...(data.to && data.why !== RETENTION ? post(state, 'gap', { seq, why: data.why }) : []),
    ...status(state),
  ],
  // Asked for twice before it came, it is one.
  'picture.requested': ({ seq }, { state }) =>
    post(state, 'clocks-picture', { seq }, 'clocks-picture').map((wish) => ({ ...wish, verb: 'picture' })),
  'sheet.sent': ({ data, at }, situation) =>
    sheets(situation, data.on).map((wish) => ({ ...wish, ...morning({ ...wish.args, at }, 'sheet') })),
}

export const outgoingOf: OutgoingOf = (events, state, before, organisation, telling) => {
  const situation: Situation = { state, before, organisation, telling, events }
  return settled(
    state,
    // The table's key is the event's kind, which the compiler cannot follow through an index.
    events.flatMap((event) => {
      const row = isOfCompanion(state, event)
        ? companionRow(event.kind)
        : (table[event.kind] as Row<EventKind> | undefined)
      return row?.(event as never, situation) ?? []
    }),
  )
}
