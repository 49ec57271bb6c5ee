/** What becomes of a room, told: opening, joining, losing and widening. Rows of the table in outgoing.ts. */
import { currentRoom, type IncidentState } from '../domain/incident.ts'
import { kindLabel } from '../domain/kinds.ts'
import type { Outgoing } from '../store/unit.ts'
import {
  cardKey,
  checkGuest,
  checklistCards,
  direct,
  invite,
  nicety,
  openRoom,
  post,
  readHistory,
  redraw,
} from './deliveries.ts'
import { holders, inCharge, once, owners, roomPeople, type Table, toEach } from './told.ts'

/** A topic is seen in previews: number, kind and the one thing everybody must know. */
const topic = (state: IncidentState): string =>
  [
    state.incident,
    kindLabel(state.kind),
    ...(state.drill ? ['DRILL'] : []),
    'everything said here is recorded',
  ].join(' · ')

const isAtWork = (state: IncidentState, person: string): boolean =>
  state.declared.by === person || holders(state).includes(person)

const cards = (state: IncidentState): Outgoing[] => [...redraw(state, 'status'), ...redraw(state, 'clocks')]

export const roomRows: Table = {
  'room.requested': ({ data }, { state }) => openRoom(state, data.suffix),
  'room.opened': ({ data, at }, situation) => {
    const { state, before } = situation
    return [
      // By name, because the checkpoints' quiet thread hangs under it.
      ...post(state, 'notice', {}, 'notice'),
      ...cards(state),
      ...checklistCards(state, state.phase),
      ...nicety(state, 'topic', { room: data.room, text: topic(state) }),
      ...nicety(state, 'pin', { room: data.room, card: cardKey(state, data.room, 'status') }),
      ...invite(state, roomPeople(situation)),
      ...readHistory(state, before?.roomWanted?.since ?? at),
    ]
  },
  'room.renamed': ({ data }, { state }) => (data.neutral ? [] : post(state, 'guest', { why: 'renamed' })),
  // Whether it can be read under its new id shows at once, and whatever came in between is found.
  'room.moved': ({ data, at }, { state, events }) =>
    events.some(({ kind }) => kind === 'room.restored')
      ? []
      : readHistory(state, at, 'moved', { of: data.newRoom, whole: true }),
  'room.not_opened': ({ data }, situation) => {
    const { state } = situation
    const told = once([...inCharge(situation), state.declared.by])
    return toEach(told, (person) => direct(state, person, 'room-not-opened', { code: data.code }))
  },
  'room.lost': ({ data }, situation) => {
    const told = once([...inCharge(situation), ...owners(situation)])
    return toEach(told, (person) => direct(situation.state, person, 'room-lost', { why: data.why }))
  },
  // Whoever we invited was looked up before.
  'room.joined': ({ data }, { state }) => (data.invited || data.guest ? [] : checkGuest(state, data.person)),
  // What was said while the bot was out can be read now; the gap then has its end.
  'room.restored': ({ data }, { state }) => {
    const gap = state.gaps.findLast(({ to, room }) => to === null && (room ?? data.room) === data.room)
    const since = gap?.from
    const read = since ? readHistory(state, since, 'restored', { of: data.room, whole: true }) : []
    return currentRoom(state)?.room === data.room ? [...cards(state), ...read] : read
  },
  'room.alarmed': ({ data }, situation) => {
    const { state } = situation
    const told = inCharge(situation, data.person)
    // About one person it is said to whoever leads; about the room itself, to everybody in it as well.
    if (data.person && data.why !== 'guest')
      return toEach(told, (person) => direct(state, person, 'uninvited', { joined: data.person }))
    const args = { why: data.why, who: data.person }
    return [...post(state, 'guest', args), ...toEach(told, (person) => direct(state, person, 'guest', args))]
  },
  // Whoever works on it and cannot see its room hears where to write; whom the roster merely names is the operator's.
  'room.nicety_failed': ({ data: { code, person } }, { state }) => [
    ...redraw(state, 'status'),
    ...(code === 'not_in_team' && person && isAtWork(state, person)
      ? direct(state, person, 'not-in-team', {}, { card: `not-in-team/${state.incident}/${person}` })
      : []),
  ],
}
