/** The bundle as a file on the server: readable by this program's user alone, under its name only once it is whole. */
import { createWriteStream } from 'node:fs'
import { chmod, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { storeSource } from '../bundle/source.ts'
import { writeBundle } from '../bundle/write.ts'
import type { Scope } from '../domain/bundle-scope.ts'
import type { Job } from './delivering.ts'
import { passed } from './posting.ts'

export interface Made {
  readonly name: string
  readonly path: string
  readonly sha256: string
  readonly bytes: number
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
  const out = createWriteStream(part, { flags: 'wx', mode: 0o600 })
  try {
    const written = await writeBundle(
      storeSource(delivering.store, { incident, scope, through: seq, tsaCa }),
      out,
    )
    await finished(out)
    await rename(part, path)
    return { name, path, ...written }
  } catch (error) {
    out.destroy()
    await rm(part, { force: true })
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
