/** The whole of it in both delivery modes: two sockets, and signed HTTP with its bad signatures and old time stamps. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readBack, roomSweeper } from '../src/delivery/read-back.ts'
import { signedHeaders } from '../src/practice/delivery-http.ts'
import { faults } from './support/record.ts'
import { declareRoom, kinds, record, type WarRoom } from './support/war-room.ts'
import { type TestWardroom, testWardroom } from './support/wardroom.ts'

const count = async (wardroom: TestWardroom, table: string): Promise<number> => {
  const query = sql`select count(*)::int n from ${sql.identifier(table)}`
  const [row] = await wardroom.database.rows<{ n: number }>(wardroom.database.db, query)
  return row!.n
}

describe.each(['socket', 'http'] as const)('%s', (mode) => {
  let wardroom: TestWardroom
  let war: WarRoom
  beforeAll(async () => {
    wardroom = await testWardroom({ mode })
    war = await declareRoom(wardroom)
  })
  afterAll(async () => {
    expect(await faults(wardroom.store)).toEqual([])
    await wardroom.close()
  })
  const saying = async (text: string) =>
    (await record(wardroom, war.incident)).filter((line) => line.text.body === text)

  test('declare, say, claim, decide by a form, press a button', async () => {
    const { practice, settle } = wardroom
    expect(practice.connections()).toBe(mode === 'socket' ? 2 : 0)
    await practice.as('sam').post(war.room, 'it was in the car')
    await practice.as('priya').command(war.room, '/incident claim commander')
    await practice.as('priya').command(war.room, '/incident decide')
    await settle()
    const form = practice.as('priya').modal()!
    const fields = (form.view.blocks as { type: string; block_id: string }[]).filter(
      (one) => one.type === 'input',
    )
    await practice
      .as('priya')
      .submit({ [fields[0]!.block_id]: 'wipe it', [fields[1]!.block_id]: 'it is encrypted' })
    await settle()
    const kindsNow = (await record(wardroom, war.incident)).map((line) => line.kind)
    expect(kindsNow).toEqual(expect.arrayContaining(['message.posted', 'role.assigned', 'decision.recorded']))
    await practice.as('priya').command(war.room, '/incident status')
    await settle()
    expect(practice.as('priya').ephemerals(war.room).length).toBeGreaterThanOrEqual(2)
    expect(await saying('it was in the car')).toHaveLength(1)
    const messages = practice.as('priya').messages(war.room)
    const card = messages.find(({ blocks }) => JSON.stringify(blocks).includes('Roles open'))!
    await practice.as('priya').click({ channel: war.room, ts: card.ts }, 'Clocks')
    await settle()
    const seen = JSON.stringify(practice.as('priya').ephemerals(war.room).at(-1)?.blocks)
    expect(seen).toContain('Letters to individuals')
  })

  test('events told twice, late and backwards are on the record once each', async () => {
    const { practice, settle } = wardroom
    practice.faults.duplicateEvents(4)
    for (let n = 0; n < 4; n += 1) await practice.as('sam').post(war.room, `twice ${n}`)
    await settle()
    practice.faults.holdEvents()
    for (let n = 0; n < 4; n += 1) await practice.as('sam').post(war.room, `backwards ${n}`)
    practice.faults.releaseEvents('reversed')
    await settle()
    practice.faults.delayEvents(40, 2)
    for (let n = 0; n < 4; n += 1) await practice.as('sam').post(war.room, `late ${n}`)
    await settle()
    for (const what of ['twice', 'backwards', 'late'])
      for (let n = 0; n < 4; n += 1) expect(await saying(`${what} ${n}`)).toHaveLength(1)
  })

  test('a payload no schema knows is kept sealed and acknowledged', async () => {
    const before = await count(wardroom, 'quarantine')
    const lost = wardroom.practice.lostEvents.length
    wardroom.practice.admin.uninstall()
    await wardroom.settle()
    expect(await count(wardroom, 'quarantine')).toBeGreaterThan(before)
    expect(wardroom.practice.lostEvents.length).toBe(lost)
    const rows = await wardroom.database.rows<{ body: Uint8Array }>(
      wardroom.database.db,
      sql`select body from quarantine`,
    )
    for (const { body } of rows)
      expect(Buffer.from(body).toString('latin1')).not.toMatch(/tokens_revoked|uninstalled/)
  })

  test('what was dropped is found in the history and recorded as a gap', async () => {
    const { practice, settle } = wardroom
    const isMine = (event: { text?: string }) => /^never told/.test(event.text ?? '')
    practice.faults.dropEvents(2, isMine)
    await practice.as('sam').post(war.room, 'never told 1')
    await practice.as('sam').post(war.room, 'never told 2')
    await settle()
    expect(await saying('never told 1')).toEqual([])
    await readBack(wardroom.delivering, 'slack', 'app_rate_limited', wardroom.clock.now())
    await settle()
    for (const n of [1, 2]) expect((await saying(`never told ${n}`))[0]!.data.recovered).toBe(true)
    const gaps = await kinds(wardroom, war.incident, 'coverage.gap')
    expect(gaps).toHaveLength(1)
    // Read again, nothing is new, and nothing is said twice.
    await readBack(wardroom.delivering, 'slack', 'app_rate_limited', wardroom.clock.now())
    await settle()
    expect(await kinds(wardroom, war.incident, 'coverage.gap')).toHaveLength(1)
    expect(await saying('never told 1')).toHaveLength(1)
  })
})

describe('sockets', () => {
  let wardroom: TestWardroom
  let war: WarRoom
  beforeAll(async () => {
    wardroom = await testWardroom()
    war = await declareRoom(wardroom)
  })
  afterAll(() => wardroom.close())
  const bodies = async () =>
    (await kinds(wardroom, war.incident, 'message.posted')).map((line) => line.text.body)

  test.each(['refresh_requested', 'warning', 'abrupt'] as const)(
    'one of two goes (%s): nothing is missed',
    async (kind) => {
      wardroom.practice.faults.disconnect(kind, 1)
      for (let n = 0; n < 5; n += 1) await wardroom.practice.as('sam').post(war.room, `${kind} ${n}`)
      await wardroom.settle()
      const found = (await bodies()).filter((text) => text?.startsWith(kind))
      expect(found.sort()).toEqual(Array.from({ length: 5 }, (_, n) => `${kind} ${n}`))
      await wardroom.practice.waitFor(() => wardroom.practice.connections() === 2, 'both sockets', 20_000)
    },
  )

  test('both go: what nobody could be told is read back when one is up again', async () => {
    wardroom.practice.faults.disconnect('abrupt')
    await wardroom.practice.as('sam').post(war.room, 'in the dark')
    await wardroom.practice.waitFor(() => wardroom.practice.connections() > 0, 'a socket', 20_000)
    await wardroom.practice.waitFor(async () => (await bodies()).includes('in the dark'), 'the words', 20_000)
    await wardroom.settle()
    expect((await bodies()).filter((text) => text === 'in the dark')).toHaveLength(1)
  })
})

describe('events that Slack drops without a word of it', () => {
  let wardroom: TestWardroom
  let war: WarRoom
  beforeAll(async () => {
    wardroom = await testWardroom()
    war = await declareRoom(wardroom)
  })
  afterAll(async () => {
    expect(await faults(wardroom.store)).toEqual([])
    await wardroom.close()
  })
  const minutesOn = (minutes: number) =>
    wardroom.clock.moveTo(new Date(wardroom.clock.now().getTime() + minutes * 60_000))
  const gaps = () => kinds(wardroom, war.incident, 'coverage.gap')
  const dropped = async (text: string) => {
    wardroom.practice.faults.dropEvents(1, (event) => event.text === text)
    await wardroom.practice.as('sam').post(war.room, text)
    await wardroom.settle()
  }
  const found = async () =>
    (await kinds(wardroom, war.incident, 'message.posted'))
      .filter((line) => line.data.recovered)
      .map((line) => line.text.body)

  test('are found by the sweep: not while Slack may still bring them, once, and with the gap they were in', async () => {
    const start = new Map([[war.incident, wardroom.clock.now()]])
    const sweep = roomSweeper(wardroom.delivering, start)
    const swept = async () => {
      await sweep()
      await wardroom.settle()
    }
    await dropped('dropped 1')
    await swept()
    expect(await found()).toEqual([])
    expect(await gaps()).toEqual([])
    minutesOn(60)
    await dropped('dropped 2')
    await wardroom.practice.as('sam').post(war.room, 'told')
    await swept()
    expect(await found()).toEqual(['dropped 1'])
    const [gap] = await gaps()
    const until = wardroom.clock.now().getTime() - 6 * 60_000
    expect(gap!.data).toMatchObject({ why: 'sweep', to: new Date(until).toISOString() })
    minutesOn(60)
    await swept()
    expect(await found()).toEqual(['dropped 1', 'dropped 2'])
    minutesOn(60)
    await swept()
    expect(await found()).toHaveLength(2)
    expect(await gaps()).toHaveLength(2)
  })

  test('are found where the process before this one ended before its sweep', async () => {
    await dropped('before the end')
    minutesOn(45)
    await wardroom.practice.as('sam').post(war.room, 'the last that was told')
    await wardroom.settle()
    const before = new Map([[war.incident, wardroom.clock.now()]])
    minutesOn(600)
    await roomSweeper(wardroom.delivering, before)()
    await wardroom.settle()
    expect(await found()).toContain('before the end')
  })
})

describe('signed requests', () => {
  let wardroom: TestWardroom
  let url: string
  beforeAll(async () => {
    wardroom = await testWardroom({ mode: 'http' })
    url = `http://127.0.0.1:${wardroom.chats[0]!.current()!.httpPort}/slack/events`
  })
  afterAll(() => wardroom.close())
  const send = async (body: string, headers: Record<string, string>) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    })
    return answer.status
  }
  const event = JSON.stringify({
    type: 'event_callback',
    team_id: 'T0PRACTICE',
    event_id: 'Ev1',
    event_time: 1,
    event: { type: 'something_new', secret: 'Mrs. A' },
  })
  const secret = () => wardroom.practice.signingSecret
  const minutes = (n: number) => Date.now() + n * 60_000

  test.each([
    ['none at all', () => ({})],
    ['another secret’s', () => signedHeaders('another-secret-0123456789', event, Date.now())],
    ['of another body', () => signedHeaders(secret(), `${event} `, Date.now())],
    ['six minutes old', () => signedHeaders(secret(), event, minutes(-6))],
    ['six minutes from the future', () => signedHeaders(secret(), event, minutes(6))],
    [
      'without its time stamp',
      () => ({ 'x-slack-signature': signedHeaders(secret(), event, Date.now())['x-slack-signature']! }),
    ],
    [
      'with a time that is no number',
      () => ({ ...signedHeaders(secret(), event, Date.now()), 'x-slack-request-timestamp': 'now' }),
    ],
  ])('a signature %s is refused, and nothing of it is kept', async (_, headers) => {
    const before = await count(wardroom, 'quarantine')
    expect(await send(event, headers() as Record<string, string>)).toBe(401)
    expect(await count(wardroom, 'quarantine')).toBe(before)
  })

  test('a good one is taken, though no schema knows what it says', async () => {
    expect(await send(event, signedHeaders(secret(), event, Date.now()))).toBe(200)
    expect(await count(wardroom, 'quarantine')).toBe(1)
  })

  test('a signed body that is no JSON, empty, or far too long never brings it down', async () => {
    for (const body of ['{', '', '[]', 'null', '"text"', `"${'x'.repeat(5 * 1024 * 1024)}"`]) {
      const status = await send(body, signedHeaders(secret(), body, Date.now())).catch(() => 0)
      expect([0, 200, 400, 413]).toContain(status)
    }
    const typed = { 'content-type': 'application/x-www-form-urlencoded' }
    for (const body of [
      'payload=null',
      'payload=+null',
      'payload=%20null',
      'payload=%22x%22',
      'payload={',
      'payload',
    ])
      expect([200, 400]).toContain(
        await send(body, { ...signedHeaders(secret(), body, Date.now()), ...typed }),
      )
    expect(await send(event, signedHeaders(secret(), event, Date.now()))).toBe(200)
  })
})
