/**
 * Each statement and each commit of a command, a form, a message, a tick and a delivery fails once before it was done
 * and once after. Afterwards the record has it exactly once or not at all, no post appears twice, and a person was told
 * "nothing was recorded" only when nothing was.
 */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Inbound } from '../src/chat/port.ts'
import { deliverPass } from '../src/deliver.ts'
import { tick } from '../src/tick.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { type Failing, failing, type Plan } from './support/failing.ts'
import { AT, faults, keyOf, linesOf, PLACE } from './support/record.ts'
import { type StillWardroom, stillWardroom } from './support/still.ts'
import { outbox } from './support/war-room.ts'

let fault: Failing
let wardroom: StillWardroom
let real: TestDatabase
const INCIDENT = 'inc-2026-0001'
const ROOM = `C-${INCIDENT}`

beforeAll(async () => {
  real = await testDatabase()
  fault = failing(real)
  wardroom = await stillWardroom(fault.database)
  await wardroom.handle(command('declare my laptop was stolen'))
  await deliverAll()
})
afterAll(async () => {
  fault.mend()
  expect(await faults(wardroom.store)).toEqual([])
  await real.close()
})

let count = 0
const from = { ...PLACE, actor: 'U0SAMOKAFOR', actorKind: 'human' as const }
function command(line: string): Inbound {
  count += 1
  return {
    ...from,
    type: 'command',
    via: 'slash',
    key: `slack:T0PRACTICE:trigger:${count}`,
    at: AT,
    line,
    room: ROOM,
    canOpenForm: true,
  }
}
function form(verb: string, values: Record<string, string>): Inbound {
  count += 1
  return {
    ...from,
    type: 'form',
    key: `slack:T0PRACTICE:form:U0SAMOKAFOR:${count}`,
    at: AT,
    verb,
    ...(verb === 'declare' ? {} : { incident: INCIDENT }),
    room: ROOM,
    values,
    carry: {},
  }
}
function message(text: string, more: object = {}): Inbound {
  count += 1
  return {
    ...from,
    type: 'message',
    change: 'posted',
    key: keyOf(ROOM, `1000.${count}`),
    room: ROOM,
    message: `1000.${count}`,
    at: AT,
    body: { text, author: from.actor, files: [] },
    ...more,
  }
}

const hurry = () =>
  wardroom.database.transaction((tx) =>
    tx.execute(sql`update outbox set not_before = clock_timestamp() - interval '1 second',
      leased_until = case when leased_until is null then null else clock_timestamp() - interval '1 second' end
      where done_at is null`),
  )
async function deliverAll(): Promise<void> {
  for (let pass = 0; pass < 240; pass += 1) {
    await hurry()
    if ((await deliverPass(wardroom.delivering)) === 0) return
  }
  throw new Error('the outbox is never empty')
}

const lines = (prefix: string) =>
  linesOf(wardroom, INCIDENT).then((all) => all.filter((line) => line.kind.startsWith(prefix)))
const saying = async (text: string) =>
  (await linesOf(wardroom, INCIDENT)).filter((line) => Object.values(line.text).includes(text))

/** Every point of a piece of work, before and after; the work is measured first. */
async function everywhere(
  measure: () => Promise<unknown>,
  attempt: (name: string) => Promise<void>,
  stays = false,
): Promise<void> {
  fault.arm(undefined)
  await measure()
  const points = fault.points()
  expect(points).toBeGreaterThan(3)
  for (const when of ['before', 'after'] as const)
    for (let at = 1; at <= points; at += 1) {
      const plan: Plan = { at, when, stays }
      fault.arm(plan)
      await attempt(`${when} ${at} of ${points}${stays ? ', down' : ''}`)
    }
  fault.mend()
}

const TOLD = {
  nothing: /Nothing was recorded/,
  recorded: /It was recorded/,
  unsure: /not certain whether/,
}

describe.each([
  ['the answer is lost once', false],
  ['the database is gone until later', true],
])('%s', (_, stays) => {
  const sayings: [string, (text: string) => Inbound][] = [
    ['a command', (text) => command(`note ${text}`)],
    ['a form', (text) => form('note', { body: text })],
  ]
  test.each(sayings)('%s is recorded once, or the person is told', async (_, ask) => {
    await everywhere(
      () => wardroom.handle(ask('measured')),
      async (name) => {
        const text = `said ${count} ${name}`
        const inbound = ask(text)
        const told = JSON.stringify(await wardroom.handle(inbound))
        fault.mend()
        const found = (await saying(text)).filter((line) => line.kind === 'note.recorded').length
        const outcome = { name, found, struck: fault.struck() }
        if (TOLD.nothing.test(told)) expect(outcome).toEqual({ ...outcome, found: 0 })
        else if (!TOLD.unsure.test(told)) expect({ ...outcome, told }).toEqual({ ...outcome, told, found: 1 })
        expect(found).toBeLessThanOrEqual(1)
        // The same delivery again (a retry, a second click of one form) never makes a second.
        await wardroom.handle(inbound)
        expect((await saying(text)).filter((line) => line.kind === 'note.recorded')).toHaveLength(1)
      },
      stays,
    )
  })

  test('a declaration is one incident, or none', async () => {
    let made = (await wardroom.store.incidents()).length
    await everywhere(
      async () => {
        await wardroom.handle(command(`declare a fax went astray, ${count}`))
        made += 1
      },
      async (name) => {
        const told = JSON.stringify(
          await wardroom.handle(command(`declare a fax went astray, ${count} ${name}`)),
        )
        fault.mend()
        const incidents = await wardroom.store.incidents()
        const now = incidents.length
        expect([made, made + 1]).toContain(now)
        if (TOLD.nothing.test(told)) expect({ name, now }).toEqual({ name, now: made })
        else if (!TOLD.unsure.test(told)) expect({ name, now }).toEqual({ name, now: made + 1 })
        made = now
        const numbers = incidents.map((state) => state.incident)
        expect(new Set(numbers).size).toBe(numbers.length)
        const { numbers: given } = await wardroom.store.organisation()
        expect(given['2026']).toBe(made)
      },
      stays,
    )
  })

  const heard: [string, (text: string) => Inbound][] = [
    ['a message', (text) => message(text)],
    ['a line addressed to the bot', (text) => message(text, { line: `note ${text}` })],
  ]
  test.each(heard)('%s is acknowledged only when it is on the record, once', async (_, say) => {
    await everywhere(
      () => wardroom.handle(say('measured')),
      async (name) => {
        const text = `heard ${count} ${name}`
        const inbound = say(text)
        const first = await wardroom.handle(inbound).then(
          () => true,
          () => false,
        )
        fault.mend()
        const entries = async (kind: string) =>
          (await saying(text)).filter((line) => line.kind === kind).length
        if (first) expect({ name, n: await entries('message.posted') }).toEqual({ name, n: 1 })
        // Unacknowledged, the platform brings it again; and once more, though nobody asked.
        await wardroom.handle(inbound)
        await wardroom.handle(inbound)
        expect({ name, n: await entries('message.posted') }).toEqual({ name, n: 1 })
        if ('line' in inbound) expect({ name, n: await entries('note.recorded') }).toEqual({ name, n: 1 })
      },
      stays,
    )
  })
})

describe('time', () => {
  test('a reminder falls due once: entries, identities and posts agree after any failure', async () => {
    await deliverAll()
    // One incident, whatever other tests declared; just before the first morning on which its clocks are reminded of.
    await real.transaction((tx) =>
      tx.execute(sql`update log set next_wake_at = null where incident <> ${INCIDENT}`),
    )
    wardroom.moveTo(new Date('2026-12-20T12:00:00Z'))
    while ((await tick(wardroom.delivering)) > 0);
    const step = async () => {
      const [row] = await real.rows<{ ms: number }>(
        real.db,
        sql`select extract(epoch from min(next_wake_at))::float8 * 1000 as ms from log`,
      )
      wardroom.moveTo(new Date(row!.ms))
      await tick(wardroom.delivering)
    }
    await everywhere(step, async (name) => {
      await step().catch(() => 0)
      fault.mend()
      // The next pass finds whatever is left.
      while ((await tick(wardroom.delivering)) > 0);
      const due = await wardroom.store.due(wardroom.now())
      expect({ name, due }).toEqual({ name, due: [] })
    })
    for (const state of await wardroom.store.incidents()) {
      expect(new Set(state.fired).size).toBe(state.fired.length)
      const rows = await wardroom.database.rows<{ identity: string }>(
        wardroom.database.db,
        sql`select identity from reminder where incident = ${state.incident}`,
      )
      expect(rows.map((row) => row.identity).sort()).toEqual([...state.fired].sort())
      const escalated = (await linesOf(wardroom, state.incident))
        .filter((line) => line.kind === 'role.escalated')
        .map((line) => `${line.data.role} ${line.data.step}`)
      expect(new Set(escalated).size).toBe(escalated.length)
    }
    expect(await lines('reminder.sent')).not.toEqual([])
  })
})

describe('deliveries', () => {
  const posted = () => wardroom.platform.posts.map((post) => post.delivery)
  const check = async (name: string) => {
    fault.mend()
    await deliverAll()
    const landed = posted()
    expect({ name, twice: landed.filter((id, index) => landed.indexOf(id) !== index) }).toEqual({
      name,
      twice: [],
    })
    const sent = (await lines('post.sent')).map((line) => line.data.delivery)
    expect({ name, twice: sent.filter((id, index) => sent.indexOf(id) !== index) }).toEqual({
      name,
      twice: [],
    })
    const waiting = (await outbox(wardroom)).filter((row) => !row.done)
    expect({ name, waiting }).toEqual({ name, waiting: [] })
  }
  const decide = () => wardroom.handle(command(`decide keep the room ${count} because it helps`))

  test('a post and a card whose bookkeeping fails land once and are on the record once', async () => {
    await deliverAll()
    await decide()
    let prepared = true
    await everywhere(
      async () => {
        await deliverPass(wardroom.delivering)
      },
      async (name) => {
        // What is being delivered is made while the database is well.
        if (!prepared) await decide()
        prepared = false
        await deliverPass(wardroom.delivering).catch(() => 0)
        await check(name)
        fault.mend()
        await decide()
        prepared = true
      },
    )
    await check('at the end')
  })

  /** The last thing that is done: the room is there, and its entry is not, or nobody knows that it is. */
  test.each(['before', 'after'] as const)(
    'a process that ends %s it records counsel’s room: it is made once, on the record once, and beside the war room',
    async (when) => {
      const pass = () => deliverPass(wardroom.delivering)
      const ask = async (because: string) => {
        await deliverAll()
        const last = (await wardroom.store.incident(INCIDENT))!.companions.at(-1)
        const key = `gone:${last?.room}`
        if (last)
          await wardroom.handle({ ...from, type: 'room', key, room: last.room, at: AT, change: 'deleted' })
        const line = `privilege room <@U0DANAREYES> because ${because}`
        await wardroom.handle({ ...command(line), actor: 'U0MARIALOPZ' } as Inbound)
      }
      await deliverAll()
      await ask('measured')
      fault.arm(undefined)
      await pass()
      const points = fault.points()
      await ask(`ended ${when}`)
      fault.arm({ at: points, when })
      await pass().catch(() => 0)
      expect(fault.struck()).toBe(true)
      await check(when)
      const { companions } = (await wardroom.store.incident(INCIDENT))!
      const opened = await lines('privilege.room_opened')
      expect(opened.map(({ data }) => data.room)).toEqual(companions.map(({ room }) => room))
      expect(wardroom.platform.rooms.filter((each) => each.includes('-counsel'))).toHaveLength(
        companions.length,
      )
      const current = await real.rows<{ room: string }>(
        real.db,
        sql`select room from room where incident = ${INCIDENT} and current`,
      )
      expect(current).toEqual([{ room: ROOM }])
    },
  )

  test.each(['before', 'after'] as const)('the platform fails %s doing it', async (when) => {
    for (const verb of ['post', 'update', 'findPost', 'dress', 'invite', 'openRoom'] as const) {
      await decide()
      if (verb === 'openRoom') await wardroom.handle(command(`declare a bag was lost ${count}`))
      wardroom.platform.fail(verb, when)
      if (verb === 'findPost') wardroom.platform.fail('post', when)
      await deliverPass(wardroom.delivering)
      await check(`${verb} ${when}`)
    }
    expect(new Set(wardroom.platform.rooms).size).toBe(wardroom.platform.rooms.length)
  })
})
