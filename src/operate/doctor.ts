/**
 * `wardroom doctor`: every finding as `✓`, `▲` or `✗` with how to mend it; exit 1 when any is `✗`. It posts nothing,
 * calls no pager, migrates nothing, makes no key, and may run beside a running server.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkSlack } from '../chat/slack/check.ts'
import { type Config, ConfigMistake } from '../config.ts'
import type { Log } from '../log.ts'
import { type Contents, inspect, type Looking, migrationsOf, openToLook } from '../store/inspect.ts'
import { isInUse } from '../store/lock-file.ts'
import { contentFindings, databaseFindings } from './doctor/database.ts'
import { bad, badFrom, type Finding, findingLine, good, warn } from './doctor/finding.ts'
import {
  backupFinding,
  confirmBackup,
  directoryFindings,
  keyFindings,
  nodeFindings,
  runFindings,
} from './doctor/machine.ts'
import { reachFindings, rosterFindings } from './doctor/people.ts'
import { channelFinding, pagerFinding, platformFindings } from './doctor/platform.ts'

export interface DoctorTools {
  readonly readConfig: () => Config
  readonly now: () => Date
  readonly log: Log
  readonly out: (line: string) => void
  readonly nodeVersion?: string
  /** Where tests bring a database of their own. */
  readonly open?: (databaseUrl: string | undefined) => Promise<Looking>
}

export async function doctor(args: readonly string[], tools: DoctorTools): Promise<0 | 1 | 2> {
  const { out } = tools
  const unknown = args.find((arg) => arg !== '--key-backed-up')
  if (unknown) {
    out(`Usage: wardroom doctor [--key-backed-up]; "${unknown}" is not known.`)
    return 2
  }
  const counts = { good: 0, warn: 0, bad: 0 }
  for await (const finding of examine(args.includes('--key-backed-up'), tools)) {
    counts[finding.level] += 1
    out(findingLine(finding))
  }
  out(`${counts.good} well, ${counts.warn} to know, ${counts.bad} to mend.`)
  return counts.bad > 0 ? 1 : 0
}

async function* examine(keyIsBackedUp: boolean, tools: DoctorTools): AsyncGenerator<Finding> {
  yield nodeFindings(tools.nodeVersion ?? process.versions.node)
  let config: Config
  try {
    config = tools.readConfig()
  } catch (error) {
    if (!(error instanceof ConfigMistake)) throw error
    for (const line of error.lines) yield badFrom(new Error(line))
    return
  }
  yield good('The configuration reads')
  yield* runFindings(config)

  const { findings, fingerprint } = keyFindings(config)
  const embedded = config.databaseUrl === undefined
  const isNew = embedded && !existsSync(join(config.dataDir, 'pg'))
  if (embedded && existsSync(config.dataDir)) yield* directoryFindings(config.dataDir)
  yield* findings
  if (fingerprint) {
    if (keyIsBackedUp) confirmBackup(config.dataDir, fingerprint)
    yield backupFinding(config.dataDir, fingerprint, tools.now())
  }
  let contents: Contents | undefined
  if (isNew && !tools.open)
    yield warn(`No record yet in ${config.dataDir}`, 'the first start makes the database and its key')
  else {
    const looked = await lookInto(config, fingerprint, tools)
    contents = looked.contents
    yield* looked.findings
  }
  if (contents) yield* rosterFindings(config, contents.organisation)
  if (!config.isPractice) yield* platform(config, contents, tools)
  yield pagerFinding(config.pagerWebhook)
}

async function lookInto(
  config: Config,
  fingerprint: string | undefined,
  tools: DoctorTools,
): Promise<{ findings: Finding[]; contents?: Contents | undefined }> {
  const { now, log } = tools
  const open =
    tools.open ??
    ((databaseUrl: string | undefined) => openToLook({ databaseUrl, dataDir: config.dataDir, log }))
  try {
    const looking = await open(config.databaseUrl)
    try {
      const before = now().getTime()
      const inspected = await inspect(looking.db)
      const at = new Date((before + now().getTime()) / 2)
      const migrated = inspected.migrated ?? (await ownersView(config, open))
      const { contents } = inspected
      return {
        findings: [
          ...databaseFindings(config, { inspected, migrated, at }),
          ...(contents ? contentFindings(config, contents, fingerprint) : []),
        ],
        contents,
      }
    } finally {
      await looking.close()
    }
  } catch (error) {
    if (isInUse(error)) return { findings: [await running(config, error)] }
    return { findings: [databaseTrouble(error)] }
  }
}

async function ownersView(config: Config, open: (url: string | undefined) => Promise<Looking>) {
  if (config.migrateDatabaseUrl === undefined) return undefined
  const looking = await open(config.migrateDatabaseUrl)
  try {
    return await migrationsOf(looking.db)
  } finally {
    await looking.close()
  }
}

function databaseTrouble(error: unknown): Finding {
  const message = error instanceof Error ? error.message : 'the database cannot be opened'
  return bad(
    message.replace(/\.$/, ''),
    'see that the database runs, and that DATABASE_URL and MIGRATE_DATABASE_URL are right',
  )
}

/** The embedded record has one opener: what the running process says of itself is all there is. */
async function running(config: Config, error: Error): Promise<Finding> {
  const [holder = 'The data directory is in use'] = error.message.split(' (')
  const says = await fetch(`http://127.0.0.1:${config.healthPort}/healthz`, {
    signal: AbortSignal.timeout(2_000),
  })
    .then(async (answer) => (await answer.json()) as { ok?: boolean; database?: { waiting?: number } })
    .catch(() => undefined)
  const health = says
    ? `; it says it is ${says.ok ? 'well' : 'NOT well'}, ${says.database?.waiting ?? 'an unknown number'} posts waiting`
    : '; its health page does not answer'
  return warn(
    `${holder}${health}`,
    'stop it and run doctor again to look into the record, the roster and the outbox',
  )
}

async function* platform(
  config: Config,
  contents: Contents | undefined,
  { now, log }: DoctorTools,
): AsyncGenerator<Finding> {
  const { botToken = '', appToken, apiUrl } = config.slack
  const check = await checkSlack({ botToken, appToken, apiUrl, now, log })
  yield* platformFindings(config, check, contents?.workspaces ?? [])
  if (!check.port) return
  yield await channelFinding(config.announceChannels.slack, check.port)
  if (contents) yield* await reachFindings(config, contents.organisation, check.port)
}
