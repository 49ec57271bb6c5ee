/** The lock file of a data directory: who holds it, whether the holder still lives, and taking it from one that does not. */
import {
  linkSync,
  readFileSync,
  readlinkSync,
  renameSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import type { StoreLog } from './database.ts'

export type Holder = {
  token: string
  host: string
  pid: number
  boot: string
  network: string
  since: string
}

export const heartbeatMs = 3_000
export const staleAfterMs = 15_000

export function describeMe(token: string, now: Date): Holder {
  const boot = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? ''
  const network = attempt(() => readlinkSync('/proc/self/ns/net')) ?? ''
  return { token, host: hostname(), pid: process.pid, boot, network, since: now.toISOString() }
}

export function takeFile(file: string, me: Holder, haveSocket: boolean, log: StoreLog): void {
  if (create(file, me)) return
  const holder = readHolder(file)
  const ageMs = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0)
  if (!isGone(holder, me, haveSocket) && ageMs < staleAfterMs) throw refusal(file, holder)
  log.warn(
    { host: holder?.host, pid: holder?.pid, ageMs: Math.round(ageMs) },
    'taking the lock of a process that is gone',
  )
  // Moved aside, not deleted: if another taker was quicker, what was moved is its fresh lock, and it goes back.
  const aside = `${file}.${me.token}`
  if (attempt(() => renameSync(file, aside) ?? true)) {
    const moved = readHolder(aside)
    if (moved?.token !== holder?.token) attempt(() => linkSync(aside, file))
    unlinkSync(aside)
    if (moved?.token !== holder?.token) throw refusal(file, moved)
  }
  if (!create(file, me)) throw refusal(file, readHolder(file))
}

/** Within one network namespace the socket decides: we hold it, so a holder from the same one is dead. */
function isGone(holder: Holder | undefined, me: Holder, haveSocket: boolean): boolean {
  if (!holder) return false
  if (haveSocket) return holder.boot === me.boot && holder.network === me.network
  return holder.host === me.host && !isAlive(holder.pid)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

function create(file: string, me: Holder): boolean {
  try {
    writeFileSync(file, `${JSON.stringify(me)}\n`, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

export function isHeldBy(file: string, me: Holder): boolean {
  return readHolder(file)?.token === me.token
}

export function touch(file: string, now: Date): void {
  utimesSync(file, now, now)
}

export function readHolder(file: string): Holder | undefined {
  return attempt(() => JSON.parse(readFileSync(file, 'utf8')) as Holder)
}

export function refusal(file: string, holder: Holder | undefined): Error {
  const who = holder ? `process ${holder.pid} on ${holder.host}, since ${holder.since}` : 'another process'
  const message = `The data directory is in use by ${who} (${file}). Stop it first: two processes would lose each other's record.`
  return Object.assign(new Error(message), { code: IN_USE })
}

const IN_USE = 'WARDROOM_IN_USE'

export const isInUse = (error: unknown): error is Error =>
  error instanceof Error && (error as NodeJS.ErrnoException).code === IN_USE

function attempt<T>(fn: () => T): T | undefined {
  try {
    return fn()
  } catch {
    return undefined
  }
}
