/**
 * Traps of Bolt and of Slack's delivery that no other test would spring: how Bolt is built, what is called, and what an
 * acknowledgement may come to.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Inbound } from '../../../src/chat/port.ts'
import { redactingLogger } from '../../../src/chat/slack/log.ts'
import { slackManifest } from '../../../src/chat/slack/manifest.ts'
import { botUser, keptLog, team, until } from './stub.ts'
import { card, click, command, message, post, shortcut, submit, type World, wait, world } from './world.ts'

type Options = Readonly<Record<string, unknown>>
interface Built {
  readonly what: string
  readonly options: Options
  // What Bolt keeps to itself: an open door, the time it allows.
  readonly made: Record<string, unknown>
}

const built = vi.hoisted((): Built[] => [])
vi.mock('@slack/bolt', async (importOriginal) => {
  const bolt = await importOriginal<typeof import('@slack/bolt')>()
  const watched = <T extends new (...given: never[]) => object>(what: string, each: T): T =>
    new Proxy(each, {
      construct(target, args) {
        const made = Reflect.construct(target, args) as Built['made']
        built.push({ what, options: args.at(-1), made })
        return made
      },
    })
  return {
    ...bolt,
    App: watched('App', bolt.App),
    SocketModeReceiver: watched('SocketModeReceiver', bolt.SocketModeReceiver),
    HTTPReceiver: watched('HTTPReceiver', bolt.HTTPReceiver),
    webApi: { ...bolt.webApi, WebClient: watched('WebClient', bolt.webApi.WebClient) },
  }
})

beforeEach(() => void built.splice(0))
const of = (what: string) => built.filter((each) => each.what === what)
const modes = ['socket', 'http'] as const

describe.each(modes)('Bolt over %s is built', (mode) => {
  test('without memory of conversations, with whole errors, and checked before it starts', async () => {
    await world(mode)
    expect(of('App')).toHaveLength(1)
    expect(of('App')[0]!.options).toMatchObject({
      convoStore: false,
      extendedErrorHandler: true,
      deferInitialization: true,
      ignoreSelf: false,
    })
  })

  test.each([
    ['acknowledges when its listeners are done, commands too', 'processBeforeResponse'],
    ['logs whole payloads', 'developerMode'],
    ['logs at a level of its own', 'logLevel'],
    ['takes requests without a signature', 'signatureVerification'],
    ['opens a port for routes of its own', 'customRoutes'],
    ['opens a port for installing', 'clientId'],
    ['opens a port for installing', 'installationStore'],
    ['keeps tokens of other workspaces', 'authorize'],
  ])('so that nothing %s (%s)', async (_, option) => {
    await world(mode)
    expect(built.length).toBeGreaterThanOrEqual(4)
    for (const { options } of built) expect(options).not.toHaveProperty(option)
  })

  test('with a logger that Bolt’s debug lines, which quote payloads, do not pass', async () => {
    await world(mode)
    for (const { options } of built) expect(options.logger).toBeDefined()
    const log = keptLog()
    const logger = redactingLogger(log)
    logger.debug('body: Mrs. A')
    logger.info('body: Mrs. A')
    logger.error('body: Mrs. A', { body: 'Mrs. A' })
    logger.error(Object.assign(new Error('Mrs. A'), { code: 'slack_bolt_unknown_error' }))
    expect(log.lines.map((line) => JSON.parse(line).code)).toEqual(['body', 'slack_bolt_unknown_error'])
  })

  test('with a retry policy for each client, in options that none shares with another', async () => {
    await world(mode)
    const clients = built.flatMap(({ what, options }) => {
      if (what === 'App') return [options.clientOptions as Options]
      if (what === 'SocketModeReceiver')
        return [(options.installerOptions as { clientOptions: Options }).clientOptions]
      return what === 'WebClient' ? [options] : []
    })
    expect(clients).toHaveLength(mode === 'socket' ? 5 : 3)
    expect(new Set(clients).size).toBe(clients.length)
    const policies = clients.map((options) => options.retryConfig)
    expect(new Set(policies).size).toBe(clients.length)
    // Slack's own would go on for half an hour; for ever only where nobody waits.
    expect(policies.map((policy) => (policy as { retries?: number }).retries ?? 'for ever')).toEqual(
      mode === 'socket' ? [2, 0, 'for ever', 'for ever', 3] : [2, 0, 3],
    )
    for (const { options } of of('WebClient')) expect(options).toMatchObject({ rejectRateLimitedCalls: true })
    for (const options of clients) expect(options.timeout).toBe(10_000)
  })
})

test('the sockets ask again for ever, soon enough, and open no port', async () => {
  await world('socket')
  expect(of('SocketModeReceiver')).toHaveLength(2)
  for (const { options, made } of of('SocketModeReceiver')) {
    expect(options).toMatchObject({
      installerOptions: { clientOptions: { retryConfig: { forever: true, maxTimeout: 30_000 } } },
    })
    expect(made.httpServer).toBeUndefined()
  }
})

test('HTTP delivery listens on loopback unless told otherwise', async () => {
  await world('http')
  const { server } = of('HTTPReceiver')[0]!.made as unknown as { server: { address(): AddressInfo } }
  expect(server.address().address).toBe('127.0.0.1')
})

/** As Slack sends it in either mode, and what became of it. */
async function sent(mode: (typeof modes)[number], it: World, body: object, type?: string): Promise<unknown> {
  if (mode === 'socket') return it.stub.envelope(body, type ? { type } : {})
  const form =
    type === 'slash_commands'
      ? new URLSearchParams(body as Record<string, string>)
      : new URLSearchParams({ payload: JSON.stringify(body) })
  const answer = type
    ? await post(it, `${form}`, { type: 'application/x-www-form-urlencoded' })
    : await post(it, JSON.stringify(body))
  return answer.status
}
const taken = { socket: {}, http: 200 }

describe.each(modes)('over %s', (mode) => {
  const asked: [string, (it: World) => [object, string], string][] = [
    ['a command', (it) => [command(it.stub, 'status'), 'slash_commands'], 'trigger:trig.1'],
    ['a button', (it) => [click(it.stub, { l: 'status' }), 'interactive'], 'trigger:trig.2'],
    ['a message shortcut', (it) => [shortcut(it.stub, 'record_evidence'), 'interactive'], 'trigger:trig.4'],
    [
      'a global shortcut',
      (it) => [
        shortcut(it.stub, 'declare', { type: 'shortcut', channel: undefined, message: undefined }),
        'interactive',
      ],
      'trigger:trig.4',
    ],
    ['a form', () => [submit(), 'interactive'], 'form:U1:nonce-0001'],
  ]
  // Bolt runs every listener that matches; and these bring no event id, so what they carry tells a repeat.
  test.each(asked)(
    '%s is run by one listener, under a key that a repeat would have too',
    async (_, what, key) => {
      const it = await world(mode)
      expect(await sent(mode, it, ...what(it))).toEqual(taken[mode])
      expect(await sent(mode, it, ...what(it))).toEqual(taken[mode])
      expect(it.seen.map((each) => each.key)).toEqual([`slack:${team}:${key}`, `slack:${team}:${key}`])
      expect(it.log.lines.join('\n')).not.toMatch(/failed|slack library/)
    },
  )

  test('a form that was closed is acknowledged and kept nowhere', async () => {
    const it = await world(mode)
    const closed = { ...submit(), type: 'view_closed', is_cleared: false }
    expect(await sent(mode, it, closed, 'interactive')).toEqual(taken[mode])
    expect(it.seen).toEqual([])
  })
})

describe('a commit whose acknowledgement comes to nothing', () => {
  const mention = message(`<@${botUser}> status`)
  const once = (it: World, during: () => Promise<unknown>) => {
    const keys = new Set<string>()
    it.answer = async ({ key }: Inbound) => {
      if (keys.has(key)) return { kind: 'none' }
      keys.add(key)
      await during()
      return { kind: 'reply', card }
    }
  }

  test('because Bolt had given up on the request is answered all the same, and the next try taken', async () => {
    const it = await world('http')
    of('HTTPReceiver')[0]!.made.unhandledRequestTimeoutMillis = 20
    once(it, () => wait(100))
    expect((await post(it, JSON.stringify(mention))).status).toBe(404)
    await until(() => it.stub.called('chat.postEphemeral').length === 1)
    expect((await post(it, JSON.stringify(mention))).status).toBe(200)
  })

  test('because its connection went is answered all the same, and taken over the other', async () => {
    const it = await world('socket')
    once(it, async () => {
      it.stub.sockets[0]!.terminate()
      await until(() => it.slack.health().sockets === 1)
    })
    expect(await it.stub.envelope(mention)).toBeUndefined()
    await until(() => it.stub.called('chat.postEphemeral').length === 1)
    expect(await it.stub.envelope(mention)).toEqual({})
    expect(it.stub.called('chat.postEphemeral')).toHaveLength(1)
  })
})

describe('an HTTP request', () => {
  const at = (it: World, path: string) => `http://127.0.0.1:${it.slack.httpPort}${path}`
  const strangers: [string, string, RequestInit, number][] = [
    ['for the root', '/', {}, 404],
    ['for no path at all', '//', {}, 404],
    ['for the events, to look at them', '/slack/events', {}, 404],
    ['with a body to another path', '/slack/actions', { method: 'POST', body: '{}' }, 404],
    [
      'that asks for its challenge back without a signature',
      '/slack/events',
      { method: 'POST', body: '{"type":"url_verification","challenge":"c"}' },
      401,
    ],
    [
      'that checks the certificate and brings a command along',
      '/slack/events',
      {
        method: 'POST',
        body: 'ssl_check=1&command=/incident&text=close',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
      200,
    ],
  ]
  // Vitest fails on an unhandled rejection, which would end the process.
  test.each(strangers)(
    '%s ends nothing, tells nothing and runs nothing',
    async (_, path, request, status) => {
      const it = await world('http')
      const answer = await fetch(at(it, path), request)
      expect([answer.status, await answer.text()]).toEqual([status, ''])
      expect(it.seen).toEqual([])
      expect((await post(it, JSON.stringify(message('still here')))).status).toBe(200)
    },
  )

  test('that could not be taken in never tells Slack to stop trying, nor to look elsewhere', async () => {
    const it = await world('http')
    it.answer = () => Promise.reject(new Error('no'))
    const { status, headers } = await post(it, JSON.stringify(message('x')))
    expect([status, headers.get('x-slack-no-retry'), headers.get('location')]).toEqual([500, null, null])
  })
})

const source = new URL('../../../src/chat/slack/', import.meta.url)
const text = readdirSync(source)
  .map((name) => readFileSync(new URL(name, source), 'utf8'))
  .join('\n')

test('Slack is asked for these methods and no other: none that holds words for later, none where PHI may not go', () => {
  const called = [
    ...text
      .replaceAll(/\s+/g, ' ')
      .matchAll(/\.(?:read|once)\.([a-z]+\.[a-zA-Z.]+)\(|\bread\.(auth\.test)\(/g),
  ]
  expect([...new Set(called.map(([, method, own]) => method ?? own))].sort()).toEqual([
    'auth.test',
    'chat.postEphemeral',
    'chat.postMessage',
    'chat.update',
    'conversations.create',
    'conversations.history',
    'conversations.info',
    'conversations.invite',
    'conversations.list',
    'conversations.members',
    'conversations.open',
    'conversations.replies',
    'conversations.setTopic',
    // An export, into one person's own chat with the bot, and out of it again.
    'files.completeUploadExternal',
    'files.delete',
    'files.getUploadURLExternal',
    'files.info',
    'pins.add',
    'users.info',
    'views.open',
    'views.publish',
  ])
  // By no other way: a method by its name, a client that Bolt hands to a listener, a file sent up.
  expect(text).not.toMatch(
    /apiCall|filesUpload|\bclient\.(?:chat|views|conversations|files|users)\b|scheduleMessage|canvas|slackLists/,
  )
})

test('one workspace’s own app: no installing for others, and tokens that stay what they are', () => {
  for (const mode of modes)
    expect(slackManifest({ name: 'Wardroom', commands: [], mode })).toMatchObject({
      settings: { org_deploy_enabled: false, token_rotation_enabled: false },
      oauth_config: { scopes: { bot: expect.any(Array) } },
    })
})

test('Slack’s libraries are the versions whose inside is known, each of them once', () => {
  const { dependencies } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'))
  const ours = createRequire(import.meta.url)
  const bolts = createRequire(ours.resolve('@slack/bolt'))
  for (const name of ['@slack/socket-mode', '@slack/web-api']) {
    expect(dependencies[name]).toMatch(/^\d+\.\d+\.\d+$/)
    expect(bolts.resolve(name)).toBe(ours.resolve(name))
    expect(ours(`${name}/package.json`).version).toBe(dependencies[name])
  }
  expect(dependencies['@slack/bolt']).toMatch(/^\d+\.\d+\.\d+$/)
})
