#!/usr/bin/env node
/** The command line: start (default) · verify · checkpoint-key · clocks · doctor · demo · manifest · help. The composition root. */
import { readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { writeManifests } from './chat/slack/manifest.ts'
import { manifestText, NO_APP_ID } from './chat/teams/app/manifest.ts'
import { writePackage } from './chat/teams/app/package.ts'
import { manifestRows, verbRows } from './commands/manifest-rows.ts'
import { readConfig } from './config.ts'
import { demo } from './demo/demo.ts'
import { runClocks } from './domain/clocks-command.ts'
import { platformName } from './domain/platforms.ts'
import { makeLog } from './log.ts'
import { runCheckpointKey } from './operate/checkpoint-key-command.ts'
import { dispose, disposing, readDisposeArguments } from './operate/dispose-command.ts'
import { hygieneLines } from './operate/doctor/hygiene.ts'
import { doctor } from './operate/doctor.ts'
import { serveHealth } from './operate/health.ts'
import { recordVerification } from './operate/record-verification.ts'
import { readVerifyArguments, verifyBundleFile, witnessesIn } from './operate/verify-bundle-command.ts'
import { verifyRecord } from './operate/verify-command.ts'
import { whyNot } from './operate/why-not.ts'
import { openRecord, startWardroom } from './start.ts'

const now = () => new Date()
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string
}
const out = (line: string) => process.stdout.write(`${line}\n`)
const fail = (line: string) => process.stderr.write(`${line}\n`)

const USAGE = `wardroom                    start: practice on this machine, or Slack and Teams once they are configured
wardroom verify             check every chain, checkpoint, everything sealed and every stored state
wardroom verify <bundle.zip | folder>
                            check an exported bundle, on any machine, with no database, network or configuration
                            (--witness <file>: and compare with a checkpoint copied out of the chat; also without a bundle)
wardroom checkpoint-key rotate <file>
                            let another Ed25519 key sign checkpoints from now on, signed over by the present one
wardroom dispose [<number>] what is due for disposal; with a number, carry out what two people approved in chat
                            (--request <entry>: print what an outside signer signs; --signed-by <file>: their signature)
wardroom clocks <file|->    compute the clocks of a facts object, as JSON
wardroom doctor             check configuration, database, keys, platforms; each finding with its fix
                            (--key-backed-up: note that the record key's copy was looked at today;
                            --canary: post, edit and delete a message on Teams, and say what of it arrived;
                            without that, nothing is posted)
wardroom demo [scenario]    run a whole incident from a transcript, and print what people see
wardroom manifest           write the manifests of both platforms from the command table
wardroom teams-package <app.zip>
                            write the Teams app package for TEAMS_APP_ID, ready for upload`

async function start(): Promise<number | undefined> {
  const config = readConfig()
  const log = makeLog(config.logLevel)
  const running = await startWardroom(config, log, now)
  const health = await serveHealth(config.healthPort, () => running)
  if (running.practiceUrl) {
    out(`Practice workspace — nothing here is real: ${running.practiceUrl}`)
    out(`Type ${running.delivering.wordOn('slack')} my laptop was stolen`)
  } else {
    const on = running.chats.map(({ platform }) => platformName(platform)).join(' and ')
    out(`Wardroom serves ${on}. Health: http://127.0.0.1:${health.port}/healthz`)
    for (const line of hygieneLines(
      config,
      running.chats.map(({ platform }) => platform),
    ))
      out(line)
  }
  let stopping = false
  const stop = (why: string, code: number) => {
    if (stopping) return
    stopping = true
    log.info({ why }, 'stopping')
    // A stop that hangs must not keep a supervisor waiting: what was not acknowledged will be brought again.
    setTimeout(() => process.exit(code || 1), 20_000).unref()
    void health.close()
    running.stop().then(
      () => process.exit(code),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', () => stop('SIGTERM', 0))
  process.on('SIGINT', () => stop('SIGINT', 0))
  process.on('unhandledRejection', (error) => {
    log.fatal({ err: error }, 'unhandled rejection')
    stop('unhandled rejection', 1)
  })
  return undefined
}

async function verify(args: readonly string[]): Promise<number> {
  const asked = readVerifyArguments(args)
  if (!asked) {
    fail('Usage: wardroom verify [<bundle.zip | folder>] [--witness <copied post>]')
    return 2
  }
  if (asked.bundle !== undefined) return verifyBundleFile(asked.bundle, asked.witness, { out, fail })
  const witnesses = await witnessesIn(asked.witness, fail)
  if (!witnesses) return 2
  const config = readConfig()
  const log = makeLog('silent')
  const { store, checkpointKey } = await openRecord(config, log, now)
  try {
    return await verifyRecord(store, out, {
      checkpointKey: checkpointKey.fingerprint,
      witnesses,
      onDone: (verification) => recordVerification(store, verification, now(), fail),
    })
  } finally {
    await store.close()
  }
}

async function checkpointKey(args: readonly string[]): Promise<number> {
  return runCheckpointKey(args, { config: readConfig, log: makeLog('silent'), now, out, fail })
}

async function disposeContent(args: readonly string[]): Promise<number> {
  const asked = readDisposeArguments(args)
  if (!asked) {
    fail('Usage: wardroom dispose [<inc-2026-0007> [--request <entry> | --signed-by <file>]]')
    return 2
  }
  const { store } = await openRecord(disposing(readConfig()), makeLog('silent'), now)
  try {
    return await dispose(asked, { store, now, out, fail })
  } finally {
    await store.close()
  }
}

async function clocks([file, ...more]: readonly string[]): Promise<number> {
  if (!file || more.length > 0) {
    fail('Usage: wardroom clocks <facts.json | ->')
    return 2
  }
  const input =
    file === '-' ? await readAll(process.stdin) : await readFile(file, 'utf8').catch(() => undefined)
  if (input === undefined) {
    fail(`${file} cannot be read.`)
    return 2
  }
  const result = runClocks(input)
  if (result.out) process.stdout.write(result.out.endsWith('\n') ? result.out : `${result.out}\n`)
  if (result.err) process.stderr.write(result.err.endsWith('\n') ? result.err : `${result.err}\n`)
  return result.exit
}

async function readAll(stream: AsyncIterable<Buffer | string>): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(Buffer.from(part))
  return Buffer.concat(parts).toString('utf8')
}

async function manifest(): Promise<number> {
  await writeManifests(manifestRows(readConfig().commands))
  await writeFile('manifest/teams/manifest.json', manifestText(teamsInput(NO_APP_ID)))
  out('Written: manifest/slack-socket.json, manifest/slack-http.json and manifest/teams/manifest.json')
  return 0
}

const teamsInput = (appId: string) => ({ appId, version, verbs: verbRows() })

async function teamsPackage([file]: readonly string[]): Promise<number> {
  const { teams } = readConfig()
  if (!file || !teams || teams.anonymous) {
    fail(
      file
        ? 'TEAMS_APP_ID: set it to the app registration’s id first'
        : 'Usage: wardroom teams-package <app.zip>',
    )
    return 2
  }
  await writePackage(teamsInput(teams.identity.appId), new URL('../manifest/teams/', import.meta.url), file)
  out(`Written: ${file}. Upload it in the Teams admin center or under Apps → Manage your apps.`)
  return 0
}

const verbs: Readonly<Record<string, (args: readonly string[]) => Promise<number | undefined>>> = {
  start,
  verify,
  'checkpoint-key': checkpointKey,
  dispose: disposeContent,
  clocks,
  manifest,
  'teams-package': teamsPackage,
  demo: (args) => demo(args, now, out, fail),
  doctor: (args) => doctor(args, { readConfig, now, log: makeLog('silent'), out }),
  async help() {
    out(USAGE)
    return 0
  },
}

const [verb = 'start', ...args] = process.argv.slice(2)
const run = verbs[verb.replace(/^--?/, '')]
if (!run) {
  fail(`There is no command "${verb}".\n${USAGE}`)
  process.exitCode = 2
} else
  run(args).then(
    (code) => {
      if (code !== undefined) process.exitCode = code
    },
    (error: unknown) => {
      for (const line of whyNot(error)) fail(line)
      process.exit(1)
    },
  )
