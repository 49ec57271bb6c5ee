/** What is asked of a time-stamping authority: RFC 3161, SHA-256 of the text alone. The text itself never leaves. */
import { createHash } from 'node:crypto'
import { der, TAG } from './der.ts'

const SHA256 = Buffer.from('0609608648016503040201', 'hex')
const NULL = Buffer.from('0500', 'hex')
const TRUE = Buffer.from('0101ff', 'hex')

export const imprintOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/** A positive number of eight bytes, as DER writes it: what every authority takes. */
export function nonceOf(random: Uint8Array): Buffer {
  if (random.length !== 8) throw new RangeError('a nonce is made of eight random bytes')
  const nonce = Buffer.from(random)
  nonce[0] = (nonce[0]! & 0x7f) | 0x40
  return nonce
}

/** The authority's certificate is asked for: without it nobody could check the answer later. */
export function timeStampRequest(text: string, nonce: Buffer): Buffer {
  const version = der(TAG.integer, Buffer.from([1]))
  const imprint = der(TAG.sequence, der(TAG.sequence, SHA256, NULL), der(TAG.octets, imprintOf(text)))
  return der(TAG.sequence, version, imprint, der(TAG.integer, nonce), TRUE)
}
