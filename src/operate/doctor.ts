/**
 * `wardroom doctor`: every finding as `✓`, `▲` or `✗` with how to mend it; exit 1 when any is `✗`. It posts nothing
 * unless it is asked for a canary, calls no pager, migrates nothing, makes no key, and may run beside a running server.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Seams } from '../chat/teams/wire/identity.ts'
import { type Config, ConfigMistake } from '../config.ts'
import type { Log } from '../log.ts'
import { type Contents, inspect, type Looking, migrationsOf, openToLook } from '../store/inspect.ts'
import { isInUse } from '../store/lock-file.ts'
import { type Asked, readArguments, USAGE } from './doctor/arguments.ts'
import { checkpointKeyInUse, contentFindings, databaseFindings, disposalFinding } from './doctor/database.ts'
import { bad, badFrom, type Finding, findingLine, good, warn } from './doctor/finding.ts'
import { hygieneFindings } from './doctor/hygiene.ts'
import { lawFinding } from './doctor/law.ts'
import {
  backupFinding,
  checkpointKeyFindings,
  confirmBackup,
  directoryFindings,
  keyFindings,
  nodeFindings,
  pagerFinding,
  runFindings,
} from './doctor/machine.ts'
import { rosterFindings } from './doctor/people.ts'
import { type Around, platformsOf, slackFindings, teamsFindings } from './doctor/platforms.ts'
import { remindingFindings } from './doctor/reminding.ts'
import { askHealth } from './doctor/running.ts'
import { tsaFindings } from './doctor/tsa.ts'

export interface DoctorTools {
  readonly readConfig: () => Config
  readonly now: () => Date
  readonly log: Log
  readonly out: (line: string) => void
  readonly nodeVersion?: string
  /** Where tests bring a database of their own. */
  readonly open?: (databaseUrl: string | undefined) => Promise<Looking>
  /** Where tests bring a Microsoft of their own. */
  readonly seams?: Seams
}

export async function doctor(args: readonly string[], tools: DoctorTools): Promise<0 | 1 | 2> {
  const { out } = tools
  const asked = readArguments(args)
  if (typeof asked === 'string') {
    out(asked)
    out(USAGE)
    out('Nothing is posted without --canary.')
    return 2
  }
  const counts = { good: 0, warn: 0, bad: 0 }
  for await (const finding of examine(asked, tools)) {
    counts[finding.level] += 1
    out(findingLine(finding))
  }
  out(`${counts.good} well, ${counts.warn} to know, ${counts.bad} to mend.`)
  return counts.bad > 0 ? 1 : 0
}

async function* examine(asked: Asked, tools: DoctorTools): AsyncGenerator<Finding> {
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
  const checkpointKey = checkpointKeyFindings(config)
  yield* checkpointKey.findings
  if (fingerprint) {
    if (asked.keyIsBackedUp) confirmBackup(config.dataDir, fingerprint)
    yield backupFinding(config.dataDir, fingerprint, tools.now())
  }
  let contents: Contents | undefined
  if (isNew && !tools.open)
    yield warn(`No record yet in ${config.dataDir}`, 'the first start makes the database and its key')
  else {
    const looked = await lookInto(config, fingerprint, tools)
    contents = looked.contents
    yield* looked.findings
    if (contents) yield* checkpointKeyInUse(contents, checkpointKey.fingerprint)
  }
  for (const platform of platformsOf(config))
    if (contents) yield* rosterFindings(config, contents.organisation, platform)
  yield pagerFinding(config.pagerWebhook)
  yield* remindingFindings(config)
  yield lawFinding(config, tools.now())
  yield* await tsaFindings(config, tools.now)
  yield* hygieneFindings(config, platformsOf(config))
  const { now, log, out, seams } = tools
  const around: Around = { config, contents, now, log, out, seams }
  yield* slackFindings(around)
  yield* teamsFindings(around, asked.canary)
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
          ...(await disposalsView(config, open)),
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

async function disposalsView(
  { disposeDatabaseUrl }: Config,
  open: (url: string | undefined) => Promise<Looking>,
) {
  if (disposeDatabaseUrl === undefined) return []
  const looking = await open(disposeDatabaseUrl)
  try {
    const { login } = await inspect(looking.db)
    return login ? [disposalFinding(login)] : []
  } finally {
    await looking.close()
  }
}

function databaseTrouble(error: unknown): Finding {
  const message = error instanceof Error ? error.message : 'the database cannot be opened'
  return bad(
    message.replace(/\.$/, ''),
    'see that the database runs, and that DATABASE_URL, MIGRATE_DATABASE_URL and DISPOSE_DATABASE_URL are right',
  )
}

/** The embedded record has one opener: what the running process says of itself is all there is. */
async function running(config: Config, error: Error): Promise<Finding> {
  const [holder = 'The data directory is in use'] = error.message.split(' (')
  const says = await askHealth(config.healthPort)
  const health = says
    ? `; it says it is ${says.ok ? 'well' : 'NOT well'}, ${says.database?.waiting ?? 'an unknown number'} posts waiting`
    : '; its health page does not answer'
  return warn(
    `${holder}${health}`,
    'stop it and run doctor again to look into the record, the roster and the outbox',
  )
}
