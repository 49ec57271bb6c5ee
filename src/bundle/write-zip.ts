/**
 * A ZIP file as it is written: stored, every file with the same time and mode, so that the same contents are the same
 * bytes on every machine. Nothing is held but what is under way; each file's hash is known when it has passed.
 */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { Readable, type Writable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { sha256Hex } from '../domain/record.ts'

export type Content = Uint8Array | AsyncIterable<Uint8Array>

export interface Written {
  readonly sha256: string
  readonly bytes: number
}

export interface ZipWriter {
  /** One after the other: resolves when the file has passed, with its sha256. */
  readonly add: (path: string, content: Content) => Promise<string>
  readonly end: () => Promise<Written>
  /** What was not finished is no ZIP file: its reader is told by a broken stream. */
  readonly fail: (error: unknown) => Promise<void>
}

/** Many lines become few writes. */
const BLOCK = 64 * 1024

async function* inBlocks(content: AsyncIterable<Uint8Array>, hashed: (block: Uint8Array) => void) {
  let waiting: Uint8Array[] = []
  let size = 0
  for await (const piece of content) {
    waiting.push(piece)
    size += piece.length
    if (size < BLOCK) continue
    const block = Buffer.concat(waiting)
    waiting = []
    size = 0
    hashed(block)
    yield block
  }
  const block = Buffer.concat(waiting)
  hashed(block)
  if (size > 0) yield block
}

/** yazl writes the machine's wall clock into a file's header; this date's wall clock is UTC's on every machine. */
function utcDate(at: string): Date {
  const date = new Date(at)
  return Object.assign(date, {
    getFullYear: () => date.getUTCFullYear(),
    getMonth: () => date.getUTCMonth(),
    getDate: () => date.getUTCDate(),
    getHours: () => date.getUTCHours(),
    getMinutes: () => date.getUTCMinutes(),
    getSeconds: () => date.getUTCSeconds(),
  })
}

/** yazl keeps what it was given until the end: given the stream itself, it would keep a file's last blocks so long. */
function handedOnce(stream: Readable): (take: (error: null, stream: Readable) => void) => void {
  let handed: Readable | undefined = stream
  return (take) => {
    if (handed) take(null, handed)
    handed = undefined
  }
}

export function zipWriter(out: Writable, at: string): ZipWriter {
  const zip = new ZipFile()
  const output = zip.outputStream as Readable & Writable
  const options = { mtime: utcDate(at), mode: 0o100644, compress: false } as const
  const hash = createHash('sha256')
  let bytes = 0
  async function* counted(chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      hash.update(chunk)
      bytes += chunk.length
      yield chunk
    }
  }
  const done = pipeline(output, counted, out)
  // Nobody takes what is written any more: whatever is under way ends, and whoever adds next is told.
  const broken = new AbortController()
  const { signal } = broken
  done.catch((error) => broken.abort(error))
  const unlessBroken = async (work: Promise<unknown>): Promise<void> => {
    try {
      await work
    } catch (error) {
      throw signal.aborted ? signal.reason : error
    }
  }

  return {
    async add(path, content) {
      if (content instanceof Uint8Array) {
        zip.addBuffer(Buffer.from(content), path, options)
        if (output.writableNeedDrain) await unlessBroken(once(output, 'drain', { signal }))
        return sha256Hex(content)
      }
      const of = createHash('sha256')
      const stream = Readable.from(
        inBlocks(content, (block) => of.update(block)),
        { objectMode: false },
      )
      const passed = finished(stream, { signal })
      zip.addReadStreamLazy(path, options, handedOnce(stream))
      await unlessBroken(passed).finally(() => stream.destroy())
      return of.digest('hex')
    },
    async end() {
      zip.end()
      await done
      return { sha256: hash.digest('hex'), bytes }
    },
    async fail(error) {
      output.destroy(error instanceof Error ? error : new Error(String(error)))
      await done.catch(() => {})
    },
  }
}
