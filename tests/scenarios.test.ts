/**
 * Whole incidents as people live them: every file in scenarios/ is a play, and each of its lines must come true on Slack
 * and on Teams, with the same evidence on both.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { openingTime, play } from '../src/demo/play.ts'
import { readScript } from '../src/demo/script.ts'
import { raiseSlackStage } from '../src/demo/slack-world/stage.ts'
import { handClock, type Stage, type StageOptions } from '../src/demo/stage.ts'
import { makeLog } from '../src/log.ts'
import { testDatabase } from './support/database.ts'
import { differences, type Evidence, evidenceOf } from './support/evidence.ts'
import { raiseTeamsStage } from './support/teams/stage.ts'
import { newRecordKey } from './support/wardroom.ts'

const folder = new URL('scenarios/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.txt'))
const raise: Readonly<Record<string, (options: StageOptions) => Promise<Stage>>> = {
  Slack: raiseSlackStage,
  Teams: raiseTeamsStage,
}

describe.each(files)('%s', (name) => {
  const held = new Map<string, Evidence>()

  test.each(Object.keys(raise))('on %s', { timeout: 300_000 }, async (platform) => {
    const script = readScript(`tests/scenarios/${name}`, readFileSync(new URL(name, folder), 'utf8'))
    const errors: string[] = []
    const database = await testDatabase()
    const stage = await raise[platform]!({
      clock: handClock(openingTime(script)),
      database,
      recordKey: newRecordKey(),
      log: makeLog('error', { write: (line) => errors.push(line) }),
      realNow: () => new Date(),
    })
    try {
      expect(await play(script, stage, errors)).toBeGreaterThan(0)
      held.set(platform, await evidenceOf(stage, database))
    } finally {
      await stage.close()
    }
  })

  test('with the same evidence on both', () => {
    const [slack, teams] = [held.get('Slack'), held.get('Teams')]
    expect(slack && teams && differences(slack, teams)).toEqual([])
  })
})
