/**
 * The cluster's directory: made aside and renamed into place, so that a crash during the first start leaves either
 * nothing or a whole cluster. 0700 like Postgres itself demands.
 */
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { syncDirectory } from './durable-fs.ts'

export async function prepareCluster(dataDir: string): Promise<string> {
  const directory = join(dataDir, 'pg')
  if (!existsSync(directory)) {
    const aside = join(dataDir, 'pg.new')
    rmSync(aside, { recursive: true, force: true })
    mkdirSync(aside, { mode: 0o700 })
    const client = new PGlite({ fs: new NodeFS(aside) })
    await client.waitReady
    await client.close()
    syncTree(aside)
    renameSync(aside, directory)
    syncDirectory(dataDir)
  }
  chmodSync(directory, 0o700)
  return directory
}

function syncTree(directory: string): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) syncTree(path)
    else if (entry.isFile()) syncFile(path)
  }
  syncDirectory(directory)
}

function syncFile(path: string): void {
  const descriptor = openSync(path, 'r+')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
