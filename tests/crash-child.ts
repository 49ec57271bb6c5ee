/** Wardroom itself in a process of its own, against a workspace that lives in its parent: to be killed at any moment. */
import { readConfig } from '../src/config.ts'
import { makeLog } from '../src/log.ts'
import { seedRoster } from '../src/operate/organisation-setup.ts'
import { practiceRoster } from '../src/practice/roster.ts'
import { assemble, openRecord } from '../src/start.ts'

const { apiUrl, botToken, appToken, at, ...env } = JSON.parse(process.argv[2]!) as Record<string, string>
// Practice time runs on from where the parent says, faster than real time, so that reminders fall due while it lives.
const started = performance.now()
const begun = Date.parse(at!)
const now = () => new Date(begun + (performance.now() - started) * 600)

const config = readConfig({ ORG_ZONE: 'America/New_York', ...env })
const log = makeLog('error', { write: (line) => process.stderr.write(line) })
const opened = await openRecord(config, log, now)
await assemble(
  config,
  log,
  opened,
  { slack: { apiUrl, botToken: botToken!, appToken } },
  {
    now,
    realNow: () => new Date(),
    isPractice: true,
  },
)
await seedRoster(opened.store, practiceRoster, now())
process.stdout.write('up\n')
