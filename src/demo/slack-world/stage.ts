/** A stage on the practice Slack. */
import { slackManifest } from '../../chat/slack/manifest.ts'
import { manifestRows } from '../../commands/manifest-rows.ts'
import { practiceRoster } from '../../practice/roster.ts'
import { type Practice, startPractice } from '../../practice/server.ts'
import { raiseStage, type Stage, type StageOptions, stageConfig } from '../stage.ts'
import { slackWorld } from './world.ts'

export interface SlackStage extends Stage {
  readonly practice: Practice
}

export interface SlackStageOptions extends StageOptions {
  /** A workspace that outlives this Wardroom, or that two share. */
  readonly practice?: Practice | undefined
}

export async function raiseSlackStage(options: SlackStageOptions): Promise<SlackStage> {
  const practice = options.practice ?? (await ownPractice(options))
  const stage = await raiseStage(options, {
    at: { slack: practice },
    world: slackWorld(practice),
    roster: practiceRoster,
    close: async () => {
      if (!options.practice) await practice.close()
    },
  })
  return { ...stage, practice }
}

const ownPractice = (options: StageOptions) =>
  startPractice({
    now: options.clock.now,
    manifest: slackManifest({
      name: 'Wardroom',
      commands: manifestRows(stageConfig(options).commands),
      mode: 'socket',
    }),
    delivery: { mode: 'socket' },
    retryScale: 0.001,
    // Three seconds of a busy machine are not three seconds of Slack's; how fast an answer is has tests of its own.
    ackMs: 15_000,
    triggerMs: 15_000,
  })
