// Failures on demand, and the traps of delivery, with a real Bolt app on the other side.
import { afterEach, describe, expect, it } from 'vitest'
import { signedHeaders } from '../../src/practice/delivery-http.ts'
import { call, startWorld, type World } from './bot.ts'

let world: World
let isOpen = false
const start: typeof startWorld = async (mode, options) => {
  world = await startWorld(mode, options)
  isOpen = true
  return world
}
afterEach(async () => {
  if (isOpen) await world.close()
  isOpen = false
})

const roomIn = async ({ practice }: World): Promise<string> => {
  const { channel } = await call(practice, 'conversations.create', { name: 'room', is_private: true })
  await call(practice, 'conversations.invite', { channel: channel.id, users: practice.as('sam').id })
  await practice.idle()
  return channel.id
}

describe.each(['socket', 'http'] as const)('events over %s', (mode) => {
  it('an event that is not acknowledged comes again, marked as a retry, until it is', async () => {
    let failures = 0
    await start(mode, {
      ackMs: 300,
      beforeEvent: async () => {
        if (failures-- > 0) throw new Error('not committed')
      },
    })
    const room = await roomIn(world)
    world.bot.heard.length = 0
    failures = 2
    await world.practice.as('sam').post(room, 'keep me')
    await world.practice.idle()
    expect(world.bot.heard[0]).toMatchObject({ event: { text: 'keep me' }, retryNum: 2 })
    expect(world.practice.lostEvents).toEqual([])
  })

  it('after three retries the event is lost for good', async () => {
    let isBroken = false
    await start(mode, {
      ackMs: 200,
      beforeEvent: async () => {
        if (isBroken) throw new Error('not committed')
      },
    })
    const room = await roomIn(world)
    isBroken = true
    await world.practice.as('sam').post(room, 'gone')
    await world.practice.idle()
    expect(world.practice.lostEvents).toMatchObject([{ event: { text: 'gone' } }])
  })

  it('drop, duplicate, delay and reorder', async () => {
    await start(mode)
    const room = await roomIn(world)
    const { practice, bot } = world
    const sam = practice.as('sam')
    const texts = () => bot.heard.map((row) => row.event.text)
    bot.heard.length = 0
    practice.faults.dropEvents(1)
    await sam.post(room, 'dropped')
    practice.faults.duplicateEvents(1)
    await sam.post(room, 'twice')
    await practice.idle()
    expect(texts()).toEqual(['twice', 'twice'])
    expect(new Set(bot.heard.map((row) => row.body.event_id)).size).toBe(1)
    bot.heard.length = 0
    practice.faults.delayEvents(30, 1)
    await sam.post(room, 'late')
    await sam.post(room, 'early')
    await practice.idle()
    expect(texts()).toEqual(['early', 'late'])
    bot.heard.length = 0
    practice.faults.holdEvents((event) => event.type === 'message')
    for (const text of ['1', '2', '3']) await sam.post(room, text)
    expect(texts()).toEqual([])
    practice.faults.releaseEvents('reversed')
    await practice.idle()
    expect(texts().sort()).toEqual(['1', '2', '3'])
    if (mode === 'socket') expect(bot.heard.map((row) => row.event.text)).toEqual(['3', '2', '1'])
  })

  it('what the bot is not in, it does not hear of', async () => {
    await start(mode)
    const { practice, bot } = world
    const sam = practice.as('sam')
    const secret = await sam.createChannel('secret', true)
    await sam.post(secret, 'private')
    await sam.post('general', 'public')
    await practice.idle()
    expect(bot.heard).toEqual([])
    await sam.invite(secret, practice.botUserId)
    await sam.post(secret, 'now you hear')
    await practice.idle()
    expect(bot.types()).toEqual(expect.arrayContaining(['channel_join', 'member_joined_channel', 'message']))
    practice.admin.removeBot(secret)
    await sam.post(secret, 'private again')
    await practice.idle()
    expect(bot.types()).toContain('group_left')
    expect(bot.heard.some((row) => row.event.text === 'private again')).toBe(false)
  })

  it('a preview and a thread counter are message_changed without a change of text', async () => {
    await start(mode)
    const room = await roomIn(world)
    const { practice, bot } = world
    const ts = await practice.as('sam').post(room, 'see https://example.org/a')
    await practice.idle()
    bot.heard.length = 0
    practice.admin.unfurl(room, ts)
    practice.admin.touchThread(room, ts)
    await practice.idle()
    for (const { event } of bot.heard) {
      expect(event).toMatchObject({
        subtype: 'message_changed',
        message: { text: 'see <https://example.org/a>' },
      })
      expect(event.message.text).toBe(event.previous_message.text)
      expect(event.message.edited).toBeUndefined()
    }
  })

  it('the life of a room is told: rename, archive, shared, new id, deleted', async () => {
    await start(mode)
    const room = await roomIn(world)
    const { practice, bot } = world
    const sam = practice.as('sam')
    bot.heard.length = 0
    await sam.rename(room, 'other-name')
    await sam.archive(room)
    await sam.unarchive(room)
    practice.admin.shareChannel(room)
    const moved = practice.admin.changeChannelId(room)
    practice.admin.deleteChannel(moved)
    await practice.idle()
    expect(bot.types().sort()).toEqual(
      [
        'group_rename',
        'group_name',
        'group_archive',
        'group_archive',
        'group_unarchive',
        'group_unarchive',
        'channel_shared',
        'channel_id_changed',
        'group_deleted',
      ].sort(),
    )
    expect(await call(practice, 'conversations.info', { channel: moved })).toMatchObject({
      error: 'channel_not_found',
    })
  })
})

describe('socket mode', () => {
  it('each event goes to exactly one of two connections, and none is missed through a refresh', async () => {
    await start('socket', { sockets: 2 })
    const room = await roomIn(world)
    const { practice, bot } = world
    expect(practice.connections()).toBe(2)
    bot.heard.length = 0
    const sam = practice.as('sam')
    for (let at = 0; at < 5; at += 1) await sam.post(room, `before ${at}`)
    await practice.idle()
    expect(bot.heard).toHaveLength(5)
    practice.faults.disconnect('warning', 1)
    practice.faults.disconnect('refresh_requested', 1)
    for (let at = 0; at < 5; at += 1) await sam.post(room, `after ${at}`)
    await practice.idle()
    expect(new Set(bot.heard.map((row) => row.event.text)).size).toBe(10)
  })

  it('an event in flight on a cut connection comes again as a retry', async () => {
    let attempts = 0
    let isHolding = false
    await start('socket', {
      sockets: 2,
      beforeEvent: async () => {
        if (!isHolding) return
        attempts += 1
        // the first attempt never ends: its acknowledgement could only be late
        if (attempts === 1) await new Promise(() => {})
      },
    })
    const room = await roomIn(world)
    world.bot.heard.length = 0
    isHolding = true
    await world.practice.as('sam').post(room, 'in flight')
    await world.practice.waitFor(() => attempts === 1, 'the first attempt')
    world.practice.faults.disconnect('abrupt')
    await world.practice.waitFor(
      () => world.practice.connections() === 2 || attempts > 1,
      'reconnection',
      30_000,
    )
    await world.practice.as('sam').post(room, 'after')
    await world.practice.idle()
    const texts = [...world.bot.heard, ...world.practice.lostEvents].map((row) => row.event.text)
    expect(texts).toEqual(expect.arrayContaining(['in flight', 'after']))
  })

  it('a socket ticket is good once', async () => {
    await start('socket')
    const { url } = await call(world.practice, 'apps.connections.open', {}, world.practice.appToken)
    const open = () =>
      new Promise((resolve) => {
        const socket = new WebSocket(url)
        socket.onopen = () => resolve('open')
        socket.onerror = () => resolve('refused')
      })
    if (typeof WebSocket === 'undefined') return
    expect(await open()).toBe('open')
    expect(await open()).toBe('refused')
  })
})

describe('http mode', () => {
  it('the request URL is verified by a signed challenge', async () => {
    await start('http')
    expect(await world.practice.verifyUrl()).toBe(true)
  })

  it('headers carry Slack’s v0 signature', () => {
    const headers = signedHeaders('8f742231b10e8888abcd99yyyzzz85a5', 'token=x', 1_531_420_618_000)
    expect(headers['x-slack-request-timestamp']).toBe('1531420618')
    expect(headers['x-slack-signature']).toMatch(/^v0=[0-9a-f]{64}$/)
  })
})

describe('Web API faults', () => {
  it('429 with Retry-After, 500, an error code and unknown_method, each as often as asked', async () => {
    await start('socket')
    const { practice } = world
    const raw = (method: string) =>
      fetch(`${practice.apiUrl}${method}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${practice.botToken}` },
      })
    practice.faults.failCalls('auth.test', { kind: 'rate_limited', retryAfterSeconds: 7 })
    const limited = await raw('auth.test')
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7'])
    practice.faults.failCalls('*', { kind: 'server_error' }, 2)
    expect([
      (await raw('auth.test')).status,
      (await raw('team.info')).status,
      (await raw('team.info')).status,
    ]).toEqual([500, 500, 200])
    practice.faults.failCalls('pins.add', { kind: 'unknown_method' })
    expect(await call(practice, 'pins.add', {})).toMatchObject({ error: 'unknown_method' })
    practice.faults.failCalls('auth.test', { kind: 'error', error: 'fatal_error' })
    expect(await call(practice, 'auth.test', {})).toMatchObject({ error: 'fatal_error' })
  })

  it('a lost answer: the post is there, the caller cannot know; a cut connection: nothing is', async () => {
    await start('socket')
    const { practice } = world
    const room = await roomIn(world)
    practice.faults.failCalls('chat.postMessage', { kind: 'lost_answer' })
    await expect(call(practice, 'chat.postMessage', { channel: room, text: 'stored' })).rejects.toThrow()
    practice.faults.failCalls('chat.postMessage', { kind: 'connection_cut' })
    await expect(call(practice, 'chat.postMessage', { channel: room, text: 'never' })).rejects.toThrow()
    const texts = practice
      .as('sam')
      .messages(room)
      .map((row) => row.text)
    expect(texts).toContain('stored')
    expect(texts).not.toContain('never')
  })

  it('a file’s address and a response_url fail too when asked; a call may simply never be answered', async () => {
    await start('socket')
    const { practice } = world
    const room = await roomIn(world)
    await practice.as('sam').upload(room, { name: 'a.txt', bytes: 'x' })
    const { messages } = await call(practice, 'conversations.history', { channel: room })
    const headers = { authorization: `Bearer ${practice.botToken}` }
    const file = () => fetch(messages[0].files[0].url_private, { headers })
    practice.faults.failCalls('files-pri', { kind: 'server_error', status: 502 })
    expect([(await file()).status, (await file()).status]).toEqual([502, 200])
    practice.faults.failCalls('auth.test', { kind: 'timeout' })
    const signal = AbortSignal.timeout(50)
    await expect(fetch(`${practice.apiUrl}auth.test`, { method: 'POST', headers, signal })).rejects.toThrow()
  })

  it('the whole platform away and back, on the same address', async () => {
    await start('http')
    const { practice } = world
    await practice.faults.goDown('unavailable')
    expect((await fetch(`${practice.apiUrl}auth.test`)).status).toBe(503)
    await practice.faults.comeBack()
    await practice.faults.goDown('refused')
    await expect(call(practice, 'auth.test', {})).rejects.toThrow()
    await practice.faults.comeBack()
    expect(await call(practice, 'auth.test', {})).toMatchObject({ ok: true })
  })
})

describe('triggers and response_urls', () => {
  it('a trigger is good once and for three seconds; a stack holds three; hashes conflict; a response_url has five uses', async () => {
    let at = 0
    let trigger = ''
    let responseUrl = ''
    await start('socket', {
      wall: () => at,
      setUp: (app) =>
        app.command('/raw', async ({ ack, body }) => {
          trigger = body.trigger_id
          responseUrl = body.response_url
          await ack()
        }),
    })
    const { practice } = world
    const sam = practice.as('sam')
    const text = (value: string) => ({ type: 'plain_text', text: value })
    const view = {
      type: 'modal',
      title: text('T'),
      submit: text('S'),
      blocks: [
        {
          type: 'actions',
          block_id: 'b',
          elements: [{ type: 'button', action_id: 'deeper', text: text('Deeper') }],
        },
      ],
    }
    await sam.command('it-helpdesk', '/raw')
    at += 3001
    expect(await call(practice, 'views.open', { trigger_id: trigger, view })).toMatchObject({
      error: 'expired_trigger_id',
    })
    await sam.command('it-helpdesk', '/raw')
    const opened = await call(practice, 'views.open', { trigger_id: trigger, view })
    expect(opened).toMatchObject({ ok: true, view: { root_view_id: opened.view.id, previous_view_id: null } })
    expect(await call(practice, 'views.open', { trigger_id: trigger, view })).toMatchObject({
      error: 'exchanged_trigger_id',
    })
    const update = { view_id: opened.view.id, view, hash: opened.view.hash }
    expect(await call(practice, 'views.update', update)).toMatchObject({ ok: true })
    expect(await call(practice, 'views.update', update)).toMatchObject({ error: 'hash_conflict' })
    for (const expected of [true, true, false]) {
      await sam.command('it-helpdesk', '/raw')
      const pushed = await call(practice, 'views.push', { trigger_id: trigger, view })
      expect(pushed.ok, JSON.stringify(pushed)).toBe(expected)
      if (!expected) expect(pushed.error).toBe('push_limit_reached')
    }
    const answer = () =>
      fetch(responseUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"text":"x"}',
      })
    const statuses: number[] = []
    for (let use = 0; use < 6; use += 1) statuses.push((await answer()).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404])
    await sam.command('it-helpdesk', '/raw')
    at += 30 * 60 * 1000 + 1
    expect((await answer()).status).toBe(404)
  })
})
