/** What becomes of a row that a platform refused: it waits, it is given up and that is said, or its room is gone. */
import type { ChatError } from '../chat/port.ts'
import { type Event, event } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import { ORGANISATION } from '../domain/record.ts'
import { notCaptured } from '../evidence/capture-file.ts'
import { gapFrom } from '../pipeline/room-life.ts'
import type { Claimed } from '../store/outbox.ts'
import { admittedIn, notAdmitted } from './companion.ts'
import type { Outcome } from './delivering.ts'

export const LONGEST_WAIT_MS = 300_000
/** A nicety is worth this many tries, some four minutes, and then a line on the status card. */
const NICETY_TRIES = 8

/** Tried again after a while; `events`: what is said of it meanwhile. */
export interface Later {
  readonly waitMs: number
  readonly why: string
  readonly events: readonly Event[]
  readonly args?: Claimed['args']
  readonly also?: Outcome['also']
}

/** Attempts that got on with it were none in vain. */
export const triesOf = ({ attempt, args }: Pick<Claimed, 'attempt' | 'args'>): number =>
  attempt - (typeof args.turns === 'number' ? args.turns : 0)

/** The entry that says a delivery came to nothing, in the words of what it was. */
export function notDone(
  row: Pick<Claimed, 'id' | 'incident' | 'verb' | 'view' | 'args'>,
  code: string,
): Event {
  const to = typeof row.args.person === 'string' ? row.args.person : null
  if (row.verb === 'file') return notCaptured(row, code)
  const step = row.verb.endsWith('-remove') ? 'remove' : 'make'
  if (to && row.incident === ORGANISATION) return event('register.failed', { code, step, to })
  if (to && row.view === 'export')
    return event('export.failed', { code, step, to }, undefined, Number(row.args.seq))
  return event('post.failed', { delivery: row.id, view: row.view, to, code })
}

const NICETIES: readonly string[] = ['nicety', 'invite', 'names', 'admit']

/** Rooms that are asked for until the platform makes them. */
const openings: Readonly<
  Record<
    string,
    {
      readonly refused: (state: Pick<IncidentState, 'roomWanted' | 'companionWanted'>) => string | undefined
      readonly event: (code: string) => Event
    }
  >
> = {
  'open-room': {
    refused: ({ roomWanted }) => roomWanted?.refused,
    event: (code) => event('room.not_opened', { code }),
  },
  'open-companion': {
    refused: ({ companionWanted }) => companionWanted?.refused,
    event: (code) => event('privilege.room_not_opened', { code }),
  },
}

export const isOpening = ({ verb }: Pick<Claimed, 'verb'>): boolean => openings[verb] !== undefined

/** Of the organisation's own deliveries. */
export const NO_ROOMS = { rooms: [], roomWanted: null, companions: [], companionWanted: null }

/** What a platform's refusal means for this row: wait, give up and say so, or the room itself is gone. */
export function afterRefusal(
  row: Pick<Claimed, 'id' | 'incident' | 'verb' | 'view' | 'args' | 'attempt' | 'lane'>,
  error: ChatError,
  state: Pick<IncidentState, 'rooms' | 'roomWanted' | 'companions' | 'companionWanted'>,
  at: Date,
): Outcome | Later {
  const isNicety = NICETIES.includes(row.verb)
  const opening = openings[row.verb]
  const mayPass = error.failure === 'transient' || error.credentials
  const patient = opening !== undefined || (mayPass && !(isNicety && row.attempt >= NICETY_TRIES))
  const isNews = error.failure !== 'transient' && opening?.refused(state) !== error.code
  const events = isNews && opening ? [opening.event(error.code)] : []
  if (patient) return { waitMs: error.retryAfterMs ?? backOff(triesOf(row)), why: error.code, events }
  // Whoever has no name yet is looked up once more before anything leaves; nobody in the room need know.
  if (row.verb === 'names') return { outcome: error.code, events: [] }
  if (row.verb === 'admit') {
    const people = admittedIn(row.args).map((person) => ({ person, code: error.code }))
    return { outcome: error.code, events: notAdmitted(String(row.args.room), people) }
  }
  if (isNicety)
    return {
      outcome: error.code,
      events: [event('room.nicety_failed', { step: row.view, code: error.code, person: null })],
    }
  const failed = notDone(row, error.code)
  const room = postedIn(row.lane, state)
  const isRoomGone = error.failure === 'gone' && room !== undefined
  return {
    outcome: error.code,
    events: isRoomGone ? [failed, ...lost(room, error.code, at)] : [failed],
  }
}

/** The room whose loss a post that fails in this lane tells of. */
function postedIn(
  lane: string,
  { rooms, companions }: Pick<IncidentState, 'rooms' | 'companions'>,
): string | undefined {
  if (lane.startsWith('companion:')) return companions.at(-1)?.room
  return lane.startsWith('room:') ? rooms.at(-1)?.room : undefined
}

/** From when on nothing said in the room can be seen. */
const lost = (room: string, why: string, at: Date): Event[] => [
  event('room.lost', { room, why }),
  gapFrom(at.toISOString(), room, why),
]

export const backOff = (attempt: number): number =>
  Math.min(LONGEST_WAIT_MS, 1000 * 2 ** Math.min(attempt, 9))
