/** The composition root's middle: from a configuration to a running Wardroom. Nothing above it knows a database or a platform. */
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { ChatPort, Handle, Platform } from './chat/port.ts'
import { manifestRows } from './commands/manifest-rows.ts'
import type { Config } from './config.ts'
import type { Delivering } from './delivery/delivering.ts'
import { webhookPager } from './delivery/pager.ts'
import { lastEntries, readBack } from './delivery/read-back.ts'
import { timeStamper } from './delivery/time-stamp.ts'
import { nextWake } from './domain/due.ts'
import { phiModeOn } from './domain/phi-mode.ts'
import { makeCapture } from './evidence/capture.ts'
import { makeHandle } from './handle.ts'
import type { Log } from './log.ts'
import { watchAudiences } from './operate/audiences.ts'
import { type ChatsAt, chatsOf, connectChats, stopChats, wordsOf } from './operate/chats.ts'
import type { Connection } from './operate/connect.ts'
import { startLoops } from './operate/loops.ts'
import {
  organisationFacts,
  recordOrganisation,
  remindingFacts,
  seedRoster,
} from './operate/organisation-setup.ts'
import { startPracticeWorkspace } from './operate/practice-workspace.ts'
import { tsaOf } from './operate/tsa.ts'
import { SYSTEM } from './pipeline/commit.ts'
import { practiceClock } from './practice/clock.ts'
import { practiceRoster } from './practice/roster.ts'
import { type CheckpointKey, loadCheckpointKey } from './store/checkpoint-key.ts'
import { useCheckpointKey } from './store/checkpoint-keyring.ts'
import { openDatabase } from './store/db.ts'
import { loadKeys } from './store/keys.ts'
import { refold } from './store/refold.ts'
import { openStore, type Store } from './store/store.ts'
import { recordMoves } from './tick.ts'
import type { Wardroom } from './wardroom.ts'

export interface Running {
  readonly delivering: Delivering
  readonly handle: Handle
  readonly chats: readonly Connection[]
  readonly loops: ReturnType<typeof startLoops>
  readonly stop: () => Promise<void>
}

export interface Opened {
  readonly store: Store
  readonly fingerprint: string
  readonly checkpointKey: CheckpointKey
}

/** Keys before the database: a cluster without its key is known to have lost it. */
export async function openRecord(config: Config, log: Log, now: () => Date): Promise<Opened> {
  const embedded = config.databaseUrl === undefined
  const keys = loadKeys({
    dataDir: embedded ? config.dataDir : undefined,
    recordKey: config.recordKey,
    recordKeyFile: config.recordKeyFile,
  })
  const checkpointKey = loadCheckpointKey({
    dataDir: embedded ? config.dataDir : undefined,
    checkpointKey: config.checkpointKey,
    checkpointKeyFile: config.checkpointKeyFile,
  })
  const { databaseUrl, migrateDatabaseUrl } = config
  const database = await openDatabase({
    databaseUrl,
    migrateDatabaseUrl,
    dataDir: embedded ? config.dataDir : undefined,
    log,
  })
  try {
    const store = await openStore(database, keys, (state) => nextWake(state, now(), config.reminding))
    return { store, fingerprint: keys.fingerprint, checkpointKey }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** A Wardroom over an opened record and its platforms, wherever those are. */
export async function assemble(
  config: Config,
  log: Log,
  { store, fingerprint, checkpointKey }: Opened,
  at: ChatsAt,
  clock: { readonly now: () => Date; readonly realNow: () => Date; readonly isPractice: boolean },
): Promise<Running> {
  const { now, realNow } = clock
  const tsa = tsaOf(config)
  const facts = organisationFacts(config, now())
  const before = (await store.organisation()).reminding
  const reminding = remindingFacts(config)
  await recordOrganisation(store, { ...facts, ...reminding }, now())
  const stamp = { actor: SYSTEM, at: now(), source: null }
  await store.write((unit) => useCheckpointKey(unit, checkpointKey, stamp), {})
  await refold(store, log)

  let poke = () => {}
  const ports = new Map<string, ChatPort>()
  const audiences = watchAudiences(() => [...ports.values()], log)
  const wardroom: Wardroom = {
    store,
    log,
    now,
    fingerprint,
    checkpointKey,
    wordOn: wordsOf(config),
    audienceOn: (platform) => audiences.of(platform),
    phiModeOn: (platform) => phiModeOn(config.hygiene, platform),
    settings: {
      admins: config.admins,
      organisation: facts,
      practice: clock.isPractice,
    },
    telling: {
      announceChannels: config.announceChannels,
      managersChannels: config.managersChannels,
      pagerWebhook: config.pagerWebhook !== undefined,
      timeStamps: tsa !== undefined,
      reminding: config.reminding,
    },
    capture: makeCapture(store.evidence, () => poke(), { ahead: store.evidenceAhead }),
    poke: () => poke(),
  }
  const delivering: Delivering = {
    ...wardroom,
    portOf: (platform) => ports.get(platform),
    capturing: { keep: config.captureFiles, maxBytes: config.captureMaxBytes },
    exports: {
      host: hostname(),
      folder: resolve(config.dataDir, 'exports'),
      tsaCa: tsa?.caPem ? Buffer.from(tsa.caPem) : undefined,
    },
    pager: config.pagerWebhook ? webhookPager(config.pagerWebhook) : undefined,
    timeStamp: tsa && timeStamper(tsa.url, tsa.caPem),
  }
  await recordMoves(wardroom, !isDeepStrictEqual(before, reminding.reminding))
  const record = makeHandle(wardroom)
  const handle: Handle = async (inbound) => {
    const answer = await record(inbound)
    audiences.heard(inbound)
    return answer
  }
  const lastBefore = await lastEntries(store)
  const heard = await store.lastHeard()
  const catchUp = (platform: Platform, why: string, since?: Date) =>
    void readBack(
      delivering,
      platform,
      why,
      since ?? lastBefore,
      since ? undefined : heard.get(platform),
    ).catch((error: unknown) => log.error({ err: error, why, platform }, 'rooms could not be read back'))
  const chats = await connectChats(at, config, {
    store,
    log,
    handle,
    now,
    realNow,
    catchUp,
    connected: (port) => {
      ports.set(port.platform, port)
      void audiences.look()
    },
  })
  const loops = startLoops(delivering, lastBefore, () =>
    // The practice workspace ends with its process: nobody says anything there unheard.
    clock.isPractice
      ? []
      : chats.filter(({ current }) => current()?.health().ok).map(({ platform }) => platform),
  )
  poke = loops.deliver.poke
  return {
    delivering,
    handle,
    chats,
    loops,
    // Intake first, so that what was acknowledged is committed; then what is under way; the database last.
    async stop() {
      audiences.stop()
      await stopChats(chats)
      await loops.stop()
      await store.close()
    },
  }
}

export async function startWardroom(
  config: Config,
  log: Log,
  realNow: () => Date,
): Promise<Running & { practiceUrl: string | undefined }> {
  if (config.isPractice) return startPracticing(config, log, realNow)
  const opened = await openRecord(config, log, realNow)
  const running = await assemble(config, log, opened, chatsOf(config), {
    now: realNow,
    realNow,
    isPractice: false,
  }).catch(closing(() => opened.store.close()))
  return { ...running, practiceUrl: undefined }
}

async function startPracticing(config: Config, log: Log, realNow: () => Date) {
  // The record first: a second process on the same directory is refused before it takes a port.
  const clock = practiceClock(join(config.dataDir, 'practice-clock.json'), () => realNow().getTime())
  const opened = await openRecord(config, log, clock.now)
  const workspace = await startPracticeWorkspace(config, manifestRows(config.commands), clock).catch(
    closing(() => opened.store.close()),
  )
  const { practice } = workspace
  const times = { now: clock.now, realNow, isPractice: true }
  const running = await assemble(config, log, opened, { slack: practice }, times).catch(
    closing(async () => {
      await practice.close()
      await opened.store.close()
    }),
  )
  await seedRoster(opened.store, practiceRoster, clock.now())
  workspace.attach(running.delivering)
  return {
    ...running,
    practiceUrl: practice.url,
    async stop() {
      await running.stop()
      await practice.close()
    },
  }
}

const closing = (close: () => Promise<void>) => async (error: unknown) => {
  await close()
  throw error
}
