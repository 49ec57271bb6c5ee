/**
 * `wardroom demo [scenario] [--slow]`: plays a scenario in memory and prints what every person sees. Exit 1 when a line
 * does not come true. Scenarios are files of the package, so it runs from dist/ as from src/.
 */
import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { makeLog } from '../log.ts'
import { openDatabase } from '../store/db.ts'
import { openingTime, organisationOf, play } from './play.ts'
import { printer } from './print.ts'
import { readScript, ScenarioFailure } from './script.ts'
import { raiseSlackStage } from './slack-world/stage.ts'
import { handClock } from './stage.ts'

const folder = new URL('../../tests/scenarios/', import.meta.url)
const FIRST = 'lost-laptop'
const SLOW_MS = 2500

type Out = (line: string) => void

export async function demo(
  args: readonly string[],
  realNow: () => Date,
  out: Out,
  fail: Out,
): Promise<number> {
  const [name = FIRST] = args.filter((arg) => !arg.startsWith('-'))
  const known = (await readdir(folder)).flatMap((file) => (file.endsWith('.txt') ? [file.slice(0, -4)] : []))
  if (!known.includes(name)) {
    fail(`There is no scenario "${name.slice(0, 40)}". There are: ${known.join(', ')}`)
    return 2
  }
  const file = fileURLToPath(new URL(`${name}.txt`, folder))
  const script = readScript(`${name}.txt`, await readFile(file, 'utf8'))
  const slow = args.includes('--slow')
  const errors: string[] = []
  const log = makeLog('error', { write: (line) => errors.push(line) })
  const stage = await raiseSlackStage({
    clock: handClock(openingTime(script)),
    database: await openDatabase({ memory: true, log }),
    recordKey: randomBytes(32).toString('base64'),
    log,
    realNow,
    env: organisationOf(script),
  })
  out('Practice: nothing here is real. The bot is; it speaks to a Slack on this machine.')
  try {
    const held = await play(script, stage, errors, printer({ out, pause: () => wait(slow ? SLOW_MS : 0) }))
    out(`\n${held} expectations held. The record is whole.`)
    return 0
  } catch (error) {
    if (!(error instanceof ScenarioFailure)) throw error
    fail(`\n${error.message}`)
    return 1
  } finally {
    await stage.close()
  }
}
