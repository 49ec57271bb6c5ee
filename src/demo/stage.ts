/**
 * A whole Wardroom to play on: the real pipeline, adapter and store against a chat platform on this machine over real
 * HTTP and WebSocket. Time stands still until it is moved. Scenarios, the demo and the tests stand on it.
 */
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, readConfig } from '../config.ts'
import { lastEntries, RESTART, readBack } from '../delivery/read-back.ts'
import { nextReminder, nextWake } from '../domain/due.ts'
import { sha256 } from '../domain/record.ts'
import type { Role } from '../domain/roles.ts'
import type { Log } from '../log.ts'
import type { ChatsAt } from '../operate/chats.ts'
import { drain } from '../operate/loops.ts'
import { seedRoster } from '../operate/organisation-setup.ts'
import { assemble, type Running } from '../start.ts'
import { readCheckpointKey } from '../store/checkpoint-key.ts'
import type { Database } from '../store/db.ts'
import { loadKeys } from '../store/keys.ts'
import { openStore, type Store } from '../store/store.ts'
import { tick } from '../tick.ts'
import type { World } from './world.ts'

export const ZONE = 'America/New_York'

export interface HandClock {
  readonly now: () => Date
  readonly moveTo: (at: string | Date) => void
}

/** Never backwards: a record does not run backwards. */
export function handClock(at: string | Date): HandClock {
  let current = new Date(at).getTime()
  return {
    now: () => new Date(current),
    moveTo: (to) => {
      current = Math.max(current, new Date(to).getTime())
    },
  }
}

export interface StageOptions {
  readonly clock: HandClock
  readonly database: Database
  /** 32 bytes in base64. */
  readonly recordKey: string
  readonly log: Log
  readonly realNow: () => Date
  readonly env?: Readonly<Record<string, string>> | undefined
}

/** What a stage is raised on: a platform with people, and where a Wardroom finds it. */
export interface Ground {
  readonly at: ChatsAt
  readonly world: World
  readonly roster: readonly {
    readonly role: Role
    readonly holder: string
    readonly deputy?: string
    readonly phone: string
  }[]
  /** Once a Wardroom listens, where the platform finds it. */
  readonly found?: (running: Running) => void
  /** What was raised with it alone. */
  readonly close: () => Promise<void>
}

export interface Stage extends Running {
  readonly world: World
  readonly clock: HandClock
  readonly store: Store
  /** Jumps: what fell due meanwhile happens in one pass, as after an outage. */
  readonly moveTo: (at: string | Date) => Promise<void>
  /** Lives through every moment at which something is due, up to this one. */
  readonly liveTo: (at: string | Date) => Promise<void>
  /** When people will next be told something by time alone. */
  readonly nextReminder: () => Promise<Date | null>
  /** What people do is not told from here on, until it comes back: as when a process ends and another starts. */
  readonly goDown: () => Promise<void>
  readonly comeBack: () => Promise<void>
  /** Waits until nothing is under way: events answered, outbox empty. */
  readonly settle: () => Promise<void>
  readonly close: () => Promise<void>
}

export const stageConfig = ({ env }: Pick<StageOptions, 'env'>): Config =>
  readConfig({ ORG_ZONE: ZONE, ...env })

export async function raiseStage(
  options: StageOptions,
  { at, world, roster, found, close }: Ground,
): Promise<Stage> {
  const { clock, log, realNow } = options
  const keys = loadKeys({ recordKey: options.recordKey })
  const store = await openStore(options.database, keys, (state) => nextWake(state, clock.now()))
  const checkpointKey = readCheckpointKey(pkcs8From(options.recordKey), 'the stage')
  const opened = { store, fingerprint: keys.fingerprint, checkpointKey }
  const times = { now: clock.now, realNow, isPractice: true }
  // Beside the database only exports are files: a stage has a place of its own for them, and leaves none.
  const dataDir = join(tmpdir(), `wardroom-stage-${randomUUID()}`)
  const config = stageConfig({ env: { DATA_DIR: dataDir, ...options.env } })
  const running = await assemble(config, log, opened, at, times)
  found?.(running)
  await seedRoster(store, roster, clock.now(), world.platform)
  const { delivering } = running

  async function settle() {
    // Deliveries make events and events make deliveries; both must be still, twice running.
    for (let still = 0; ; ) {
      await drain(delivering)
      await world.idle()
      still = (await store.outbox.underWay(0)) === 0 ? still + 1 : 0
      if (still === 2) {
        if ((await store.outbox.underWay(SOON_MS)) === 0) return
        // Real time would go by with nothing to join what waits for company; what is to be tried again does wait.
        await store.outbox.join(SOON_MS)
        still = 0
      }
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  async function moveTo(at: string | Date) {
    clock.moveTo(at)
    while ((await tick(delivering)) > 0);
    await store.outbox.hurry()
    await settle()
  }

  let stood: Awaited<ReturnType<typeof lastEntries>> = new Map()

  return {
    ...running,
    world,
    clock,
    store,
    settle,
    moveTo,
    async liveTo(at) {
      const end = new Date(at).getTime()
      for (;;) {
        const wake = (await store.nextWake())?.getTime()
        if (wake === undefined || wake >= end) break
        // A wake time that does not move on would hold us here.
        await moveTo(new Date(Math.min(end, Math.max(wake, clock.now().getTime() + 1))))
      }
      await moveTo(new Date(end))
    },
    async goDown() {
      stood = await lastEntries(store)
      world.tell(false)
    },
    async comeBack() {
      world.tell(true)
      await readBack(delivering, world.platform, RESTART, stood)
      await settle()
    },
    async nextReminder() {
      const times = (await store.incidents()).map((state) => nextReminder(state, clock.now())?.getTime())
      const coming = times.filter((time) => time !== undefined)
      return coming.length > 0 ? new Date(Math.min(...coming)) : null
    },
    async close() {
      await running.stop()
      await close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** A stage is given one key and stands on two: replicas of it agree on both. PKCS8 of an Ed25519 seed (RFC 8410). */
const pkcs8From = (recordKey: string): string =>
  Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    sha256(Buffer.from(`checkpoint key of a stage\n${recordKey}`)),
  ]).toString('base64')

/** A row that waits longer than this keeps nobody waiting. */
const SOON_MS = 3000
