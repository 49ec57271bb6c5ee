/** Wardroom itself, as built, in a process of its own against a workspace that lives in its parent: to be killed at any moment. */
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../dist/config.js'
import { makeLog } from '../dist/log.js'
import { seedRoster } from '../dist/operate/organisation-setup.js'
import { practiceRoster } from '../dist/practice/roster.js'
import { assemble, openRecord } from '../dist/start.js'

/** Longer than anything waits for others to join it. */
const SOON_MS = 3_000

const { apiUrl, botToken, appToken, at, ...env } = JSON.parse(process.argv[2])
// Practice time runs on from where the parent says, faster than real time, so that reminders fall due while it lives.
const started = performance.now()
const begun = Date.parse(at)
const now = () => new Date(begun + (performance.now() - started) * 600)

const config = readConfig({ ORG_ZONE: 'America/New_York', ...env })
const log = makeLog('error', { write: (line) => process.stderr.write(line) })
const opened = await openRecord(config, log, now)
await assemble(
  config,
  log,
  opened,
  { slack: { apiUrl, botToken, appToken } },
  {
    now,
    realNow: () => new Date(),
    isPractice: true,
  },
)
await seedRoster(opened.store, practiceRoster, now())
// Asked for by its parent: says so once nothing is being delivered, and nothing is about to be.
process.on('SIGUSR2', async () => {
  for (let still = 0; still < 3; still += 1) {
    await sleep(100)
    if ((await opened.store.outbox.underWay(SOON_MS)) > 0) still = -1
  }
  process.stdout.write('still\n')
})
process.stdout.write('up\n')
