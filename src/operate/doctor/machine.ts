/** This machine: Node, how it runs, the data directory, the record key and whether that key is backed up, the pager. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../config.ts'
import { checkpointKeyFileIn, loadCheckpointKey } from '../../store/checkpoint-key.ts'
import { syncDirectory } from '../../store/durable-fs.ts'
import { loadKeys } from '../../store/keys.ts'
import { bad, badFrom, type Finding, good, length, warn } from './finding.ts'

const NODE_AT_LEAST = [20, 19] as const
const CONFIRM_AGAIN_SECONDS = 180 * 86_400

export function nodeFindings(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isOld = major < NODE_AT_LEAST[0] || (major === NODE_AT_LEAST[0] && minor < NODE_AT_LEAST[1])
  return isOld
    ? bad(`Node ${version} is too old`, `install Node ${NODE_AT_LEAST.join('.')} or later`)
    : good(`Node ${version}`)
}

export function runFindings(config: Config): Finding[] {
  const findings: Finding[] = []
  if (config.isPractice)
    findings.push(
      warn(
        'Practice: no platform is configured, nothing here is real',
        'set SLACK_BOT_TOKEN, SLACK_APP_TOKEN and ORG_ZONE when you connect Slack, TEAMS_APP_ID and what goes with it for Teams (README)',
      ),
    )
  else if (config.nodeEnv !== 'production')
    findings.push(
      warn(
        `NODE_ENV is ${config.nodeEnv ?? 'not set'}`,
        'set NODE_ENV=production: a start without its token is then refused rather than practised',
      ),
    )
  else findings.push(good('NODE_ENV is production'))
  if (config.logLevel === 'silent' || config.logLevel === 'fatal')
    findings.push(warn(`LOG_LEVEL is ${config.logLevel}: faults leave no trace`, 'set LOG_LEVEL=info'))
  else findings.push(good(`LOG_LEVEL is ${config.logLevel}; logs hold ids and codes only`))
  return findings
}

/** The directory itself: private, and on a file system that syncs. */
export function directoryFindings(dataDir: string): Finding[] {
  const mode = privateMode(dataDir)
  const findings = [
    mode === undefined
      ? good(`Data directory ${dataDir} is its owner’s alone`)
      : warn(`Data directory ${dataDir} can be read by others (mode ${mode})`, `chmod 700 ${dataDir}`),
  ]
  try {
    const probe = mkdtempSync(join(dataDir, 'doctor-'))
    try {
      const descriptor = openSync(join(probe, 'sync'), 'w', 0o600)
      try {
        fsyncSync(descriptor)
      } finally {
        closeSync(descriptor)
      }
      syncDirectory(probe)
      syncDirectory(dataDir)
    } finally {
      rmSync(probe, { recursive: true, force: true })
    }
    findings.push(good('Files and directories there can be synced to disk'))
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    findings.push(
      bad(
        `Data directory ${dataDir} cannot be written and synced (${code})`,
        'use a local disk that this account may write to, or set DATABASE_URL',
      ),
    )
  }
  return findings
}

function privateMode(path: string): string | undefined {
  const mode = statSync(path).mode & 0o777
  return process.platform !== 'win32' && (mode & 0o077) !== 0 ? mode.toString(8) : undefined
}

/** The key's fingerprint, without making a key: that is the first start's business. */
export function keyFindings(config: Config): { findings: Finding[]; fingerprint: string | undefined } {
  const embedded = config.databaseUrl === undefined
  const given = config.recordKey !== undefined || config.recordKeyFile !== undefined
  const made = existsSync(join(config.dataDir, 'keys', 'kek.key'))
  if (embedded && !given && !made && !existsSync(join(config.dataDir, 'pg')))
    return { findings: [], fingerprint: undefined }
  try {
    const { fingerprint } = loadKeys({
      dataDir: embedded ? config.dataDir : undefined,
      recordKey: config.recordKey,
      recordKeyFile: config.recordKeyFile,
    })
    return { findings: [good(`Record key ${fingerprint}`)], fingerprint }
  } catch (error) {
    return { findings: [badFrom(error)], fingerprint: undefined }
  }
}

/** The checkpoint key, without making it. */
export function checkpointKeyFindings(config: Config): {
  findings: Finding[]
  fingerprint: string | undefined
} {
  const embedded = config.databaseUrl === undefined
  const isGiven = config.checkpointKey !== undefined || config.checkpointKeyFile !== undefined
  if (embedded && !isGiven && !existsSync(checkpointKeyFileIn(config.dataDir)))
    return { findings: [], fingerprint: undefined }
  try {
    const { fingerprint } = loadCheckpointKey({
      dataDir: embedded ? config.dataDir : undefined,
      checkpointKey: config.checkpointKey,
      checkpointKeyFile: config.checkpointKeyFile,
    })
    return { findings: [good(`Checkpoint key ${fingerprint}`)], fingerprint }
  } catch (error) {
    return { findings: [badFrom(error)], fingerprint: undefined }
  }
}

const confirmation = (dataDir: string) => join(dataDir, 'keys.backup-confirmed')

/** A lost record key is a lost record, so somebody must say from time to time that the copy still exists. */
export function backupFinding(dataDir: string, fingerprint: string, now: Date): Finding {
  const fix =
    'copy the key to a safe place apart from the database’s backup, then run wardroom doctor --key-backed-up'
  const file = confirmation(dataDir)
  if (!existsSync(file)) return warn('Nobody has confirmed that the record key is backed up', fix)
  if (readFileSync(file, 'utf8').trim() !== fingerprint)
    return warn('The backup that was confirmed is of another record key', fix)
  const seconds = (now.getTime() - statSync(file).mtimeMs) / 1000
  if (seconds > CONFIRM_AGAIN_SECONDS)
    return warn(
      `The record key’s backup was confirmed ${length(seconds)} ago`,
      `look that it is there; ${fix}`,
    )
  return good(`The record key’s backup was confirmed ${length(Math.max(0, seconds))} ago`)
}

export function confirmBackup(dataDir: string, fingerprint: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  writeFileSync(confirmation(dataDir), `${fingerprint}\n`, { mode: 0o600 })
}

export function pagerFinding(url: string | undefined): Finding {
  if (!url) return good('No pager (PAGER_WEBHOOK_URL is not set)')
  const { host, protocol } = new URL(url)
  return protocol === 'https:'
    ? good(`Pager webhook at ${host}; doctor does not call it`)
    : warn(`Pager webhook at ${host} is not encrypted`, 'use an https address; doctor does not call it')
}
