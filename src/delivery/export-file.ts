/** The bundle as a file on the server: readable by this program's user alone, under its name only once it is whole. */
import { createWriteStream } from 'node:fs'
import { chmod, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { ContentDamaged, damagedIn } from '../bundle/damage.ts'
import { type BundleSource, storeSource } from '../bundle/source.ts'
import { writeBundle } from '../bundle/write.ts'
import type { Written } from '../bundle/write-zip.ts'
import type { Scope } from '../domain/bundle-scope.ts'
import type { Damage } from '../domain/damaged.ts'
import type { Job } from './delivering.ts'
import { passed } from './posting.ts'

export interface Made {
  readonly name: string
  readonly path: string
  readonly sha256: string
  readonly bytes: number
  readonly damaged: readonly Damage[]
}

export async function makeBundle({ row, delivering }: Job, { seq, scope }: Asked): Promise<Made> {
  const { incident } = row
  const { folder, tsaCa } = delivering.exports
  const name = passed('file name', `${incident}-export-${seq}.zip`)
  const path = join(folder, name)
  const part = `${path}.part`
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
  // What an attempt left that was killed.
  await rm(part, { force: true })
  const source = storeSource(delivering.store, { incident, scope, through: seq, tsaCa })
  const written = await writeWhatIsWhole(source, part)
  await rename(part, path)
  return { name, path, ...written }
}

/** Something damaged keeps nobody from the rest: it is looked for in all that leaves, and named. */
async function writeWhatIsWhole(source: BundleSource, path: string) {
  try {
    return { ...(await write(source, path)), damaged: [] }
  } catch (error) {
    if (!(error instanceof ContentDamaged)) throw error
    const damaged = await damagedIn(source)
    return { ...(await write({ ...source, damaged }, path)), damaged }
  }
}

async function write(source: BundleSource, path: string): Promise<Written> {
  const out = createWriteStream(path, { flags: 'wx', mode: 0o600 })
  try {
    const written = await writeBundle(source, out)
    await finished(out)
    return written
  } catch (error) {
    out.destroy()
    await rm(path, { force: true })
    throw error
  }
}

export interface Asked {
  readonly seq: number
  readonly person: string
  readonly scope: Scope
  /** Of the request's own line. */
  readonly head: string
}
