/**
 * The checkpoint keys a record was signed with, each signed over to the next. Whose key is in use stands in insert-only
 * rows, one a generation: of two that rotate together one wins, and a replica left with the old key signs nothing more.
 */
import { like } from 'drizzle-orm'
import { rotationText, signText } from '../domain/checkpoint.ts'
import { event } from '../domain/events.ts'
import type { Stamp } from './append.ts'
import type { CheckpointKey } from './checkpoint-key.ts'
import type { Handle } from './database.ts'
import { keyFingerprint } from './schema.ts'
import type { Unit } from './unit.ts'

const nameOf = (generation: number): string => `checkpoint/${generation}`

/** Fingerprints, first to last. */
export async function checkpointKeys(on: Handle): Promise<string[]> {
  const rows = await on.select().from(keyFingerprint).where(like(keyFingerprint.name, 'checkpoint/%'))
  const generation = (name: string) => Number(name.slice('checkpoint/'.length))
  return rows.sort((a, b) => generation(a.name) - generation(b.name)).map((row) => row.fingerprint)
}

/** At the start: the first key is written down; any other than the one in use refuses, in one line. */
export async function useCheckpointKey(unit: Unit, key: CheckpointKey, stamp: Stamp): Promise<void> {
  // Two first starts may race: the organisation's lock makes the second one see what the first one wrote.
  await unit.organisation()
  const known = await checkpointKeys(unit.tx)
  const current = known.at(-1)
  if (current === key.fingerprint) return
  if (current !== undefined)
    throw new Error(
      known.includes(key.fingerprint)
        ? `The checkpoint key ${key.fingerprint} was replaced by ${current}: give it that key.`
        : `The checkpoint key is ${key.fingerprint}, but this database was signed with ${current}: give it that key, or change over with wardroom checkpoint-key rotate.`,
    )
  await unit.tx.insert(keyFingerprint).values({ name: nameOf(1), fingerprint: key.fingerprint })
  const made = event('checkpoint.key_set', { key: key.fingerprint, publicKey: key.publicKey })
  await unit.appendOrganisation([made], stamp)
}

/** From now on the new key signs. Both sign the change: neither can be passed off as the other's without its holder. */
export async function rotateCheckpointKey(
  unit: Unit,
  from: CheckpointKey,
  to: CheckpointKey,
  stamp: Stamp,
): Promise<void> {
  await unit.organisation()
  const known = await checkpointKeys(unit.tx)
  if (known.at(-1) !== from.fingerprint)
    throw new Error(
      `The checkpoint key in use is ${known.at(-1) ?? 'not set yet'}, not ${from.fingerprint}: nothing was changed.`,
    )
  if (known.includes(to.fingerprint))
    throw new Error(`The key ${to.fingerprint} was in use before: make a new one. Nothing was changed.`)
  const change = { from: from.fingerprint, to: to.fingerprint, publicKey: to.publicKey }
  const text = rotationText({ ...change, at: stamp.at.toISOString() })
  const signatures = { signature: signText(from.secret, text), accepted: signText(to.secret, text) }
  await unit.tx.insert(keyFingerprint).values({ name: nameOf(known.length + 1), fingerprint: to.fingerprint })
  await unit.appendOrganisation([event('checkpoint.key_rotated', { ...change, ...signatures })], stamp)
}
