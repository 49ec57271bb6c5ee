/**
 * Events may have been missed: every room is read back from the platform's history, in a lane of its own. What is found
 * goes on the record as recovered, and that it was missed goes there too.
 */
import type { Delivering } from './deliver.ts'
import { readHistory } from './deliveries.ts'
import { currentRoom } from './domain/incident.ts'

/** Nobody knows since when: the last entry may be long before the last process ended. */
export const RESTART = 'restart'

/** Without `since`, each room is read from its last entry on: nobody saw what was said while no process ran. */
export async function readBack(delivering: Delivering, why: string, since?: Date): Promise<void> {
  const { store } = delivering
  for (const state of await store.incidents()) {
    if (!currentRoom(state)) continue
    const from = since ?? (await store.lastEntryAt(state.incident))
    if (from) await store.write((unit) => unit.enqueue(readHistory(state, from.toISOString(), why)), {})
  }
  delivering.poke()
}
