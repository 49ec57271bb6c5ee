/** A web font unpacked to the plain font it holds. The PDF library would inflate a whole table for each glyph it asks of one. */
import { inflateSync } from 'node:zlib'

const WOFF = 0x774f4646
const headerBytes = 44
const entryBytes = 20

/** WOFF 1.0, section 4; a font that is none comes back as it is. */
export function plainFont(bytes: Buffer): Buffer {
  if (bytes.readUInt32BE(0) !== WOFF) return bytes
  const count = bytes.readUInt16BE(12)
  const tables = Array.from({ length: count }, (_, index) => {
    const at = headerBytes + index * entryBytes
    const [offset, packed, length] = [4, 8, 12].map((field) => bytes.readUInt32BE(at + field)) as [
      number,
      number,
      number,
    ]
    const stored = bytes.subarray(offset, offset + packed)
    return {
      tag: bytes.subarray(at, at + 4),
      checksum: bytes.subarray(at + 16, at + 20),
      body: packed < length ? inflateSync(stored) : stored,
    }
  })
  const directory = Buffer.alloc(12 + 16 * count)
  directory.writeUInt32BE(bytes.readUInt32BE(4), 0)
  directory.writeUInt16BE(count, 4)
  const power = 2 ** Math.floor(Math.log2(count))
  directory.writeUInt16BE(power * 16, 6)
  directory.writeUInt16BE(Math.log2(power), 8)
  directory.writeUInt16BE(count * 16 - power * 16, 10)
  const bodies: Buffer[] = []
  let offset = directory.length
  for (const [index, { tag, checksum, body }] of tables.entries()) {
    const at = 12 + 16 * index
    directory.set(tag, at)
    directory.set(checksum, at + 4)
    directory.writeUInt32BE(offset, at + 8)
    directory.writeUInt32BE(body.length, at + 12)
    const padded = Buffer.concat([body, Buffer.alloc(-body.length & 3)])
    bodies.push(padded)
    offset += padded.length
  }
  return Buffer.concat([directory, ...bodies])
}
