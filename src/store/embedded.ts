/**
 * PGlite in this process, with what it lacks: an fsync that syncs (checked at every start), one opener, a log that is
 * checkpointed. `DATABASE_URL` is for anything that must outlive one disk.
 */
import { PGlite, types } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { startCheckpoints } from './checkpoints.ts'
import { prepareCluster } from './cluster.ts'
import type { Embedded, Handle, StoreLog } from './database.ts'
import { DurableNodeFS, type Sync, type SyncCounter } from './durable-fs.ts'
import type { SessionGuard } from './session-guard.ts'
import { openAlone } from './single-opener.ts'
import { bytea, byteaText, int8 } from './values.ts'

export type EmbeddedOptions = {
  /** The cluster lives in `dataDir/pg`. Absent: in memory, for tests. */
  dataDir?: string | undefined
  memoryImage?: Blob | undefined
  checkpointEveryMs?: number | undefined
  checkpointWalBytes?: number | undefined
  /** For the self-check's own test: what a file system that does not sync looks like. */
  sync?: Sync | undefined
  countSyncs?: boolean | undefined
  log: StoreLog
}
export type OpenedEmbedded = { client: PGlite; db: Handle; embedded: Embedded; close: () => Promise<void> }

const parsers = { [types.INT8]: int8, [types.BYTEA]: bytea }
const serializers = { [types.BYTEA]: byteaText }
const settings = ['wal_sync_method=fsync', 'max_wal_size=128MB', 'min_wal_size=32MB']
export const durableStartParams = [
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  ...settings.flatMap((setting) => ['-c', setting]),
]

export async function openEmbedded(options: EmbeddedOptions, guard: SessionGuard): Promise<OpenedEmbedded> {
  if (options.dataDir === undefined) return openMemory(options.memoryImage, guard)
  // The lock comes before anything is opened: two processes on one cluster silently lose rows.
  const opener = await openAlone(options.dataDir, options.log)
  try {
    const directory = await prepareCluster(options.dataDir)
    const syncs: SyncCounter = { count: 0 }
    const client = new PGlite({
      fs: new DurableNodeFS(directory, syncs, options.sync),
      startParams: durableStartParams,
      parsers,
      serializers,
    })
    await client.waitReady
    await assertSyncs(client, options.countSyncs === false ? { count: 0 } : syncs)
    const checkpoints = startCheckpoints(client, options)
    const embedded = { ...views(client), directory, checkpoint: checkpoints.now }
    const close = async (): Promise<void> => {
      await checkpoints.stop()
      await client.close()
      await opener.release()
    }
    return { client, db: drizzle({ client: guard.guard(client) }) as unknown as Handle, embedded, close }
  } catch (error) {
    await opener.release()
    throw error
  }
}

async function openMemory(image: Blob | undefined, guard: SessionGuard): Promise<OpenedEmbedded> {
  const client = new PGlite({ parsers, serializers, ...(image === undefined ? {} : { loadDataDir: image }) })
  await client.waitReady
  const embedded = {
    ...views(client),
    directory: undefined,
    checkpoint: async () => void (await client.exec('checkpoint')),
  }
  const db = drizzle({ client: guard.guard(client) }) as unknown as Handle
  return { client, db, embedded, close: () => client.close() }
}

function views(client: PGlite): Pick<Embedded, 'walBytes' | 'dump'> {
  return {
    async walBytes() {
      const { rows } = await client.query<{ bytes: number }>(
        'select coalesce(sum(size), 0)::int8 bytes from pg_ls_waldir()',
      )
      return rows[0]!.bytes
    },
    dump: () => client.dumpDataDir('none'),
  }
}

/** One commit that leaves no row; it must have reached the disk at least once. */
async function assertSyncs(client: PGlite, syncs: SyncCounter): Promise<void> {
  const before = syncs.count
  await client.query(`select pg_logical_emit_message(true, 'wardroom', 'sync check')`)
  if (syncs.count > before) return
  await client.close()
  throw new Error(
    'The embedded database does not sync its commits to disk; refusing to keep a record on it. Set DATABASE_URL.',
  )
}
