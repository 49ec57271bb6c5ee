/**
 * The deliveries there are, as the deliverer knows them: a lane keeps its order, a card key makes an upsert.
 * A delivery names views, ids and entry numbers, never text.
 */
import { currentRoom, type IncidentState } from '../domain/incident.ts'
import type { PhaseId } from '../domain/phases.ts'
import type { Outgoing } from '../store/unit.ts'

type Args = Outgoing['args']
type More = Pick<Outgoing, 'card' | 'afterMs'>

const row = (state: IncidentState, lane: string, rest: Omit<Outgoing, 'incident' | 'lane'>): Outgoing => ({
  incident: state.incident,
  lane: lane.includes(':') ? lane : `${lane}:${state.incident}`,
  ...rest,
})

export const cardKey = (state: IncidentState, room: string, name: string): string =>
  `${state.incident}/${room}/${name}`

/** Nothing is posted while no room is open: the four cards of the opening will say it. */
export function post(state: IncidentState, view: string, args: Args = {}, name?: string): Outgoing[] {
  const room = currentRoom(state)
  if (!room) return []
  const key = name ? { card: cardKey(state, room.room, name) } : {}
  return [row(state, 'room', { verb: 'post', view, args, ...key })]
}

export function redraw(state: IncidentState, view: string, args: Args = {}, name = view): Outgoing[] {
  const room = currentRoom(state)
  if (!room) return []
  return [row(state, 'room', { verb: 'card', view, args, card: cardKey(state, room.room, name) })]
}

/**
 * The checklist card of a phase as it was last entered: entering posts a new card, and going back a new one again.
 * A phase that was over before this room opened has no card here, and gets none.
 */
export function checklistCards(state: IncidentState, phase: PhaseId): Outgoing[] {
  const room = currentRoom(state)
  const at = state.phases.findLastIndex((each) => each.phase === phase)
  const entered = state.phases[at]
  if (!room || !entered) return []
  const left = state.phases[at + 1]
  if (left && left.at < room.openedAt) return []
  return redraw(state, 'checklist', { phase, seq: entered.seq }, `checklist-${entered.seq}`)
}

export const openRoom = (state: IncidentState, suffix: string | null): Outgoing[] => [
  row(state, 'room', { verb: 'open-room', view: 'room', args: { suffix } }),
]

export const direct = (
  state: IncidentState,
  person: string,
  view: string,
  args: Args = {},
  more: More = {},
): Outgoing[] => [
  row(state, `person:${person}`, { verb: 'direct', view, args: { ...args, person }, ...more }),
]

/** Long enough for every clock and incident of one morning to join the same message. */
export const groupMs = 2000

/** One message a person and day, over clocks, items and incidents: rows of the same key become one. */
export const morning = (args: Outgoing['args'], part: 'last-days' | 'posting' | 'items' | 'sheet') => ({
  view: 'reminders',
  args: { ...args, with: [part] },
  card: `reminders/${String(args.person)}/${String(args.on)}`,
  afterMs: groupMs,
})

export function invite(state: IncidentState, people: readonly string[]): Outgoing[] {
  if (!currentRoom(state) || people.length === 0) return []
  return [row(state, 'dress', { verb: 'invite', view: 'invite', args: { people: [...new Set(people)] } })]
}

export const nicety = (state: IncidentState, view: 'topic' | 'pin', args: Args): Outgoing[] => [
  row(state, 'dress', { verb: 'nicety', view, args }),
]

/** `room`: another than the one people are in. */
export const checkGuest = (state: IncidentState, person: string, room?: string): Outgoing[] => [
  row(state, 'dress', { verb: 'check-guest', view: 'guest', args: { person, ...(room ? { room } : {}) } }),
]

/** Each room is read in its own time: a companion room the platform holds back holds up no war room. */
const historyLane = ({ incident, companions }: IncidentState, { of }: Args): string =>
  companions.some(({ room }) => room === of) ? `history:${incident}/${String(of)}` : 'history'

/**
 * `why` when events may have been missed; without it, only the first words of a new room are looked for. `of`: another
 * room than the one people are in; `whole`: what is missing is looked for in all that is there.
 */
export const readHistory = (
  state: IncidentState,
  since: string,
  why?: string,
  more: Args = {},
): Outgoing[] => [
  row(state, historyLane(state, more), {
    verb: 'history',
    view: 'history',
    args: { since, ...(why ? { why } : {}), ...more },
  }),
]

/** Fetched as a message's files are; it came with a form, so in no message. */
export const givenFile = (state: IncidentState, file: Args, from: Args): Outgoing =>
  row(state, 'files', {
    verb: 'file',
    view: 'file',
    args: { ...file, ...from, room: currentRoom(state)?.room ?? '', message: '' },
  })

/** One pending read a room and reason: the one that reaches back furthest waits for the platform, or for its turn. */
export const readOnce = (state: IncidentState, since: string, why: string, more: Args = {}): Outgoing[] =>
  readHistory(state, since, why, more).map((wish) => ({
    ...wish,
    card: more.of === undefined ? `${state.incident}/${why}` : `${state.incident}/${String(more.of)}/${why}`,
  }))

export const announce = (state: IncidentState): Outgoing[] => [
  row(state, 'announce', { verb: 'announce', view: 'announcement', args: {} }),
]

export const page = (state: IncidentState, why: string, args: Args = {}): Outgoing[] => [
  row(state, 'pager', { verb: 'webhook', view: 'pager', args: { ...args, why } }),
]

/** Rows of one card are one wish that carries the parts of all of them. */
function joined(wishes: readonly Outgoing[]): Outgoing[] {
  const cards = new Map<string, Outgoing>()
  for (const [at, wish] of wishes.entries()) {
    const key = wish.card ?? `row ${at}`
    const first = cards.get(key)
    const parts = first && [first, wish].flatMap(({ args }) => (Array.isArray(args.with) ? args.with : []))
    if (!first) cards.set(key, wish)
    else if (parts && parts.length > 0)
      cards.set(key, { ...first, args: { ...first.args, with: [...new Set(parts)] } })
  }
  return [...cards.values()]
}

/** Cards of one batch are wished for once; nobody who is kept out is told or invited, whatever asked for it. */
export function settled(state: IncidentState, wishes: readonly Outgoing[]): readonly Outgoing[] {
  return joined(wishes).flatMap((wish) => {
    if (wish.verb === 'direct' && state.excluded.includes(String(wish.args.person))) return []
    if (wish.verb !== 'invite') return [wish]
    const people = (wish.args.people as readonly string[]).filter((id) => !state.excluded.includes(id))
    return people.length > 0 ? [{ ...wish, args: { ...wish.args, people } }] : []
  })
}
