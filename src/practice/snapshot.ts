// The workspace on disk: written whole to a temporary file, then renamed, so that a crash leaves the old or the new one.
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { State } from './state.ts'

const version = 1
const debounceMs = 200

export const loadSnapshot = async (file: string): Promise<State | null> => {
  try {
    const read = JSON.parse(await readFile(file, 'utf8')) as { version: number; state: State }
    if (read.version !== version) throw new Error(`unknown version ${read.version}`)
    return read.state
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new Error(`The practice workspace's file ${file} cannot be read; move it away to start afresh.`, {
      cause: error,
    })
  }
}

const save = async (file: string, state: State): Promise<void> => {
  await mkdir(dirname(file), { recursive: true })
  const temporary = `${file}.${process.pid}.tmp`
  const handle = await open(temporary, 'w', 0o600)
  try {
    await handle.writeFile(JSON.stringify({ version, state }))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, file)
}

export type Snapshots = { touch: () => void; flush: () => Promise<void> }

export const createSnapshots = (file: string | undefined, state: () => State): Snapshots => {
  let timer: NodeJS.Timeout | null = null
  let isDirty = false
  // one write at a time, so that an older one never lands last
  let writing: Promise<void> = Promise.resolve()
  const write = (): Promise<void> => {
    writing = writing.then(async () => {
      if (!file || !isDirty) return
      isDirty = false
      await save(file, state())
    })
    return writing
  }
  return {
    touch: () => {
      isDirty = true
      if (!file || timer) return
      timer = setTimeout(() => {
        timer = null
        write().catch(() => {
          isDirty = true
        })
      }, debounceMs)
      timer.unref()
    },
    flush: async () => {
      if (timer) clearTimeout(timer)
      timer = null
      await write()
    },
  }
}
