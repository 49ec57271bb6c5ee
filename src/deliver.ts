/**
 * Drains the outbox through the chat port. Attempt and lease are committed before the platform is called; what happened
 * is committed with the row's end. A retry reads the room back first, so no post in a room appears twice.
 * One of the three places where faults are caught: a row that fails waits and is tried again, alone.
 */
import { ChatError } from './chat/port.ts'
import { deliverers } from './delivery/deliverers.ts'
import type { Delivering, Outcome } from './delivery/delivering.ts'
import { giveWay, isYielding, NOT_THERE, onlyLooking } from './delivery/give-way.ts'
import { lockReminded, recordElsewhere, remindedInVain } from './delivery/in-vain.ts'
import { mayHaveLanded, undoneArgs } from './delivery/posting.ts'
import { settleProof } from './delivery/proof.ts'
import {
  afterRefusal,
  backOff,
  isOpening,
  type Later,
  LONGEST_WAIT_MS,
  NO_ROOMS,
  notDone,
  triesOf,
} from './delivery/refused.ts'
import { organisationDeliverers } from './delivery/register.ts'
import { allRooms } from './domain/companion.ts'
import type { Event } from './domain/events.ts'
import { ORGANISATION } from './domain/record.ts'
import { faultRef } from './log.ts'
import { organisationOutgoing, type Whose } from './outgoing/register.ts'
import { commitEvents, SYSTEM } from './pipeline/commit.ts'
import { logUnreached } from './pipeline/unreached.ts'
import { DatabaseFault } from './store/db.ts'
import type { Claimed, Loop } from './store/outbox.ts'
import type { Unit } from './store/unit.ts'

/** Longer than any platform call's time-out, so that a lease never runs out under a call that is still going. */
const LEASE_MS = 60_000
const BATCH = 20
/** Faults of our own in a row: about a minute. */
const FAULT_TRIES = 6

/** One pass. Rows of different lanes go out side by side. Returns how many were claimed. */
export async function deliverPass(delivering: Delivering, what?: Loop): Promise<number> {
  const rows = await delivering.store.outbox.claim(BATCH, LEASE_MS, what)
  await Promise.all(rows.map((row) => deliverRow(delivering, row)))
  return rows.length
}

async function deliverRow(delivering: Delivering, row: Claimed): Promise<void> {
  try {
    const newer = await delivering.store.outbox.newer(row)
    const result = newer ? await attemptOld(delivering, row) : await attempt(delivering, row)
    await (result instanceof Error
      ? giveWay(delivering, row, newer!, result)
      : finish(delivering, row, result))
  } catch (error) {
    const waitMs = backOff(triesOf(row))
    const ref = faultRef()
    const fields = { err: error, ref, delivery: row.id, verb: row.verb, view: row.view }
    delivering.log.error(fields, 'delivery failed')
    if (isHopeless(row, error)) return giveUp(delivering, row)
    await delivering.store.outbox.postpone(row, waitMs, 'fault').catch((second: unknown) => {
      // The lease runs out by itself: the row is not lost, only later.
      delivering.log.error({ err: second, ref, delivery: row.id }, 'delivery could not be postponed')
    })
  }
}

/** A card that cannot be drawn would hold up every later post of its room: a fault of ours must not silence a reminder. */
const isHopeless = (row: Claimed, error: unknown): boolean =>
  triesOf(row) >= FAULT_TRIES && !isOpening(row) && !(error instanceof DatabaseFault)

function giveUp(delivering: Delivering, row: Claimed): Promise<void> {
  return finish(delivering, row, { outcome: 'fault', events: [notDone(row, 'fault')] }).catch(
    (error: unknown) => {
      delivering.log.error({ err: error, delivery: row.id }, 'a delivery could not be given up')
    },
  )
}

/** A newer one waits behind it: it goes out no more, unless an attempt of it did arrive. */
async function attemptOld(delivering: Delivering, row: Claimed): Promise<Outcome | Later | Error> {
  if (!mayHaveLanded(row)) return NOT_THERE
  return attempt(onlyLooking(delivering), row).catch((error: unknown) => {
    if (isYielding(error)) return error
    throw error
  })
}

async function attempt(delivering: Delivering, row: Claimed): Promise<Outcome | Later> {
  if (row.incident === ORGANISATION) return attemptOrganisation(delivering, row)
  const state = await delivering.store.incident(row.incident)
  const port = state && delivering.portOf(state.platform)
  if (!state) return { outcome: 'no incident', events: [] }
  if (!port) return { waitMs: LONGEST_WAIT_MS, why: 'platform not connected', events: [] }
  try {
    return taken(row, await deliverers[row.verb]!({ delivering, row, port, state }))
  } catch (error) {
    if (!(error instanceof ChatError)) throw error
    return undone(row, error, afterRefusal(row, error, state, delivering.now()))
  }
}

function taken(row: Claimed, outcome: Outcome): Outcome | Later {
  if (!outcome.again) return outcome
  const { args, waitMs } = outcome.again
  const { outcome: why, events, also } = outcome
  return { waitMs, why, events, also, args: { ...args, turns: row.attempt } }
}

const undone = (row: Claimed, error: ChatError, result: Outcome | Later): Outcome | Later =>
  'waitMs' in result ? { ...result, args: undoneArgs(row, error) } : result

const TELLS_OF_FAILURE = ['register-told', 'managers-untold']

async function attemptOrganisation(delivering: Delivering, row: Claimed): Promise<Outcome | Later> {
  const port = delivering.portOf(String(row.args.platform))
  if (!port) return { waitMs: LONGEST_WAIT_MS, why: 'platform not connected', events: [] }
  try {
    return taken(row, await organisationDeliverers[row.verb]!({ delivering, row, port }))
  } catch (error) {
    if (!(error instanceof ChatError)) throw error
    // Whoever cannot be told that something failed is not told that this failed too.
    if (TELLS_OF_FAILURE.includes(row.verb) && error.failure !== 'transient')
      return { outcome: error.code, events: [] }
    return undone(row, error, afterRefusal(row, error, NO_ROOMS, delivering.now()))
  }
}

async function finish(
  delivering: Delivering,
  row: Claimed,
  result: Awaited<ReturnType<typeof attempt>>,
): Promise<void> {
  if ('waitMs' in result) return later(delivering, row, result)
  for (const { kind, data } of result.events)
    if (kind === 'post.failed')
      delivering.log.warn(
        { incident: row.incident, delivery: row.id, view: row.view, code: data.code },
        'a delivery came to nothing',
      )
  await delivering.store.write(
    async (unit) => {
      if (!(await delivering.store.outbox.finish(unit.tx, row.id, result.outcome))) return
      await lockReminded(unit, row, result)
      await lockElsewhere(unit, row, result)
      const seq = await (row.incident === ORGANISATION
        ? recordOrganisation(delivering, unit, row, result)
        : record(delivering, unit, row, result))
      await settleProof(delivering, unit, row, result, seq)
      await recordElsewhere(delivering, unit, row, result)
      for (const [incident, events] of Object.entries(result.elsewhere ?? {}))
        await record(delivering, unit, { ...row, incident }, { outcome: result.outcome, events })
      await result.also?.(unit, seq)
    },
    // Nobody waits: a busy room must not make us post again.
    { lockTimeoutMs: 30_000, statementTimeoutMs: 30_000 },
  )
  delivering.poke()
}

/** Incidents are locked by id, whichever of them the message was for first. */
async function lockElsewhere(unit: Unit, row: Claimed, { elsewhere }: Outcome): Promise<void> {
  const others = Object.keys(elsewhere ?? {})
  if (others.length > 0) for (const id of [row.incident, ...others].sort()) await unit.incident(id)
}

/** What is said of it first: a process that ends in between says it again, and nobody waits in silence. */
async function later(
  delivering: Delivering,
  row: Claimed,
  { events, waitMs, why, args, also }: Later,
): Promise<void> {
  if (events.length > 0 || also)
    await delivering.store.write(
      async (unit) => {
        const said = { outcome: why, events }
        const seq = await (row.incident === ORGANISATION
          ? recordOrganisation(delivering, unit, row, said)
          : record(delivering, unit, row, said))
        await also?.(unit, seq)
      },
      { lockTimeoutMs: 30_000, statementTimeoutMs: 30_000 },
    )
  await delivering.store.outbox.postpone(row, waitMs, why, args)
  if (events.length > 0) delivering.poke()
}

async function recordOrganisation(
  delivering: Delivering,
  unit: Unit,
  row: Claimed,
  { events }: Outcome,
): Promise<undefined> {
  // Whoever could not be told of a failure is not to be told of that one.
  if (events.length === 0 || TELLS_OF_FAILURE.includes(row.verb)) return
  const stamp = { actor: { ...SYSTEM, kind: 'bot' as const }, at: delivering.now(), source: null }
  await unit.appendOrganisation(events, stamp)
  await unit.enqueue(organisationOutgoing(events, row.args as unknown as Whose))
}

const OF_A_ROOM = /^(room\.(lost|restored)|coverage\.gap)$/

async function record(delivering: Delivering, unit: Unit, row: Claimed, { events, file }: Outcome) {
  if (events.length === 0) return undefined
  const state = await unit.incident(row.incident)
  const isKnown = events.some(
    ({ kind, data }) =>
      (kind === 'room.lost' || kind === 'room.restored') &&
      state &&
      allRooms(state).some(
        ({ room, lost }) => room === data.room && (lost !== null) === (kind === 'room.lost'),
      ),
  )
  // The platform's own word of it came first: the loss and its gap, or the return, are on the record. Or the room has
  // another id by now: what was refused under the old one says nothing of it.
  const isFormer = ({ data }: Event): boolean =>
    state !== undefined &&
    allRooms(state).some(({ formerly }) => formerly?.includes((data as { room?: string }).room ?? ''))
  const news = events.filter((each) => !(OF_A_ROOM.test(each.kind) && (isKnown || isFormer(each))))
  const stamp = { actor: { ...SYSTEM, kind: 'bot' as const }, at: delivering.now(), source: null }
  const { recorded, state: after } = await commitEvents(
    unit,
    row.incident,
    state,
    [...news, ...remindedInVain(row, news, state)],
    stamp,
    delivering.telling,
    file,
  )
  logUnreached(delivering.log, state, after)
  return recorded[0]?.seq
}
