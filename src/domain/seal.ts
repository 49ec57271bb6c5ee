/**
 * Text and files beside the record: sealed so that disposal can destroy them, committed so that nobody can change them.
 * Sealed bytes are nonce(12) ‖ AES-256-GCM(salt(32) ‖ body) ‖ tag(16), bound to their place by incident, entry and part.
 */
import { createCipheriv, createDecipheriv, createHash, hash, randomFillSync } from 'node:crypto'

export type Place = { incident: string; seq: number; part: number }
export type Opened = { salt: Buffer; body: Buffer }

export const saltBytes = 32
export const chunkBytes = 1024 * 1024
const nonceBytes = 12
const tagBytes = 16
const SMALL = 64 * 1024

export class SealBroken extends Error {
  constructor(place: Place) {
    super(`The sealed part ${place.part} of entry ${place.seq} of ${place.incident} does not open.`)
    this.name = 'SealBroken'
  }
}

/** Of the plaintext, not the ciphertext: it outlives key rotation, and AES-GCM alone does not bind what was said. */
export function commitment(salt: Uint8Array, body: Uint8Array): string {
  // A copy of a message costs less than a hash that goes on; a file is not copied.
  if (body.length < SMALL) return hash('sha256', Buffer.concat([salt, body]), 'hex')
  return createHash('sha256').update(salt).update(body).digest('hex')
}

export const newSalt = (): Buffer => random(saltBytes)

/** Asking the system costs more than sealing a message, so it is asked for many at once. Nothing given out stays behind. */
const pool = Buffer.alloc(4096)
let taken = pool.length

function random(count: number): Buffer {
  if (taken + count > pool.length) {
    randomFillSync(pool)
    taken = 0
  }
  const given = Buffer.from(pool.subarray(taken, taken + count))
  pool.fill(0, taken, taken + count)
  taken += count
  return given
}

export function seal(
  dek: Uint8Array,
  place: Place,
  salt: Uint8Array,
  body: Uint8Array,
  nonce: Uint8Array = random(nonceBytes),
): Buffer {
  if (salt.length !== saltBytes) throw new RangeError(`A salt has ${saltBytes} bytes.`)
  const cipher = createCipheriv('aes-256-gcm', dek, nonce, { authTagLength: tagBytes })
  cipher.setAAD(bindingOf(place))
  const sealed = cipher.update(Buffer.concat([salt, body]))
  return Buffer.concat([nonce, sealed, cipher.final(), cipher.getAuthTag()])
}

export function open(dek: Uint8Array, place: Place, sealed: Uint8Array): Opened {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  if (bytes.length < nonceBytes + saltBytes + tagBytes) throw new SealBroken(place)
  const decipher = createDecipheriv('aes-256-gcm', dek, bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(bindingOf(place))
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  try {
    const plain = Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()])
    return { salt: plain.subarray(0, saltBytes), body: plain.subarray(saltBytes) }
  } catch {
    throw new SealBroken(place)
  }
}

/** A file's chunks are parts 1, 2, …, each with the file's salt; an empty file is one empty chunk. */
export function sealFile(
  dek: Uint8Array,
  of: Omit<Place, 'part'>,
  salt: Uint8Array,
  file: Uint8Array,
): Buffer[] {
  const count = Math.max(1, Math.ceil(file.length / chunkBytes))
  return Array.from({ length: count }, (_, index) =>
    seal(dek, { ...of, part: index + 1 }, salt, file.subarray(index * chunkBytes, (index + 1) * chunkBytes)),
  )
}

/** A chunk missing at the end shows only in the commitment, so it is asked for here. */
export function openFile(
  dek: Uint8Array,
  of: Omit<Place, 'part'>,
  parts: readonly Uint8Array[],
  commit: string,
): Opened {
  const chunks = parts.map((sealed, index) => open(dek, { ...of, part: index + 1 }, sealed))
  const salt = chunks[0]?.salt
  const body = Buffer.concat(chunks.map((chunk) => chunk.body))
  const isWhole = salt !== undefined && chunks.every((chunk) => chunk.salt.equals(salt))
  if (!isWhole || commitment(salt, body) !== commit) throw new SealBroken({ ...of, part: parts.length })
  return { salt, body }
}

function bindingOf({ incident, seq, part }: Place): Buffer {
  if (incident.includes(':')) throw new RangeError('An incident id has no colon: places would be ambiguous.')
  return Buffer.from(`${incident}:${seq}:${part}`)
}
