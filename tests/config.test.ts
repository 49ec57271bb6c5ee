/** The environment → configuration: each mistake has one line, which begins with its variable. */
import { expect, test } from 'vitest'
import { ConfigMistake, readConfig } from '../src/config.ts'
import { defaultReminding } from '../src/domain/reminding.ts'

const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', ORG_ZONE: 'America/Chicago' }

const TEAMS = {
  TEAMS_APP_ID: '11111111-2222-3333-4444-555555555555',
  TEAMS_APP_PASSWORD: 'secret',
  TEAMS_TENANT_ID: 'AAAAAAAA-2222-3333-4444-555555555555',
  TEAMS_TEAM_ID: 'bbbbbbbb-2222-3333-4444-555555555555',
  ORG_ZONE: 'America/Chicago',
}
const without = (name: keyof typeof TEAMS) => ({ ...TEAMS, [name]: '' })

function mistakes(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigMistake) return error.lines
    throw error
  }
}

test.each<[string, Record<string, string>, RegExp]>([
  ['a log level nobody knows', { LOG_LEVEL: 'loud' }, /^LOG_LEVEL: /],
  ['a database that is not Postgres', { DATABASE_URL: 'mysql://h/d' }, /^DATABASE_URL: /],
  ['an owner’s login that is no address', { MIGRATE_DATABASE_URL: 'owner' }, /^MIGRATE_DATABASE_URL: /],
  ['a user token for a bot token', { ...SLACK, SLACK_BOT_TOKEN: 'xoxp-1' }, /^SLACK_BOT_TOKEN: .*xoxb-/],
  ['a bot token for an app token', { ...SLACK, SLACK_APP_TOKEN: 'xoxb-1' }, /^SLACK_APP_TOKEN: .*xapp-/],
  ['a signing secret too short to be one', { SLACK_SIGNING_SECRET: 'short' }, /^SLACK_SIGNING_SECRET: /],
  ['an API address that is none', { SLACK_API_URL: 'slack' }, /^SLACK_API_URL: /],
  [
    'a bot token without a way to hear events',
    { SLACK_BOT_TOKEN: 'xoxb-1', ORG_ZONE: 'UTC' },
    /^SLACK_APP_TOKEN: /,
  ],
  ['Slack without a zone', { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }, /^ORG_ZONE: /],
  ['a zone that does not exist', { ORG_ZONE: 'America/Gotham' }, /^ORG_ZONE: /],
  ['a zone that is only an offset', { ORG_ZONE: '+05:00' }, /^ORG_ZONE: /],
  ['a command with its slash', { COMMAND: '/incident' }, /^COMMAND: /],
  ['a command that belongs to Slack', { COMMAND: 'remind' }, /^COMMAND: .*belongs to Slack/],
  ['an alias that belongs to Slack', { COMMAND_ALIAS: 'who' }, /^COMMAND_ALIAS: .*belongs to Slack/],
  ['an alias that is the command again', { COMMAND_ALIAS: 'incident' }, /^COMMAND_ALIAS: /],
  ['an alias with a space', { COMMAND_ALIAS: 'in c' }, /^COMMAND_ALIAS: /],
  ['a port that is no port', { HEALTH_PORT: '70000' }, /^HEALTH_PORT: /],
  ['a port in words', { PRACTICE_PORT: 'any' }, /^PRACTICE_PORT: /],
  ['an entity nobody knows', { ORG_ENTITY: 'hospital' }, /^ORG_ENTITY: /],
  ['a target after the law’s last day', { TARGET_DAYS: '61' }, /^TARGET_DAYS: /],
  ['a regime that begins no clock', { ORG_REGIMES: 'state, circia' }, /^ORG_REGIMES: circia begins no clock/],
  ['a holiday that is no date', { ORG_HOLIDAYS: '2026-07-04, July 5' }, /^ORG_HOLIDAYS: July 5/],
  ['a holiday on a day that does not exist', { ORG_HOLIDAYS: '2026-02-30' }, /^ORG_HOLIDAYS: 2026-02-30/],
  ['a managers’ channel by name', { MANAGERS_CHANNEL: '#managers' }, /^MANAGERS_CHANNEL: .*id/],
  ['an announcement channel by name', { ANNOUNCE_CHANNEL: '#general' }, /^ANNOUNCE_CHANNEL: .*id/],
  ['an administrator by name', { WARDROOM_ADMINS: 'U0DANAREYES, dana' }, /^WARDROOM_ADMINS: dana/],
  ['a pager that is no web address', { PAGER_WEBHOOK_URL: 'ftp://pager' }, /^PAGER_WEBHOOK_URL: /],
  ['an authority that is no web address', { TSA_URL: 'tsa.example' }, /^TSA_URL: /],
  ['an authority with a password', { TSA_URL: 'https://me:secret@tsa.example' }, /^TSA_URL: without/],
  ['roots of no authority', { TSA_CA_FILE: 'roots.pem' }, /^TSA_CA_FILE: /],
  ['files kept in a way nobody knows', { CAPTURE_FILES: 'all' }, /^CAPTURE_FILES: /],
  ['files limited below a megabyte', { CAPTURE_MAX_MB: '0.5' }, /^CAPTURE_MAX_MB: /],
  ['a target of no rule', { TARGET_DAYS_BY_RULE: 'mars=20' }, /^TARGET_DAYS_BY_RULE: mars begins no clock/],
  ['a target without days', { TARGET_DAYS_BY_RULE: 'state' }, /^TARGET_DAYS_BY_RULE: state is no beginning/],
  ['a target after every law', { TARGET_DAYS_BY_RULE: 'state=61' }, /^TARGET_DAYS_BY_RULE: state: 1 to 60/],
  ['quiet hours in words', { QUIET_HOURS: 'at night' }, /^QUIET_HOURS: two times of day/],
  ['quiet hours past midnight o’clock', { QUIET_HOURS: '22:00-24:00' }, /^QUIET_HOURS: two times of day/],
  ['quiet hours of no length', { QUIET_HOURS: '07:00-07:00' }, /^QUIET_HOURS: .*off for none/],
  ['a morning that is quiet', { QUIET_HOURS: '22:00-08:30' }, /^QUIET_HOURS: covers 08:00/],
  ['two waits for three people', { ESCALATE_AFTER: '24,48' }, /^ESCALATE_AFTER: three numbers/],
  ['the sponsor before the commander', { ESCALATE_AFTER: '24,72,48' }, /^ESCALATE_AFTER: .*each more/],
  ['two people at once', { ESCALATE_AFTER_HOURLY: '1,1,2' }, /^ESCALATE_AFTER_HOURLY: .*each more/],
  ['no wait at all', { ESCALATE_AFTER_URGENT: '0,4,8' }, /^ESCALATE_AFTER_URGENT: /],
  [
    'a wait longer than the last days',
    { ESCALATE_AFTER_URGENT: '4,8,48' },
    /^ESCALATE_AFTER_URGENT: .*over 24/,
  ],
  ['practice in production', { NODE_ENV: 'production' }, /^SLACK_BOT_TOKEN, .*NODE_ENV=production/],
  [
    'Teams without its app',
    { ...without('TEAMS_APP_ID'), TEAMS_APP_PASSWORD: '' },
    /^TEAMS_APP_ID: .*TEAMS_TENANT_ID, TEAMS_TEAM_ID/,
  ],
  ['Teams without its tenant', without('TEAMS_TENANT_ID'), /^TEAMS_TENANT_ID: /],
  ['Teams without the team of the rooms', without('TEAMS_TEAM_ID'), /^TEAMS_TEAM_ID: /],
  ['Teams without a secret', without('TEAMS_APP_PASSWORD'), /^TEAMS_APP_PASSWORD: /],
  ['Teams without a zone', without('ORG_ZONE'), /^ORG_ZONE: /],
  ['an app of many tenants', { ...TEAMS, TEAMS_APP_TYPE: 'MultiTenant' }, /^TEAMS_APP_TYPE: MultiTenant/],
  [
    'a secret for a managed identity',
    { ...TEAMS, TEAMS_APP_TYPE: 'UserAssignedMSI' },
    /^TEAMS_APP_PASSWORD: /,
  ],
  ['an app id that is none', { ...TEAMS, TEAMS_APP_ID: 'wardroom' }, /^TEAMS_APP_ID: .*Entra id/],
  ['another team by name', { ...TEAMS, TEAMS_OTHER_TEAMS: 'Hospital' }, /^TEAMS_OTHER_TEAMS: Hospital/],
  [
    'a managers’ channel on Teams by name',
    { ...TEAMS, TEAMS_MANAGERS_CHANNEL: 'Managers' },
    /^TEAMS_MANAGERS_CHANNEL: /,
  ],
  ['a Teams channel by name', { ...TEAMS, TEAMS_ANNOUNCE_CHANNEL: 'General' }, /^TEAMS_ANNOUNCE_CHANNEL: /],
  ['an address of Graph that is none', { ...TEAMS, TEAMS_GRAPH_URL: 'graph' }, /^TEAMS_GRAPH_URL: /],
  [
    'nobody checked, together with an app',
    { ...TEAMS, TEAMS_ANONYMOUS: 'yes' },
    /^TEAMS_ANONYMOUS: not together/,
  ],
  [
    'tokens sent in the clear',
    { ...TEAMS, TEAMS_GRAPH_URL: 'http://graph.example/v1.0' },
    /^TEAMS_GRAPH_URL: https; plain http would show/,
  ],
  [
    'nobody checked, in production',
    { TEAMS_ANONYMOUS: 'yes', NODE_ENV: 'production', ORG_ZONE: 'UTC' },
    /^TEAMS_ANONYMOUS: .*refused in production/,
  ],
  [
    'nobody checked, open to others',
    { TEAMS_ANONYMOUS: 'yes', TEAMS_HTTP_HOST: '0.0.0.0', ORG_ZONE: 'UTC' },
    /^TEAMS_ANONYMOUS: .*loopback/,
  ],
])('%s is one mistake', (_, env, line) => {
  const found = mistakes(env)
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(line)
  expect(found[0]).not.toMatch(/xox.-1|xapp-1/)
})

test('all mistakes are told at once', () => {
  const named = mistakes({ LOG_LEVEL: 'loud', COMMAND: '/x', TARGET_DAYS: 'soon' }).map(
    (line) => line.split(':')[0],
  )
  expect(named.sort()).toEqual(['COMMAND', 'LOG_LEVEL', 'TARGET_DAYS'])
})

test('an empty environment practises', () => {
  expect(readConfig({})).toMatchObject({
    isPractice: true,
    databaseUrl: undefined,
    dataDir: 'data',
    commands: ['incident', 'inc'],
    targetDays: 45,
    captureFiles: 'bytes',
    healthPort: 3979,
    practicePort: 3978,
  })
})

test('targets by rule are those given', () => {
  const { targets } = readConfig({ TARGET_DAYS_BY_RULE: 'state=20, hipaa.media=40' })
  expect(targets).toEqual({ state: 20, 'hipaa.media': 40 })
  expect(readConfig({}).targets).toEqual({})
})

test('quiet hours and waits are those given', () => {
  const given = readConfig({
    QUIET_HOURS: '22:30 - 6:15',
    ESCALATE_AFTER: '12, 24, 36',
    ESCALATE_AFTER_HOURLY: '0.5,1,1.5',
  })
  expect(given.reminding).toEqual({
    quiet: { from: { hour: 22, minute: 30 }, to: { hour: 6, minute: 15 } },
    escalation: [
      { step: 1, to: 'deputy', afterHours: 12, afterHoursUrgent: 4, afterHoursByHour: 0.5 },
      { step: 2, to: 'commander', afterHours: 24, afterHoursUrgent: 8, afterHoursByHour: 1 },
      { step: 3, to: 'sponsor', afterHours: 36, afterHoursUrgent: 12, afterHoursByHour: 1.5 },
    ],
  })
  const soon = readConfig({ ESCALATE_AFTER: '1,6,20' }).reminding.escalation
  expect(soon.map(({ afterHoursUrgent }) => afterHoursUrgent)).toEqual([1, 6, 12])
  expect(readConfig({ QUIET_HOURS: 'off' }).reminding.quiet).toBeNull()
  expect(readConfig({}).reminding).toEqual(defaultReminding)
})

test('empty variables count as unset, and no alias is one word', () => {
  expect(readConfig({ NODE_ENV: '', SLACK_BOT_TOKEN: '', DATABASE_URL: '' }).isPractice).toBe(true)
  expect(readConfig({ COMMAND: 'ward', COMMAND_ALIAS: 'none' }).commands).toEqual(['ward'])
})

test('Slack over Socket Mode or over HTTP, in production', () => {
  expect(readConfig({ ...SLACK, NODE_ENV: 'production' })).toMatchObject({
    isPractice: false,
    zone: 'America/Chicago',
  })
  const http = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: '0123456789abcdef', ORG_ZONE: 'UTC' }
  expect(readConfig(http).slack).toMatchObject({ appToken: undefined, httpPort: 3000, httpHost: '127.0.0.1' })
})

test('Teams alone is no practice, and both platforms may be named; ids are compared in small letters', () => {
  const teams = readConfig(TEAMS)
  expect(teams).toMatchObject({ isPractice: false, teams: { httpHost: '127.0.0.1', httpPort: 3980 } })
  expect(teams.teams?.identity.tenant).toBe('aaaaaaaa-2222-3333-4444-555555555555')
  expect(readConfig({ ...SLACK, ...TEAMS })).toMatchObject({ slack: { botToken: 'xoxb-1' }, teams: {} })
  expect(readConfig(SLACK).teams).toBeUndefined()
  const admins = readConfig({ ...TEAMS, WARDROOM_ADMINS: TEAMS.TEAMS_TENANT_ID }).admins
  expect(admins).toEqual(['aaaaaaaa-2222-3333-4444-555555555555'])
})
