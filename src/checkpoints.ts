/**
 * The part of the tick that signs checkpoints and sends them to the room. It asks about the logs that wait for one, and
 * opens only those with something to do; the lock on the head is what makes replicas sign once.
 */
import { isOver, isPostDue, type Standing, type Why, whySign } from './domain/checkpoint-cadence.ts'
import { faultRef } from './log.ts'
import { look } from './pipeline/checkpoint.ts'
import type { Unit } from './store/unit.ts'
import type { Wardroom } from './wardroom.ts'

const PATIENT = { lockTimeoutMs: 30_000, statementTimeoutMs: 30_000 }

/** When this process last asked about all logs. */
const swept = new WeakMap<Wardroom, number>()
const SWEEP_EVERY_MS = 60 * 60_000

export async function checkpoints(wardroom: Wardroom): Promise<void> {
  const now = wardroom.now()
  if (now.getTime() - (swept.get(wardroom) ?? 0) >= SWEEP_EVERY_MS) {
    await wardroom.store.checkpoints.findWaiting()
    swept.set(wardroom, now.getTime())
  }
  const due = (await wardroom.store.checkpoints.waiting()).filter(
    (standing) => whySign(standing, now) !== undefined || isPostDue(standing, now) || isOver(standing),
  )
  let isTold = false
  for (const { incident } of due) {
    try {
      isTold = (await wardroom.store.write((unit) => signDue(wardroom, unit, incident), PATIENT)) || isTold
    } catch (error) {
      wardroom.log.error({ err: error, ref: faultRef(), incident }, 'a checkpoint could not be signed')
    }
  }
  if (isTold) wardroom.poke()
}

/** Asked again under the lock: another replica may have been here. */
async function signDue(wardroom: Wardroom, unit: Unit, incident: string): Promise<boolean> {
  await unit.incident(incident)
  const standing = await wardroom.store.checkpoints.of(unit.tx, incident)
  if (!standing) return false
  return look(wardroom, unit, standing, await reason(wardroom, unit, incident, standing))
}

/** Null: it was time to look, and nobody had done anything. */
async function reason(
  wardroom: Wardroom,
  unit: Unit,
  incident: string,
  standing: Standing,
): Promise<Why | null | undefined> {
  const why = whySign(standing, wardroom.now())
  if (why !== 'minute') return why
  return (await wardroom.store.checkpoints.didPeople(unit.tx, incident, standing.looked)) ? why : null
}
