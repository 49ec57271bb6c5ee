// The page's routes over real HTTP: what they answer, and whom they refuse.
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Act, PageEvent } from '../../src/practice/page-api.ts'
import { call, type Event, startWorld, type World } from './bot.ts'

let world: World
let room = ''
const url = (path: string) => `${world.practice.url}${path}`
const id = (name: string) => world.practice.as(name).id
const get = async (path: string): Promise<Event> => (await (await fetch(url(path))).json()) as Event
const act = async (body: Act): Promise<Event> => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url('/practice/act'), { method: 'POST', headers, body: JSON.stringify(body) })
  return (await response.json()) as Event
}

beforeAll(async () => {
  world = await startWorld('socket', {
    advance: async (to) => {
      if (to === 'next')
        return { now: world.clock.now().toISOString(), moved: false, note: 'No reminder is waiting.' }
      world.clock.move(3_600_000)
      return { now: world.clock.now().toISOString(), moved: true }
    },
    setUp: (app) => {
      app.command('/incident', async ({ ack, body, client }) => {
        await ack({ text: 'heard' })
        const text = (value: string) => ({ type: 'plain_text' as const, text: value })
        const element = { type: 'plain_text_input' as const, action_id: 'text' }
        const blocks = [{ type: 'input' as const, block_id: 'what', label: text('What'), element }]
        const view = {
          type: 'modal' as const,
          title: text('T'),
          submit: text('S'),
          private_metadata: 'hidden',
          blocks,
        }
        await client.views.open({ trigger_id: body.trigger_id, view })
      })
    },
  })
  const { practice } = world
  const { channel } = await call(practice, 'conversations.create', {
    name: 'inc-2026-0001',
    is_private: true,
  })
  room = channel.id
  await call(practice, 'conversations.invite', { channel: room, users: id('sam') })
})
afterAll(() => world.close())

it('state shows one person’s channels, commands and the clock', async () => {
  const state = await get(`/practice/state?as=${id('sam')}`)
  expect(state).toMatchObject({
    notice: 'Practice, nothing here is real',
    me: { realName: 'Sam Okafor' },
    bot: { name: 'Wardroom', online: true },
    commands: [{ command: '/incident', usageHint: 'declare | status' }, {}],
    globalShortcuts: [{ callbackId: 'declare' }],
    messageShortcuts: [{ callbackId: 'record' }],
    clock: { canMove: true },
  })
  expect(state.channels.map((row: Event) => row.name)).toEqual(['general', 'it-helpdesk', 'inc-2026-0001'])
  const victor = await get(`/practice/state?as=${id('victor')}`)
  expect(victor.channels.map((row: Event) => row.name)).toEqual(['general', 'it-helpdesk'])
})

it('a private room’s messages are refused to others', async () => {
  expect(await get(`/practice/messages?channel=${room}&as=${id('victor')}`)).toEqual({
    ok: false,
    error: 'You cannot see that channel.',
  })
})

it('post, reply, react, pin, edit, mark read, upload, delete', async () => {
  const as = id('sam')
  const { ts } = await act({ as, do: 'post', channel: room, text: 'hello' })
  await act({ as, do: 'post', channel: room, text: 'below', thread: ts })
  await act({ as, do: 'react', channel: room, ts, name: 'eyes' })
  await act({ as, do: 'pin', channel: room, ts })
  await act({ as, do: 'edit', channel: room, ts, text: 'hello again' })
  await act({
    as,
    do: 'upload',
    channel: room,
    name: 'p.html',
    base64: Buffer.from('<script>').toString('base64'),
  })
  const { messages } = await get(`/practice/messages?channel=${room}&as=${as}`)
  expect(messages.find((row: Event) => row.ts === ts)).toMatchObject({
    text: 'hello again',
    replyCount: 1,
    isPinned: true,
    isMine: true,
    reactions: [{ name: 'eyes' }],
  })
  const thread = await get(`/practice/messages?channel=${room}&thread=${ts}&as=${as}`)
  expect(thread.messages.map((row: Event) => row.text)).toEqual(['hello again', 'below'])
  const file = await fetch(url(messages.at(-1).files[0].url))
  expect(file.headers.get('content-disposition')).toContain('attachment')
  expect(
    (await fetch(url(`/practice/file?id=${messages.at(-1).files[0].id}&as=${id('victor')}`))).status,
  ).toBe(404)
  expect(await act({ as: id('dana'), do: 'post', channel: room, text: 'x' })).toMatchObject({ ok: false })
  expect(await act({ as, do: 'delete', channel: room, ts })).toEqual({ ok: true })
})

it('a command opens a form, which the page submits; private_metadata stays with the bot', async () => {
  const as = id('sam')
  expect(await act({ as, do: 'command', channel: room, text: '/incident' })).toEqual({ ok: true })
  await world.practice.waitFor(() => world.practice.as('sam').modal(), 'the form')
  const { modals } = await get(`/practice/state?as=${as}`)
  expect(JSON.stringify(modals)).not.toContain('hidden')
  const view = modals[0].id
  expect(await act({ as, do: 'submit', view, values: {} })).toMatchObject({
    errors: { what: 'Please complete this required field.' },
  })
  expect(await act({ as, do: 'close', view })).toEqual({ ok: true })
  expect(await act({ as, do: 'submit', view, values: {} })).toMatchObject({ ok: false })
  const { messages } = await get(`/practice/messages?channel=${room}&as=${as}`)
  expect(messages.at(-1)).toMatchObject({ text: 'heard', isEphemeral: true })
})

it('the stream tells one person what changed', async () => {
  const stop = new AbortController()
  const response = await fetch(url(`/practice/events?as=${id('sam')}`), { signal: stop.signal })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  await world.practice.as('sam').post(room, 'news')
  const { channel } = await call(world.practice, 'conversations.create', { name: 'others', is_private: true })
  await call(world.practice, 'chat.postMessage', { channel: channel.id, text: 'not for sam' })
  await world.practice.as('sam').post('it-helpdesk', 'more')
  let text = ''
  while (!text.includes('C0HELPDESK1')) text += (await reader?.read())?.value ?? ''
  const events = text
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => JSON.parse(line.slice(6)) as PageEvent)
  expect(events).toContainEqual({ kind: 'messages', channel: room, thread: null })
  expect(text).not.toContain(channel.id)
  stop.abort()
})

it('the clock moves ahead', async () => {
  const move = async (to: string) => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to }),
    }
    return (await (await fetch(url('/practice/clock'), init)).json()) as Event
  }
  expect(await move('hour')).toMatchObject({ moved: true, now: '2026-11-20T23:41:00.000Z' })
  expect(await move('next')).toMatchObject({ moved: false, note: 'No reminder is waiting.' })
  expect(await move('year')).toMatchObject({ ok: false })
})

describe('refused', () => {
  const raw = (method: string, path: string, headers: Record<string, string>, body = '') =>
    new Promise<number>((resolve, reject) => {
      const { port } = new URL(world.practice.url)
      const sent = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      })
      sent.on('error', reject)
      sent.end(body)
    })
  const json = { 'content-type': 'application/json' }
  const host = () => new URL(world.practice.url).host
  const rows: [string, () => Promise<number>, number][] = [
    [
      'another host name (DNS rebinding)',
      () => raw('GET', '/practice/state', { host: `evil.example:${new URL(world.practice.url).port}` }),
      403,
    ],
    ['another port in Host', () => raw('GET', '/practice/state', { host: '127.0.0.1:1' }), 403],
    [
      'another page’s Origin',
      () => raw('POST', '/practice/reset', { ...json, host: host(), origin: 'https://evil.example' }, '{}'),
      403,
    ],
    [
      'a null Origin',
      () => raw('POST', '/practice/reset', { ...json, host: host(), origin: 'null' }, '{}'),
      403,
    ],
    [
      'a cross-site fetch',
      () => raw('GET', '/practice/state', { host: host(), 'sec-fetch-site': 'cross-site' }),
      403,
    ],
    [
      'a form post',
      () => raw('POST', '/practice/reset', { host: host(), 'content-type': 'text/plain' }, '{}'),
      403,
    ],
    ['a body that is not JSON', () => raw('POST', '/practice/act', { ...json, host: host() }, '{'), 400],
    ['a path out of the page’s folder', () => raw('GET', '/page/..%2f..%2fstate.ts', { host: host() }), 404],
    ['a page that is not there', () => raw('GET', '/page/nothing.js', { host: host() }), 404],
  ]
  it('but the page itself opens from a link anywhere', async () => {
    expect(await raw('GET', '/', { host: host(), 'sec-fetch-site': 'cross-site' })).toBe(200)
  })

  it.each(rows)('%s', async (_, ask, status) => {
    expect(await ask()).toBe(status)
  })

  it('any host but loopback to listen on', async () => {
    await expect(startWorld('socket', { host: '0.0.0.0' as never })).rejects.toThrow('127.0.0.1 only')
  })
})
