/**
 * A bundle as a ZIP. Its directory is read one entry at a time and checked before anything in it is opened: what it
 * declares must lie inside the file and beside each other, so that no small file can pass for a large one.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { type Entry, fromFdPromise, type ZipFile } from 'yauzl'
import { assertSafe, MAX_PARTS, type Parts, type Pieces, range, Unreadable } from './read-parts.ts'

interface Place {
  readonly offset: number
  readonly packed: number
  readonly size: number
  readonly isDeflated: boolean
}

/** Text packs some ten times; a thousand times is a file made to fill a disk. */
const MAX_RATIO = 200
const SMALL = 16 * 1024 * 1024

export async function readZip(path: string): Promise<Parts> {
  const fd = openSync(path, 'r')
  try {
    const zip = await opening(fd)
    const places = await directory(zip, fstatSync(fd).size)
    assertNoMore(fd, zip)
    const sizes = new Map([...places].map(([name, { size }]) => [name, size]))
    return { sizes, pieces: (name) => piecesOf(zip, fd, name, places.get(name)), close: () => closeSync(fd) }
  } catch (error) {
    closeSync(fd)
    throw error
  }
}

async function opening(fd: number): Promise<ZipFile> {
  try {
    return await fromFdPromise(fd, { autoClose: false, lazyEntries: true, strictFileNames: true })
  } catch (error) {
    throw damaged(error)
  }
}

async function directory(zip: ZipFile, bytes: number): Promise<Map<string, Place>> {
  if (zip.entryCount > MAX_PARTS) throw new Unreadable(`it holds more than ${MAX_PARTS} files.`)
  const places = new Map<string, Place>()
  let total = 0
  try {
    for await (const entry of zip.eachEntry()) {
      const place = placeOf(entry)
      total += place?.packed ?? 0
      if (total > bytes)
        throw new Unreadable('it declares more than it holds: it was cut off, or made to do harm.')
      if (!place) continue
      if (places.has(entry.fileName)) throw new Unreadable('it holds two files of one name.')
      places.set(entry.fileName, place)
    }
  } catch (error) {
    throw error instanceof Unreadable ? error : damaged(error)
  }
  return places
}

/** Files that its directory holds and does not count would be unpacked by some tools and seen by none here. */
function assertNoMore(fd: number, zip: ZipFile): void {
  const { readEntryCursor: end } = zip as unknown as { readonly readEntryCursor: number }
  if (readAt(fd, end, 4).readUInt32LE(0) === 0x02014b50)
    throw new Unreadable('it holds more files than it counts: somebody made it to mislead.')
}

/** Undefined: a folder, which holds nothing itself. */
function placeOf(entry: Entry): Place | undefined {
  const { fileName, compressedSize: packed, uncompressedSize: size, compressionMethod } = entry
  const isListedFolder = fileName.endsWith('/')
  assertSafe(isListedFolder ? fileName.slice(0, -1) : fileName)
  // Where the ZIP was made on Unix the upper half says what kind of file it is; zero elsewhere.
  const type = (entry.externalFileAttributes >>> 16) & 0o170000
  if (type !== 0 && type !== 0o100000 && !(isListedFolder && type === 0o040000))
    throw new Unreadable('it holds something that is no file (a link, a pipe or a device).')
  if (entry.isEncrypted()) throw new Unreadable('it is encrypted: unpack it first, and check the folder.')
  if (compressionMethod !== 0 && compressionMethod !== 8)
    throw new Unreadable('it is packed in a way this cannot read: unpack it, and check the folder.')
  if (size > SMALL && size > packed * MAX_RATIO)
    throw new Unreadable('it unpacks to more than any bundle: somebody made it to do harm.')
  if (isListedFolder) {
    if (size > 0) throw new Unreadable('it holds a folder with something in it.')
    return undefined
  }
  return { offset: entry.relativeOffsetOfLocalHeader, packed, size, isDeflated: compressionMethod === 8 }
}

const HEADER = 30

function piecesOf(zip: ZipFile, fd: number, name: string, place: Place | undefined): Pieces {
  if (!place) return []
  const start = dataStart(fd, name, place)
  return place.isDeflated ? inflated(zip, start, place) : range(fd, start, place.size)
}

/** A ZIP names each file twice, and tools differ in which they believe: both must be the same. */
function dataStart(fd: number, name: string, { offset }: Place): number {
  const header = readAt(fd, offset, HEADER)
  if (header.readUInt32LE(0) !== 0x04034b50) throw new Unreadable('its ZIP is damaged.')
  const nameLength = header.readUInt16LE(26)
  if (readAt(fd, offset + HEADER, nameLength).toString('utf8') !== name)
    throw new Unreadable('it calls one file by two names: somebody made it to mislead.')
  return offset + HEADER + nameLength + header.readUInt16LE(28)
}

function readAt(fd: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length)
  if (readSync(fd, buffer, 0, length, position) < length) throw new Unreadable('it is cut off: get it again.')
  return buffer
}

async function* inflated(zip: ZipFile, start: number, { packed, size }: Place): AsyncGenerator<Buffer> {
  const stream = await new Promise<Readable>((resolve, reject) => {
    const done = (error: Error | null, opened: Readable) => (error ? reject(error) : resolve(opened))
    zip.openReadStreamLowLevel(start, packed, 0, packed, true, size, done)
  })
  try {
    for await (const piece of stream) yield piece as Buffer
  } catch (error) {
    throw damaged(error)
  }
}

/** The library's messages may quote names from the file, which are somebody else's words. */
function damaged(error: unknown): Error {
  const { message, syscall } = error as NodeJS.ErrnoException
  if (syscall !== undefined) return error as Error
  const [, words] = said.find(([pattern]) => pattern.test(message)) ?? []
  return new Unreadable(words ?? 'its ZIP is damaged: get it again.')
}

const said: readonly (readonly [RegExp, string])[] = [
  [
    /fileName|relative path|absolute path/,
    'it holds a path that leads out of it: somebody made it to do harm.',
  ],
  [/encryption/, 'it is encrypted: unpack it first, and check the folder.'],
  [/extra bytes|comment length/, 'something was added behind its end.'],
  [/end of central directory|unexpected EOF|range/i, 'it is no ZIP, or cut off: get it again.'],
]
