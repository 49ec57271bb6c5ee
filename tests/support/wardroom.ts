/** A whole Wardroom for a test: the stage of the demo over a test's database. Time stands still until a test moves it. */
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { slackManifest } from '../../src/chat/slack/manifest.ts'
import { manifestRows } from '../../src/commands/manifest-rows.ts'
import { readConfig } from '../../src/config.ts'
import { raiseSlackStage, type SlackStage } from '../../src/demo/slack-world/stage.ts'
import { type HandClock, handClock, ZONE } from '../../src/demo/stage.ts'
import { type Log, makeLog } from '../../src/log.ts'
import { type Practice, startPractice } from '../../src/practice/server.ts'
import { type TestDatabase, testDatabase } from './database.ts'

/** Friday night, 22:41 in New York. */
export const FRIDAY_NIGHT = '2026-11-21T03:41:00.000Z'

export type TestClock = HandClock
export const testClock = handClock

export interface TestWardroom extends SlackStage {
  readonly database: TestDatabase
}

export interface TestOptions {
  readonly at?: string
  readonly env?: Record<string, string>
  /** Share these between replicas. */
  readonly database?: TestDatabase
  readonly practice?: Practice
  readonly clock?: TestClock
  readonly recordKey?: string
  /** How the workspace tells of what happens: two sockets, or signed HTTP. */
  readonly mode?: 'socket' | 'http'
  readonly log?: Log
  /** Real time as the adapter sees it, for the age of signatures. */
  readonly realNow?: () => Date
}

export const newRecordKey = (): string => randomBytes(32).toString('base64')

export async function testWardroom(options: TestOptions = {}): Promise<TestWardroom> {
  const database = options.database ?? (await testDatabase())
  const clock = options.clock ?? handClock(options.at ?? FRIDAY_NIGHT)
  const own = options.mode === 'http' ? await httpPractice(clock) : undefined
  const stage = await raiseSlackStage({
    clock,
    database,
    recordKey: options.recordKey ?? newRecordKey(),
    // `WARDROOM_TEST_LOG=info` shows what the program logs.
    log: options.log ?? makeLog(process.env.WARDROOM_TEST_LOG ?? 'silent'),
    realNow: options.realNow ?? (() => new Date()),
    env: options.env,
    practice: own ?? options.practice,
  })
  return {
    ...stage,
    database,
    async close() {
      await stage.close()
      await own?.close()
    },
  }
}

/** A workspace that delivers by HTTP, seen without its app token, so that the adapter listens instead of connecting. */
async function httpPractice(clock: TestClock): Promise<Practice> {
  const httpPort = await freePort()
  const commands = manifestRows(readConfig({ ORG_ZONE: ZONE }).commands)
  const practice = await startPractice({
    now: clock.now,
    manifest: slackManifest({ name: 'Wardroom', commands, mode: 'http' }),
    delivery: { mode: 'http', url: `http://127.0.0.1:${httpPort}/slack/events` },
    retryScale: 0.001,
  })
  return Object.defineProperties({} as Practice, {
    ...Object.getOwnPropertyDescriptors(practice),
    appToken: { value: undefined, enumerable: true },
    httpPort: { value: httpPort, enumerable: true },
  })
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
