/** Start and stop by the built program itself: what refuses to start says so in one line, and a stop loses nothing. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { slackManifest } from '../src/chat/slack/manifest.ts'
import { startPractice } from '../src/practice/server.ts'
import { newCheckpointKeyText } from '../src/store/checkpoint-key.ts'
import { type Binary, runBinary, temporaryFolder } from './support/binary.ts'
import { begunDataDir, testDatabase, testServerUrl } from './support/database.ts'

// Several processes to a test, each of which may make a database: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 180_000 })

const newKey = () => randomBytes(32).toString('base64')
const SLACK = {
  SLACK_BOT_TOKEN: 'xoxb-not-a-token',
  SLACK_APP_TOKEN: 'xapp-not-a-token',
  ORG_ZONE: 'America/New_York',
}
const WRONG_KEY = /^The record key is [0-9A-F-]{19}, but this database was made with [0-9A-F-]{19}: /
const NOWHERE = 'postgres://wardroom@127.0.0.1:1/wardroom'

/** For starts that are refused later than the database. */
const refusedHere = mkdtempSync(join(tmpdir(), 'wardroom-test-'))
beforeAll(() => begunDataDir(refusedHere))
afterAll(() => rmSync(refusedHere, { recursive: true, force: true }))

async function startedAt(running: Binary): Promise<string> {
  const [, url = ''] = await running.says(/nothing here is real: (http:\S+)/)
  return url
}

async function freePort(): Promise<{ port: number; release: () => Promise<void> }> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return { port, release: () => new Promise((resolve) => server.close(() => resolve())) }
}

/** What the page does: the same requests its buttons send. */
async function act(url: string, body: Record<string, unknown>): Promise<Record<string, unknown>> {
  const answer = await fetch(new URL('/practice/act', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await answer.json()) as Record<string, unknown>
}

interface PageState {
  channels: { id: string; name: string; kind: string }[]
}

async function roomOf(url: string, person: string): Promise<string> {
  for (let tries = 0; tries < 400; tries += 1) {
    const answer = await fetch(new URL(`/practice/state?as=${person}`, url))
    const { channels } = (await answer.json()) as PageState
    const room = channels.find(({ name }) => name.startsWith('inc-'))
    if (room) return room.id
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('No war room was opened.')
}

async function textIn(url: string, person: string, channel: string): Promise<string> {
  const answer = await fetch(new URL(`/practice/messages?as=${person}&channel=${channel}`, url))
  return JSON.stringify(await answer.json())
}

const refusals: readonly [string, Record<string, string>, RegExp][] = [
  [
    'practice in production',
    { NODE_ENV: 'production' },
    /^SLACK_BOT_TOKEN, TEAMS_APP_ID: .*practice is refused/,
  ],
  [
    'a database without its record key',
    { DATABASE_URL: NOWHERE },
    /^With DATABASE_URL the record key must be given: /,
  ],
  [
    'both ways of giving the key',
    { RECORD_KEY: newKey(), RECORD_KEY_FILE: 'x' },
    /^RECORD_KEY and RECORD_KEY_FILE are both set: keep one/,
  ],
  ['a key that is none', { RECORD_KEY: 'secret' }, /^RECORD_KEY is not a key: /],
  [
    'a key file that is not there',
    { RECORD_KEY_FILE: 'no-such-file' },
    /^There is no key file at no-such-file/,
  ],
  [
    'no checkpoint key beside a database',
    { DATABASE_URL: NOWHERE, RECORD_KEY: newKey() },
    /^With DATABASE_URL the checkpoint key must be given: /,
  ],
  [
    'a checkpoint key that is none',
    { CHECKPOINT_KEY: 'secret' },
    /^CHECKPOINT_KEY is no Ed25519 private key in PKCS8/,
  ],
  [
    'a database that does not answer',
    { DATABASE_URL: NOWHERE, RECORD_KEY: newKey(), CHECKPOINT_KEY: newCheckpointKeyText() },
    /^Cannot reach Postgres at 127\.0\.0\.1:1 \(ECONNREFUSED\)/,
  ],
  ['a zone that does not exist', { ORG_ZONE: 'Mars/Olympus' }, /^ORG_ZONE: an IANA zone/],
]

test.each(refusals)('%s is refused in one line', async (_, env, line) => {
  const { code, out, err } = await runBinary([], env).ended
  expect(code).toBe(1)
  expect(err).toMatch(line)
  expect(err.trimEnd().split('\n')).toHaveLength(1)
  expect(out).toBe('')
})

test('every mistake of the configuration has a line of its own', async () => {
  const { code, err } = await runBinary([], { ORG_ZONE: 'Mars', HEALTH_PORT: '99999', LOG_LEVEL: 'loud' })
    .ended
  expect(code).toBe(1)
  const named = err
    .trimEnd()
    .split('\n')
    .map((line) => line.split(':')[0])
  expect(named.sort()).toEqual(['HEALTH_PORT', 'LOG_LEVEL', 'ORG_ZONE'])
})

test('a verb that does not exist is answered with those that do', async () => {
  const { code, err } = await runBinary(['strat']).ended
  expect(code).toBe(2)
  expect(err).toMatch(/^There is no command "strat"/)
  expect(err).toContain('wardroom doctor')
})

test.each([
  ['a bot token Slack does not know', { SLACK_BOT_TOKEN: 'xoxb-wrong' }, 'invalid_auth'],
  ['an app token Slack does not know', { SLACK_APP_TOKEN: 'xapp-wrong' }, 'invalid_auth'],
])('%s is refused in one line, without the token', async (_, wrong, code) => {
  const now = () => new Date()
  const manifest = slackManifest({ name: 'Wardroom', commands: [], mode: 'socket' })
  const practice = await startPractice({ now, manifest, delivery: { mode: 'socket' } })
  onTestFinished(() => practice.close())
  const env = {
    ...SLACK,
    SLACK_BOT_TOKEN: practice.botToken,
    SLACK_APP_TOKEN: practice.appToken,
    SLACK_API_URL: practice.apiUrl,
    DATA_DIR: refusedHere,
    ...wrong,
  }
  const ran = await runBinary([], env).ended
  expect(ran.code).toBe(1)
  expect(ran.err.trimEnd().split('\n')).toHaveLength(1)
  expect(ran.err).toMatch(new RegExp(`^Slack refused the connection \\(${code}\\): copy SLACK_BOT_TOKEN`))
  expect(ran.err + ran.out).not.toMatch(/xox|xapp-\w/)
})

test('a port that is taken is named, with the variable that moves it', async () => {
  const { port, release } = await freePort()
  onTestFinished(release)
  const { code, err } = await runBinary([], { PRACTICE_PORT: String(port), DATA_DIR: refusedHere }).ended
  expect(code).toBe(1)
  expect(err).toMatch(new RegExp(`^Port ${port} is taken: .*PRACTICE_PORT`))
  expect(err.trimEnd().split('\n')).toHaveLength(1)
})

test('one process to a data directory; stopped, it answers no more, and the record is whole and needs its key', async () => {
  const DATA_DIR = join(temporaryFolder(), 'data')
  const { port, release } = await freePort()
  await release()
  const health = `http://127.0.0.1:${port}/healthz`
  const first = runBinary([], { DATA_DIR, HEALTH_PORT: String(port), LOG_LEVEL: 'debug' })
  await startedAt(first)
  const answer = await fetch(health)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({ ok: true, database: { ok: true }, slack: { ok: true } })
  expect((await fetch(new URL('/', health))).status).toBe(404)

  const second = await runBinary([], { DATA_DIR }).ended
  expect(second.code).toBe(1)
  expect(second.err).toMatch(/^The data directory is in use by process \d+ on .*Stop it first/)
  expect(second.err.trimEnd().split('\n')).toHaveLength(1)

  const { code, err } = await first.signal('SIGTERM')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  await expect(fetch(health)).rejects.toThrow()

  const verified = await runBinary(['verify'], { DATA_DIR }).ended
  expect(verified).toMatchObject({ code: 0, err: '' })
  expect(verified.out).toContain('the record is whole')

  const wrong = await runBinary([], { DATA_DIR, RECORD_KEY: newKey() }).ended
  expect(wrong.code).toBe(1)
  expect(wrong.err).toMatch(WRONG_KEY)
  expect(wrong.err.trimEnd().split('\n')).toHaveLength(1)
})

test('another checkpoint key takes over, on the record; the one before it no longer starts', async () => {
  const folder = temporaryFolder()
  const DATA_DIR = await begunDataDir(join(folder, 'data'))
  const own = join(DATA_DIR, 'keys', 'checkpoint.key')
  const next = join(folder, 'next.key')
  writeFileSync(next, newCheckpointKeyText(), { mode: 0o600 })
  const first = runBinary([], { DATA_DIR })
  await startedAt(first)
  await first.signal('SIGTERM')
  const old = readFileSync(own, 'utf8')

  const rotated = await runBinary(['checkpoint-key', 'rotate', next], { DATA_DIR }).ended
  expect(rotated).toMatchObject({ code: 0, err: '' })
  expect(rotated.out).toMatch(
    /^Checkpoint key [0-9A-F-]{19} is replaced by [0-9A-F-]{19}: it is on the record/,
  )
  expect(readFileSync(own, 'utf8').trim()).toBe(readFileSync(next, 'utf8').trim())
  const verified = await runBinary(['verify'], { DATA_DIR }).ended
  expect(verified.out).toContain('the record is whole')

  const again = await runBinary([], { DATA_DIR, CHECKPOINT_KEY: old }).ended
  expect(again.err).toMatch(
    /^The checkpoint key [0-9A-F-]{19} was replaced by [0-9A-F-]{19}: give it that key/,
  )
  const untrusted = await runBinary(['verify'], { DATA_DIR, CHECKPOINT_KEY: old }).ended
  expect(untrusted.code).toBe(1)
  expect(untrusted.out).toMatch(/^org: stored state — the checkpoint keys on the record end in /)
  const used = await runBinary(['checkpoint-key', 'rotate'], { DATA_DIR }).ended
  expect(used).toMatchObject({ code: 2, err: 'Usage: wardroom checkpoint-key rotate <new key file>\n' })
})

test('npm passes its signals on to the program itself', () => {
  // Without exec a shell stands between: it dies of the SIGTERM, and Wardroom runs on with nobody to stop it.
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  expect(scripts.start).toBe('exec node dist/main.js')
})

/** Words that stand nowhere else, one for each way words come in. */
const WORDS = {
  declared: 'quixotically',
  posted: 'zymurgical',
  edited: 'borborygmus',
  noted: 'absquatulate',
  refused: 'snollygoster',
  outside: 'taradiddle',
  file: 'widdershins',
}

test('neither words nor tokens are logged, and what was acknowledged outlives a stop', async () => {
  const DATA_DIR = await begunDataDir(join(temporaryFolder(), 'data'))
  const env = { DATA_DIR, LOG_LEVEL: 'debug' }
  const running = runBinary([], env)
  const url = await startedAt(running)
  const sam = 'U0SAMOKAFOR'
  const posts = (channel: string, text: string) => act(url, { do: 'post', as: sam, channel, text })
  const types = (channel: string, text: string) => act(url, { do: 'command', as: sam, channel, text })

  await posts('C0HELPDESK1', `a ${WORDS.outside} before`)
  await types('C0HELPDESK1', `/incident declare lost laptop ${WORDS.declared}`)
  const room = await roomOf(url, sam)
  const { ts } = await posts(room, `the ${WORDS.posted} host`)
  await act(url, { do: 'edit', as: sam, channel: room, ts, text: `the ${WORDS.edited} host` })
  const base64 = Buffer.from(WORDS.file).toString('base64')
  await act(url, { do: 'upload', as: sam, channel: room, name: `${WORDS.file}.txt`, base64 })
  await types(room, `/incident note ${WORDS.noted}`)
  await types(room, `/incident assign ${WORDS.refused} <@U0LEECHAN00>`)
  await act(url, { do: 'react', as: sam, channel: room, ts, name: 'pushpin' })

  const { code, out, err } = await running.signal('SIGTERM')
  expect(code).toBe(0)
  const logged = out + err
  expect(logged).toContain('"msg"')
  for (const word of Object.values(WORDS)) expect(logged).not.toContain(word)
  expect(logged).not.toMatch(/xox[a-z]-|xapp-\d|signing|Bearer/i)

  const again = runBinary([], env)
  const after = await startedAt(again)
  expect(await roomOf(after, sam)).toBe(room)
  expect(await textIn(after, sam, room)).toContain(WORDS.edited)
  expect((await again.signal('SIGINT')).code).toBe(0)
  const verified = await runBinary(['verify'], { DATA_DIR }).ended
  expect(verified).toMatchObject({ code: 0, err: '' })
  expect(verified.out).toMatch(/inc-\d{4}-0001: \d+ entries, \d+ opened — whole/)
})

test.skipIf(testServerUrl === undefined)(
  'on Postgres the record key is pinned, and a stop ends every connection',
  async () => {
    const database = await testDatabase()
    onTestFinished(() => database.close())
    const CHECKPOINT_KEY = newCheckpointKeyText()
    const env = { DATABASE_URL: database.url!, RECORD_KEY: newKey(), CHECKPOINT_KEY }
    const running = runBinary([], env)
    await startedAt(running)
    expect(await running.signal('SIGTERM')).toMatchObject({ code: 0, err: '' })
    const wrong = await runBinary([], { ...env, RECORD_KEY: newKey() }).ended
    expect(wrong.code).toBe(1)
    expect(wrong.err).toMatch(WRONG_KEY)
    const other = await runBinary([], { ...env, CHECKPOINT_KEY: newCheckpointKeyText() }).ended
    expect(other.code).toBe(1)
    expect(other.err).toMatch(/^The checkpoint key is [0-9A-F-]{19}, but this database was signed with/)
    expect(other.err.trimEnd().split('\n')).toHaveLength(1)
  },
)
