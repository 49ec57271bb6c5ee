/**
 * A whole Wardroom for a test: the real pipeline, adapter and store against the practice workspace over real HTTP and
 * WebSocket. Time is a parameter: it stands still until a test moves it.
 */
import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { slackManifest } from '../../src/chat/slack/manifest.ts'
import { manifestRows } from '../../src/commands/manifest-rows.ts'
import { readConfig } from '../../src/config.ts'
import { nextWake } from '../../src/domain/due.ts'
import { drain } from '../../src/loops.ts'
import { seedRoster } from '../../src/organisation-setup.ts'
import { practiceRoster } from '../../src/practice/roster.ts'
import { type Practice, startPractice } from '../../src/practice/server.ts'
import { assemble, type Running } from '../../src/start.ts'
import { loadKeys } from '../../src/store/keys.ts'
import { openStore } from '../../src/store/store.ts'
import { tick } from '../../src/tick.ts'
import { type TestDatabase, testDatabase } from './database.ts'

/** Friday night, 22:41 in New York. */
export const FRIDAY_NIGHT = '2026-11-21T03:41:00.000Z'

export interface TestClock {
  now: () => Date
  moveTo: (at: string | Date) => void
}

export function testClock(at: string): TestClock {
  let current = Date.parse(at)
  return {
    now: () => new Date(current),
    moveTo: (to) => {
      current = Math.max(current, new Date(to).getTime())
    },
  }
}

export interface TestWardroom extends Running {
  readonly practice: Practice
  readonly clock: TestClock
  readonly database: TestDatabase
  /** Moves the clock, then lets everything due happen and be delivered. */
  readonly moveTo: (at: string | Date) => Promise<void>
  /** Waits until nothing is under way: events answered, outbox empty. */
  readonly settle: () => Promise<void>
  readonly close: () => Promise<void>
}

export interface TestOptions {
  readonly at?: string
  readonly mode?: 'socket' | 'http'
  readonly env?: Record<string, string>
  /** Share these between replicas. */
  readonly database?: TestDatabase
  readonly practice?: Practice
  readonly clock?: TestClock
  readonly recordKey?: string
}

export const newRecordKey = (): string => randomBytes(32).toString('base64')
/** `WARDROOM_TEST_LOG=info` shows what the program logs. */
const log = pino({ level: process.env.WARDROOM_TEST_LOG ?? 'silent' })

export async function testWardroom(options: TestOptions = {}): Promise<TestWardroom> {
  const clock = options.clock ?? testClock(options.at ?? FRIDAY_NIGHT)
  const config = readConfig({ ORG_ZONE: 'America/New_York', LOG_LEVEL: 'silent', ...options.env })
  const database = options.database ?? (await testDatabase())
  const keys = loadKeys({ recordKey: options.recordKey ?? newRecordKey() })
  const store = await openStore(database, keys, (state) => nextWake(state, clock.now()))
  const practice =
    options.practice ??
    (await startPractice({
      now: clock.now,
      manifest: slackManifest({ name: 'Wardroom', commands: manifestRows(config.commands), mode: 'socket' }),
      delivery: { mode: 'socket' },
      retryScale: 0.001,
    }))
  const times = { now: clock.now, realNow: () => new Date(), isPractice: true }
  const running = await assemble(config, log, { store, fingerprint: keys.fingerprint }, practice, times)
  await seedRoster(store, practiceRoster, clock.now())
  const ownsPractice = options.practice === undefined

  async function settle() {
    // Deliveries make events and events make deliveries; both must be still, twice running.
    for (let quiet = 0; quiet < 2; ) {
      await drain(running.delivering)
      await practice.idle()
      const waiting = await ready(database)
      quiet = waiting === 0 ? quiet + 1 : 0
      if (quiet < 2) await new Promise((resolve) => setTimeout(resolve, 15))
    }
  }
  return {
    ...running,
    practice,
    clock,
    database,
    settle,
    async moveTo(at) {
      clock.moveTo(at)
      while ((await tick(running.delivering)) > 0);
      await settle()
    },
    async close() {
      await running.stop()
      if (ownsPractice) await practice.close()
    },
  }
}

/** Rows under way or claimable soon; those that wait for a far time do not keep a test waiting. */
async function ready(database: TestDatabase): Promise<number> {
  const [row] = await database.rows<{ n: number }>(
    database.db,
    sql`select count(*)::int as n from outbox
      where done_at is null and (not_before <= clock_timestamp() + interval '3 seconds' or leased_until > clock_timestamp())`,
  )
  return row?.n ?? 0
}
