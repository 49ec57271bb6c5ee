import { describe, expect, test } from 'vitest'
import { startSlack } from '../../../src/chat/slack/start.ts'
import { botUser, eventBody, keptLog, startStub, team, until } from './stub.ts'
import {
  card,
  click,
  command,
  ends,
  form,
  interactive,
  message,
  post,
  shortcut,
  submit,
  type World,
  wait,
  world,
} from './world.ts'

describe('over Socket Mode', () => {
  test('two connections carry one app, and a message is acknowledged only after it is committed', async () => {
    const it = await world()
    expect(it.stub.sockets).toHaveLength(2)
    expect(it.slack.health()).toMatchObject({ ok: true, mode: 'socket', sockets: 2 })
    let commit = () => {}
    it.answer = () =>
      new Promise((resolve) => {
        commit = () => resolve({ kind: 'none' })
      })
    const ack = it.stub.envelope(message('hello'), { socket: 1, waitMs: 3000 })
    await until(() => it.seen.length === 1)
    let acked = false
    void ack.then(() => {
      acked = true
    })
    await wait(100)
    expect(acked).toBe(false)
    commit()
    expect(await ack).toEqual({})
    expect(it.slack.health().lastEventAt).toBeInstanceOf(Date)
  })

  test('a message that could not be committed is not acknowledged, and its words are in no log', async () => {
    const it = await world()
    it.answer = () => Promise.reject(new Error('secret words'))
    expect(await it.stub.envelope(message('secret words'))).toBeUndefined()
    it.answer = () => ({ kind: 'none' })
    expect(await it.stub.envelope(message('secret words'))).toEqual({})
    expect(it.seen.map((each) => each.key)).toEqual([it.seen[0]!.key, it.seen[0]!.key])
    expect(it.log.lines.join('\n')).not.toContain('secret')
  })

  test('frames no client knows are kept or passed over, and the connection lives on', async () => {
    const it = await world()
    it.stub.raw('not json')
    it.stub.raw('[]')
    it.stub.raw('null')
    expect(await it.stub.envelope({ type: 'event_callback', oddity: 1 })).toEqual({})
    expect(await it.stub.envelope({ type: 'telepathy' })).toEqual({})
    expect(await it.stub.envelope(eventBody({ type: 'error' }))).toEqual({})
    expect(await it.stub.envelope(eventBody({ type: 'close' }))).toEqual({})
    expect(await it.stub.envelope({ type: 'block_telepathy' }, interactive)).toEqual({})
    expect(await it.stub.envelope({ type: 'block_actions', user: 7 }, interactive)).toEqual({})
    expect(await it.stub.envelope({}, { type: 'close' })).toEqual({})
    expect(it.seen.every((each) => each.type === 'unknown')).toBe(true)
    expect(it.seen).toHaveLength(7)
    expect(await it.stub.envelope(message('still here'))).toEqual({})
  })

  test('when Slack says it dropped a minute of events, that is a gap', async () => {
    const it = await world()
    const limited = { type: 'app_rate_limited', team_id: team, minute_rate_limited: 1_800_000_000 }
    expect(await it.stub.envelope(limited)).toEqual({})
    expect(it.gaps).toEqual(['app_rate_limited'])
  })

  test('one connection lost misses nothing; both lost is a gap, told when one is back', async () => {
    const it = await world()
    it.stub.sockets[0]!.terminate()
    await until(() => it.slack.health().sockets === 1)
    expect(await it.stub.envelope(message('through the other'))).toEqual({})
    expect(it.gaps).toEqual([])
    for (const socket of [...it.stub.sockets]) socket.terminate()
    await until(() => it.slack.health().sockets === 0)
    expect(it.slack.health().ok).toBe(false)
    await until(() => it.gaps.length > 0, 12_000)
    expect(it.gaps).toEqual(['sockets_down'])
  }, 20_000)

  test('an outage of the Web API is outlived, and a stop in the middle of it ends', async () => {
    const it = await world()
    const open = it.stub.methods['apps.connections.open']!
    it.stub.methods['apps.connections.open'] = () => ({ status: 500 })
    for (const socket of [...it.stub.sockets]) socket.terminate()
    await until(() => it.stub.called('apps.connections.open').length > 4, 12_000)
    it.stub.methods['apps.connections.open'] = open
    await until(() => it.slack.health().sockets === 2, 30_000)
    it.stub.methods['apps.connections.open'] = () => ({ status: 500 })
    for (const socket of [...it.stub.sockets]) socket.terminate()
    await until(() => it.slack.health().sockets === 0)
    await it.slack.stop()
  }, 60_000)

  test('a revoked app token keeps the process alive', async () => {
    const it = await world()
    it.stub.methods['apps.connections.open'] = () => ({ ok: false, error: 'invalid_auth' })
    for (const socket of [...it.stub.sockets]) socket.terminate()
    await until(() => it.log.lines.some((line) => line.includes('slack socket stays down')), 12_000)
  }, 20_000)

  test('a stop lets what is being committed finish and be acknowledged', async () => {
    const it = await world()
    it.answer = () => wait(300).then(() => ({ kind: 'none' }))
    const ack = it.stub.envelope(message('last words'), { waitMs: 2000 })
    await until(() => it.seen.length === 1)
    await it.slack.stop()
    expect(await ack).toEqual({})
    await until(() => it.stub.sockets.length === 0)
  })

  test('a bad bot token fails the start', async () => {
    const stub = await startStub()
    ends.push(stub.close)
    stub.methods['auth.test'] = () => ({ ok: false, error: 'invalid_auth' })
    const start = startSlack({
      botToken: 'xoxb-x',
      appToken: 'xapp-x',
      apiUrl: `${stub.url}/api/`,
      commands: ['incident'],
      handle: async () => ({ kind: 'none' }),
      now: () => new Date(),
      log: keptLog(),
    })
    await expect(start).rejects.toMatchObject({ name: 'ChatError', failure: 'refused', code: 'invalid_auth' })
  })
})

describe('a slash command', () => {
  const slash = { type: 'slash_commands' }

  test('becomes one line and is answered in the ack, for the person only', async () => {
    const it = await world()
    it.answer = () => ({ kind: 'reply', card })
    const ack = await it.stub.envelope(command(it.stub, 'assign commander <@U2|sam> &amp; “go”'), slash)
    expect(ack).toMatchObject({ response_type: 'ephemeral', text: 'Recorded.' })
    expect(it.seen[0]).toMatchObject({
      type: 'command',
      via: 'slash',
      key: `slack:${team}:trigger:trig.1`,
      line: 'assign commander <@U2> & "go"',
      room: 'C1',
      actor: 'U1',
      canOpenForm: true,
    })
  })

  test('without an answer is acknowledged empty', async () => {
    const it = await world()
    expect(await it.stub.envelope(command(it.stub, 'x'), slash)).toEqual({})
    expect(it.said).toHaveLength(0)
  })

  test('that needs more than two and a half seconds is acknowledged, then answered', async () => {
    const it = await world()
    it.answer = () => wait(2900).then(() => ({ kind: 'reply', card }))
    expect(await it.stub.envelope(command(it.stub, 'x'), { ...slash, waitMs: 2900 })).toEqual({})
    await until(() => it.said.length === 1)
    expect(it.said[0]!.body).toMatchObject({ response_type: 'ephemeral', replace_original: false })
  })

  test('that could not be recorded says so and that it may be repeated', async () => {
    const it = await world()
    it.answer = () => Promise.reject(new Error('no'))
    const ack = await it.stub.envelope(command(it.stub, 'x'), slash)
    expect(JSON.stringify(ack)).toContain('Nothing was recorded; the same command is safe to repeat.')
  })

  test('opens a form with nothing called between', async () => {
    const it = await world()
    it.answer = () => ({ kind: 'form', form })
    const before = it.stub.calls.length
    expect(await it.stub.envelope(command(it.stub, 'declare'), slash)).toEqual({})
    await until(() => it.stub.called('views.open').length === 1)
    expect(it.stub.calls.slice(before).map((call) => call.method)).toEqual(['views.open'])
    const [opened] = it.stub.called('views.open')
    expect(opened).toMatchObject({ trigger_id: 'trig.1' })
    expect(JSON.parse(JSON.parse(opened!.view!).private_metadata)).toMatchObject({ room: 'C1' })
  })

  test('whose trigger ran out gets a button that opens the form', async () => {
    const it = await world()
    it.stub.methods['views.open'] = () => ({ ok: false, error: 'expired_trigger_id' })
    it.answer = () => ({ kind: 'form', form })
    await it.stub.envelope(command(it.stub, 'declare'), slash)
    await until(() => it.said.length === 1)
    expect(JSON.stringify(it.said[0]!.body)).toContain('Open the form')
  })

  test('whose form is larger than Slack will take opens with what fits, and says so', async () => {
    const it = await world()
    const isLarge = (view: string) => view.includes('"c:0:0:')
    it.stub.methods['views.open'] = ({ view }) =>
      isLarge(view ?? '') ? { ok: false, error: 'view_too_large' } : { ok: true, view: {} }
    const carry = { about_text: 'x'.repeat(9000) }
    it.answer = () => ({ kind: 'form', form: { ...form, carry } })
    await it.stub.envelope(command(it.stub, 'declare'), slash)
    await until(() => it.stub.called('views.open').length === 2)
    const [large, small] = it.stub.called('views.open')
    expect(isLarge(large!.view!)).toBe(true)
    expect(small!.view).toContain('what does not fit is left out here')
    expect(small!.view).toContain('the message has 9000 characters')
    expect(it.said).toHaveLength(0)
  })

  test('asks once for its form on a failing server, though the sockets retry for ever', async () => {
    const it = await world()
    it.stub.methods['views.open'] = () => ({ status: 500 })
    it.answer = () => ({ kind: 'form', form })
    await it.stub.envelope(command(it.stub, 'declare'), slash)
    await until(() => it.said.length === 1)
    expect(it.stub.called('views.open')).toHaveLength(1)
  })

  test('of another name runs nothing', async () => {
    const it = await world()
    const ack = await it.stub.envelope(command(it.stub, 'x', { command: '/other' }), slash)
    expect(JSON.stringify(ack)).toContain('/incident help')
    expect(it.seen).toHaveLength(0)
  })

  test('answered where the address is spent and the bot is no member reaches the person directly', async () => {
    const it = await world()
    it.stub.paths['/respond'] = (_, response) => void response.writeHead(404).end('expired_url')
    it.stub.methods['chat.postEphemeral'] = () => ({ ok: false, error: 'channel_not_found' })
    it.answer = () => ({ kind: 'reply', card })
    await it.stub.envelope(click(it.stub, { l: 'status' }), interactive)
    await until(() => it.stub.called('chat.postMessage').length === 1)
    expect(it.stub.called('chat.postMessage')[0]).toMatchObject({ channel: 'DU1' })
  })
})

describe('a button', () => {
  test('is a command naming its incident, and the answer does not replace the card', async () => {
    const it = await world()
    it.answer = () => ({ kind: 'reply', card })
    expect(await it.stub.envelope(click(it.stub, { l: 'check D1 done', i: 'i7' }), interactive)).toEqual({})
    await until(() => it.said.length === 1)
    expect(it.said[0]!.body).toMatchObject({ replace_original: false, response_type: 'ephemeral' })
    expect(it.seen[0]).toMatchObject({ via: 'button', line: 'check D1 done', incident: 'i7', room: 'C1' })
    expect(it.seen[0]).not.toHaveProperty('form')
  })

  test('may ask for the form', async () => {
    const it = await world()
    await it.stub.envelope(click(it.stub, { l: 'assign', f: 1 }), interactive)
    expect(it.seen[0]).toMatchObject({ form: true })
  })

  test('on the home page is answered in a direct message', async () => {
    const it = await world()
    it.answer = () => ({ kind: 'reply', card })
    const home = {
      channel: undefined,
      response_url: undefined,
      container: { type: 'view' },
      view: { type: 'home' },
    }
    await it.stub.envelope(click(it.stub, { l: 'list' }, home), interactive)
    await until(() => it.stub.called('chat.postMessage').length === 1)
    expect(it.stub.called('chat.postMessage')[0]).toMatchObject({ channel: 'DU1' })
    expect(it.seen[0]).not.toHaveProperty('room')
  })

  test('that is only a link runs nothing', async () => {
    const it = await world()
    const link = { actions: [{ type: 'button', action_id: 'b0', block_id: 'x', action_ts: '1.5' }] }
    expect(await it.stub.envelope(click(it.stub, {}, link), interactive)).toEqual({})
    expect(it.seen).toHaveLength(0)
  })

  test('whose value is not ours is kept as unknown', async () => {
    const it = await world()
    await it.stub.envelope(click(it.stub, { evil: 1 }), interactive)
    expect(it.seen[0]).toMatchObject({ type: 'unknown' })
  })
})

describe('a shortcut', () => {
  const rows: [string, string, object][] = [
    ['record_decision', 'decide', { form: true }],
    ['record_evidence', 'evidence', {}],
    ['declare_from_message', 'declare', { form: true }],
  ]
  for (const [callback, line, more] of rows)
    test(`${callback} is ${line} about that message`, async () => {
      const it = await world()
      expect(await it.stub.envelope(shortcut(it.stub, callback), interactive)).toEqual({})
      expect(it.seen[0]).toMatchObject({
        via: 'shortcut',
        line,
        about: { room: 'C1', message: '1799999999.5', author: 'U2', text: 'we <decided>' },
        ...more,
      })
    })

  test('declare from anywhere opens its form', async () => {
    const it = await world()
    it.answer = () => ({ kind: 'form', form })
    const global = { type: 'shortcut', channel: undefined, message: undefined, response_url: undefined }
    await it.stub.envelope(shortcut(it.stub, 'declare', global), interactive)
    await until(() => it.stub.called('views.open').length === 1)
    expect(it.seen[0]).not.toHaveProperty('about')
  })
})

describe('a submitted form', () => {
  test('is keyed by its nonce and person, closes, and is answered in its room', async () => {
    const it = await world()
    it.answer = () => ({ kind: 'reply', card })
    expect(await it.stub.envelope(submit(), interactive)).toEqual({})
    await until(() => it.stub.called('chat.postEphemeral').length === 1)
    expect(it.stub.called('chat.postEphemeral')[0]).toMatchObject({ channel: 'C1', user: 'U1' })
    expect(it.seen[0]).toMatchObject({
      type: 'form',
      key: `slack:${team}:form:U1:nonce-0001`,
      verb: 'declare',
      room: 'C1',
      values: { what: 'lost' },
      carry: {},
    })
  })

  test('stays open with a sentence at each field', async () => {
    const it = await world()
    it.answer = () => ({ kind: 'errors', errors: { what: 'Say what was lost.' } })
    const ack = await it.stub.envelope(submit(), interactive)
    expect(ack).toEqual({ response_action: 'errors', errors: { 'f:what': 'Say what was lost.' } })
  })

  test('that could not be recorded stays open with what was typed', async () => {
    const it = await world()
    it.answer = () => Promise.reject(new Error('no'))
    const ack = await it.stub.envelope(submit(), interactive)
    expect(ack).toMatchObject({ response_action: 'errors' })
    expect(JSON.stringify(ack)).toContain('Nothing was recorded')
  })

  test('may turn into the next form', async () => {
    const it = await world()
    it.answer = () => ({ kind: 'form', form })
    expect(await it.stub.envelope(submit(), interactive)).toMatchObject({ response_action: 'update' })
  })

  test('whose context was tampered with is kept as unknown', async () => {
    const it = await world()
    expect(await it.stub.envelope(submit({ private_metadata: '{}' }), interactive)).toEqual({})
    expect(it.seen[0]).toMatchObject({ type: 'unknown' })
  })
})

describe('what is answered outside a command', () => {
  test('a mention is answered privately in its thread, after the ack', async () => {
    const it = await world()
    it.answer = () => ({ kind: 'reply', card })
    await it.stub.envelope(message(`<@${botUser}> status`, { thread_ts: '1799999999.000000' }))
    await until(() => it.stub.called('chat.postEphemeral').length === 1)
    expect(it.stub.called('chat.postEphemeral')[0]).toMatchObject({
      thread_ts: '1799999999.000000',
      user: 'U1',
    })
  })

  test('a direct message is answered there, with a button where a form was wanted', async () => {
    const it = await world()
    it.answer = () => ({ kind: 'form', form })
    await it.stub.envelope(message('help', { channel: 'D1', channel_type: 'im' }))
    await until(() => it.stub.called('chat.postMessage').length === 1)
    expect(it.stub.called('chat.postMessage')[0]).toMatchObject({ channel: 'D1' })
    expect(it.stub.called('chat.postMessage')[0]!.blocks).toContain('Open the form')
  })

  test('an opened home is drawn', async () => {
    const it = await world()
    it.answer = () => ({ kind: 'reply', card })
    await it.stub.envelope(eventBody({ type: 'app_home_opened', user: 'U1', tab: 'home', event_ts: '1.5' }))
    await until(() => it.stub.called('views.publish').length === 1)
    expect(JSON.parse(it.stub.called('views.publish')[0]!.view!)).toMatchObject({ type: 'home' })
  })
})

describe('over HTTP', () => {
  const hello = JSON.stringify(message('hello'))
  const seconds = () => Math.floor(Date.now() / 1000)
  const worded = (text: string, more: object = {}) => {
    const elements = [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }]
    return { ts: '1800000000.000100', user: 'U1', text, blocks: [{ type: 'rich_text', elements }], ...more }
  }
  const edit = (before: string, now: string) =>
    message('', {
      subtype: 'message_changed',
      message: worded(now, { edited: { user: 'U1', ts: '1800000001.000000' } }),
      previous_message: worded(before),
    })
  const escaped = (body: object) =>
    JSON.stringify(body).replace(
      /[^ -~]/g,
      (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )

  const rows: [string, (it: World) => Promise<Response>, number, number][] = [
    ['a signed event is committed and answered 200', (it) => post(it, hello), 200, 1],
    ['a bad signature is 401', (it) => post(it, hello, { secret: 'other' }), 401, 0],
    ['a stale time stamp is 401', (it) => post(it, hello, { at: seconds() - 3600 }), 401, 0],
    ['a future time stamp is 401', (it) => post(it, hello, { at: seconds() + 3600 }), 401, 0],
    ['a time stamp that is no number is 401', (it) => post(it, hello, { at: Number.NaN }), 401, 0],
    [
      'a type with a charset is read',
      (it) => post(it, hello, { type: 'application/json; charset=utf-8' }),
      200,
      1,
    ],
    [
      'an edit of the longest message there can be, every character of it escaped, is taken',
      (it) => post(it, escaped(edit('🚑'.repeat(40_000), '🚒'.repeat(40_000)))),
      200,
      1,
    ],
    [
      'a form’s type with a charset is read',
      (it) =>
        post(it, `payload=${encodeURIComponent(JSON.stringify(submit()))}`, {
          type: 'application/x-www-form-urlencoded; charset=utf-8',
        }),
      200,
      1,
    ],
    [
      'a body over four megabytes is 413',
      (it) => post(it, JSON.stringify(message('x'.repeat(4_300_000)))),
      413,
      0,
    ],
    ['a body that is no JSON is 400', (it) => post(it, '{"secret'), 400, 0],
    ['a payload no schema knows is kept and answered 200', (it) => post(it, '{"type":"telepathy"}'), 200, 1],
  ]
  for (const [name, ask, status, seen] of rows)
    test(name, async () => {
      const it = await world('http')
      expect((await ask(it)).status).toBe(status)
      expect(it.seen).toHaveLength(seen)
      expect(it.log.lines.join('\n')).not.toMatch(/secret|hello/)
    })

  test('a commit that failed is 500 at once, so Slack sends it again', async () => {
    const it = await world('http')
    it.answer = () => Promise.reject(new Error('no'))
    const before = performance.now()
    expect((await post(it, hello)).status).toBe(500)
    expect(performance.now() - before).toBeLessThan(1500)
  })

  test('a command is answered in the response, a form’s errors too', async () => {
    const it = await world('http')
    const encoded = { type: 'application/x-www-form-urlencoded' }
    it.answer = () => ({ kind: 'reply', card })
    const fields = new URLSearchParams(command(it.stub, 'status') as unknown as Record<string, string>)
    const answer = await post(it, fields.toString(), encoded)
    expect(await answer.json()).toMatchObject({ response_type: 'ephemeral', text: 'Recorded.' })
    it.answer = () => ({ kind: 'errors', errors: { what: 'Say it.' } })
    const form = new URLSearchParams({ payload: JSON.stringify(submit()) }).toString()
    expect(await (await post(it, form, encoded)).json()).toMatchObject({ response_action: 'errors' })
  })

  test('the address check is echoed', async () => {
    const it = await world('http')
    const body = JSON.stringify({ type: 'url_verification', challenge: 'c' })
    expect(await (await post(it, body)).json()).toEqual({ challenge: 'c' })
  })
})
