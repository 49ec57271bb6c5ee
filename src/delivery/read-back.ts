/**
 * Events may have been missed: every room of the platform is read back from its history, in a lane of its own. What is found
 * goes on the record as recovered, and that it was missed goes there too.
 */
import { currentCompanion } from '../domain/companion.ts'
import { currentRoom, type IncidentState } from '../domain/incident.ts'
import { readOnce } from '../outgoing/deliveries.ts'
import type { Store } from '../store/store.ts'
import type { Outgoing } from '../store/unit.ts'
import type { Delivering } from './delivering.ts'

/** Nobody knows since when: the last entry may be long before the last process ended. */
export const RESTART = 'restart'

/** Nothing told of a loss. A platform may drop events and say so nowhere: Slack did in 2025, and brought none again. */
export const SWEEP = 'sweep'

export const SWEEP_EVERY_MS = 3_600_000

/** All that a platform has is asked for only so often: an edit far down in a thread, or what retention took, shows no sooner. */
const WHOLE_EVERY_MS = 24 * 3_600_000

/** What was not acknowledged before a process ended is older than its last entry, by no more than the platform's retries. */
const MARGIN_MS = 10 * 60_000

/** Where each record stands before this process adds to it: what it missed came after, or was under way. */
export async function lastEntries(store: Store): Promise<ReadonlyMap<string, Date>> {
  const found = new Map<string, Date>()
  for (const { incident } of await store.incidents()) {
    const at = await store.lastEntryAt(incident)
    if (at) found.set(incident, new Date(at.getTime() - MARGIN_MS))
  }
  return found
}

/** The room people are in and counsel's beside it, each for itself. */
function reads(state: IncidentState, since: Date, why: string, more: Outgoing['args']): Outgoing[] {
  const from = since.toISOString()
  const beside = currentCompanion(state)?.room
  return [
    ...(currentRoom(state) ? readOnce(state, from, why, more) : []),
    ...(beside ? readOnce(state, from, why, { ...more, of: beside }) : []),
  ]
}

export async function readBack(
  delivering: Delivering,
  platform: string,
  why: string,
  since: Date | ReadonlyMap<string, Date>,
  /** Until when anybody is known to have listened. */
  heard?: Date,
): Promise<void> {
  const { store } = delivering
  const more = { whole: true, ...(heard ? { heard: heard.toISOString() } : {}) }
  for (const state of await store.incidents()) {
    if (state.platform !== platform) continue
    const from = since instanceof Date ? since : since.get(state.incident)
    if (from) await store.write((unit) => unit.enqueue(reads(state, from, why, more)), {})
  }
  delivering.poke()
}

/**
 * Each call reads the rooms of open incidents since the one before it; those of closed ones are read at a sign of loss.
 * The first reaches back over the sweep that the process before this one may not have come to.
 */
export function roomSweeper(delivering: Delivering, before: ReadonlyMap<string, Date>): () => Promise<void> {
  let last: Date | undefined
  let wholeAt: Date | undefined
  const since = (incident: string): Date | undefined => {
    if (last) return new Date(last.getTime() - MARGIN_MS)
    const at = before.get(incident)
    return at && new Date(at.getTime() - SWEEP_EVERY_MS)
  }
  return async () => {
    const at = delivering.now()
    const isWhole = wholeAt === undefined || at.getTime() - wholeAt.getTime() >= WHOLE_EVERY_MS
    for (const state of await delivering.store.incidents()) {
      const from = since(state.incident)
      if (!from || state.closed) continue
      const wishes = reads(state, from, SWEEP, isWhole ? { whole: true } : {})
      await delivering.store.write((unit) => unit.enqueue(wishes), {})
    }
    last = at
    if (isWhole) wholeAt = at
    delivering.poke()
  }
}
