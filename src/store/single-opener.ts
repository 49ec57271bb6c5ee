/**
 * One process per data directory. Two locks, because neither is enough: an abstract socket, which the kernel frees however
 * the holder dies, but which is seen only within one network namespace; and a lock file, which other containers and hosts
 * on a shared volume see, kept fresh by a heartbeat.
 */
import { randomUUID } from 'node:crypto'
import { mkdirSync, statSync, unlinkSync, writeSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import type { StoreLog } from './database.ts'
import { describeMe, heartbeatMs, isHeldBy, readHolder, refusal, takeFile, touch } from './lock-file.ts'

export type Opener = { release: () => Promise<void> }

export async function openAlone(dataDir: string, log: StoreLog, onLost = stopAtOnce): Promise<Opener> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, 'lock')
  const socket = await takeSocket(dataDir, file)
  const me = describeMe(randomUUID(), new Date())
  try {
    takeFile(file, me, socket !== undefined, log)
  } catch (error) {
    await closed(socket)
    throw error
  }
  const timer = setInterval(() => {
    if (isHeldBy(file, me)) touch(file, new Date())
    else onLost(file)
  }, heartbeatMs)
  timer.unref()
  return {
    async release() {
      clearInterval(timer)
      if (isHeldBy(file, me)) unlinkSync(file)
      await closed(socket)
    },
  }
}

/** The directory is known by device and inode: the same through any path or bind mount. */
async function takeSocket(dataDir: string, file: string): Promise<Server | undefined> {
  if (process.platform !== 'linux') return undefined
  const { dev, ino } = statSync(dataDir)
  const server = createServer((connection) => connection.destroy())
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? refusal(file, readHolder(file)) : error),
    )
    server.listen({ path: `\0wardroom-${dev}-${ino}` }, resolve)
  })
  return server.unref()
}

async function closed(socket: Server | undefined): Promise<void> {
  if (socket) await new Promise((resolve) => socket.close(resolve))
}

/** Somebody took the lock while this process was stalled (or the volume went away): every further write could be lost. */
function stopAtOnce(file: string): void {
  writeSync(2, `The lock of the data directory was lost (${file}). Stopping at once to protect the record.\n`)
  process.exit(75)
}
