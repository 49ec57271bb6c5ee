/**
 * A room's history onto the record, for what nobody was told: what was missed, and what is missing. A turn is a few calls;
 * where it stopped is kept with the delivery, so that a platform that slows down or a process that ends costs nothing.
 */
import {
  ChatError,
  type HistoryPart,
  type InboundMessage,
  type Shown,
  type ShownReactions,
} from '../chat/port.ts'
import { allRooms } from '../domain/companion.ts'
import { RETENTION } from '../domain/coverage.ts'
import type { Gap } from '../domain/coverage-events.ts'
import { type Event, event } from '../domain/events.ts'
import { currentRoom, type IncidentState, type Room } from '../domain/incident.ts'
import { messageItem } from '../evidence/evidence-of.ts'
import type { Watch } from '../evidence/nudges.ts'
import { stands } from '../evidence/standing.ts'
import { watchOn } from '../evidence/watch.ts'
import { alarmAbout, gapFrom } from '../pipeline/room-life.ts'
import { deletedOwn, witnessGone } from '../pipeline/witness-gone.ts'
import { type Job, NOTHING, type Outcome } from './delivering.ts'
import { readReactions } from './reactions.ts'
import { RESTART, SWEEP } from './read-back.ts'
import { type Comparison, compare, FRESH_MS, type Swept, saidAt } from './vanished.ts'

/** Past this, Slack has given up bringing what nobody acknowledged. */
const GIVEN_UP_MS = 6 * 60_000

/** Less than a lease, however slowly the platform answers; and no more rows than fit in memory. */
const TURN_CALLS = 20
const TURN_ROWS = 5_000

/** What a delivery of this kind carries: the wish, and from the first turn on how far it came. */
interface Progress {
  readonly since: string
  readonly why?: string
  readonly whole?: boolean
  /** Another room than the one people are in. */
  readonly of?: string
  /** At a start: until when anybody is known to have listened. */
  readonly heard?: string
  /** The room these turns read: a successor is read from its own beginning. */
  readonly room?: string
  /** Nothing later is looked at: it need not be missed yet. */
  readonly until?: string
  readonly at?: string
  readonly recovered?: number
  readonly vanished?: number
}

export async function history(job: Job): Promise<Outcome> {
  const { row, port, state, delivering } = job
  const kept = row.args as Partial<Progress>
  const room = allRooms(state).findLast((each) => each.room === (kept.of ?? currentRoom(state)?.room))
  if (!room || room.lost !== null) return NOTHING
  const { why, whole, of, heard } = kept
  const since = reachingBack(state, room, kept)
  const started = kept.room === room.room ? kept : {}
  const now = delivering.now()
  // Without a sign of loss, what the platform may still be bringing is not missed yet: the next sweep reads it.
  const until = started.until ?? new Date(now.getTime() - (why === SWEEP ? GIVEN_UP_MS : 0)).toISOString()
  const place = { platform: port.platform, workspace: port.workspace, room: room.room }
  if (room.formerly) await delivering.store.standing.follow(place, room.formerly, row.incident)
  const parts = port.history(room.room, {
    since: new Date(since),
    ...(whole ? { whole } : {}),
    ...(started.at === undefined ? {} : { at: started.at }),
    standing: (threads) => delivering.store.standing.replies(place, threads, stands),
  })
  const turn = await take(parts).catch((error: unknown) => {
    // Nobody will ever be able to read it, as far as the platform says: nothing of it is seen until somebody can.
    if (error instanceof ChatError && error.failure !== 'transient' && why !== undefined) return error.code
    throw error
  })
  if (typeof turn === 'string')
    return { outcome: turn, events: openGap(state, room) ? [] : [gapFrom(since, room.room, turn)] }
  const found = await recordAll(job, turn.messages, why === SWEEP ? new Date(until) : undefined)
  const comparison = { job, room: room.room, readAt: now, through: retainedThrough(state, room.room) }
  const reactions = await readReactions(comparison, turn.reactions)
  const compared = await compareAll(comparison, turn.shown, why)
  // Where nobody tells of reactions as they happen, that they are read now is no sign of a loss.
  if (compared.checkpoints > 0) await witnessGone(delivering, { ...place, incident: row.incident })
  const missed = found + (port.capabilities.reactions === 'all' ? reactions : 0)
  const recovered = (started.recovered ?? 0) + missed
  const vanished = (started.vanished ?? 0) + compared.vanished
  const events = compared.swept.map((swept) => retention(room.room, swept))
  if (turn.next !== undefined) {
    const progress: Progress = {
      since,
      ...(why ? { why } : {}),
      ...(whole ? { whole } : {}),
      ...(of ? { of } : {}),
      ...(heard ? { heard } : {}),
      room: room.room,
      until,
      at: turn.next,
      recovered,
      vanished,
    }
    return { outcome: 'read in part', events, again: { args: { ...progress }, waitMs: turn.waitMs } }
  }
  return {
    outcome: 'read',
    events: [...events, ...gap(job, room.room, { since, until, why, heard, recovered, vanished })],
  }
}

/** A time of this room that nobody could read yet: whatever is read next reaches back to it, and ends it. */
const openGap = (state: IncidentState, { room }: Room): Gap | undefined =>
  state.gaps.find(
    (gap) =>
      gap.to === null &&
      (gap.room === room || (gap.room === null && state.rooms.length === 1 && state.rooms[0]?.room === room)),
  )

function reachingBack(state: IncidentState, room: Room, kept: Partial<Progress>): string {
  const { since = room.openedAt, why } = kept
  const from = why === undefined || kept.room === room.room ? undefined : openGap(state, room)?.from
  return from !== undefined && from < since ? from : since
}

interface Turn {
  readonly messages: InboundMessage[]
  readonly reactions: ShownReactions[]
  readonly shown: Shown[]
  /** Where the next turn goes on; undefined at the end. */
  readonly next: string | undefined
  readonly waitMs: number
}

/** What was read before the platform turned us away is kept; a turn that got nowhere fails as a whole. */
async function take(parts: AsyncIterable<HistoryPart>): Promise<Turn> {
  const messages: InboundMessage[] = []
  const shown: Shown[] = []
  const reactions: ShownReactions[] = []
  let last: HistoryPart | undefined
  const turn = (waitMs: number): Turn => ({
    messages: inOrder(messages),
    reactions,
    shown,
    next: last?.next,
    waitMs,
  })
  let calls = 0
  try {
    for await (const part of parts) {
      last = part
      messages.push(...part.messages)
      reactions.push(...part.reactions)
      shown.push(...part.shown)
      calls += 1
      if (part.afterMs !== undefined) return turn(part.afterMs)
      if (calls >= TURN_CALLS || messages.length >= TURN_ROWS) return turn(0)
    }
  } catch (error) {
    if (!last || !(error instanceof ChatError) || error.failure !== 'transient') throw error
    return turn(error.retryAfterMs ?? 1000)
  }
  return turn(0)
}

/** A turn reads page by page, the newest first where the platform does: within it, as they were said. */
const inOrder = (messages: readonly InboundMessage[]): InboundMessage[] =>
  [...messages].sort((one, other) => Number(one.message) - Number(other.message))

const TOGETHER = 100

/** How many were news. Many share a transaction, so a long gap is closed in seconds. */
async function recordAll(job: Job, messages: readonly InboundMessage[], until?: Date): Promise<number> {
  const { delivering, port } = job
  const watch = watchOn(delivering, port.platform)
  let missed = 0
  for (let from = 0; from < messages.length; from += TOGETHER) {
    const known = messages.slice(from, from + TOGETHER).filter((message) => !until || message.at <= until)
    // Asked for all of them first: they are recorded in the order in which they came.
    const some = await Promise.all(known.map((message) => changedBack(job, message)))
    const recorded = await Promise.all(some.map((message) => recordOne(job, message, watch)))
    for (const [at, message] of some.entries()) {
      if (!recorded[at]) continue
      missed += 1
      if (message.own && message.change === 'posted') await alarmAbout(delivering, message, 'unknown-post')
      if (message.own && message.change === 'deleted') await deletedOwn(delivering, message)
    }
  }
  return missed
}

async function recordOne({ delivering }: Job, message: InboundMessage, watch: Watch): Promise<boolean> {
  const known = message.delivery !== undefined && (await delivering.store.outbox.isKnown(message.delivery))
  if (message.own && (known || message.change === 'edited')) return false
  return (await delivering.capture(messageItem(message, delivering.now(), watch))) === 'recorded'
}

/**
 * The words of an edit that is on the record, at a later time than push and history may differ by: they were changed and
 * changed back, and nobody told us.
 */
async function changedBack({ delivering, row }: Job, message: InboundMessage): Promise<InboundMessage> {
  if (message.change !== 'edited' || message.sameAs === undefined) return message
  const seq = (await delivering.store.seenAs(message.sameAs))?.seq
  const line = seq ? (await delivering.store.standing.lines(row.incident, [seq])).get(seq) : undefined
  const isLater = line && message.at.getTime() - Date.parse(saidAt(line)) > FRESH_MS
  return isLater ? { ...message, sameAs: message.key } : message
}

/** The first reading of a new room looks for its first words: nothing can be missing yet. */
async function compareAll(comparison: Comparison, shown: readonly Shown[], why?: string) {
  const swept: Swept[] = []
  let vanished = 0
  let checkpoints = 0
  if (why !== undefined)
    for (const each of shown) {
      const found = await compare(comparison, each)
      vanished += found.vanished
      checkpoints += found.checkpoints
      if (found.swept) swept.push(found.swept)
    }
  return { vanished, checkpoints, swept }
}

const retainedThrough = (state: IncidentState, room: string): string | undefined =>
  state.gaps
    .flatMap((each) => (each.room === room && each.through !== undefined ? [each.through] : []))
    .sort()
    .at(-1)

const retention = (room: string, { from, to, count, through }: Swept): Event =>
  event('coverage.gap', { from, to, why: RETENTION, room, vanished: count, lost: ['retained'], through })

interface Read {
  readonly since: string
  readonly until: string
  readonly why: string | undefined
  readonly heard: string | undefined
  readonly recovered: number
  readonly vanished: number
}

/**
 * A gap in which anything was missed, or long enough for something to have been, is on the record; and the end of one
 * that is there already.
 */
function gap(
  { port, state }: Job,
  room: string,
  { since, until, why, heard, recovered, vanished }: Read,
): Event[] {
  if (why === undefined) return []
  // At a start, since the last word of anybody who listened; what was found may have been missed before it.
  const from = why === RESTART && recovered + vanished === 0 ? (heard ?? until) : since
  const isLong = why !== SWEEP && Date.parse(until) - Date.parse(from) > GIVEN_UP_MS
  const isOpen =
    since < until &&
    state.gaps.some((each) => each.from === since && each.to === null && (each.room ?? room) === room)
  if (recovered + vanished === 0 && !isLong && !isOpen) return []
  return [
    event('coverage.gap', {
      from: isOpen ? since : from,
      to: until,
      why,
      room,
      recovered,
      vanished,
      lost: port.capabilities.lost,
    }),
  ]
}
