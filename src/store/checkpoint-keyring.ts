/**
 * The checkpoint keys a record was signed with, each signed over to the next. Whose key is in use stands in insert-only
 * rows, one a generation: of two that rotate together one wins, and a replica left with the old key signs nothing more.
 */
import type { KeyObject } from 'node:crypto'
import { like } from 'drizzle-orm'
import { isSignedBy, publicKeyOf, rotationText, signText } from '../domain/checkpoint.ts'
import { type EventOf, event } from '../domain/events.ts'
import type { EntryLine } from '../domain/record.ts'
import type { Stamp } from './append.ts'
import { type CheckpointKey, fingerprintOfCheckpointKey } from './checkpoint-key.ts'
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

interface Link {
  readonly fingerprint: string
  readonly publicKey: KeyObject
  readonly from: string
  until: string | null
}

export interface Keyring {
  /** Takes an entry of the organisation's log; says why it cannot follow the keys before it. */
  readonly add: (line: EntryLine) => string | undefined
  readonly last: () => string | undefined
  /** Why this was not signed by the key that was in use at that time. */
  readonly fault: (note: { key: string; at: string; signature: string }, text: string) => string | undefined
}

export function keyring(): Keyring {
  const links: Link[] = []

  function add(line: EntryLine): string | undefined {
    if (line.kind !== 'checkpoint.key_set' && line.kind !== 'checkpoint.key_rotated') return undefined
    const last = links.at(-1)
    const isFirst = line.kind === 'checkpoint.key_set'
    if (isFirst !== (last === undefined)) return 'checkpoint keys do not follow each other'
    const data = line.data as EventOf<'checkpoint.key_set'>['data'] &
      EventOf<'checkpoint.key_rotated'>['data']
    const fingerprint = isFirst ? data.key : data.to
    let publicKey: KeyObject
    try {
      publicKey = publicKeyOf(data.publicKey)
    } catch {
      return 'checkpoint key is no key'
    }
    if (fingerprintOfCheckpointKey(spkiOf(publicKey)) !== fingerprint)
      return 'checkpoint key is not the one its fingerprint names'
    if (last) {
      const text = rotationText({ ...data, at: line.at })
      if (data.from !== last.fingerprint || !isSignedBy(last.publicKey, text, data.signature))
        return 'checkpoint key was not handed on by the key before it'
      if (!isSignedBy(publicKey, text, data.accepted))
        return 'checkpoint key did not sign its own taking over'
      last.until = line.at
    }
    links.push({ fingerprint, publicKey, from: line.at, until: null })
    return undefined
  }

  return {
    add,
    last: () => links.at(-1)?.fingerprint,
    fault({ key, at, signature }, text) {
      const link = links.find(({ fingerprint }) => fingerprint === key)
      if (!link) return 'checkpoint is signed by a key this record does not know'
      if (at < link.from || (link.until !== null && at > link.until))
        return 'checkpoint is signed by a key that was not in use then'
      return isSignedBy(link.publicKey, text, signature)
        ? undefined
        : "checkpoint's signature is not its key's"
    },
  }
}

const spkiOf = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' })
