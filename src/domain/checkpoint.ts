/**
 * A checkpoint: the head of a log at a moment, as text that anybody can read and `openssl` can check. Signed with a key
 * the database never sees, so that whoever holds only the database cannot make one.
 */
import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { EventOf } from './events.ts'
import type { EntryLine } from './record.ts'

export interface Note {
  readonly incident: string
  /** The entry it covers the log up to, and that entry's hash. */
  readonly seq: number
  readonly head: string
  readonly at: string
  /** Fingerprint of the key that signs. */
  readonly key: string
  /** Signed where time can be moved by hand: worth nothing to an outsider. */
  readonly practice: boolean
}

export interface SignedNote extends Note {
  /** The checkpoint's own entry. */
  readonly entry: number
  readonly signature: string
}

/** The bytes that are signed; every line ends with a line feed, the last one too. */
export const noteText = ({ incident, seq, head, at, key, practice }: Note): string =>
  [`wardroom checkpoint ${incident}`, seq, head, at, key, ...(practice ? ['practice'] : [])]
    .map((line) => `${line}\n`)
    .join('')

/** A signed note: the text, an empty line, and who signed it. */
export const signedNote = (note: SignedNote): string => `${noteText(note)}\n${signatureLine(note)}\n`

export const signatureLine = ({ key, signature }: Pick<SignedNote, 'key' | 'signature'>): string =>
  `— ${key} ${signature}`

export const signText = (key: KeyObject, text: string): string =>
  sign(null, Buffer.from(text), key).toString('base64')

export function isSignedBy(publicKey: KeyObject, text: string, signature: string): boolean {
  // From a line somebody else may have written.
  if (typeof signature !== 'string') return false
  const bytes = Buffer.from(signature, 'base64')
  if (bytes.length !== 64 || bytes.toString('base64') !== signature) return false
  return verify(null, Buffer.from(text), publicKey, bytes)
}

/** Throws on what is no Ed25519 key. */
export function publicKeyOf(spki: string): KeyObject {
  const key = createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' })
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('not an Ed25519 key')
  return key
}

/** Whether this is an Ed25519 public key as base64 of its DER, in the one form that is compared. */
export function isSpki(text: string): boolean {
  try {
    return publicKeyOf(text).export({ format: 'der', type: 'spki' }).toString('base64') === text
  } catch {
    return false
  }
}

/** What a log's entry says was signed. */
export function noteOf(line: Pick<EntryLine, 'incident' | 'seq' | 'at' | 'data'>): SignedNote {
  const { seq, head, key, signature, practice = false } = line.data as EventOf<'checkpoint.signed'>['data']
  return { incident: line.incident, entry: line.seq, at: line.at, seq, head, key, signature, practice }
}

/** What both keys sign when one takes the other's place. */
export const rotationText = (rotation: {
  readonly from: string
  readonly to: string
  readonly publicKey: string
  readonly at: string
}): string =>
  ['wardroom checkpoint key', rotation.from, rotation.to, rotation.publicKey, rotation.at]
    .map((line) => `${line}\n`)
    .join('')
