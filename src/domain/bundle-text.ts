/**
 * One opened text a line: `<seq> <salt> <canonical text>`. Canonical JSON holds no raw line feed, so the line's bytes
 * are all that is needed to check sha256(salt ‖ text) with a shell.
 */
import { saltBytes } from './seal.ts'

export interface TextLine {
  readonly seq: number
  readonly salt: Buffer
  /** The bytes that were sealed and committed to. */
  readonly body: Buffer
}

const SPACE = 0x20
const LINE_FEED = 0x0a

/** With its line feed. Throws on what would not come back as it went. */
export function formatTextLine({ seq, salt, body }: TextLine): Buffer {
  if (salt.length !== saltBytes || body.includes(LINE_FEED) || body.length === 0)
    throw new Error(`the text of entry ${seq} cannot stand on a line`)
  return Buffer.concat([Buffer.from(`${seq} ${salt.toString('base64')} `), body, Buffer.from('\n')])
}

/** Without its line feed. Undefined: it is no such line. */
export function parseTextLine(line: Uint8Array): TextLine | undefined {
  const bytes = Buffer.from(line.buffer, line.byteOffset, line.byteLength)
  const first = bytes.indexOf(SPACE)
  const second = bytes.indexOf(SPACE, first + 1)
  if (first < 1 || second < 0 || first > 10 || second === bytes.length - 1 || bytes.includes(LINE_FEED))
    return undefined
  const seq = bytes.toString('latin1', 0, first)
  const written = bytes.toString('latin1', first + 1, second)
  const salt = Buffer.from(written, 'base64')
  // One way to write each: a second spelling of the same bytes would pass for another bundle.
  if (!/^[1-9]\d*$/.test(seq) || salt.length !== saltBytes || salt.toString('base64') !== written)
    return undefined
  return { seq: Number(seq), salt, body: bytes.subarray(second + 1) }
}
