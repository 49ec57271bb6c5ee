/** The composition root's middle: from a configuration to a running Wardroom. Nothing above it knows a database or a platform. */
import { makeCapture } from './capture.ts'
import type { ChatPort, Handle } from './chat/port.ts'
import { type RunningSlack, startSlack } from './chat/slack/start.ts'
import { manifestRows } from './commands/manifest-rows.ts'
import type { Config } from './config.ts'
import type { Delivering } from './deliver.ts'
import { nextWake } from './domain/due.ts'
import { makeHandle, type Wardroom } from './handle.ts'
import type { Log } from './log.ts'
import { startLoops } from './loops.ts'
import { organisationFacts, recordOrganisation, seedRoster } from './organisation-setup.ts'
import { webhookPager } from './pager.ts'
import { practiceRoster } from './practice/roster.ts'
import type { Practice } from './practice/server.ts'
import { startPracticeWorkspace } from './practice-workspace.ts'
import { openDatabase } from './store/db.ts'
import { loadKeys } from './store/keys.ts'
import { refold } from './store/refold.ts'
import { openStore, type Store } from './store/store.ts'

export interface Running {
  readonly delivering: Delivering
  readonly handle: Handle
  readonly slack: RunningSlack
  readonly practice: Practice | undefined
  readonly loops: ReturnType<typeof startLoops>
  readonly stop: () => Promise<void>
}

export interface Opened {
  readonly store: Store
  readonly fingerprint: string
}

/** Keys before the database: a cluster without its key is known to have lost it. */
export async function openRecord(config: Config, log: Log, now: () => Date): Promise<Opened> {
  const embedded = config.databaseUrl === undefined
  const keys = loadKeys({
    dataDir: embedded ? config.dataDir : undefined,
    recordKey: config.recordKey,
    recordKeyFile: config.recordKeyFile,
  })
  const { databaseUrl, migrateDatabaseUrl } = config
  const database = await openDatabase({
    databaseUrl,
    migrateDatabaseUrl,
    dataDir: embedded ? config.dataDir : undefined,
    log,
  })
  try {
    const store = await openStore(database, keys, (state) => nextWake(state, now()))
    return { store, fingerprint: keys.fingerprint }
  } catch (error) {
    await database.close()
    throw error
  }
}

export async function startWardroom(config: Config, log: Log, realNow: () => Date): Promise<Running> {
  const workspace = config.isPractice
    ? await startPracticeWorkspace(config, manifestRows(config.commands), realNow)
    : undefined
  const now = workspace?.clock.now ?? realNow
  const { store, fingerprint } = await openRecord(config, log, now).catch(async (error: unknown) => {
    await workspace?.practice.close()
    throw error
  })
  const facts = organisationFacts(config, now())
  await recordOrganisation(store, facts, now())
  if (workspace) await seedRoster(store, practiceRoster, now())
  await refold(store, log)

  let poke = () => {}
  let port: ChatPort | undefined
  const wardroom: Wardroom = {
    store,
    log,
    now,
    word: `/${config.commands[0]}`,
    settings: {
      admins: config.admins,
      announceChannel: config.announceChannel,
      organisation: facts,
      practice: workspace !== undefined,
    },
    telling: { announceChannel: config.announceChannel, pagerWebhook: config.pagerWebhook !== undefined },
    capture: makeCapture(store.evidence, () => poke()),
    poke: () => poke(),
  }
  const delivering: Delivering = {
    ...wardroom,
    portOf: (platform) => (port?.platform === platform ? port : undefined),
    fingerprint,
    capturing: { keep: config.captureFiles, maxBytes: config.captureMaxBytes },
    pager: config.pagerWebhook ? webhookPager(config.pagerWebhook) : undefined,
  }
  const handle = makeHandle(wardroom)
  const slack = await startSlack({
    botToken: workspace?.practice.botToken ?? config.slack.botToken ?? '',
    appToken: workspace?.practice.appToken ?? config.slack.appToken,
    signingSecret: config.slack.signingSecret,
    apiUrl: workspace?.practice.apiUrl ?? config.slack.apiUrl,
    httpPort: config.slack.httpPort,
    httpHost: config.slack.httpHost,
    commands: config.commands,
    handle,
    now,
    wallClock: realNow,
    log,
  }).catch(async (error: unknown) => {
    await workspace?.practice.close()
    await store.close()
    throw error
  })
  port = slack.port
  const loops = startLoops(delivering)
  poke = loops.deliver.poke
  workspace?.attach(delivering)
  return {
    delivering,
    handle,
    slack,
    practice: workspace?.practice,
    loops,
    // Intake first, so that what was acknowledged is committed; then what is under way; the database last.
    async stop() {
      await slack.stop()
      await loops.stop()
      await workspace?.practice.close()
      await store.close()
    },
  }
}
