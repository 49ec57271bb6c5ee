/** The README says what is so: its tables are those of the program. `WRITE_README=1` writes the table of commands again. */
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { commands } from '../src/commands/index.ts'
import { readConfig, variables } from '../src/config.ts'

const file = new URL('../README.md', import.meta.url)
const readme = () => readFileSync(file, 'utf8')
const between = (name: string) =>
  new RegExp(`(?<=<!-- ${name} -->\n)[\\s\\S]+?(?=\n<!-- /${name} -->)`).exec(readme())?.[0]
const timeWords = ({ hour, minute }: { hour: number; minute: number }) =>
  [hour, minute].map((each) => String(each).padStart(2, '0')).join(':')
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')

test('the table of commands is the program’s', () => {
  const rows = commands.map(
    ({ usage, summary, who }) => `| \`${usage.replaceAll('|', '\\|')}\` | ${cell(summary)} | ${cell(who)} |`,
  )
  const table = ['| Type | What it does | Who may |', '|---|---|---|', ...rows].join('\n')
  if (process.env.WRITE_README)
    writeFileSync(
      file,
      readme().replace(between('commands')!, () => table),
    )
  expect(
    between('commands'),
    'WRITE_README=1 npx vitest run --config tests/vitest.config.ts tests/readme.test.ts',
  ).toBe(table)
})

test('the table of the configuration has every variable, and no other', () => {
  const named = [...(between('configuration') ?? '').matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name)
  expect(named.sort()).toEqual([...variables].sort())
})

test('the defaults it names are the program’s', () => {
  const defaults = Object.fromEntries(
    [...(between('configuration') ?? '').matchAll(/^\| `([A-Z_]+)` \| `([^`]+)` \|/gm)].map(
      ([, name, value]) => [name, value],
    ),
  )
  const {
    logLevel,
    dataDir,
    slack,
    commands,
    entityType,
    targetDays,
    reminding,
    captureFiles,
    captureMaxBytes,
    hygiene,
    healthPort,
    practicePort,
  } = readConfig({})
  const { teams } = readConfig({ TEAMS_ANONYMOUS: 'yes', ORG_ZONE: 'UTC' })
  expect(defaults).toEqual({
    LOG_LEVEL: logLevel,
    QUIET_HOURS: [reminding.quiet!.from, reminding.quiet!.to].map(timeWords).join('-'),
    ESCALATE_AFTER: reminding.escalation.map((step) => step.afterHours).join(),
    ESCALATE_AFTER_URGENT: reminding.escalation.map((step) => step.afterHoursUrgent).join(),
    ESCALATE_AFTER_HOURLY: reminding.escalation.map((step) => step.afterHoursByHour).join(),
    DATA_DIR: dataDir,
    SLACK_HTTP_PORT: String(slack.httpPort),
    SLACK_HTTP_HOST: slack.httpHost,
    TEAMS_APP_TYPE: teams?.identity.appType,
    TEAMS_HTTP_PORT: String(teams?.httpPort),
    TEAMS_HTTP_HOST: teams?.httpHost,
    TEAMS_ANONYMOUS: readConfig({}).teams === undefined ? 'no' : 'yes',
    COMMAND: commands[0],
    COMMAND_ALIAS: commands[1],
    ORG_ENTITY: entityType,
    TARGET_DAYS: String(targetDays),
    CAPTURE_FILES: captureFiles,
    CAPTURE_MAX_MB: String(captureMaxBytes / 1024 / 1024),
    PHI_NUDGE: hygiene.wanted,
    SLACK_BAA: hygiene.underBaa.includes('slack') ? 'yes' : 'no',
    TEAMS_BAA: hygiene.underBaa.includes('teams') ? 'yes' : 'no',
    HEALTH_PORT: String(healthPort),
    PRACTICE_PORT: String(practicePort),
  })
})

test('every dependency has a line that says why', () => {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  ) as Record<string, Record<string, string>>
  const named = [...(between('dependencies') ?? '').matchAll(/`([@\w./-]+)`/g)].map(([, name]) => name)
  expect(named.sort()).toEqual([...Object.keys(dependencies!), ...Object.keys(devDependencies!)].sort())
})
