/** A key's fingerprint: what people compare by eye or read out. */
import { createHash } from 'node:crypto'

/** Short enough to be read out: A1B2-C3D4-E5F6-0718. The label keeps equal keys of different use apart. */
export function fingerprintOf(label: string, key: Uint8Array): string {
  const digest = createHash('sha256').update(`${label}\n`).update(key).digest('hex')
  return digest.slice(0, 16).toUpperCase().match(/.{4}/g)!.join('-')
}

/** Of the public half, as SPKI. */
export const fingerprintOfCheckpointKey = (spki: Uint8Array): string =>
  fingerprintOf('wardroom checkpoint key', spki)
