/**
 * One pass over the incidents whose next wake time has come. It waits for each lock instead of skipping: a busy room
 * must not starve its clocks. Entries and deliveries commit together, so a reminder is sent once or not at all.
 * One of the three places where faults are caught: an incident that fails is tried again at the next pass, and keeps no
 * other from its turn in this one.
 */
import { checkpoints } from './checkpoints.ts'
import { digests } from './digest.ts'
import { allRooms, currentCompanion } from './domain/companion.ts'
import { dueEvents } from './domain/due.ts'
import type { Event } from './domain/events.ts'
import type { IncidentState, Room } from './domain/incident.ts'
import { currentRoom } from './domain/incident.ts'
import { clockMoves } from './domain/incident-clocks.ts'
import { firedKey } from './domain/incident-reminders.ts'
import { seenFrom } from './domain/organisation.ts'
import { faultRef } from './log.ts'
import { homes } from './outgoing/homes.ts'
import { commitEvents, SYSTEM } from './pipeline/commit.ts'
import { logUnreached } from './pipeline/unreached.ts'
import type { Unit } from './store/unit.ts'
import type { Wardroom } from './wardroom.ts'

const PATIENT = { lockTimeoutMs: 30_000, statementTimeoutMs: 30_000 }

/** Returns how many incidents were woken. */
export async function tick(wardroom: Wardroom): Promise<number> {
  const now = wardroom.now()
  let done = 0
  let page = await wardroom.store.due(now)
  while (page.length > 0) {
    for (const { incident } of page) {
      try {
        await wardroom.store.write((unit) => wake(wardroom, unit, incident), PATIENT)
        done += 1
      } catch (error) {
        wardroom.log.error({ err: error, ref: faultRef(), incident }, 'an incident could not be woken')
      }
    }
    page = await wardroom.store.due(now, page.at(-1))
  }
  if (done > 0) wardroom.poke()
  await digests(wardroom)
  await checkpoints(wardroom)
  return done
}

/**
 * At the start: another version's table may give other last days, and an incident that sleeps, or was closed with no
 * clock running, would not be looked at for that. `rewake`: other quiet hours or waits give other times to wake at.
 */
export async function recordMoves(wardroom: Wardroom, rewake = false): Promise<void> {
  for (const asStored of await wardroom.store.incidents()) {
    if (!rewake && clockMoves(asStored, null).length === 0) continue
    const { incident } = asStored
    const stamp = { actor: SYSTEM, at: wardroom.now(), source: null }
    await wardroom.store
      .write(async (unit) => {
        const before = await unit.incident(incident)
        if (!before) return
        await commitEvents(unit, incident, before, [], stamp, wardroom.telling)
        await unit.touch(incident)
      }, PATIENT)
      .catch((error: unknown) =>
        wardroom.log.error({ err: error, ref: faultRef(), incident }, 'moved clocks could not be recorded'),
      )
  }
}

async function wake(wardroom: Wardroom, unit: Unit, incident: string): Promise<void> {
  const now = wardroom.now()
  const asStored = await unit.incident(incident)
  if (!asStored) return
  const stamp = { actor: SYSTEM, at: now, source: null }
  // Last days that differ are recorded before anything is reminded of: a reminder names the day people were told.
  const { state: before } = await commitEvents(unit, incident, asStored, [], stamp, wardroom.telling)
  const events: Event[] = []
  const { roster } = seenFrom(await unit.readOrganisation(), before.platform)
  for (const due of dueEvents(before, now, roster, wardroom.telling.reminding)) {
    const isOnce = due.kind === 'reminder.sent' || due.kind === 'posting.reminded'
    if (isOnce && !(await unit.claimReminder(incident, firedKey(due)))) continue
    events.push(due)
  }
  const { state } = await commitEvents(unit, incident, before, events, stamp, wardroom.telling)
  logUnreached(wardroom.log, before, state)
  await unit.enqueue(daily(state))
  // The days left stand on homes too, and no event tells of them.
  if (await unit.hasHomes(state.platform)) await unit.enqueue([homes(state)])
  await unit.touch(incident)
}

/** The days left changed, whether or not anything else did; and the platform does not tell a bot everything of a room. */
const daily = (state: IncidentState) => [...countdownCards(state), ...roomChecks(state)]

function countdownCards(state: IncidentState) {
  const room = currentRoom(state)
  if (!room) return []
  return ['status', 'clocks'].map((view) => ({
    incident: state.incident,
    lane: `room:${state.incident}`,
    verb: 'card',
    view,
    args: {},
    card: `${state.incident}/${room.room}/${view}`,
  }))
}

const isInUse = (state: IncidentState, room: Room): boolean =>
  room === currentRoom(state) || room === currentCompanion(state)

/** The room people are in, counsel's beside it, and those that were lost: one may be there again without our having been told. */
const roomChecks = (state: IncidentState) =>
  allRooms(state)
    .filter((each) => each.lost !== 'deleted' && (each.lost !== null || isInUse(state, each)))
    .map(({ room }) => ({
      incident: state.incident,
      lane: `dress:${state.incident}`,
      verb: 'check-room',
      view: 'room',
      args: { room },
      card: `${state.incident}/${room}/check`,
    }))
