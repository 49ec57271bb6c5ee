/** The outbox: each post appears once, in its order, whatever fails; and whatever cannot be done is shown. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ChatError } from '../src/chat/port.ts'
import { deliverPass } from '../src/deliver.ts'
import { afterRefusal, backOff } from '../src/delivery/refused.ts'
import type { IncidentState } from '../src/domain/incident.ts'
import { expire, hurry, patiently, start } from './support/patience.ts'
import { AT, begin, type TestRecord, testRecord } from './support/record.ts'
import { declareRoom, deliveries, HELPDESK, kinds, outbox, record } from './support/war-room.ts'

const once = (values: readonly string[]) => expect(new Set(values).size).toBe(values.length)

describe('lanes', () => {
  let rows: TestRecord
  const wish = (lane: string, view: string, card?: string) => ({
    incident: 'inc-2026-0001',
    lane,
    verb: 'post',
    view,
    args: {},
    ...(card ? { card } : {}),
  })
  const claim = () => rows.store.outbox.claim(20, 60_000)
  beforeAll(async () => {
    rows = await testRecord()
    await begin(rows.store, 'inc-2026-0001', 'C0ROOM')
  })
  afterAll(() => rows.close())
  const open = () => rows.database.transaction((tx) => tx.execute(sql`delete from outbox`))
  const enqueue = (...wishes: ReturnType<typeof wish>[]) =>
    rows.store.write(async (unit) => {
      for (const one of wishes) await unit.enqueue([one])
    })
  const finish = (id: string) => rows.store.write((unit) => rows.store.outbox.finish(unit.tx, id, 'done'))

  test('a lane goes in order, one at a time; the others go on beside it', async () => {
    await open()
    await enqueue(wish('a', '1'), wish('a', '2'), wish('b', '1'), wish('a', '3'), wish('b', '2'))
    const first = await claim()
    expect(first.map((row) => row.lane + row.view)).toEqual(['a1', 'b1'])
    expect(await claim()).toEqual([])
    await finish(first[1]!.id)
    expect((await claim()).map((row) => row.lane + row.view)).toEqual(['b2'])
    await rows.store.outbox.postpone(first[0]!, 60_000, 'later')
    // What waits holds its lane: order is never given up for speed.
    expect(await claim()).toEqual([])
    await finish(first[0]!.id)
    expect((await claim()).map((row) => row.lane + row.view)).toEqual(['a2'])
  })

  test('wishes for one card are one row while it waits, and a new one once it is under way', async () => {
    await open()
    await enqueue(wish('a', 'status', 'c'), wish('a', 'status', 'c'), wish('a', 'status', 'c'))
    const [row, ...more] = await claim()
    expect(more).toEqual([])
    await enqueue(wish('a', 'status', 'c'), wish('a', 'status', 'c'))
    expect((await outbox(rows)).map((each) => each.done)).toEqual([false, false])
    await finish(row!.id)
    expect(await claim()).toHaveLength(1)
  })

  test('a lease that ran out is claimed again, and says so by its attempt; one that runs is not', async () => {
    await open()
    await enqueue(wish('a', '1'))
    const [first] = await claim()
    expect(first).toMatchObject({ attempt: 1 })
    expect(await claim()).toEqual([])
    await expire(rows)
    const [second] = await claim()
    expect(second).toMatchObject({ id: first!.id, attempt: 2, firstClaimedAt: first!.firstClaimedAt })
    // The first was only slow: it cannot end the second's lease, and whoever finishes first is recorded alone.
    await rows.store.outbox.postpone(first!, 0, 'slow')
    expect(await claim()).toEqual([])
    expect(await finish(second!.id)).toBe(true)
    expect(await finish(first!.id)).toBe(false)
  })

  test('what was finished by one is not put back by another', async () => {
    await open()
    await enqueue(wish('a', '1'))
    const [row] = await claim()
    await finish(row!.id)
    await rows.store.outbox.postpone(row!, 0, 'too late')
    expect(await claim()).toEqual([])
  })

  test('two workers never claim one row', async () => {
    await open()
    await enqueue(...Array.from({ length: 30 }, (_, index) => wish(`lane ${index}`, '1')))
    const claimed = await Promise.all([claim(), claim(), claim(), claim()])
    const ids = claimed.flat().map((row) => row.id)
    expect(ids).toHaveLength(30)
    once(ids)
  })
})

describe('what a refusal means', () => {
  const wanted = { since: '2026-11-20T00:00:00Z', suffix: null }
  const roomed = { rooms: [{ room: 'C1' }], roomWanted: wanted } as unknown as IncidentState
  const row = {
    incident: 'inc-2026-0001',
    id: 'x',
    verb: 'post',
    view: 'status',
    args: {},
    attempt: 1,
    lane: 'room:inc-2026-0001',
  }
  const table: [string, Partial<typeof row>, ChatError, object][] = [
    [
      'the platform asks for a pause',
      {},
      new ChatError('transient', 'ratelimited', { retryAfterMs: 7000 }),
      { waitMs: 7000 },
    ],
    ['it is down', { attempt: 3 }, new ChatError('transient', 'http_503'), { waitMs: 8000 }],
    ['a post it will never take', {}, new ChatError('refused', 'msg_too_long'), { outcome: 'msg_too_long' }],
    [
      'a token it takes no longer: a reminder waits for another',
      { verb: 'direct', view: 'reminders', attempt: 500 },
      new ChatError('refused', 'token_revoked', { credentials: true }),
      { waitMs: 300_000 },
    ],
    [
      'a nicety it does not know',
      { verb: 'nicety', view: 'pin' },
      new ChatError('unsupported', 'unknown_method'),
      { outcome: 'unknown_method' },
    ],
    [
      'a nicety that keeps failing',
      { verb: 'nicety', view: 'topic', attempt: 8 },
      new ChatError('transient', 'http_500'),
      { outcome: 'http_500' },
    ],
    [
      'a nicety that failed once',
      { verb: 'nicety', view: 'topic' },
      new ChatError('transient', 'http_500'),
      { waitMs: 2000 },
    ],
    [
      'a room that cannot be opened now',
      { verb: 'open-room', attempt: 500 },
      new ChatError('refused', 'restricted_action'),
      { waitMs: 300_000 },
    ],
  ]
  test.each(table)('%s', (_, more, error, expected) => {
    expect(afterRefusal({ ...row, ...more }, error, roomed, AT)).toMatchObject(expected)
  })
  test('a room that is refused is told of once for each reason, and tried on', () => {
    const open = { ...row, verb: 'open-room' }
    const refusal = new ChatError('refused', 'forbidden')
    const kinds = (refused?: string) => {
      const state = { ...roomed, roomWanted: { ...wanted, ...(refused ? { refused } : {}) } }
      const result = afterRefusal(open, refusal, state, AT)
      expect(result).toMatchObject({ waitMs: 2000 })
      return result.events.map(({ kind, data }) => ({ kind, data }))
    }
    expect(kinds()).toEqual([{ kind: 'room.not_opened', data: { code: 'forbidden' } }])
    expect(kinds('forbidden')).toEqual([])
    expect(kinds('name_taken')).toHaveLength(1)
    expect(afterRefusal(open, new ChatError('transient', 'http_500'), roomed, AT).events).toEqual([])
  })
  test('a room that is gone is lost, and the gap begins', () => {
    const result = afterRefusal(row, new ChatError('gone', 'is_archived'), roomed, AT)
    expect('events' in result && result.events.map((one) => one.kind)).toEqual([
      'post.failed',
      'room.lost',
      'coverage.gap',
    ])
  })
  test('waits grow and never exceed five minutes', () => {
    const waits = [1, 2, 5, 9, 50, 1000].map(backOff)
    expect(waits).toEqual([...waits].sort((a, b) => a - b))
    expect(waits.at(-1)).toBe(300_000)
  })
})

describe('the platform fails', () => {
  test.each([
    ['429', { kind: 'rate_limited', retryAfterSeconds: 1 }],
    ['500', { kind: 'server_error' }],
    ['the line is cut before', { kind: 'connection_cut' }],
    ['it was done and the answer was lost', { kind: 'lost_answer' }],
  ] as const)('%s: every post of the opening appears once, in order', async (_, fault) => {
    const wardroom = await start()
    for (const method of ['chat.postMessage', 'conversations.create', 'conversations.invite'])
      wardroom.practice.faults.failCalls(method, fault, 2)
    await wardroom.practice.as('sam').command(HELPDESK, '/incident declare my laptop was stolen')
    await patiently(wardroom)
    const [state] = await wardroom.store.incidents()
    expect(state!.rooms).toHaveLength(1)
    const room = state!.rooms[0]!.room
    const posts = deliveries(wardroom, room)
    expect(posts).toHaveLength(4)
    once(posts)
    const sent = (await kinds(wardroom, state!.incident, 'post.sent')).filter(
      (line) => line.data.room === room,
    )
    expect(sent.map((line) => line.data.delivery).sort()).toEqual([...posts].sort())
    expect(sent[0]!.data.view).toBe('notice')
    expect(await kinds(wardroom, state!.incident, 'message.')).toEqual([])
  })

  test('a nicety this server does not know is shown on the status card and stops nothing', async () => {
    const wardroom = await start()
    for (const method of ['pins.add', 'conversations.setTopic', 'conversations.invite'])
      wardroom.practice.faults.failCalls(method, { kind: 'unknown_method' }, 1000)
    const war = await declareRoom(wardroom)
    await patiently(wardroom)
    const failed = (await kinds(wardroom, war.incident, 'room.nicety_failed')).map((line) => line.data.step)
    expect(failed).toEqual(expect.arrayContaining(['topic', 'pin']))
    expect(failed.some((step: string) => step.startsWith('invite'))).toBe(true)
    const state = (await wardroom.store.incident(war.incident))!
    const place = (await wardroom.store.outbox.cardPlace(`${war.incident}/${war.room}/status`))!
    const card = wardroom.practice.admin.channel(war.room).messages.find((one) => one.ts === place.message)
    expect(JSON.stringify(card)).toMatch(/unknown_method|could not|not (set|pinned|invited)/i)
    expect(Object.keys(state.niceties)).toEqual(expect.arrayContaining(['topic', 'pin']))
  })

  test('a nicety that keeps failing gives up after a while, and the posts of the room do not wait for it', async () => {
    const wardroom = await start()
    wardroom.practice.faults.failCalls('conversations.setTopic', { kind: 'server_error' }, 1000)
    const war = await declareRoom(wardroom)
    expect(deliveries(wardroom, war.room)).toHaveLength(4)
    await patiently(wardroom)
    const [topic] = (await outbox(wardroom)).filter((row) => row.view === 'topic')
    expect(topic).toMatchObject({ done: true, attempt: 8 })
    expect((await kinds(wardroom, war.incident, 'room.nicety_failed'))[0]!.data).toMatchObject({
      step: 'topic',
    })
  })

  test('a card deleted by somebody is posted anew, once, and what was deleted is on the record', async () => {
    const wardroom = await start()
    const war = await declareRoom(wardroom)
    const key = `${war.incident}/${war.room}/status`
    const before = (await wardroom.store.outbox.cardPlace(key))!
    const channel = wardroom.practice.admin.channel(war.room)
    channel.messages.splice(
      channel.messages.findIndex((message) => message.ts === before.message),
      1,
    )
    await wardroom.practice.as('priya').command(war.room, '/incident claim commander')
    await wardroom.settle()
    const after = (await wardroom.store.outbox.cardPlace(key))!
    expect(after.message).not.toBe(before.message)
    once(deliveries(wardroom, war.room))
  })

  test('Slack is down at declare: the incident and its clocks exist at once; the room opens when Slack is back', async () => {
    const wardroom = await start()
    await wardroom.practice.faults.goDown('unavailable')
    const answer = await wardroom.handle({
      type: 'command',
      via: 'slash',
      key: 'slack:T0PRACTICE:trigger:1',
      platform: 'slack',
      workspace: 'T0PRACTICE',
      actor: 'U0SAMOKAFOR',
      actorKind: 'human',
      at: wardroom.clock.now(),
      line: 'declare my laptop was stolen',
      room: HELPDESK,
      canOpenForm: true,
    })
    expect(JSON.stringify(answer)).toContain('inc-2026-0001')
    const [state] = await wardroom.store.incidents()
    expect(Object.values(state!.clocks).some((clock) => clock.lastDay !== null)).toBe(true)
    await hurry(wardroom)
    await deliverPass(wardroom.delivering)
    expect((await wardroom.store.incidents())[0]!.rooms).toEqual([])
    await wardroom.practice.faults.comeBack()
    await patiently(wardroom)
    const room = (await wardroom.store.incidents())[0]!.rooms[0]!.room
    expect(deliveries(wardroom, room)).toHaveLength(4)
  })
})

describe('opening a room', () => {
  test('whoever is invited finds the status card there, and pinned', async () => {
    const wardroom = await start()
    const war = await declareRoom(wardroom)
    const place = await wardroom.store.outbox.cardPlace(`${war.incident}/${war.room}/status`)
    expect(wardroom.practice.admin.channel(war.room).pins).toMatchObject([{ ts: place!.message }])
    const called = wardroom.practice.calls.map(({ method }) => method)
    expect(called.indexOf('pins.add')).toBeGreaterThan(0)
    expect(called.indexOf('conversations.invite')).toBeGreaterThan(called.indexOf('pins.add'))
  })

  test('a name somebody else took gets the next suffix', async () => {
    const wardroom = await start()
    await wardroom.practice.as('lee').createChannel('inc-2026-0001', true)
    const war = await declareRoom(wardroom)
    expect((await wardroom.store.incident(war.incident))!.rooms[0]!.name).toBe('inc-2026-0001-2')
    expect(wardroom.practice.admin.channel('inc-2026-0001').members).toEqual(['U0LEECHAN00'])
  })

  test('one interrupted after Slack made it is adopted, not made twice', async () => {
    const wardroom = await start()
    wardroom.practice.faults.failCalls('conversations.create', { kind: 'lost_answer' }, 1)
    await wardroom.practice.as('sam').command(HELPDESK, '/incident declare my laptop was stolen')
    await patiently(wardroom)
    const made = wardroom.practice.calls.filter((call) => call.method === 'conversations.create')
    expect(made.length).toBeGreaterThanOrEqual(2)
    const [state] = await wardroom.store.incidents()
    expect(state!.rooms.map((room) => room.name)).toEqual(['inc-2026-0001'])
  })

  test('what was said between its making and its binding is read, and a joiner of that moment is named', async () => {
    const wardroom = await start()
    wardroom.practice.faults.failCalls('conversations.create', { kind: 'lost_answer' }, 1)
    await wardroom.practice
      .as('sam')
      .command(HELPDESK, '/incident declare my laptop was stolen keep out @victor')
    await wardroom.practice.waitFor(
      () => wardroom.practice.calls.some((call) => call.method === 'conversations.create'),
      'the room',
    )
    const channel = wardroom.practice.admin.channel('inc-2026-0001')
    channel.members.push('U0VICTORHAL', 'U0SAMOKAFOR')
    await wardroom.practice.as('sam').post(channel.id, 'is anybody here?')
    await patiently(wardroom)
    const lines = await record(wardroom, 'inc-2026-0001')
    expect(lines.filter((line) => line.text.body === 'is anybody here?')).toHaveLength(1)
    await wardroom.moveTo('2026-11-21T14:00:00Z')
    await patiently(wardroom)
    const alarms = (await kinds(wardroom, 'inc-2026-0001', 'room.alarmed')).map((line) => line.data)
    expect(alarms).toContainEqual(expect.objectContaining({ why: 'kept-out', person: 'U0VICTORHAL' }))
  })
})
