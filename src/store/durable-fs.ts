/**
 * PGlite's own NodeFS never syncs: a commit would live in the kernel's cache until it pleases. This one syncs, files and
 * directories. It leans on PGlite's internals, hence the exact version and the self-check in embedded.ts.
 */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
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
      if (stream.nfd !== undefined) this.#sync(stream.nfd)
      else syncDirectory(realPath(stream.node), this.#sync)
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
}

export function syncDirectory(path: string, sync: Sync = fsyncSync): void {
  const descriptor = openSync(path, 'r')
  try {
    sync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
