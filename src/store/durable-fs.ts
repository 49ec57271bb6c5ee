/**
 * PGlite's own NodeFS never syncs: a commit would live in the kernel's cache until it pleases. This one syncs files and the
 * directories that name them. It leans on PGlite's internals, hence the exact version and the self-check in embedded.ts.
 */
import { closeSync, fstatSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

type Options = Parameters<NodeFS['init']>[1]
type Stream = { nfd?: number; node: unknown }
type Internals = {
  NODEFS: { stream_ops: { fsync?: (stream: Stream) => number }; realPath: (node: unknown) => string }
}

export type SyncCounter = { count: number }
export type Sync = (descriptor: number) => void

export class DurableNodeFS extends NodeFS {
  readonly #counter: SyncCounter
  readonly #sync: Sync
  readonly #entered = new Map<string, number>()

  constructor(directory: string, counter: SyncCounter, sync: Sync = fsyncSync) {
    super(directory)
    this.#counter = counter
    this.#sync = sync
  }

  override async init(pg: PGlite, options: Options): ReturnType<NodeFS['init']> {
    const patch = (module: unknown): void => {
      const { NODEFS } = module as Internals
      NODEFS.stream_ops.fsync = (stream) => this.#syncOrStop(stream, NODEFS.realPath)
    }
    return super.init(pg, { ...options, preRun: [...(options.preRun ?? []), patch] })
  }

  // A failed fsync may have dropped the pages it failed on, so Postgres panics and recovers from the log at the next start.
  // Here the panic would spin inside WebAssembly with the commit undecided: stop the process at once instead.
  #syncOrStop(stream: Stream, realPath: Internals['NODEFS']['realPath']): number {
    try {
      if (stream.nfd === undefined) syncDirectory(realPath(stream.node), this.#sync)
      else this.#syncFile(stream.nfd, realPath(stream.node))
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown'
      writeSync(
        2,
        `The disk refused to sync the database (${reason}). Stopping: nothing unsynced was acknowledged.\n`,
      )
      process.exit(74)
    }
    this.#counter.count += 1
    return 0
  }

  // Postgres syncs the directory of every file it makes or renames, but inside PGlite those calls never arrive. So the first
  // sync of a file under a name brings its directory along: without it a crash may lose the name of what was synced.
  #syncFile(descriptor: number, path: string): void {
    this.#sync(descriptor)
    const { ino } = fstatSync(descriptor)
    if (this.#entered.get(path) === ino) return
    syncDirectory(dirname(path), this.#sync)
    this.#entered.set(path, ino)
  }
}

export function syncDirectory(path: string, sync: Sync = fsyncSync): void {
  const descriptor = openSync(path, 'r')
  try {
    sync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
