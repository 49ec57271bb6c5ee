/** `wardroom doctor` against the practice workspace and a database: each broken set-up has its finding and its fix. */
import { chmodSync, existsSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { ChatError, type ChatPort, type Person } from '../src/chat/port.ts'
import { slackManifest } from '../src/chat/slack/manifest.ts'
import { readConfig } from '../src/config.ts'
import { emptyOrganisation } from '../src/domain/organisation.ts'
import { makeLog } from '../src/log.ts'
import { checkpointKeyInUse, disposalFinding, loginFindings } from '../src/operate/doctor/database.ts'
import { findingLine } from '../src/operate/doctor/finding.ts'
import { lawFinding } from '../src/operate/doctor/law.ts'
import { backupFinding, directoryFindings, keyFindings } from '../src/operate/doctor/machine.ts'
import { reachFindings } from '../src/operate/doctor/people.ts'
import { remindingFindings } from '../src/operate/doctor/reminding.ts'
import { channelFinding } from '../src/operate/doctor/slack.ts'
import { tsaFindings } from '../src/operate/doctor/tsa.ts'
import { doctor } from '../src/operate/doctor.ts'
import { organisationFacts, recordOrganisation, seedRoster } from '../src/operate/organisation-setup.ts'
import { SYSTEM } from '../src/pipeline/commit.ts'
import { practiceRoster } from '../src/practice/roster.ts'
import { type Practice, startPractice } from '../src/practice/server.ts'
import { newCheckpointKeyText, readCheckpointKey } from '../src/store/checkpoint-key.ts'
import { useCheckpointKey } from '../src/store/checkpoint-keyring.ts'
import type { Looking } from '../src/store/inspect.ts'
import { loadKeys } from '../src/store/keys.ts'
import { openStore } from '../src/store/store.ts'
import { runBinary, temporaryFolder } from './support/binary.ts'
import { type TestDatabase, testDatabase, testServerUrl } from './support/database.ts'
import { authority, hasOpenssl, tsaServer } from './support/tsa.ts'
import { newRecordKey } from './support/wardroom.ts'

const RECORD_KEY = newRecordKey()
const CHECKPOINT_KEY = newCheckpointKeyText()
const now = () => new Date()
const log = makeLog('silent')
let practice: Practice
let database: TestDatabase

const manifest = slackManifest({ name: 'Wardroom', commands: [], mode: 'socket' })

beforeAll(async () => {
  practice = await startPractice({ now, manifest, delivery: { mode: 'socket' } })
  database = await testDatabase()
  const store = await openStore(database, loadKeys({ recordKey: RECORD_KEY }), () => null)
  const config = readConfig({ ORG_ZONE: 'America/New_York' })
  await recordOrganisation(store, organisationFacts(config, now()), now())
  await seedRoster(store, practiceRoster, now())
  const key = readCheckpointKey(CHECKPOINT_KEY, 'the test')
  const stamp = { actor: SYSTEM, at: now(), source: null }
  await store.write((unit) => useCheckpointKey(unit, key, stamp), {})
})
afterAll(async () => {
  await practice.close()
  await database.close()
})

interface Arranged {
  readonly env?: Record<string, string>
  readonly args?: readonly string[]
  readonly now?: () => Date
  readonly nodeVersion?: string
  readonly open?: () => Promise<Looking>
}

/** A set-up in which all is well, but for what the test breaks. */
async function examined(broken: Arranged = {}): Promise<{ code: number; lines: string[] }> {
  const DATA_DIR = temporaryFolder()
  const env = {
    NODE_ENV: 'production',
    ORG_ZONE: 'America/New_York',
    DATABASE_URL: database.url ?? 'postgres://in-memory/wardroom',
    RECORD_KEY,
    CHECKPOINT_KEY,
    DATA_DIR,
    SLACK_BOT_TOKEN: practice.botToken,
    SLACK_APP_TOKEN: practice.appToken,
    SLACK_API_URL: practice.apiUrl,
    WARDROOM_ADMINS: 'U0DANAREYES',
    ...broken.env,
  }
  const lines: string[] = []
  const code = await doctor(broken.args ?? ['--key-backed-up'], {
    readConfig: () => readConfig(env),
    now: broken.now ?? now,
    log,
    out: (line) => lines.push(line),
    ...(broken.nodeVersion ? { nodeVersion: broken.nodeVersion } : {}),
    open: broken.open ?? (async () => ({ kind: database.kind, db: database.db, close: async () => {} })),
  })
  return { code, lines }
}

test('a set-up in which all is well has nothing to mend', async () => {
  const { code, lines } = await examined()
  expect(lines.filter((line) => line.startsWith('✗'))).toEqual([])
  expect(code).toBe(0)
  for (const said of [
    /^✓ Node \d/,
    /^✓ The configuration reads/,
    /^✓ NODE_ENV is production/,
    /^✓ Record key [0-9A-F-]{19}$/,
    /^✓ Checkpoint key [0-9A-F-]{19}$/,
    /^✓ The record key’s backup was confirmed \d seconds? ago/,
    /^✓ Postgres \d.* is reachable$/,
    /^✓ The database is migrated/,
    /^✓ The database’s clock agrees/,
    /^✓ The record key is the one this database was made with/,
    /^✓ The checkpoint key is the one this database signs with/,
    /^✓ Quiet hours 20:00 to 07:00 \(America\/New_York\)/,
    /^✓ A reminder nobody answers goes on .* after 24, 48, 72 hours; .* after 4, 8, 12; .* after 1, 2, 3$/,
    /^✓ No time-stamping authority/,
    /^✓ Legal days are counted in America\/New_York/,
    /^✓ Outbox is empty/,
    /^✓ Quarantine is empty/,
    /^✓ SLACK_BOT_TOKEN works: workspace T0PRACTICE/,
    /^✓ The token has every scope of the manifest/,
    /^✓ SLACK_APP_TOKEN opens Socket Mode/,
    /^✓ Slack’s clock agrees/,
    /^✓ All \d+ people .* can be reached/,
    /^✓ The roster names a privacy officer/,
    /^\d+ well, \d+ to know, 0 to mend\.$/,
  ])
    expect(lines).toContainEqual(expect.stringMatching(said))
})

test('quiet hours switched off, and other waits, are said', async () => {
  const said = remindingFindings(readConfig({ QUIET_HOURS: 'off', ESCALATE_AFTER: '12,24,36' })).map(
    findingLine,
  )
  expect(said[0]).toBe('✓ No quiet hours: reminders go out night or day')
  expect(said[1]).toContain('sponsor after 12, 24, 36 hours; ')
})

test('every finding that is not well says how to mend it', async () => {
  const { lines } = await examined({
    env: { NODE_ENV: 'test', PAGER_WEBHOOK_URL: 'http://p.example/x', SLACK_BOT_TOKEN: 'xoxb-1' },
  })
  const notWell = lines.filter((line) => /^[▲✗]/.test(line))
  expect(notWell.length).toBeGreaterThan(2)
  for (const line of notWell) expect(line).toMatch(/^[▲✗] .+ — .+/)
})

const later = (ms: number) => () => new Date(Date.now() + ms)

test.each<[string, Arranged, RegExp, 0 | 1]>([
  [
    'an old Node',
    { nodeVersion: '18.20.4' },
    /^✗ Node 18\.20\.4 is too old — install Node 20\.19 or later/,
    1,
  ],
  ['a mistake in the configuration', { env: { ORG_ZONE: 'Mars' } }, /^✗ ORG_ZONE — an IANA zone/, 1],
  [
    'a run outside production',
    { env: { NODE_ENV: 'development' } },
    /^▲ NODE_ENV is development — set NODE_ENV=production/,
    0,
  ],
  ['a silent log', { env: { LOG_LEVEL: 'silent' } }, /^▲ LOG_LEVEL is silent: .* — set LOG_LEVEL=info/, 0],
  [
    'no record key beside a database',
    { env: { RECORD_KEY: '' } },
    /^✗ With DATABASE_URL the record key must be given — set RECORD_KEY/,
    1,
  ],
  [
    'no checkpoint key beside a database',
    { env: { CHECKPOINT_KEY: '' } },
    /^✗ With DATABASE_URL the checkpoint key must be given — set CHECKPOINT_KEY_FILE/,
    1,
  ],
  [
    'a checkpoint key that is none',
    { env: { CHECKPOINT_KEY: 'secret' } },
    /^✗ CHECKPOINT_KEY is no Ed25519 private key/,
    1,
  ],
  [
    'another record key',
    { env: { RECORD_KEY: newRecordKey() } },
    /^✗ The record was written under key [0-9A-F-]{19}, and [0-9A-F-]{19} is given — give the key/,
    1,
  ],
  [
    'another checkpoint key',
    { env: { CHECKPOINT_KEY: newCheckpointKeyText() } },
    /^✗ This database signs with checkpoint key [0-9A-F-]{19}, and [0-9A-F-]{19} is given — .*rotate/,
    1,
  ],
  [
    'an authority that is not there',
    { env: { TSA_URL: 'http://127.0.0.1:1/tsa' } },
    /^✗ 127\.0\.0\.1:1 gives no time stamp: tsa_unreachable — see TSA_URL/,
    1,
  ],
  [
    'roots that are no file',
    { env: { TSA_URL: 'http://127.0.0.1:1/tsa', TSA_CA_FILE: '/nowhere.pem' } },
    /^✗ TSA_CA_FILE — .*nowhere\.pem cannot be read/,
    1,
  ],
  [
    'a key whose backup nobody confirmed',
    { args: [] },
    /^▲ Nobody has confirmed .* — .*wardroom doctor --key-backed-up/,
    0,
  ],
  [
    'a database that cannot be reached',
    { open: () => Promise.reject(new Error('Cannot reach Postgres at db:5432 (ECONNREFUSED).')) },
    /^✗ Cannot reach Postgres at db:5432 \(ECONNREFUSED\) — see that the database runs/,
    1,
  ],
  [
    'a zone other than the record’s',
    { env: { ORG_ZONE: 'America/Chicago' } },
    /^▲ ORG_ZONE is America\/Chicago; the record counts in America\/New_York — /,
    0,
  ],
  [
    'a clock a few seconds fast',
    { now: later(9_000) },
    /^▲ Slack’s clock is \d+ seconds behind this machine — set this machine by NTP/,
    0,
  ],
  [
    'a clock far behind',
    { now: later(-600_000) },
    /^✗ The database’s clock is 10 minutes ahead of this machine — set this machine by NTP/,
    1,
  ],
  [
    'a bot token Slack does not know',
    { env: { SLACK_BOT_TOKEN: 'xoxb-wrong' } },
    /^✗ SLACK_BOT_TOKEN does not work \(invalid_auth\) — copy it again/,
    1,
  ],
  [
    'an app token Slack does not know',
    { env: { SLACK_APP_TOKEN: 'xapp-wrong' } },
    /^✗ SLACK_APP_TOKEN does not work \(invalid_auth\) — copy it again/,
    1,
  ],
  [
    'a server that does not answer',
    { env: { SLACK_API_URL: 'http://127.0.0.1:1/api/' } },
    /^✗ SLACK_BOT_TOKEN does not work \(\w+\) — see that this machine reaches 127\.0\.0\.1:1/,
    1,
  ],
  [
    'an announce channel that only a member may see',
    { env: { ANNOUNCE_CHANNEL: 'C0GENERAL01' } },
    /^▲ ANNOUNCE_CHANNEL is a public channel.* — invite the bot there/,
    0,
  ],
  [
    'an announce channel that is not there',
    { env: { ANNOUNCE_CHANNEL: 'C0NOWHERE00' } },
    /^✗ ANNOUNCE_CHANNEL cannot be reached \(channel_not_found\) — .*invite the bot/,
    1,
  ],
  [
    'a pager without encryption',
    { env: { PAGER_WEBHOOK_URL: 'http://pager.example/hook?token=s3cret' } },
    /^▲ Pager webhook at pager\.example is not encrypted — /,
    0,
  ],
  [
    'an administrator who is a guest',
    { env: { WARDROOM_ADMINS: 'U0GUSTAN000' } },
    /^✗ U0GUSTAN000 \(administrator\) is a guest.* — take them out/,
    1,
  ],
  [
    'an administrator nobody knows',
    { env: { WARDROOM_ADMINS: 'U0NOBODY000' } },
    /^✗ U0NOBODY000 \(administrator\) is unknown here \(user_not_found\) — /,
    1,
  ],
  [
    'a platform that is not configured',
    { env: { NODE_ENV: '', SLACK_BOT_TOKEN: '', SLACK_APP_TOKEN: '' } },
    /^▲ Practice: no platform is configured.* — set SLACK_BOT_TOKEN/,
    0,
  ],
])('%s', async (_, broken, finding, code) => {
  const { lines, code: ended } = await examined(broken)
  expect(lines).toContainEqual(expect.stringMatching(finding))
  expect(ended).toBe(code)
  expect(lines.join('\n')).not.toMatch(/xoxb-practice|xapp-1-|s3cret/)
  expect(lines.join('\n')).not.toContain(RECORD_KEY)
  expect(lines.join('\n')).not.toContain(CHECKPOINT_KEY.split('\n')[1])
})

test('a checkpoint key that another took the place of is told apart from a strange one', () => {
  const [finding] = checkpointKeyInUse({ checkpointKeys: ['OLD', 'NEW'] }, 'OLD')
  expect(findingLine(finding!)).toMatch(/^✗ The checkpoint key OLD was replaced by NEW — give the one/)
  expect(checkpointKeyInUse({ checkpointKeys: [] }, 'FIRST')).toEqual([])
})

test.skipIf(!hasOpenssl)('an authority is asked for a stamp, and who vouches for it is said', async () => {
  const tsa = authority()
  const server = await tsaServer(tsa.stamp)
  onTestFinished(async () => {
    await server.close()
    tsa.close()
  })
  const config = { tsaUrl: server.url, tsaCaFile: join(tsa.folder, 'ca.pem') }
  const said = async (given: Partial<typeof config>, at = now) =>
    (await tsaFindings({ tsaUrl: server.url, tsaCaFile: undefined, ...given }, at)).map(findingLine)
  expect(await said(config)).toEqual([
    expect.stringMatching(/^✓ 127.* gives time stamps, and its certificate leads to a root/),
    expect.stringMatching(/^✓ The clock of 127.* agrees/),
  ])
  expect((await said({}, later(60_000)))[0]).toMatch(
    /^▲ .*only its own certificate vouches for — give its root/,
  )
  expect((await said(config, later(30_000)))[1]).toMatch(/^▲ The clock of .* behind this machine/)
  server.answer = () => Buffer.from('<html>')
  expect((await said(config))[0]).toMatch(/^✗ .* gives no time stamp: it is no time stamp — see TSA_URL/)
})

test('HTTP delivery is described, and nothing pretends to have tried the signing secret', async () => {
  const env = { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: '0123456789abcdef' }
  const { code, lines } = await examined({ env })
  expect(code).toBe(0)
  expect(lines).toContainEqual(
    expect.stringMatching(/^✓ HTTP delivery on 127\.0\.0\.1:3000: .*only be tried by Slack/),
  )
  expect(lines.join('\n')).not.toContain('0123456789abcdef')
})

test('an argument doctor does not know', async () => {
  const { code, lines } = await examined({ args: ['--fix'] })
  expect({ code, lines }).toEqual({
    code: 2,
    lines: [
      '"--fix" is not known.',
      expect.stringMatching(/^Usage: wardroom doctor \[--key-backed-up\] \[--canary/),
      'Nothing is posted without --canary.',
    ],
  })
})

test('scopes the installed app lacks are named one by one, with what they are for', async () => {
  const scopes = manifest.oauth_config as { scopes: { bot: string[] } }
  const bot = [...scopes.scopes.bot.filter((scope) => scope !== 'pins:write'), 'channels:read']
  const small = await startPractice({
    now,
    manifest: { ...manifest, oauth_config: { scopes: { bot } } },
    delivery: { mode: 'socket' },
  })
  onTestFinished(() => small.close())
  const env = {
    SLACK_BOT_TOKEN: small.botToken,
    SLACK_APP_TOKEN: small.appToken,
    SLACK_API_URL: small.apiUrl,
  }
  const { code, lines } = await examined({ env })
  expect(code).toBe(1)
  expect(lines).toContainEqual(
    expect.stringMatching(/^✗ Scope pins:write is missing \(pins\.add\) — add it under OAuth/),
  )
  expect(lines).toContainEqual(
    expect.stringMatching(/^▲ The token has scopes it does not need: channels:read — remove/),
  )
})

test('doctor posts nothing and opens no socket', async () => {
  const before = practice.calls.length
  await examined({ env: { ANNOUNCE_CHANNEL: 'C0GENERAL01' } })
  const methods = new Set(practice.calls.slice(before).map(({ method }) => method))
  expect([...methods].sort()).toEqual([
    'apps.connections.open',
    'auth.test',
    'conversations.info',
    'conversations.open',
    'users.info',
  ])
  expect(practice.connections()).toBe(0)
})

const fakePort = (people: Record<string, Partial<Person> | ChatError>, room?: object): ChatPort =>
  ({
    platform: 'slack',
    async reach() {},
    async person(id: string) {
      const known = people[id]
      if (known instanceof ChatError) throw known
      return { id, name: 'Someone', kind: 'human', guest: false, deactivated: false, ...known }
    },
    roomInfo: async () => ({
      room: 'C1',
      name: 'x',
      private: false,
      shared: false,
      archived: false,
      present: true,
      members: [],
      ...room,
    }),
  }) as unknown as ChatPort

test.each<[string, Partial<Person> | ChatError, RegExp]>([
  [
    'who left',
    { deactivated: true },
    /^✗ U1 \(privacy officer\) is deactivated — name somebody else with \/incident roster/,
  ],
  ['who is a guest', { guest: true }, /^✗ U1 \(privacy officer\) is a guest/],
  ['who is a bot', { kind: 'bot' }, /^✗ U1 \(privacy officer\) is a bot/],
  [
    'whom Slack does not know',
    new ChatError('gone', 'user_not_found'),
    /^✗ U1 \(privacy officer\) is unknown here/,
  ],
  [
    'who cannot be looked up now',
    new ChatError('transient', 'ratelimited'),
    /^✗ U1 \(privacy officer\) could not be looked up \(ratelimited\)/,
  ],
])('somebody on the roster %s', async (_, person, line) => {
  const organisation = {
    ...emptyOrganisation,
    roster: { 'privacy-officer': { holder: 'U1', deputy: 'U2', seq: 1 } },
  }
  const lines = (await reachFindings(readConfig({}), organisation, fakePort({ U1: person }))).map(findingLine)
  expect(lines).toEqual([expect.stringMatching(line)])
})

test('an announce channel that is archived or shared with others', async () => {
  const said = async (room: object) =>
    findingLine(await channelFinding('ANNOUNCE_CHANNEL', 'C1', fakePort({}, room)))
  expect(await said({ archived: true })).toMatch(/^✗ ANNOUNCE_CHANNEL is archived — /)
  expect(await said({ shared: true })).toMatch(/^▲ ANNOUNCE_CHANNEL is shared outside/)
  expect(await said({})).toBe('✓ ANNOUNCE_CHANNEL can be reached')
  expect(await said({ present: false })).toMatch(
    /^✗ ANNOUNCE_CHANNEL does not have Wardroom in it — type \/invite/,
  )
})

test.each<[string, object | ChatError, RegExp]>([
  [
    'is private and has the bot in it',
    { private: true, members: ['U1', 'U2'] },
    /^✓ MANAGERS_CHANNEL is private and Wardroom is in it; 2 people read it$/,
  ],
  ['does not have the bot in it', { present: false }, /^✗ MANAGERS_CHANNEL does not have .* — type \/invite/],
  ['is public and has it', { private: false }, /^▲ MANAGERS_CHANNEL is public: .* — name a private channel$/],
  [
    'is public, so that nothing more is seen',
    new ChatError('refused', 'missing_scope'),
    /^▲ MANAGERS_CHANNEL is a public channel: .* — name a private channel and invite the bot to it/,
  ],
  [
    'is not there, or hidden from the bot',
    new ChatError('gone', 'channel_not_found'),
    /^✗ MANAGERS_CHANNEL cannot be reached \(channel_not_found\) — give the channel’s id/,
  ],
])('a managers’ channel that %s', async (_, room, line) => {
  const port = fakePort({}, room instanceof Error ? {} : room)
  const asked = room instanceof Error ? { ...port, roomInfo: () => Promise.reject(room) } : port
  expect(findingLine(await channelFinding('MANAGERS_CHANNEL', 'C1', asked))).toMatch(line)
})

test('no managers’ channel at all is said', async () => {
  const line = findingLine(await channelFinding('MANAGERS_CHANNEL', undefined, fakePort({}, {})))
  expect(line).toBe('✓ Managers get no digest and no channel posts (MANAGERS_CHANNEL is not set)')
})

const login = {
  ...{ user: 'app', superuser: false, owner: false, mayChange: false, mayWrite: true },
  mayDispose: false,
}

test.each<[string, Partial<typeof login>, RegExp]>([
  [
    'a superuser',
    { superuser: true },
    /^▲ .* is a superuser: nothing in the database stops it — make a login/,
  ],
  [
    'the owner',
    { owner: true },
    /^▲ One login for all: app owns the record, so the database’s roles guard accidents only — /,
  ],
  [
    'may not write',
    { mayWrite: false },
    /^✗ .* may not write the record — as the owner: grant wardroom_app to "app"/,
  ],
  [
    'may change entries',
    { mayChange: true },
    /^▲ .* has a right to change or delete entries.* — as the owner: revoke/,
  ],
  [
    'may dispose',
    { mayDispose: true },
    /^▲ .* may delete what is sealed.* — as the owner: revoke wardroom_disposal from "app"/,
  ],
  ['may only add', {}, /^✓ .* can add entries and change none/],
])('the application’s login: %s', (_, given, line) => {
  const lines = loginFindings(readConfig({}), { ...login, ...given }).map(findingLine)
  expect(lines).toContainEqual(expect.stringMatching(line))
})

test.each<[string, Partial<typeof login>, RegExp]>([
  ['may do both', { mayDispose: true }, /^✓ .*, app, may carry out what was approved/],
  [
    'may not delete',
    {},
    /^✗ .* may not carry out a disposal — as the owner: grant wardroom_app, wardroom_disposal to "app"/,
  ],
  ['may not write', { mayDispose: true, mayWrite: false }, /^✗ .* may not carry out a disposal/],
])('the login of disposals: %s', (_, given, line) => {
  expect(findingLine(disposalFinding({ ...login, ...given }))).toMatch(line)
})

async function emptied(statement: string): Promise<TestDatabase> {
  const other = await testDatabase()
  onTestFinished(() => other.close())
  await other.db.execute(sql.raw(statement))
  return other
}

const on = (other: TestDatabase): Arranged => ({
  open: async () => ({ kind: other.kind, db: other.db, close: async () => {} }),
})

test('an empty roster, with and without somebody who may fill it', async () => {
  const other = await emptied('select 1')
  const { lines } = await examined(on(other))
  expect(lines).toContainEqual(
    expect.stringMatching(/^✗ No privacy officer on the roster: .* — type \/incident roster/),
  )
  expect(lines).toContainEqual(expect.stringMatching(/^▲ No executive sponsor on the roster — /))
  const alone = await examined({ ...on(other), env: { WARDROOM_ADMINS: '' } })
  expect(alone.lines).toContainEqual(
    expect.stringMatching(/^✗ The roster is empty and nobody may fill it — set WARDROOM_ADMINS/),
  )
})

test('an outbox that has waited long, a full quarantine and a room of another workspace', async () => {
  const other = await emptied(`
    insert into outbox (id, incident, lane, verb, view, args, attempt, queued_at, not_before) values
      (gen_random_uuid(), 'inc-2026-0001', 'room:inc-2026-0001', 'post', 'status', '{}', 7,
       clock_timestamp() - interval '3 hours', clock_timestamp() - interval '2 hours 30 minutes')`)
  await other.db.execute(sql`insert into quarantine (platform, body) values ('slack', ''::bytea)`)
  await other.db.execute(sql`insert into room values ('slack', 'T0OTHER', 'G1', 'inc-2026-0001', true)`)
  const { lines } = await examined(on(other))
  expect(lines).toContainEqual(
    expect.stringMatching(/^▲ Outbox: 1 waiting, the oldest for 3 hours, tried at most 7 times — /),
  )
  expect(lines).toContainEqual(expect.stringMatching(/^▲ Quarantine: 1 payload nobody could read.* — /))
  expect(lines).toContainEqual(
    expect.stringMatching(/^✗ The record has rooms of another workspace \(T0OTHER\) — /),
  )
})

test('a database behind this version, and one ahead of it', async () => {
  const behind = await emptied(
    'delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)',
  )
  expect((await examined(on(behind))).lines).toContainEqual(
    expect.stringMatching(/^▲ The database has \d+ of \d+ migrations — back it up/),
  )
  const ahead = await emptied(`insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 1)`)
  const { code, lines } = await examined(on(ahead))
  expect(lines).toContainEqual(expect.stringMatching(/^✗ The database was migrated by a newer Wardroom — /))
  expect(code).toBe(1)
})

test('looking changes nothing', async () => {
  const count = () =>
    database.rows<{ n: number }>(
      database.db,
      sql`select (select count(*) from entry)::int + (select count(*) from key_fingerprint)::int as n`,
    )
  const before = await count()
  await examined({ env: { RECORD_KEY: newRecordKey() } })
  expect(await count()).toEqual(before)
})

test('the embedded record: nothing yet, then its files, then while a process holds it', async () => {
  const DATA_DIR = join(temporaryFolder(), 'data')
  const env = { DATA_DIR }
  const fresh = await runBinary(['doctor'], env).ended
  expect(fresh).toMatchObject({ code: 0, err: '' })
  expect(fresh.out).toMatch(/▲ No record yet in .* — the first start makes the database and its key/)
  expect(existsSync(DATA_DIR)).toBe(false)

  const running = runBinary([], env)
  await running.says(/nothing here is real/)
  const held = await runBinary(['doctor'], env).ended
  expect(held.code).toBe(0)
  expect(held.out).toMatch(
    /▲ The data directory is in use by process \d+ on .*; .* — stop it and run doctor again/,
  )
  expect(running.process.exitCode).toBeNull()
  expect((await running.signal('SIGTERM')).code).toBe(0)

  const after = await runBinary(['doctor', '--key-backed-up'], env).ended
  expect(after.code).toBe(0)
  for (const said of [
    /✓ Data directory .* owner’s alone/,
    /✓ Files and directories there can be synced/,
    /▲ Embedded database: one process, one disk/,
    /✓ The record key’s backup was confirmed/,
    /✓ The roster names a privacy officer/,
  ])
    expect(after.out).toMatch(said)

  await looksAtFiles(DATA_DIR)
}, 180_000)

async function looksAtFiles(DATA_DIR: string): Promise<void> {
  const config = readConfig({ DATA_DIR })
  const key = join(DATA_DIR, 'keys', 'kek.key')
  const confirmed = join(DATA_DIR, 'keys.backup-confirmed')
  const { fingerprint = '' } = keyFindings(config)
  const backup = () => findingLine(backupFinding(DATA_DIR, fingerprint, now()))
  const lines = () => [...directoryFindings(DATA_DIR), ...keyFindings(config).findings].map(findingLine)
  expect(backup()).toMatch(/^✓/)

  const longAgo = new Date(Date.now() - 200 * 86_400_000)
  utimesSync(confirmed, longAgo, longAgo)
  expect(backup()).toMatch(/^▲ .* was confirmed 200 days ago — look that it is there/)
  writeFileSync(confirmed, '0000-0000-0000-0000\n')
  expect(backup()).toMatch(/^▲ The backup that was confirmed is of another record key — /)

  chmodSync(DATA_DIR, 0o755)
  expect(lines()).toContainEqual(
    expect.stringMatching(/^▲ .* can be read by others \(mode 755\) — chmod 700/),
  )
  chmodSync(key, 0o644)
  expect(lines()).toContainEqual(
    expect.stringMatching(/^✗ \S*kek\.key can be read by others \(mode 644\) — run chmod 600/),
  )
  rmSync(key)
  expect(lines()).toContainEqual(
    expect.stringMatching(/^✗ The record's key is missing — restore .* from its backup/),
  )
}

test('a data directory that cannot be written', async () => {
  const file = join(temporaryFolder(), 'data')
  mkdirSync(join(file, 'pg'), { recursive: true })
  rmSync(file, { recursive: true })
  writeFileSync(file, '')
  const { code, out } = await runBinary(['doctor'], { DATA_DIR: file }).ended
  expect(code).toBe(1)
  expect(out).toMatch(/✗ Data directory .* cannot be written and synced \(ENOTDIR\) — use a local disk/)
})

test.skipIf(testServerUrl === undefined)(
  'on Postgres: one login for all, then two, beside a running Wardroom',
  async () => {
    const own = await testDatabase()
    onTestFinished(() => own.close())
    const name = `wardroom_test_app_${newRecordKey().replace(/\W/g, '').slice(0, 12).toLowerCase()}`
    const owner = postgres(own.url!, { max: 1, onnotice: () => {} })
    await owner.unsafe(`create role ${name} login password 'app' in role wardroom_app`)
    onTestFinished(async () => {
      await owner.unsafe(`drop role ${name}`)
      await owner.end()
    })
    const app = new URL(own.url!)
    app.username = name
    app.password = 'app'
    const env = {
      MIGRATE_DATABASE_URL: own.url!,
      DATABASE_URL: app.href,
      RECORD_KEY,
      CHECKPOINT_KEY,
      ORG_ZONE: 'America/New_York',
    }
    const running = runBinary([], env)
    const [, url = ''] = await running.says(/nothing here is real: (http:\S+)/)
    await fetch(new URL('/practice/act', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        do: 'command',
        as: 'U0SAMOKAFOR',
        channel: 'C0HELPDESK1',
        text: '/incident declare lost laptop',
      }),
    })
    const two = await runBinary(['doctor'], env).ended
    expect(two).toMatchObject({ code: 0, err: '' })
    expect(two.out).toContain(`✓ The application’s login ${name} can add entries and change none`)
    expect(two.out).toMatch(/✓ The database is migrated/)
    expect(two.out).toMatch(/✓ The record key is the one this database was made with/)
    const { MIGRATE_DATABASE_URL: _, ...single } = env
    const blind = await runBinary(['doctor'], single).ended
    expect(blind.out).toMatch(/▲ MIGRATE_DATABASE_URL is not set — /)
    expect(blind.out).toMatch(/▲ This login may not see which migrations ran — set MIGRATE_DATABASE_URL too/)
    const all = await runBinary(['doctor'], { ...single, DATABASE_URL: own.url! }).ended
    expect(all.out).toMatch(/▲ (One login for all|The application’s login \S+ is a superuser)/)
    expect(running.process.exitCode).toBeNull()
    const stopped = await running.signal('SIGTERM')
    expect(stopped).toMatchObject({ code: 0, err: '' })
    expect(stopped.out).not.toMatch(/"level":[56]0/)
    const verified = await runBinary(['verify'], env).ended
    expect(verified.out).toMatch(/inc-\d{4}-0001: \d+ entries/)
  },
)

test('rows of the law that counsel should have read again by now are named, and those nobody read in their source', () => {
  const said = (regimes: string, on: string) =>
    findingLine(
      lawFinding(readConfig({ ORG_REGIMES: regimes, ORG_TIMEZONE: 'America/New_York' }), new Date(on)),
    )
  expect(said('', '2026-11-27T12:00:00Z')).toMatch(
    /^✓ The regulation table is of 2026-11; .* by Sun 28 Feb 2027$/,
  )
  expect(said('', '2027-06-01T12:00:00Z')).toMatch(
    /^▲ .* were to be read again by now: hipaa\.individual, .*counsel/,
  )
  expect(said('state.pa', '2026-11-27T12:00:00Z')).toMatch(/^▲ .*not read in their source: state\.pa\.ag/)
})
