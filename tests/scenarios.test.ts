/** Whole incidents as people live them: every file in scenarios/ is a play, and each of its lines must come true. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openingTime, play } from '../src/demo/play.ts'
import { readScript } from '../src/demo/script.ts'
import { raiseSlackStage } from '../src/demo/slack-world/stage.ts'
import { handClock } from '../src/demo/stage.ts'
import { makeLog } from '../src/log.ts'
import { testDatabase } from './support/database.ts'
import { newRecordKey } from './support/wardroom.ts'

const folder = new URL('scenarios/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.txt'))

test.each(files)('%s', { timeout: 300_000 }, async (name) => {
  const script = readScript(`tests/scenarios/${name}`, readFileSync(new URL(name, folder), 'utf8'))
  const errors: string[] = []
  const stage = await raiseSlackStage({
    clock: handClock(openingTime(script)),
    database: await testDatabase(),
    recordKey: newRecordKey(),
    log: makeLog('error', { write: (line) => errors.push(line) }),
    realNow: () => new Date(),
  })
  try {
    expect(await play(script, stage, errors)).toBeGreaterThan(0)
  } finally {
    await stage.close()
  }
})
