/**
 * What becomes of a companion room, told: to counsel alone. Whatever an entry says of it comes through this table and no
 * other, so that neither the war room nor whoever leads learns from an alarm what counsel does.
 */
import { companionOf, currentCompanion } from '../domain/companion.ts'
import { RETENTION } from '../domain/coverage.ts'
import type { EventKind } from '../domain/events.ts'
import { holderOf, type IncidentState } from '../domain/incident.ts'
import type { Companion } from '../domain/incident-state.ts'
import { isNamed } from '../domain/organisation.ts'
import type { Outgoing } from '../store/unit.ts'
import { checkGuest, direct, readHistory } from './deliveries.ts'
import { namedFor, once, type Row, type Situation, type Table, toEach } from './told.ts'

type Args = Outgoing['args']

const row = ({ incident }: IncidentState, verb: string, view: string, args: Args = {}): Outgoing => ({
  incident,
  lane: `companion:${incident}`,
  verb,
  view,
  args,
})

/** Into the room counsel uses now, or the one named; nothing where there is none. */
export const companionPost = (
  state: IncidentState,
  view: string,
  room = currentCompanion(state)?.room,
): Outgoing[] => (room ? [row(state, 'companion-post', view, { room })] : [])

/** Behind the notice: nobody is in it before it says what becomes of what is said. */
const admit = (state: IncidentState, room: string, people: readonly string[]): Outgoing[] =>
  people.length > 0 ? [row(state, 'admit', 'invite', { room, people })] : []

/** Whoever opened it while they are counsel; else who is counsel now. */
export function counselOf(situation: Situation, by: string | undefined, concerned?: string | null): string[] {
  const { state, organisation } = situation
  const holder = holderOf(state, 'counsel')
  const isStill = by !== undefined && (holder === by || isNamed(organisation, 'counsel', by))
  const ranked = once([isStill ? by : null, holder, ...namedFor(situation, 'counsel'), by])
  return ranked.filter((id) => id !== concerned && !state.excluded.includes(id)).slice(0, 1)
}

function alarm(situation: Situation, companion: Companion | undefined, args: Args): Outgoing[] {
  const { state } = situation
  const who = typeof args.who === 'string' ? args.who : null
  return toEach(counselOf(situation, companion?.by ?? state.companionWanted?.by, who), (person) =>
    direct(state, person, 'companion-alarm', { ...args, ...(companion ? { room: companion.room } : {}) }),
  )
}

/** Rows for entries whose `data` names a companion room. */
const ofCompanion: Table = {
  'privilege.room_opened': ({ data }, { state, before }) => {
    const wanted = before?.companionWanted
    return [
      ...companionPost(state, 'companion-notice'),
      ...admit(state, data.room, wanted?.admitted ?? []),
      ...readHistory(state, wanted?.at ?? state.declared.at, undefined, { of: data.room }),
    ]
  },
  // Whoever writes there must know whether it leaves.
  'privilege.marked': ({ data }, { state }) =>
    data.target === 'room' ? companionPost(state, 'companion-privilege', data.room) : [],
  'privilege.lifted': ({ data }, { state }) =>
    data.target === 'room' ? companionPost(state, 'companion-privilege', data.room) : [],
  'privilege.admitted': ({ data }, { state }) => (data.room ? admit(state, data.room, [data.person]) : []),
  'privilege.not_admitted': ({ data }, situation) =>
    alarm(situation, companionOf(situation.state, data.room), {
      why: 'not-admitted',
      who: data.person,
      code: data.code,
    }),
  'room.renamed': ({ data }, situation) =>
    data.neutral ? [] : alarm(situation, companionOf(situation.state, data.room), { why: 'renamed' }),
  'room.lost': ({ data }, situation) =>
    alarm(situation, companionOf(situation.state, data.room), { why: data.why, lost: true }),
  'room.restored': ({ data }, { state }) => {
    const gap = state.gaps.findLast(({ to, room }) => to === null && room === data.room)
    return gap ? readHistory(state, gap.from, 'restored', { of: data.room, whole: true }) : []
  },
  'room.joined': ({ data }, { state }) =>
    data.invited || data.guest ? [] : checkGuest(state, data.person, data.room),
  'room.alarmed': ({ data }, situation) =>
    alarm(situation, companionOf(situation.state, data.room), { why: data.why, who: data.person }),
  'coverage.gap': ({ data, seq }, situation) =>
    data.to && data.why !== RETENTION
      ? alarm(situation, companionOf(situation.state, data.room), { why: 'gap', seq })
      : [],
}

export const companionRow = (kind: EventKind): Row<EventKind> | undefined =>
  ofCompanion[kind] as Row<EventKind> | undefined

/** Rows of the table in outgoing.ts. */
export const companionRows: Table = {
  'privilege.room_requested': (_event, { state }) => [row(state, 'open-companion', 'room')],
  'privilege.room_not_opened': ({ data }, situation) =>
    alarm(situation, undefined, { why: 'not-opened', code: data.code }),
}

/** Somebody is kept out from now on who is in a companion room. */
export const keptOutOfCompanion = (situation: Situation, person: string): Outgoing[] =>
  situation.state.companions
    .filter(({ members }) => members.includes(person))
    .flatMap((companion) => alarm(situation, companion, { why: 'kept-out', who: person }))
