import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ChatError, type ChatPort, type HistoryPart, type InboundFile } from '../../../src/chat/port.ts'
import { connectApi } from '../../../src/chat/slack/api.ts'
import { redactingLogger } from '../../../src/chat/slack/log.ts'
import { slackPort } from '../../../src/chat/slack/verbs.ts'
import type { Card } from '../../../src/views/card.ts'
import { historyOf, partsOf } from '../../support/history.ts'
import { botId, botUser, keptLog, type Methods, type Stub, startStub, team } from './stub.ts'

const card: Card = { summary: 'Status changed.', blocks: [{ kind: 'lines', lines: ['<b> & co'] }] }
const since = new Date('2027-01-15T08:00:00Z')
const created = since.getTime() / 1000
let stub: Stub
let port: ChatPort
let basics: Methods

beforeAll(async () => {
  stub = await startStub()
  basics = { ...stub.methods }
})
afterAll(() => stub.close())
beforeEach(async () => {
  for (const method of Object.keys(stub.methods)) delete stub.methods[method]
  Object.assign(stub.methods, basics)
  stub.calls.length = 0
  const logger = redactingLogger(keptLog())
  port = slackPort(
    await connectApi({ botToken: 'xoxb-1', apiUrl: `${stub.url}/api/`, now: () => new Date(), logger }),
  )
})

async function failureOf(promise: Promise<unknown>): Promise<ChatError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ChatError)
  return error as ChatError
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const out: T[] = []
  for await (const item of items) out.push(item)
  return out
}

describe('a post', () => {
  test('carries its delivery in metadata, a PHI-free fallback, and no link previews', async () => {
    stub.methods['chat.postMessage'] = () => ({ ok: true, channel: 'C1', ts: '1.2' })
    expect(await port.post({ room: 'C1', thread: '1.0' }, card, 'd1')).toEqual({ room: 'C1', message: '1.2' })
    const [sent] = stub.called('chat.postMessage')
    expect(sent).toMatchObject({
      channel: 'C1',
      thread_ts: '1.0',
      text: 'Status changed.',
      unfurl_links: 'false',
    })
    expect(JSON.parse(sent!.metadata!)).toEqual({
      event_type: 'wardroom_delivery',
      event_payload: { delivery: 'd1' },
    })
    expect(sent!.blocks).toContain('&lt;b&gt; &amp; co')
    expect(sent).not.toHaveProperty('team_id')
  })

  test('to a person lands in their direct room', async () => {
    stub.methods['chat.postMessage'] = (args) => ({ ok: true, channel: args.channel, ts: '1.2' })
    expect(await port.post({ person: 'U1' }, card, 'd1')).toEqual({ room: 'DU1', message: '1.2' })
  })

  test('is found again by its delivery, past posts that only claim it', async () => {
    const metadata = { event_type: 'wardroom_delivery', event_payload: { delivery: 'd1' } }
    const pages: Record<string, object> = {
      '': {
        ok: true,
        messages: [
          { ts: '5.0', user: 'U1', text: 'x' },
          { ts: '4.0', user: 'U9', bot_id: 'B9', text: 'x', metadata },
        ],
        response_metadata: { next_cursor: 'two' },
      },
      two: { ok: true, messages: [{ ts: '3.0', user: botUser, bot_id: botId, text: 'x', metadata }] },
    }
    stub.methods['conversations.history'] = (args) => pages[args.cursor ?? '']!
    expect(await port.findPost({ room: 'C1' }, 'd1', since)).toEqual({ room: 'C1', message: '3.0' })
    expect(await port.findPost({ room: 'C1' }, 'd2', since)).toBeUndefined()
    const [asked] = stub.called('conversations.history')
    expect(asked).toMatchObject({ include_all_metadata: 'true' })
    expect(Number(asked!.oldest)).toBeLessThan(created)
  })

  test('in a place the bot may not read is unsupported, never "not there"', async () => {
    stub.methods['conversations.history'] = () => ({ ok: false, error: 'missing_scope' })
    expect(await failureOf(port.findPost({ channel: 'C9' }, 'd1', since))).toMatchObject({
      failure: 'unsupported',
    })
  })
})

describe('a call that fails', () => {
  const rows: [string, Methods[string], Partial<ChatError>][] = [
    [
      'for its rate says when to try again, at once',
      () => ({ status: 429, headers: { 'retry-after': '7' } }),
      { failure: 'transient', code: 'ratelimited', retryAfterMs: 7000, maybeDone: false },
    ],
    [
      'for its rate without saying when',
      () => ({ status: 429 }),
      { failure: 'transient', code: 'ratelimited' },
    ],
    ['with a 500 may have happened', () => ({ status: 500 }), { failure: 'transient', maybeDone: true }],
    ['with a lost answer may have happened', () => 'cut', { failure: 'transient', maybeDone: true }],
    [
      'inside Slack may have happened',
      () => ({ ok: false, error: 'fatal_error' }),
      { failure: 'transient', maybeDone: true },
    ],
    ['as unknown is unsupported', () => ({ ok: false, error: 'unknown_method' }), { failure: 'unsupported' }],
    ['because the room is gone', () => ({ ok: false, error: 'channel_not_found' }), { failure: 'gone' }],
    ['because the room is archived', () => ({ ok: false, error: 'is_archived' }), { failure: 'gone' }],
    [
      'for any other reason is refused',
      () => ({ ok: false, error: 'invalid_blocks' }),
      { failure: 'refused', code: 'invalid_blocks', maybeDone: false },
    ],
    ['with a page instead of an answer', () => ({ status: 403, body: '<html>' }), { failure: 'refused' }],
  ]
  for (const [name, method, wanted] of rows)
    test(name, async () => {
      stub.methods['chat.postMessage'] = method
      expect(await failureOf(port.post({ room: 'C1' }, card, 'd1'))).toMatchObject(wanted)
      expect(stub.called('chat.postMessage')).toHaveLength(1)
    })

  test('because nobody listens cannot have happened', async () => {
    const gone = await startStub()
    const api = {
      botToken: 'x',
      apiUrl: `${gone.url}/api/`,
      now: () => new Date(),
      logger: redactingLogger(keptLog()),
    }
    const there = slackPort(await connectApi(api))
    await gone.close()
    const failure = await failureOf(there.post({ room: 'C1' }, card, 'd1'))
    expect(failure).toMatchObject({ failure: 'transient', code: 'ECONNREFUSED', maybeDone: false })
  })
})

describe('opening a room', () => {
  const taken = () => ({ ok: false, error: 'name_taken' })
  const list = (...channels: object[]) => ({ ok: true, channels })
  const ours = { id: 'C7', name: 'inc-1', creator: botUser, created }

  test('makes a private one', async () => {
    stub.methods['conversations.create'] = (args) => ({ ok: true, channel: { id: 'C1', name: args.name } })
    expect(await port.openRoom({ name: 'inc-1', since, keptOut: [] })).toEqual({ room: 'C1', name: 'inc-1' })
    expect(stub.called('conversations.create')).toEqual([{ name: 'inc-1', is_private: 'true' }])
  })

  test('adopts the one an interrupted attempt made, on whichever page it is', async () => {
    stub.methods['conversations.create'] = taken
    stub.methods['conversations.list'] = (args) =>
      args.cursor ? list(ours) : { ...list(), response_metadata: { next_cursor: 'two' } }
    expect(await port.openRoom({ name: 'inc-1', since, keptOut: [] })).toEqual({ room: 'C7', name: 'inc-1' })
  })

  const foreign: [string, object][] = [
    ['someone else made', { ...ours, creator: 'U1' }],
    ['we made before the incident', { ...ours, created: created - 60 }],
  ]
  for (const [name, channel] of foreign)
    test(`takes the next suffix past one ${name}`, async () => {
      stub.methods['conversations.create'] = (args) =>
        args.name === 'inc-1-2' ? { ok: true, channel: { id: 'C2', name: args.name } } : taken()
      stub.methods['conversations.list'] = () => list(channel)
      expect(await port.openRoom({ name: 'inc-1', since, keptOut: [] })).toEqual({
        room: 'C2',
        name: 'inc-1-2',
      })
    })

  test('adopts a suffixed one before it makes another', async () => {
    stub.methods['conversations.create'] = taken
    stub.methods['conversations.list'] = () =>
      list({ ...ours, creator: 'U1' }, { ...ours, id: 'C8', name: 'inc-1-2' })
    expect(await port.openRoom({ name: 'inc-1', since, keptOut: [] })).toEqual({
      room: 'C8',
      name: 'inc-1-2',
    })
    expect(stub.called('conversations.create')).toHaveLength(1)
  })
})

describe('inviting', () => {
  test('goes by the hundred and names who could not come', async () => {
    stub.methods['conversations.invite'] = (args) => ({
      ok: true,
      errors: args.users!.includes('U3') ? [{ user: 'U3', ok: false, error: 'user_is_restricted' }] : [],
    })
    const people = Array.from({ length: 150 }, (_, at) => `U${at}`)
    expect(await port.invite('C1', [...people, botUser])).toEqual([
      { person: 'U3', code: 'user_is_restricted' },
    ])
    expect(stub.called('conversations.invite').map((args) => args.users!.split(',').length)).toEqual([
      100, 50,
    ])
    expect(stub.called('conversations.invite')[0]).toMatchObject({ force: 'true' })
  })

  test('someone who is in already is success', async () => {
    stub.methods['conversations.invite'] = () => ({ ok: false, error: 'already_in_channel' })
    expect(await port.invite('C1', ['U1'])).toEqual([])
  })

  test('goes one by one on a server that refuses the batch for one of it', async () => {
    stub.methods['conversations.invite'] = (args) => {
      if (args.users === 'U2') return { ok: true }
      const [user] = args.users!.split(',')
      return { ok: false, error: 'user_not_found', errors: [{ user, ok: false, error: 'user_not_found' }] }
    }
    expect(await port.invite('C1', ['U1', 'U2'])).toEqual([{ person: 'U1', code: 'user_not_found' }])
  })

  test('goes one by one too when the server does not say who', async () => {
    stub.methods['conversations.invite'] = (args) =>
      args.users === 'U2' ? { ok: true } : { ok: false, error: 'user_not_found' }
    expect(await port.invite('C1', ['U1', 'U2'])).toEqual([{ person: 'U1', code: 'user_not_found' }])
  })

  test('into a room that is gone fails as a whole, and an unknown call is unsupported', async () => {
    stub.methods['conversations.invite'] = () => ({ ok: false, error: 'channel_not_found' })
    expect(await failureOf(port.invite('C1', ['U1', 'U2']))).toMatchObject({ failure: 'gone' })
    delete stub.methods['conversations.invite']
    expect(await failureOf(port.invite('C1', ['U1', 'U2']))).toMatchObject({ failure: 'unsupported' })
  })
})

test('niceties are topic and pin; a pin that is there is done', async () => {
  stub.methods['conversations.setTopic'] = () => ({ ok: true })
  stub.methods['pins.add'] = () => ({ ok: false, error: 'already_pinned' })
  await port.dress('C1', { kind: 'topic', text: 'x'.repeat(300) })
  await port.dress('C1', { kind: 'pin', message: '1.2' })
  expect(stub.called('conversations.setTopic')[0]!.topic).toHaveLength(250)
  delete stub.methods['pins.add']
  const unknown = port.dress('C1', { kind: 'pin', message: '1.2' })
  expect(await failureOf(unknown)).toMatchObject({ failure: 'unsupported' })
})

test('a room is told with everyone in it but the bot', async () => {
  stub.methods['conversations.info'] = () => ({
    ok: true,
    channel: { id: 'C1', name: 'inc-1', is_private: true, is_ext_shared: true, is_archived: false },
  })
  stub.methods['conversations.members'] = (args) =>
    args.cursor
      ? { ok: true, members: ['U2'] }
      : { ok: true, members: ['U1', botUser], response_metadata: { next_cursor: 'two' } }
  expect(await port.roomInfo('C1')).toEqual({
    room: 'C1',
    name: 'inc-1',
    private: true,
    shared: true,
    archived: false,
    present: true,
    members: ['U1', 'U2'],
  })
})

test('a person is looked up once for a while, and a guest is told apart', async () => {
  stub.methods['users.info'] = (args) => ({
    ok: true,
    user: {
      id: args.user,
      name: 'sam',
      profile: { display_name: 'sammy', real_name: 'Sam Okafor' },
      is_restricted: args.user === 'U2',
    },
  })
  expect(await port.person('U1')).toEqual({
    id: 'U1',
    name: 'Sam Okafor',
    kind: 'human',
    guest: false,
    deactivated: false,
  })
  await port.person('U1')
  expect(stub.called('users.info')).toHaveLength(1)
  expect(await port.person('U2')).toMatchObject({ guest: true })
})

describe('history', () => {
  test('tells messages, replies and late edits, oldest first, with the keys of push', async () => {
    const at = (seconds: number) => `${created + seconds}.000100`
    stub.methods['conversations.history'] = (args) =>
      args.latest
        ? {
            ok: true,
            messages: [
              {
                ts: at(-50),
                user: 'U1',
                text: 'old, with a new reply',
                reply_count: 1,
                latest_reply: at(20),
              },
              { ts: at(-60), user: 'U1', text: 'old, edited', edited: { user: 'U1', ts: at(5) } },
              { ts: at(-70), user: 'U1', text: 'old' },
              { ts: at(-80), user: 'U1', text: 'x', reply_count: 3, latest_reply: at(-75) },
            ],
          }
        : {
            ok: true,
            messages: [
              { ts: at(30), user: 'U1', text: 'broadcast', subtype: 'thread_broadcast', thread_ts: at(-50) },
              { ts: at(10), user: 'U1', text: 'new', thread_ts: at(10) },
              { ts: at(8), user: 'U1', subtype: 'group_join', text: 'joined' },
              { broken: true },
              { ts: at(9), user: 'U1', text: 'odd', files: 'none' },
            ],
            response_metadata: { next_cursor: 'two' },
          }
    stub.methods['conversations.replies'] = () => ({
      ok: true,
      messages: [
        { ts: at(-50), user: 'U1', text: 'old, with a new reply', reply_count: 1 },
        { ts: at(20), user: 'U2', text: 'reply', thread_ts: at(-50) },
        { ts: at(30), user: 'U1', text: 'broadcast', subtype: 'thread_broadcast', thread_ts: at(-50) },
      ],
    })
    const found = await historyOf(port, 'C1', since)
    const key = `slack:${team}:C1`
    expect(found.map((each) => each.key)).toEqual([
      `${key}:${at(-60)}:e${at(5)}`,
      `${key}:${at(9)}`,
      `${key}:${at(10)}`,
      `${key}:${at(20)}`,
      `${key}:${at(30)}`,
    ])
    expect(found.every((each) => each.recovered)).toBe(true)
    expect(found[3]).toMatchObject({ thread: at(-50), actor: 'U2' })
    expect(stub.called('conversations.replies')).toHaveLength(1)
  })

  const minute = { status: 429, headers: { 'retry-after': '60' } }
  /** Forty messages, as an app that may ask once a minute sees them. */
  const slowly = () => {
    let turnedAway = false
    stub.methods['conversations.history'] = ({ limit, latest }) => {
      if (limit !== '15' && !turnedAway) {
        turnedAway = true
        return minute
      }
      const rows = Array.from({ length: 40 }, (_, n) => ({
        ts: `${created + 40 - n}.000100`,
        user: 'U1',
        text: `${n}`,
      }))
      const older = rows.filter(({ ts }) => !latest || Number(ts) < Number(latest))
      return { ok: true, messages: older.slice(0, Number(limit)), has_more: older.length > Number(limit) }
    }
  }

  test('is turned away with the time, and asks for fifteen a minute from then on', async () => {
    slowly()
    expect(await failureOf(historyOf(port, 'C1', since))).toMatchObject({
      failure: 'transient',
      code: 'ratelimited',
      retryAfterMs: 60_000,
    })
    const parts = await partsOf(port, 'C1', { since })
    expect(parts.map(({ messages, afterMs }) => [messages.length, afterMs])).toEqual([
      [15, 60_000],
      [15, 60_000],
      [10, undefined],
    ])
  })

  test('is turned away after many calls, and goes on as fast as before', async () => {
    let calls = 0
    stub.methods['conversations.history'] = ({ limit }) => {
      calls += 1
      if (calls === 8) return minute
      return {
        ok: true,
        messages: [{ ts: `${created + 90 - calls}.0`, user: 'U1', text: String(limit) }],
        has_more: calls < 10,
      }
    }
    const first: HistoryPart[] = []
    const reading = async () => {
      for await (const part of port.history('C1', { since })) first.push(part)
    }
    expect(await failureOf(reading())).toMatchObject({ retryAfterMs: 60_000 })
    const rest = await partsOf(port, 'C1', { since, at: first.at(-1)!.next! })
    expect(rest.map(({ messages: [one], afterMs }) => [one?.body?.text, afterMs])).toEqual([
      ['999', undefined],
      ['999', undefined],
    ])
  })

  test('is taken up again where it stopped, in a thread too', async () => {
    const ts = (n: number) => `${created + n}.000100`
    stub.methods['conversations.history'] = () => ({
      ok: true,
      messages: [{ ts: ts(1), user: 'U1', text: 'root', reply_count: 2, latest_reply: ts(3) }],
    })
    stub.methods['conversations.replies'] = ({ oldest }) => ({
      ok: true,
      messages: [
        { ts: ts(1), user: 'U1', text: 'root', reply_count: 2 },
        { ts: ts(oldest ? 3 : 2), user: 'U2', text: 'reply', thread_ts: ts(1) },
      ],
      has_more: !oldest,
    })
    const parts = await partsOf(port, 'C1', { since })
    expect(parts.map(({ shown }) => shown)).toEqual([
      [{ thread: '', from: null, until: null, messages: [ts(1)] }],
      [{ thread: ts(1), from: null, until: ts(2), messages: [ts(2)] }],
      [{ thread: ts(1), from: ts(2), until: null, messages: [ts(2), ts(3)] }],
    ])
    const again = await partsOf(port, 'C1', { since, at: parts[1]!.next! })
    expect(again).toEqual(parts.slice(2))
  })

  test('tells of reactions apart from messages, and of which not everybody is named', async () => {
    const ts = `${created + 1}.000100`
    const reactions = [
      { name: 'pushpin', users: ['U1', botUser], count: 2 },
      { name: 'eyes::skin-tone-2', users: ['U2'], count: 40 },
    ]
    stub.methods['conversations.history'] = () => ({
      ok: true,
      messages: [{ ts, user: 'U1', text: 'x', reactions }],
    })
    const [part] = await partsOf(port, 'C1', { since })
    expect(part!.reactions).toEqual([
      {
        message: ts,
        reactions: [
          { person: 'U1', name: 'pushpin' },
          { person: 'U2', name: 'eyes' },
        ],
        partly: ['eyes'],
      },
    ])
  })

  test('reads a thread again in which something is missing, and tells one that lost all', async () => {
    const ts = (n: number) => `${created - n}.000100`
    stub.methods['conversations.history'] = () => ({
      ok: true,
      messages: [
        { ts: ts(1), user: 'U1', text: 'two of three', reply_count: 2, latest_reply: ts(0) },
        { ts: ts(2), user: 'U1', text: 'all there', reply_count: 2, latest_reply: ts(0) },
        { ts: ts(3), user: 'U1', text: 'none of one' },
      ],
    })
    stub.methods['conversations.replies'] = () => ({ ok: true, messages: [] })
    const standing = async () =>
      new Map([
        [ts(1), 3],
        [ts(2), 2],
        [ts(3), 1],
      ])
    const parts = await partsOf(port, 'C1', { since: new Date((created + 60) * 1000), standing })
    expect(stub.called('conversations.replies').map((args) => args.ts)).toEqual([ts(1)])
    expect(parts[0]!.shown).toContainEqual({ thread: ts(3), from: null, until: null, messages: [] })
  })
})

describe('a file for one person', () => {
  const file = {
    name: 'a.zip',
    bytes: 4,
    comment: 'x',
    read: () => Readable.from([Buffer.from('bundle'.slice(0, 4))]),
  }
  const offer = (answer: { status: number } | 'cut', address = `${stub.url}/put`) => {
    const sent: string[] = []
    stub.methods['files.getUploadURLExternal'] = () => ({ ok: true, upload_url: address, file_id: 'F9' })
    stub.methods['files.completeUploadExternal'] = () => ({ ok: true, files: [{ id: 'F9' }] })
    stub.paths['/put'] = (request, response, body) => {
      sent.push(body)
      if (answer === 'cut') request.socket.destroy()
      else response.writeHead(answer.status).end()
    }
    return sent
  }

  test('is shared with that person alone, once its bytes are there', async () => {
    const sent = offer({ status: 200 })
    expect(await port.sendFile('U1', file)).toEqual({ room: 'DU1', message: 'F9' })
    expect(sent).toEqual(['bund'])
    expect(stub.called('files.completeUploadExternal').at(-1)).toMatchObject({ channel_id: 'DU1' })
  })

  test.each<readonly [string, Parameters<typeof offer>, Partial<ChatError>]>([
    ['503', [{ status: 503 }], { failure: 'transient', code: 'http_503' }],
    ['413', [{ status: 413 }], { failure: 'refused', code: 'http_413' }],
    ['a cut line', ['cut'], { failure: 'transient' }],
    [
      'an address elsewhere',
      [{ status: 200 }, 'https://evil.test/put'],
      { failure: 'refused', code: 'foreign_host' },
    ],
  ])('is shared with nobody after %s', async (_, [answer, address], expected) => {
    offer(answer, address)
    const before = stub.called('files.completeUploadExternal').length
    expect(await failureOf(port.sendFile('U1', file))).toMatchObject(expected)
    expect(stub.called('files.completeUploadExternal')).toHaveLength(before)
  })
})

describe('a file', () => {
  const declared: InboundFile = { id: 'F1', name: 'a.png', mime: 'image/png', size: 9 }
  const bytes = 'PNGPNGPNG'
  const serve = (
    answer: { status?: number; type?: string; body?: string; location?: string; length?: number },
    info: object = {},
  ) => {
    stub.paths['/file'] = (request, response) => {
      expect(request.headers.authorization).toBe('Bearer xoxb-1')
      const headers: Record<string, string> = { 'content-type': answer.type ?? 'image/png' }
      if (answer.location) headers.location = answer.location
      response.writeHead(answer.status ?? 200, headers).end(answer.body ?? bytes)
    }
    stub.methods['files.info'] = () => ({
      ok: true,
      file: { id: 'F1', mimetype: 'image/png', size: 9, url_private_download: `${stub.url}/file`, ...info },
    })
  }
  const fetched = async (file = declared) => {
    const chunks = await all(await port.download(file, { room: 'C1', message: '1.0' }))
    return Buffer.concat(chunks).toString()
  }

  test('arrives as it is', async () => {
    serve({})
    expect(await fetched()).toBe(bytes)
  })

  test('known by its id only is looked up first', async () => {
    serve({})
    expect(await fetched({ id: 'F1', name: '', mime: '', size: 0 })).toBe(bytes)
  })

  test('of no bytes is no failure', async () => {
    serve({ body: '' }, { size: 0 })
    expect(await fetched({ ...declared, size: 0 })).toBe('')
  })

  test('that is a web page is one', async () => {
    serve({ type: 'text/html; charset=utf-8', body: '<html>abc' }, { mimetype: 'text/html' })
    expect(await fetched({ ...declared, mime: 'text/html' })).toBe('<html>abc')
  })

  const page = '<!DOCTYPE html><title>Sign in</title>'
  const rows: [string, Parameters<typeof serve>[0], object, Partial<ChatError>][] = [
    ['a login page', { type: 'text/html', body: page }, {}, { failure: 'refused', code: 'login_page' }],
    [
      'a login page that says it is the file, of its size',
      { body: page },
      { size: page.length },
      { failure: 'refused', code: 'login_page' },
    ],
    [
      'a redirect',
      { status: 302, location: 'https://evil.test/' },
      {},
      { failure: 'refused', code: 'http_302' },
    ],
    ['too few bytes', { body: 'PNG' }, {}, { code: 'file_cut_short' }],
    ['too many bytes', { body: `${bytes}!` }, {}, { code: 'file_size_differs' }],
    ['another size than was declared', {}, { size: 10 }, { failure: 'refused', code: 'file_size_differs' }],
    ['an address elsewhere', {}, { url_private_download: 'https://evil.test/f' }, { code: 'foreign_host' }],
    ['no address', {}, { url_private_download: undefined }, { failure: 'gone' }],
    ['404', { status: 404 }, {}, { failure: 'gone' }],
    ['503', { status: 503 }, {}, { failure: 'transient' }],
  ]
  for (const [name, answer, info, wanted] of rows)
    test(`answered by ${name} is an error`, async () => {
      serve(answer, info)
      const size = (info as { size?: number }).size
      const file = name.startsWith('a login page that') ? { ...declared, size: size! } : declared
      expect(await failureOf(fetched(file))).toMatchObject(wanted)
    })

  test('cut off in the middle is an error', async () => {
    serve({})
    stub.paths['/file'] = (request, response) => {
      response.writeHead(200, { 'content-type': 'image/png' })
      response.write('PNG')
      setTimeout(() => request.socket.destroy(), 20)
    }
    expect(await failureOf(fetched())).toMatchObject({ failure: 'transient' })
  })

  test('without a length, ending early, is an error', async () => {
    serve({})
    stub.paths['/file'] = (_, response) => {
      response.writeHead(200, { 'content-type': 'image/png' })
      response.write('PNG')
      response.end()
    }
    expect(await failureOf(fetched())).toMatchObject({ code: 'file_cut_short' })
  })
})
