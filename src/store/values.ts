/** Values of raw SQL come out alike from both drivers. */

/** Counts and sequence numbers; more than 2^53 of anything is a bug to hear about. */
export function int8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error('An int8 from the database is beyond 2^53.')
  return value
}

export function bytea(text: string): Buffer {
  return Buffer.from(text.slice(2), 'hex')
}

/** PGlite's own takes a third of a second for a megabyte, in which this process does nothing else. */
export function byteaText(value: Uint8Array): string {
  return `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`
}
