/**
 * One checkpoint: signed over the head under its lock, marked as looked at, and sent to the room when that is due. The
 * tick asks for it when time has come; an export signs in the commit that asks for it, so that what leaves is covered.
 */
import { noteOf, noteText, signText } from '../domain/checkpoint.ts'
import { isOver, isPostDue, type Standing, type Why, whySign } from '../domain/checkpoint-cadence.ts'
import { event } from '../domain/events.ts'
import { seenFrom } from '../domain/organisation.ts'
import { keptByOfficers, timeStamped, witnessed } from '../outgoing/checkpoints.ts'
import { checkpointKeys } from '../store/checkpoint-keyring.ts'
import type { Unit } from '../store/unit.ts'
import type { Wardroom } from '../wardroom.ts'
import { SYSTEM } from './commit.ts'

/**
 * At once, whatever time it is: its note covers everything this unit has appended so far. A close that the tick has not
 * come to yet stays one, or nobody would be handed its head.
 */
export async function checkpointNow(
  wardroom: Wardroom,
  unit: Unit,
  incident: string,
  why: Why,
): Promise<void> {
  await unit.incident(incident)
  const standing = await wardroom.store.checkpoints.of(unit.tx, incident)
  if (!standing) throw new Error(`${incident} has no log`)
  const isClose = whySign(standing, wardroom.now()) === 'closed'
  await look(wardroom, unit, standing, isClose ? 'closed' : why)
}

/**
 * Undefined: nothing is to be signed yet. Null: it was time, and nobody had done anything. Either way an earlier one may
 * be due in the room. True when somebody is to be told.
 */
export async function look(
  wardroom: Wardroom,
  unit: Unit,
  standing: Standing & { readonly incident: string },
  why: Why | null | undefined,
): Promise<boolean> {
  const { incident } = standing
  const now = wardroom.now()
  const marks = wardroom.store.checkpoints
  const state = await unit.incident(incident)
  if (!state) return false
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
  const stamps = line && posts.length > 0 && wardroom.telling.timeStamps ? timeStamped(noteOf(line)) : []
  await unit.enqueue([...posts, ...kept, ...stamps])
  // Without a room it stays unposted, and is looked at again in an hour.
  if (isDue) mark = { ...mark, postedAt: now, posted: posts.length > 0 ? mark.signed : mark.posted }
  const { seq } = await unit.head(incident)
  await marks.move(unit.tx, incident, mark, isOver({ ...mark, head: seq }))
  return posts.length + kept.length > 0
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
