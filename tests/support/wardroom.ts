/** A whole Wardroom for a test: the stage of the demo over a test's database. Time stands still until a test moves it. */
import { randomBytes } from 'node:crypto'
import { type HandClock, handClock, raiseStage, type Stage } from '../../src/demo/stage.ts'
import { makeLog } from '../../src/log.ts'
import type { Practice } from '../../src/practice/server.ts'
import { type TestDatabase, testDatabase } from './database.ts'

/** Friday night, 22:41 in New York. */
export const FRIDAY_NIGHT = '2026-11-21T03:41:00.000Z'

export type TestClock = HandClock
export const testClock = handClock

export interface TestWardroom extends Stage {
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
}

export const newRecordKey = (): string => randomBytes(32).toString('base64')

export async function testWardroom(options: TestOptions = {}): Promise<TestWardroom> {
  const database = options.database ?? (await testDatabase())
  const stage = await raiseStage({
    clock: options.clock ?? handClock(options.at ?? FRIDAY_NIGHT),
    database,
    recordKey: options.recordKey ?? newRecordKey(),
    // `WARDROOM_TEST_LOG=info` shows what the program logs.
    log: makeLog(process.env.WARDROOM_TEST_LOG ?? 'silent'),
    realNow: () => new Date(),
    env: options.env,
    practice: options.practice,
  })
  return { ...stage, database }
}
