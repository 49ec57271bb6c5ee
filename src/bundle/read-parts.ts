/**
 * A bundle as somebody hands it over, a ZIP or a folder: its files by name, each read in pieces. Whoever made it may be
 * an attacker, so nothing is written, followed or unpacked, and what cannot be read safely is refused in one line.
 */
import { readSync, statSync } from 'node:fs'

/** Not a bundle that can be checked: nothing is said about what is in it. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}

/** A piece is good only until the next one is asked for. */
export type Pieces = Iterable<Buffer> | AsyncIterable<Buffer>

export interface Parts {
  /** Bytes of each file, by its name. */
  readonly sizes: ReadonlyMap<string, number>
  readonly pieces: (name: string) => Pieces
  readonly close: () => void
}

/** An incident of a busy year has some ten thousand checkpoints, three files each. */
export const MAX_PARTS = 300_000
const PIECE = 256 * 1024

export function* range(fd: number, start: number, size: number): Generator<Buffer> {
  const buffer = Buffer.allocUnsafe(Math.min(PIECE, size))
  for (let at = 0; at < size; ) {
    const read = readSync(fd, buffer, 0, Math.min(buffer.length, size - at), start + at)
    if (read === 0) throw new Unreadable('a file in it ends before its length: it was cut off.')
    yield buffer.subarray(0, read)
    at += read
  }
}

/** Names from a ZIP or a folder that would lead elsewhere once unpacked, or that hide what they are. */
export function assertSafe(name: string): void {
  const climbs = name.split('/').some((step) => step === '..' || step === '.' || step === '')
  const isOdd = name.includes('\0') || name.includes('\\') || /^[A-Za-z]:/.test(name)
  if (climbs || isOdd)
    throw new Unreadable('it holds a path that leads out of it: somebody made it to do harm.')
}

export const isFolder = (path: string): boolean => {
  const found = statSync(path)
  if (!found.isDirectory() && !found.isFile()) throw new Unreadable('it is neither a file nor a folder.')
  return found.isDirectory()
}

/** The operating system's own codes, in words. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder.',
  EACCES: 'it may not be read by this user.',
  EPERM: 'it may not be read by this user.',
  EIO: 'the disk could not read it.',
  ELOOP: 'it holds a link instead of a file.',
  ENAMETOOLONG: 'it holds a name longer than a file may have.',
}

/** Anything that goes wrong while reading is about the bundle, except a fault of ours. */
export function asUnreadable(error: unknown): Unreadable | undefined {
  if (error instanceof Unreadable) return error
  const { code, syscall } = error as NodeJS.ErrnoException
  if (syscall === undefined) return undefined
  return new Unreadable(reasons[code ?? ''] ?? `it could not be read (${code}).`)
}
