/**
 * The part of the tick that signs checkpoints and sends them to the room. It asks one narrow question of all logs, and
 * opens only those with something to do; the lock on the head is what makes replicas sign once.
 */
import { noteOf, noteText, signText } from './domain/checkpoint.ts'
import { isPostDue, type Standing, type Why, whySign } from './domain/checkpoint-cadence.ts'
import { event } from './domain/events.ts'
import { seenFrom } from './domain/organisation.ts'
import { faultRef } from './log.ts'
import { keptByOfficers, witnessed } from './outgoing/checkpoints.ts'
import { SYSTEM } from './pipeline/commit.ts'
import { checkpointKeys } from './store/checkpoint-keyring.ts'
import type { Unit } from './store/unit.ts'
import type { Wardroom } from './wardroom.ts'

const PATIENT = { lockTimeoutMs: 30_000, statementTimeoutMs: 30_000 }

export async function checkpoints(wardroom: Wardroom): Promise<void> {
  const now = wardroom.now()
  const due = (await wardroom.store.checkpoints.waiting()).filter(
    (standing) => whySign(standing, now) !== undefined || isPostDue(standing, now),
  )
  let isTold = false
  for (const { incident } of due) {
    try {
      isTold = (await wardroom.store.write((unit) => look(wardroom, unit, incident), PATIENT)) || isTold
    } catch (error) {
      wardroom.log.error({ err: error, ref: faultRef(), incident }, 'a checkpoint could not be signed')
    }
  }
  if (isTold) wardroom.poke()
}

/** True when somebody is to be told. */
async function look(wardroom: Wardroom, unit: Unit, incident: string): Promise<boolean> {
  const now = wardroom.now()
  const marks = wardroom.store.checkpoints
  const state = await unit.incident(incident)
  const standing = await marks.of(unit.tx, incident)
  if (!state || !standing) return false
  const why = await reason(wardroom, unit, incident, standing)
  let mark: Standing = standing
  if (why !== undefined) mark = { ...standing, looked: standing.head, lookedAt: now }
  if (why) {
    const signed = await sign(wardroom, unit, incident, why)
    mark = { ...mark, looked: signed, signed }
  }
  const isDue = isPostDue(mark, now, why || undefined)
  const line = isDue ? await marks.line(unit.tx, incident, mark.signed) : undefined
  const organisation = seenFrom(await unit.readOrganisation(), state.platform)
  const situation = { state, before: state, organisation, telling: wardroom.telling, events: [] }
  const posts = line ? witnessed(situation, noteOf(line)) : []
  const kept = line && why === 'closed' ? keptByOfficers(situation, noteOf(line)) : []
  await unit.enqueue([...posts, ...kept])
  // Without a room it stays unposted, and is looked at again in an hour.
  if (isDue) mark = { ...mark, postedAt: now, posted: posts.length > 0 ? mark.signed : mark.posted }
  await marks.move(unit.tx, incident, mark)
  return posts.length + kept.length > 0
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

/** Covers every entry before its own, which is why `head` is also the hash its entry continues. */
async function sign(wardroom: Wardroom, unit: Unit, incident: string, why: Why): Promise<number> {
  const { checkpointKey, settings } = wardroom
  const key = checkpointKey.fingerprint
  const current = (await checkpointKeys(unit.tx)).at(-1)
  if (current !== key)
    throw new Error(`the checkpoint key ${key} is not in use: start with ${current ?? 'the record’s own'}`)
  const { seq, hash: head } = await unit.head(incident)
  const at = wardroom.now()
  const practice = settings.practice
  const text = noteText({ incident, seq, head, at: at.toISOString(), key, practice })
  const data = { seq, head, key, why, signature: signText(checkpointKey.secret, text) }
  const signed = event('checkpoint.signed', practice ? { ...data, practice } : data)
  const { seqs } = await unit.append(incident, [signed], { actor: SYSTEM, at, source: null })
  return seqs[0]!
}
