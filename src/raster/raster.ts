/**
 * SVG to PNG, on a thread that is started with the first picture and ended when none was asked for in a while. Set in the
 * faces of the report's PDF; the large ones are given only where a sign needs them.
 */
import { Worker } from 'node:worker_threads'
import { type Face, fontBytes } from '../bundle/fonts.ts'

export interface Png {
  readonly bytes: Buffer
  readonly width: number
  readonly height: number
}

interface Wish {
  readonly resolve: (png: Png | undefined) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
}

interface Thread {
  readonly worker: Worker
  readonly wishes: Map<number, Wish>
  readonly given: Set<Face>
  idle: NodeJS.Timeout | undefined
}

/** Many times what the largest takes on a slow machine. */
const TIMEOUT_MS = 30_000
const IDLE_MS = 60_000

/** Latin, Greek and Cyrillic letters, and the signs of sentences. */
const PLAIN = /^[\n\u0020-\u052f\u1e00-\u1eff\u2010-\u2026\u2030-\u203a\u20ac]*$/u

const plainFaces: readonly Face[] = ['noto-regular', 'noto-bold']
const allFaces: readonly Face[] = [...plainFaces, 'dejavu-regular', 'dejavu-bold', 'unifont-regular']

let thread: Thread | undefined
let count = 0

/** In each width in turn until it weighs no more than that; undefined where it always weighs more. */
export function rasterise(
  svg: string,
  widths: readonly number[],
  mostBytes: number,
): Promise<Png | undefined> {
  return new Promise((resolve, reject) => {
    const faces = PLAIN.test(svg) ? plainFaces : allFaces
    thread ??= started()
    const on = thread
    const id = ++count
    const timer = setTimeout(() => ended(on, new Error('a picture took too long')), TIMEOUT_MS)
    on.wishes.set(id, { resolve, reject, timer })
    clearTimeout(on.idle)
    try {
      const fresh = faces
        .filter((face) => !on.given.has(face))
        .map((face) => [face, fontBytes(face)] as const)
      on.worker.postMessage({ id, svg, widths, mostBytes, faces, fresh })
      for (const [face] of fresh) on.given.add(face)
    } catch (error) {
      ended(on, error as Error)
    }
  })
}

function started(): Thread {
  const worker = new Worker(new URL('../../src/raster/worker.js', import.meta.url))
  // It keeps no process from ending.
  worker.unref()
  const on: Thread = { worker, wishes: new Map(), given: new Set(), idle: undefined }
  worker.on('message', ({ id, png, error }: { id: number; png?: Png; error?: string }) => {
    const wish = on.wishes.get(id)
    on.wishes.delete(id)
    clearTimeout(wish?.timer)
    if (error === undefined) wish?.resolve(png && { ...png, bytes: Buffer.from(png.bytes) })
    else wish?.reject(new Error(error))
    if (on.wishes.size === 0) on.idle = setTimeout(() => ended(on), IDLE_MS).unref()
  })
  worker.on('error', (error) => ended(on, error))
  worker.on('exit', () => ended(on, new Error('the drawing thread ended')))
  return on
}

/** The next picture starts another one. */
function ended(on: Thread, error?: Error): void {
  if (thread === on) thread = undefined
  clearTimeout(on.idle)
  for (const { reject, timer } of on.wishes.values()) {
    clearTimeout(timer)
    reject(error ?? new Error('the drawing thread ended'))
  }
  on.wishes.clear()
  void on.worker.terminate()
}
