/** The adapter against the practice workspace, through real HTTP and WebSocket, in both delivery modes. */

import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { Answer, ChatError, Inbound, InboundMessage } from '../../../src/chat/port.ts'
import { slackManifest } from '../../../src/chat/slack/manifest.ts'
import { type RunningSlack, startSlack } from '../../../src/chat/slack/start.ts'
import { type Practice, startPractice } from '../../../src/practice/server.ts'
import type { Card, Form } from '../../../src/views/card.ts'
import { historyOf } from '../../support/history.ts'
import { keptLog } from './stub.ts'

type Mode = 'socket' | 'http'

const card = (text: string, ...blocks: Card['blocks']): Card => ({
  summary: text,
  blocks: [{ kind: 'lines', lines: [text] }, ...blocks],
})
const form: Form = {
  verb: 'declare',
  title: 'Declare an incident',
  submit: 'Declare',
  nonce: 'nonce-0001',
  intro: ['Declaring admits nothing.'],
  fields: [
    { kind: 'text', name: 'what', label: 'What happened' },
    { kind: 'number', name: 'count', label: 'How many', optional: true },
    { kind: 'choice', name: 'kind', label: 'Kind', options: [{ value: 'lost', label: 'Lost device' }] },
    { kind: 'switches', name: 'how', label: 'How', options: [{ value: 'drill', label: 'Drill' }] },
    { kind: 'person', name: 'who', label: 'Who', optional: true },
    { kind: 'people', name: 'out', label: 'Keep out', optional: true },
    { kind: 'date', name: 'on', label: 'On', initial: '2026-11-20' },
    { kind: 'instant', name: 'at', label: 'First noticed', initial: '2026-11-20T22:41:00Z' },
  ],
}

interface World {
  practice: Practice
  slack: RunningSlack
  seen: Inbound[]
  gaps: string[]
  answer: (inbound: Inbound) => Answer | Promise<Answer>
  room: string
}

const ends: (() => Promise<void>)[] = []
/** Every Web API call of every test, for the last one. */
const made: { method: string; args: object }[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

async function world(mode: Mode, withoutScope?: string): Promise<World> {
  const commands = [{ command: '/incident', description: 'Run an incident', usageHint: 'help' }]
  const manifest = slackManifest({ name: 'Wardroom', commands, mode }) as {
    oauth_config: { scopes: { bot: string[] } }
  }
  const held = manifest.oauth_config.scopes
  held.bot = held.bot.filter((scope) => scope !== withoutScope)
  const httpPort = mode === 'http' ? await freePort() : undefined
  const practice = await startPractice({
    now: () => new Date(),
    manifest,
    delivery:
      httpPort === undefined
        ? { mode: 'socket' }
        : { mode: 'http', url: `http://127.0.0.1:${httpPort}/slack/events` },
    retryScale: 0.001,
    ackMs: 800,
  })
  ends.push(practice.close, async () => void made.push(...practice.calls))
  const it = { practice, seen: [], gaps: [], answer: () => ({ kind: 'none' }) } as unknown as World
  it.slack = await startSlack({
    botToken: practice.botToken,
    ...(httpPort === undefined
      ? { appToken: practice.appToken }
      : { signingSecret: practice.signingSecret, httpPort }),
    apiUrl: practice.apiUrl,
    commands: ['incident'],
    handle: async (inbound) => {
      it.seen.push(inbound)
      return it.answer(inbound)
    },
    now: () => new Date(),
    log: keptLog(),
    onGap: (_, why) => it.gaps.push(why),
  })
  ends.push(it.slack.stop)
  const room = await it.slack.port.openRoom({ name: 'inc-2026-0001', since: new Date(), keptOut: [] })
  it.room = room.room
  expect(await it.slack.port.invite(it.room, ['U0DANAREYES', 'U0SAMOKAFOR'])).toEqual([])
  await practice.idle()
  it.seen.length = 0
  return it
}

const messages = (it: World) => it.seen.filter((each): each is InboundMessage => each.type === 'message')

async function failureOf(promise: Promise<unknown>): Promise<ChatError> {
  return promise.then(
    () => {
      throw new Error('was expected to fail')
    },
    (error: ChatError) => error,
  )
}

for (const mode of ['socket', 'http'] as const)
  describe(`over ${mode}`, () => {
    test('a message whose commit failed is sent again until it is committed', async () => {
      const it = await world(mode)
      let failures = 2
      it.answer = () => {
        if (failures-- > 0) throw new Error('database away')
        return { kind: 'none' }
      }
      await it.practice.as('dana').post(it.room, 'hello')
      await it.practice.idle()
      expect(new Set(messages(it).map((each) => each.key)).size).toBe(1)
      expect(messages(it)).toHaveLength(3)
      expect(it.practice.lostEvents).toEqual([])
    })

    test('a command is answered privately, its button too, and its form comes back whole', async () => {
      const it = await world(mode)
      const dana = it.practice.as('dana')
      it.answer = () => ({
        kind: 'reply',
        card: card('Here.', {
          kind: 'buttons',
          buttons: [{ label: 'Declare', line: 'declare', incident: 'i1' }],
        }),
      })
      await dana.command(it.room, '/incident assign commander @sam')
      expect(it.seen[0]).toMatchObject({ line: 'assign commander <@U0SAMOKAFOR>', room: it.room })
      const [told] = dana.ephemerals(it.room)
      expect(told?.text).toBe('Here.')
      expect(it.practice.as('sam').ephemerals(it.room)).toEqual([])

      it.answer = () => ({ kind: 'form', form })
      await dana.click({ channel: it.room, ts: told!.ts }, 'Declare')
      await it.practice.waitFor(() => dana.modal(), 'the form')
      expect(it.seen[1]).toMatchObject({ via: 'button', line: 'declare', incident: 'i1' })

      it.answer = () => ({ kind: 'errors', errors: { what: 'Say what was lost.' } })
      await dana.submit({ 'f:what': 'x', 'f:kind': 'lost', 'f:count': '3', 'f:out': ['U0VICTORHAL'] })
      expect(dana.modal()).not.toBeNull()
      it.answer = () => ({ kind: 'reply', card: card('Declared.') })
      await dana.submit({
        'f:what': 'a laptop',
        'f:kind': 'lost',
        'f:how': ['drill'],
        'f:who': 'U0SAMOKAFOR',
      })
      expect(dana.modal()).toBeNull()
      expect(it.seen[3]).toMatchObject({
        type: 'form',
        verb: 'declare',
        room: it.room,
        key: it.seen[2]!.key,
        values: {
          what: 'a laptop',
          kind: 'lost',
          how: ['drill'],
          who: 'U0SAMOKAFOR',
          out: [],
          on: '2026-11-20',
          at: '2026-11-20T22:41:00.000Z',
        },
      })
      await it.practice.waitFor(
        () => dana.ephemerals(it.room).find((each) => each.text === 'Declared.'),
        'the private answer',
      )
    })

    test('what history tells has the keys that push told', async () => {
      const it = await world(mode)
      const since = new Date(Date.now() - 60_000)
      const dana = it.practice.as('dana')
      const root = await dana.post(it.room, 'root')
      await dana.reply(it.room, root, 'reply')
      await dana.reply(it.room, root, 'for all', { broadcast: true })
      const typo = await dana.post(it.room, 'tpyo')
      await it.practice.idle()
      await dana.edit(it.room, typo, 'typo')
      await dana.upload(it.room, { name: 'log.txt', bytes: 'one two' })
      await it.slack.port.post({ room: it.room }, card('Ours.'), 'd1')
      const doomed = await dana.post(it.room, 'doomed')
      await it.practice.idle()
      it.practice.admin.unfurl(it.room, root)
      it.practice.admin.touchThread(it.room, root)
      await dana.remove(it.room, root)
      await dana.remove(it.room, doomed)
      await it.practice.idle()
      const pushed = new Set(messages(it).map((each) => each.key))
      const read = await historyOf(it.slack.port, it.room, since)
      expect(read.filter((each) => !pushed.has(each.key))).toEqual([])
      const notRead = messages(it).filter((each) => !read.some((row) => row.key === each.key))
      expect(notRead.map((each) => [each.change, each.body?.text ?? each.previous?.text])).toEqual([
        ['posted', 'root'],
        ['posted', 'tpyo'],
        ['posted', 'doomed'],
        ['deleted', 'doomed'],
      ])
      expect(read.find((each) => each.own)).toMatchObject({ delivery: 'd1' })
      const file = read.find((each) => each.body?.files.length)?.body?.files[0]
      const chunks: Uint8Array[] = []
      for await (const chunk of await it.slack.port.download(file!, { room: it.room, message: '' }))
        chunks.push(chunk)
      expect(Buffer.concat(chunks).toString()).toBe('one two')
    })

    test('a mention, a direct message, the home and the shortcuts reach the same handle', async () => {
      const it = await world(mode)
      const dana = it.practice.as('dana')
      it.answer = () => ({ kind: 'reply', card: card('Status.') })
      const ts = await dana.post(it.room, `<@${it.practice.botUserId}> status`)
      await it.practice.waitFor(() => dana.ephemerals(it.room).length, 'the private answer')
      expect(messages(it)[0]).toMatchObject({ line: 'status' })
      const dm = await dana.openDm()
      await dana.post(dm, 'help')
      await it.practice.waitFor(() => dana.messages(dm).find((each) => each.isBot), 'the answer there')
      await dana.openHome()
      await it.practice.waitFor(() => dana.home(), 'the home')
      await dana.messageShortcut('record_evidence', it.room, ts)
      await dana.globalShortcut('declare')
      await it.practice.idle()
      const kinds = it.seen
        .filter((each) => each.type !== 'message')
        .map((each) => ('via' in each ? each.via : each.type))
      expect(kinds).toEqual(['direct', 'home', 'shortcut', 'shortcut'])
    })

    test('a room’s life is told', async () => {
      const it = await world(mode)
      const dana = it.practice.as('dana')
      const ts = await dana.post(it.room, 'x')
      await dana.react(it.room, ts, 'pushpin')
      await dana.unreact(it.room, ts, 'pushpin')
      await dana.invite(it.room, 'U0PRIYANAIR')
      await it.practice.as('sam').leave(it.room)
      await dana.rename(it.room, 'inc-renamed')
      await dana.archive(it.room)
      await dana.unarchive(it.room)
      it.practice.admin.shareChannel(it.room)
      it.practice.admin.removeBot(it.room)
      await it.practice.idle()
      const told = it.seen.filter((each) => each.type === 'room').map((each) => each.change)
      expect(new Set(told)).toEqual(
        new Set(['joined', 'left', 'renamed', 'archived', 'unarchived', 'shared', 'bot-removed']),
      )
      const reactions = it.seen.filter((each) => each.type === 'reaction').map((each) => each.added)
      expect(reactions.sort()).toEqual([false, true])
      expect(it.seen.filter((each) => each.type === 'unknown')).toEqual([])
    })
  })

test('an event sent twice has one key, and an edit that overtakes its original brings it along', async () => {
  const it = await world('socket')
  const dana = it.practice.as('dana')
  it.practice.faults.duplicateEvents(1)
  await dana.post(it.room, 'twice')
  await it.practice.idle()
  expect(messages(it)).toHaveLength(2)
  expect(messages(it)[0]!.key).toBe(messages(it)[1]!.key)
  it.seen.length = 0
  it.practice.faults.holdEvents()
  const ts = await dana.post(it.room, 'one')
  await dana.edit(it.room, ts, 'two')
  await dana.remove(it.room, ts)
  it.practice.faults.releaseEvents('reversed')
  await it.practice.idle()
  const told = messages(it).sort((a, b) => a.key.length - b.key.length)
  expect(told.map((each) => [each.change, each.previous?.text, each.body?.text])).toEqual([
    ['posted', undefined, 'one'],
    ['deleted', 'two', undefined],
    ['edited', 'one', 'two'],
  ])
})

test('a refresh of one connection and then of the other misses nothing', async () => {
  const it = await world('socket')
  const dana = it.practice.as('dana')
  for (let at = 0; at < 20; at++) {
    if (at === 5) it.practice.faults.disconnect('refresh_requested', 1)
    await dana.post(it.room, `message ${at}`)
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  await it.practice.idle()
  expect(new Set(messages(it).map((each) => each.body?.text)).size).toBe(20)
  expect(it.practice.lostEvents).toEqual([])
  expect(it.gaps).toEqual([])
})

test('scopes that the installed app lacks are named', async () => {
  expect((await world('socket')).slack.missingScopes).toEqual([])
  const { missingScopes } = (await world('socket', 'pins:write')).slack
  expect(['', 'pins:write']).toContain(missingScopes.join())
})

test('a workspace that went away and came back is a gap, and events flow again', async () => {
  const it = await world('socket')
  await it.practice.faults.goDown('refused')
  await it.practice.waitFor(() => it.slack.health().sockets === 0, 'both sockets down')
  await it.practice.faults.comeBack()
  await it.practice.waitFor(() => it.slack.health().sockets === 2, 'both sockets up', 30_000)
  expect(it.gaps).toEqual(['sockets_down'])
  await it.practice.as('dana').post(it.room, 'back')
  await it.practice.waitFor(() => messages(it).length === 1, 'the message')
}, 45_000)

describe('a call on a bad day', () => {
  test('whose answer was lost happened, and is found again by its delivery', async () => {
    const it = await world('socket')
    const since = new Date()
    it.practice.faults.failCalls('chat.postMessage', { kind: 'lost_answer' }, 1)
    const post = it.slack.port.post({ room: it.room }, card('Once.'), 'd9')
    expect(await failureOf(post)).toMatchObject({ failure: 'transient', maybeDone: true })
    const found = await it.slack.port.findPost({ room: it.room }, 'd9', since)
    expect(found?.room).toBe(it.room)
    expect(await it.slack.port.findPost({ room: it.room }, 'd8', since)).toBeUndefined()
    await it.slack.port.update(found!, card('Twice.'))
    const posts = it.practice
      .as('dana')
      .messages(it.room)
      .filter((each) => each.isBot && !each.subtype)
    expect(posts.map((each) => each.text)).toEqual(['Twice.'])
  })

  test('to a person can be read back too', async () => {
    const it = await world('socket')
    const sent = await it.slack.port.post({ person: 'U0SAMOKAFOR' }, card('You.'), 'd5')
    expect(await it.slack.port.findPost({ person: 'U0SAMOKAFOR' }, 'd5', new Date())).toEqual(sent)
  })

  test('that made a room leads to that room', async () => {
    const it = await world('socket')
    const since = new Date()
    it.practice.faults.failCalls('conversations.create', { kind: 'lost_answer' }, 1)
    const first = it.slack.port.openRoom({ name: 'inc-2026-0002', since, keptOut: [] })
    expect(await failureOf(first)).toMatchObject({ failure: 'transient', maybeDone: true })
    const adopted = await it.slack.port.openRoom({ name: 'inc-2026-0002', since, keptOut: [] })
    expect(adopted.name).toBe('inc-2026-0002')
    const later = new Date(Date.now() + 5000)
    expect((await it.slack.port.openRoom({ name: 'inc-2026-0002', since: later, keptOut: [] })).name).toBe(
      'inc-2026-0002-2',
    )
  })

  test('is told apart: slowed, failed, unknown', async () => {
    const it = await world('socket')
    const { faults } = it.practice
    const post = () => failureOf(it.slack.port.post({ room: it.room }, card('x'), 'd1'))
    faults.failCalls('chat.postMessage', { kind: 'rate_limited', retryAfterSeconds: 3 }, 1)
    expect(await post()).toMatchObject({ failure: 'transient', retryAfterMs: 3000 })
    faults.failCalls('chat.postMessage', { kind: 'server_error' }, 1)
    expect(await post()).toMatchObject({ failure: 'transient', maybeDone: true })
    faults.failCalls('pins.add', { kind: 'unknown_method' }, 1)
    const { message } = await it.slack.port.post({ room: it.room }, card('x'), 'd2')
    const pin = it.slack.port.dress(it.room, { kind: 'pin', message })
    expect(await failureOf(pin)).toMatchObject({ failure: 'unsupported' })
    await it.slack.port.dress(it.room, { kind: 'pin', message })
    await it.slack.port.dress(it.room, { kind: 'pin', message })
    await it.slack.port.dress(it.room, { kind: 'topic', text: 'Recorded.' })
    const info = await it.slack.port.roomInfo(it.room)
    expect(info).toMatchObject({ private: true, shared: false, archived: false })
    expect([...info.members].sort()).toEqual(['U0DANAREYES', 'U0SAMOKAFOR'])
    expect(await it.slack.port.person('U0GUSTAN000')).toMatchObject({ name: 'Gus Tan', guest: true })
  })

  test('for a file without the right gets a login page, and that is an error', async () => {
    const it = await world('socket')
    const { fileId } = await it.practice.as('dana').upload(it.room, { name: 'scan.bin', bytes: 'bytes' })
    await it.practice.idle()
    const file = messages(it).at(-1)!.body!.files[0]!
    expect(file.id).toBe(fileId)
    const fetchFile = globalThis.fetch
    globalThis.fetch = (input, init) => {
      const headers = new Headers(init?.headers)
      if (String(input).includes('files-pri')) headers.delete('authorization')
      return fetchFile(input, { ...init, headers })
    }
    ends.push(async () => {
      globalThis.fetch = fetchFile
    })
    expect(await failureOf(it.slack.port.download(file, { room: it.room, message: '' }))).toMatchObject({
      failure: 'refused',
      code: 'login_page',
    })
  })

  test('without its scope is refused by name', async () => {
    const it = await world('socket', 'pins:write')
    const pin = it.slack.port.dress(it.room, { kind: 'pin', message: '1.2' })
    expect(await failureOf(pin)).toMatchObject({ failure: 'refused', code: 'missing_scope' })
  })
})

const reference = new URL(
  '../../../../shared/schemas/slack/slack-api-ref/docs.slack.dev/methods/',
  import.meta.url,
)

test.skipIf(!existsSync(reference))(
  'every call names arguments that Slack knows, and all it requires',
  () => {
    const methods = new Set(made.map((call) => call.method))
    expect(methods.size).toBeGreaterThan(15)
    for (const method of methods) {
      const { args } = JSON.parse(readFileSync(new URL(`${method}.json`, reference), 'utf8'))
      const known = Object.keys(args.properties)
      const required = (args.required as string[]).filter((each) => each !== 'token')
      for (const call of made.filter((each) => each.method === method)) {
        const given = Object.keys(call.args).filter((each) => each !== 'token')
        expect(
          given.filter((each) => !known.includes(each)),
          method,
        ).toEqual([])
        expect(
          required.filter((each) => !given.includes(each)),
          method,
        ).toEqual([])
      }
    }
  },
)
