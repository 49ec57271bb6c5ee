/** The keys a bundle was signed with: those it holds by fingerprint, in the order in which each was signed over to the next. */
import { createPublicKey } from 'node:crypto'
import { files, keyPath, rotationPath } from '../domain/bundle.ts'
import { rotationText } from '../domain/checkpoint.ts'
import { fingerprintOfCheckpointKey } from '../domain/fingerprint.ts'
import type { Findings } from '../domain/verify/finding.ts'
import { type Keyring, keyring, type Rotation } from '../domain/verify/keyring.ts'
import type { Reading } from './reading.ts'

const SMALL = 4096
const KEY = /^keys\/([0-9A-F-]+)\.pem$/
const ROTATION = /^keys\/(\d+)-rotation\.txt$/

export interface Keys {
  readonly ring: Keyring
  /** Of `key.pem`, which people check the last checkpoint with. */
  readonly given: string | undefined
}

export async function readKeys(reading: Reading, found: Findings): Promise<Keys> {
  const ring = keyring()
  const bad = (what: string | undefined) => what !== undefined && found.add('signature', null, what)
  const given = await readKey(reading, files.key)
  if (!given) bad(`${files.key} is no Ed25519 public key`)
  const changes = await readRotations(reading, found)
  const first = changes[0]?.rotation.from ?? given?.fingerprint
  if (first !== undefined) {
    const key = await readKey(reading, keyPath(first))
    if (key) bad(ring.begin(first, key.publicKey, null))
    else bad(`${keyPath(first)} is missing or no key`)
  }
  for (const { rotation, from, accepted } of changes) bad(ring.follow(rotation, from, accepted))
  for (const name of reading.names()) {
    const fingerprint = KEY.exec(name)?.[1]
    if (fingerprint === undefined) continue
    const key = await readKey(reading, name)
    if (key?.fingerprint !== fingerprint) bad(`${name} is not the key it is named after`)
    else if (!ring.knows(fingerprint)) bad(`${name} is a key that no other was signed over to`)
  }
  return { ring, given: given?.fingerprint }
}

async function readKey(reading: Reading, name: string) {
  const pem = await reading.whole(name, SMALL)
  if (!pem) return undefined
  try {
    const key = createPublicKey({ key: pem.toString('latin1'), format: 'pem' })
    const spki = key.export({ format: 'der', type: 'spki' })
    if (key.asymmetricKeyType !== 'ed25519') return undefined
    return { publicKey: spki.toString('base64'), fingerprint: fingerprintOfCheckpointKey(spki) }
  } catch {
    return undefined
  }
}

interface Change {
  readonly rotation: Rotation
  readonly from: string
  readonly accepted: string
}

async function readRotations(reading: Reading, found: Findings): Promise<Change[]> {
  const turns = [...reading.names()].flatMap((name) => ROTATION.exec(name)?.[1] ?? []).map(Number)
  const changes: Change[] = []
  for (const turn of turns.sort((a, b) => a - b)) {
    const text = (await reading.whole(rotationPath(turn, 'txt'), SMALL))?.toString('utf8') ?? ''
    const [, from = '', to = '', publicKey = '', at = ''] = text.split('\n')
    const signatures = [
      await reading.whole(rotationPath(turn, 'from.sig'), SMALL),
      await reading.whole(rotationPath(turn, 'accepted.sig'), SMALL),
    ].map((bytes) => bytes?.toString('base64') ?? '')
    const rotation = { from, to, publicKey, at }
    if (rotationText(rotation) === text)
      changes.push({ rotation, from: signatures[0]!, accepted: signatures[1]! })
    else found.add('signature', null, `${rotationPath(turn, 'txt')} is no change of keys`)
  }
  return changes
}
