/**
 * Whole incidents as people live them: every file in scenarios/ is a play, and each of its lines must come true on Slack
 * and on Teams, with the same evidence on both. Played in shares, so that no file of tests is the last one running.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { storeSource } from '../../src/bundle/source.ts'
import { openingTime, organisationOf, play } from '../../src/demo/play.ts'
import { readScript } from '../../src/demo/script.ts'
import { raiseSlackStage } from '../../src/demo/slack-world/stage.ts'
import { handClock, type Stage, type StageOptions } from '../../src/demo/stage.ts'
import { makeLog } from '../../src/log.ts'
import { bundleOf, FULL, unzipped } from './bundle.ts'
import { testDatabase } from './database.ts'
import { differences, type Evidence, evidenceOf } from './evidence.ts'
import { raiseTeamsStage } from './teams/stage.ts'
import { newRecordKey } from './wardroom.ts'

const folder = new URL('../scenarios/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.txt'))
const raise: Readonly<Record<string, (options: StageOptions) => Promise<Stage>>> = {
  Slack: raiseSlackStage,
  Teams: raiseTeamsStage,
}

/** What whoever is handed the bundle reads of a time in which nobody listened: what is known, and what is not. */
const exported: Readonly<Record<string, (timeline: string, platform: string) => void>> = {
  'nobody-listened.txt': (timeline, platform) => {
    const rows = timeline.split('\r\n')
    const row = (kind: string) => rows.filter((each) => each.includes(`,"${kind}",`)).join('\n')
    expect(row('message posted')).toContain('we have the serial number')
    expect(row('message posted')).toContain('recovered: yes')
    expect(row('message edited')).toContain('the key was not on the note, I looked')
    expect(timeline).toContain('call the carrier about the phone')
    if (platform === 'Slack')
      expect(row('message vanished')).toContain('deleted at: unknown; deleted by: unknown')
    else expect(row('message deleted')).toContain('recovered: yes')
    const [gap = ''] = row('coverage gap').split('\n')
    expect(gap).toMatch(/from: 2026-11-21T03:\d\d:.+to: 2026-11-21T04:\d\d:.+why: restart/)
    expect(gap).toContain('deleted-unseen')
    expect(timeline).not.toContain('the thief is my cousin')
  },
}

async function timelineOf({ store }: Stage): Promise<string> {
  const [state] = await store.incidents()
  const { incident } = state!
  const { seq: through } = (await store.head(incident))!
  const source = storeSource(store, { incident, through, scope: FULL, tsaCa: undefined })
  return (await unzipped((await bundleOf(source)).bytes)).get('timeline.csv')!.toString()
}

/** Share `mine` of `all`. */
export function playShare(mine: number, all: number): void {
  describe.each(files.filter((_, index) => index % all === mine))('%s', (name) => {
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
        env: organisationOf(script),
      })
      try {
        expect(await play(script, stage, errors)).toBeGreaterThan(0)
        held.set(platform, await evidenceOf(stage, database))
        if (exported[name]) exported[name](await timelineOf(stage), platform)
      } finally {
        await stage.close()
      }
    })

    test('with the same evidence on both', () => {
      const [slack, teams] = [held.get('Slack'), held.get('Teams')]
      expect(slack && teams && differences(slack, teams)).toEqual([])
    })
  })
}
