/**
 * Two replicas on one Postgres and one workspace, racing for everything there is one of. Without a server the suite is
 * left out: the embedded database has one process by construction.
 */
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Inbound } from '../src/chat/port.ts'
import { deliverPass } from '../src/deliver.ts'
import { digests } from '../src/digest.ts'
import { digestDay } from '../src/domain/digest.ts'
import { openDatabase } from '../src/store/db.ts'
import { loadKeys } from '../src/store/keys.ts'
import { openStore } from '../src/store/store.ts'
import { tick } from '../src/tick.ts'
import { databaseOf, silent, type TestDatabase, testDatabase, testServerUrl } from './support/database.ts'
import { AT, faults, linesOf, PLACE, write } from './support/record.ts'
import { type StillWardroom, stillPlatform, stillWardroom } from './support/still.ts'
import { declareRoom, deliveries, HELPDESK, record, whispers } from './support/war-room.ts'
import { newRecordKey, type TestWardroom, testClock, testWardroom } from './support/wardroom.ts'

const withServer = describe.skipIf(testServerUrl === undefined)
let count = 0
const from = (actor: string) => ({ ...PLACE, actor, actorKind: 'human' as const, at: AT })
const command = (line: string, actor = 'U0SAMOKAFOR', room?: string): Inbound => {
  count += 1
  const key = `slack:T0PRACTICE:trigger:${count}`
  const place = room ? { room } : {}
  return { ...from(actor), type: 'command', via: 'slash', key, line, canOpenForm: true, ...place }
}

withServer('two that stand still and are stepped together', () => {
  let database: TestDatabase
  let second: TestDatabase
  let replicas: StillWardroom[]
  const platform = stillPlatform()
  const INCIDENT = 'inc-2026-0001'

  beforeAll(async () => {
    database = await testDatabase()
    second = { ...(await openDatabase({ databaseUrl: database.url!, log: silent })), url: database.url }
    const key = newRecordKey()
    replicas = [await stillWardroom(database, platform, key), await stillWardroom(second, platform, key)]
    await replicas[0]!.handle(command('declare my laptop was stolen'))
    await drain()
  })
  afterAll(async () => {
    expect(await faults(replicas[0]!.store)).toEqual([])
    await second.close()
    await database.close()
  })

  const both = <T>(work: (wardroom: StillWardroom, at: number) => Promise<T>) =>
    Promise.all(replicas.map(work))
  async function drain(): Promise<void> {
    for (let pass = 0; pass < 60; pass += 1) {
      await database.transaction((tx) =>
        tx.execute(sql`update outbox set not_before = clock_timestamp() - interval '1 second'
          where done_at is null and leased_until is null`),
      )
      const done = await both((one) => deliverPass(one.delivering))
      if (done.every((rows) => rows === 0)) return
    }
    throw new Error('the outbox is never empty')
  }
  const lines = (kind: string) =>
    linesOf(replicas[0]!, INCIDENT).then((all) => all.filter((line) => line.kind === kind))

  test('a role goes to one, and the other is told who holds it', async () => {
    const people = ['U0PRIYANAIR', 'U0LEECHAN00']
    const roles = ['commander', 'scribe', 'detection-lead', 'clinical-lead', 'communications-lead', 'deputy']
    for (const role of roles) {
      await both((one, at) => one.handle(command(`claim ${INCIDENT} ${role}`, people[at], `C-${INCIDENT}`)))
      const taken = (await lines('role.assigned')).filter((line) => line.data.role === role)
      const [row, ...more] = await database.rows<{ person: string }>(
        database.db,
        sql`select person from holding where incident = ${INCIDENT} and role = ${role}`,
      )
      expect({ role, more }).toEqual({ role, more: [] })
      expect({ role, holder: taken.at(-1)?.data.person }).toEqual({ role, holder: row?.person })
      // A second assignment, where one is allowed at all, names the first holder as the one before.
      const previous = taken.map((line) => line.data.previous)
      expect(previous).toEqual([null, ...taken.slice(0, -1).map((line) => line.data.person)])
    }
  })

  test('reminders fall due once, whichever replica wakes first, and are posted once', async () => {
    await drain()
    for (let n = 0; n < 10; n += 1) {
      const at = (await replicas[0]!.store.nextWake())!
      for (const one of replicas) one.moveTo(at)
      await both((one) => tick(one.delivering))
      await drain()
    }
    for (const state of await replicas[0]!.store.incidents())
      expect(new Set(state.fired).size).toBe(state.fired.length)
    const escalations = (await lines('role.escalated')).map((line) => `${line.data.role} ${line.data.step}`)
    expect(new Set(escalations).size).toBe(escalations.length)
    const landed = platform.posts.map((post) => post.delivery)
    expect(landed.filter((id, at) => landed.indexOf(id) !== at)).toEqual([])
    expect(landed.length).toBeGreaterThan(10)
  })

  test('a morning has one digest, whichever replica reaches eight first', async () => {
    const channel = 'C0MANAGERS1'
    const told = replicas.map(({ delivering }) => ({
      ...delivering,
      telling: { ...delivering.telling, managersChannels: { slack: channel } },
    }))
    const day = replicas[0]!.now().getTime() + 86_400_000
    const mornings = [0, 1, 2, 3, 4].map((more) => new Date(day + more * 86_400_000))
    const at = mornings.find((one) => digestDay(told[0]!.settings.organisation, one))!
    for (const one of replicas) one.moveTo(at)
    await Promise.all([...told, ...told].map((one) => digests({ ...one })))
    for (let pass = 0; pass < 3; pass += 1) await Promise.all(told.map((one) => deliverPass(one)))
    expect(platform.posts.filter(({ room }) => room === channel)).toHaveLength(1)
  })

  test('incident numbers are given once each, without a gap', async () => {
    const before = (await replicas[0]!.store.incidents()).length
    // On a busy machine somebody waits too long for their turn: told that nothing was recorded, they try again.
    const declare = async (n: number) => {
      const ask = () => replicas[n % 2]!.handle(command(`declare a fax went astray number ${n}`))
      for (let tries = 0; tries < 20; tries += 1)
        if (!/Nothing was recorded/.test(JSON.stringify(await ask()))) return
    }
    await Promise.all(Array.from({ length: 12 }, (_, n) => declare(n)))
    const states = await replicas[0]!.store.incidents()
    const numbers = states.map((state) => state.incident).sort()
    expect(numbers).toEqual(
      Array.from({ length: before + 12 }, (_, n) => `inc-2026-${String(n + 1).padStart(4, '0')}`),
    )
  })

  test('one double click on two replicas is one incident', async () => {
    const before = (await replicas[0]!.store.incidents()).length
    const click = command('declare the same words twice')
    const answers = await both((one) => one.handle(click))
    expect((await replicas[0]!.store.incidents()).length).toBe(before + 1)
    expect(JSON.stringify(answers)).toContain('Already declared')
  })

  test('a message pushed to both is one entry', async () => {
    for (let n = 1; n <= 20; n += 1) {
      const message: Inbound = {
        ...from('U0SAMOKAFOR'),
        type: 'message',
        change: 'posted',
        key: `slack:T0PRACTICE:C-${INCIDENT}:${n}.7`,
        room: `C-${INCIDENT}`,
        message: `${n}.7`,
        body: { text: `both ${n}`, author: 'U0SAMOKAFOR', files: [] },
      }
      await both((one) => one.handle(message))
    }
    const bodies = (await lines('message.posted')).map((line) => line.text.body)
    expect(bodies).toEqual(Array.from({ length: 20 }, (_, n) => `both ${n + 1}`))
  })

  test('one incident held by another session: the others keep capturing, and its own is kept when it is free', async () => {
    const held = 'inc-2026-0002'
    await drain()
    let release = () => {}
    let locked = () => {}
    const isLocked = new Promise<void>((resolve) => {
      locked = resolve
    })
    const holder = second.transaction(async (tx) => {
      await tx.execute(sql`select 1 from log where incident = ${held} for update`)
      locked()
      await new Promise<void>((resolve) => {
        release = resolve
      })
    })
    await isLocked
    const say = (incident: string, n: number): Inbound => ({
      ...from('U0SAMOKAFOR'),
      type: 'message',
      change: 'posted',
      key: `slack:T0PRACTICE:C-${incident}:${n}.9`,
      room: `C-${incident}`,
      message: `${n}.9`,
      body: { text: `while it was held ${n}`, author: 'U0SAMOKAFOR', files: [] },
    })
    let isKept = false
    const waiting = replicas[0]!.handle(say(held, 1)).then(() => {
      isKept = true
    })
    for (let n = 1; n <= 25; n += 1) await replicas[0]!.handle(say(INCIDENT, n))
    expect(isKept).toBe(false)
    // A command on it is told, in time for Slack, that nothing was recorded.
    const told = JSON.stringify(await replicas[0]!.handle(command(`note ${held} hello`)))
    expect(told).toContain('Nothing was recorded')
    expect(told).toContain(`note ${held} hello`)
    release()
    await holder
    await waiting
    const kept = (await linesOf(replicas[0]!, held)).filter((line) => line.kind === 'message.posted')
    expect(kept.map((line) => line.text.body)).toEqual(['while it was held 1'])
    expect((await linesOf(replicas[0]!, held)).filter((line) => line.kind === 'note.recorded')).toEqual([])
  })

  test('a role cannot be given twice even by two that believe it is free', async () => {
    const other = 'inc-2026-0003'
    const assigned = (person: string) =>
      ({
        kind: 'role.assigned',
        data: { role: 'commander', person, previous: null, how: 'claimed' },
      }) as const
    const tried = await Promise.allSettled(
      ['U1', 'U2'].map((person, at) => write(replicas[at]!.store, other, [assigned(person)])),
    )
    expect(tried.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

withServer('two whole replicas on one workspace', () => {
  let first: TestWardroom
  let other: TestWardroom
  let opened: Awaited<ReturnType<typeof openDatabase>>

  beforeAll(async () => {
    const clock = testClock('2026-11-21T03:41:00.000Z')
    const recordKey = newRecordKey()
    first = await testWardroom({ clock, recordKey })
    opened = await openDatabase({ databaseUrl: first.database.url!, log: silent })
    const database = { ...opened, url: first.database.url }
    other = await testWardroom({ clock, recordKey, database, practice: first.practice })
  })
  afterAll(async () => {
    expect(await faults(first.store)).toEqual([])
    await other.close()
    await first.close()
  })

  test('people at work: each thing once, and both replicas did some of it', async () => {
    expect(first.practice.connections()).toBe(4)
    const war = await declareRoom(first)
    const people = ['sam', 'priya', 'dana', 'lee']
    const notes = people.flatMap((who) => [0, 3, 6, 9].map((n) => `${who} notes ${n}`))
    await Promise.all(
      people.flatMap((who) =>
        Array.from({ length: 10 }, async (_, n) => {
          await first.practice.as(who).post(war.room, `${who} ${n}`)
          if (n % 3 === 0) await first.practice.as(who).command(war.room, `/incident note ${who} notes ${n}`)
        }),
      ),
    )
    await Promise.all(
      ['priya', 'lee'].map((who) => first.practice.as(who).command(war.room, '/incident claim commander')),
    )
    await first.settle()
    await other.settle()
    const lines = await record(first, war.incident)
    const texts = (kind: string) => lines.filter((line) => line.kind === kind).map((line) => line.text.body!)
    expect(texts('message.posted').sort()).toEqual(
      people.flatMap((who) => Array.from({ length: 10 }, (_, n) => `${who} ${n}`)).sort(),
    )
    expect(new Set(texts('note.recorded')).size).toBe(texts('note.recorded').length)
    // A log that stays locked too long refuses a command, and says so with what was typed.
    const noted = texts('note.recorded')
    const refused = notes.filter((text) => !noted.includes(text))
    const told = people.map((who) => whispers(first, who)).join()
    expect(refused.filter((text) => !told.includes(text))).toEqual([])
    expect(noted.length + refused.length).toBe(notes.length)
    expect(lines.filter((line) => line.kind === 'role.assigned')).toHaveLength(1)
    await Promise.all([first.moveTo('2026-11-23T13:00:30Z'), other.moveTo('2026-11-23T13:00:30Z')])
    await first.settle()
    const posts = deliveries(first, war.room)
    expect(new Set(posts).size).toBe(posts.length)
    const sent = lines.filter((line) => line.kind === 'post.sent').map((line) => line.data.delivery)
    expect(new Set(sent).size).toBe(sent.length)
    expect(await faults(other.store)).toEqual([])
  })

  test('when one is gone the other goes on', async () => {
    const [state] = await first.store.incidents()
    const room = state!.rooms[0]!.room
    await other.chats[0]!.stop()
    await first.practice.as('sam').post(room, 'is anybody there?')
    await first.practice.as('sam').command(HELPDESK, '/incident late')
    await first.settle()
    const lines = await record(first, state!.incident)
    expect(lines.filter((line) => line.text.body === 'is anybody there?')).toHaveLength(1)
  })
})

withServer('starting', () => {
  test('replicas that start together migrate once and pin one key; another key refuses in one line', async () => {
    const name = `wardroom_start_${randomUUID().replaceAll('-', '')}`
    const owner = postgres(testServerUrl!, { max: 1, onnotice: () => {} })
    await owner`create database ${owner(name)}`
    const databaseUrl = databaseOf(testServerUrl!, name)
    const keys = loadKeys({ recordKey: newRecordKey() })
    const databases = await Promise.all(
      Array.from({ length: 4 }, () => openDatabase({ databaseUrl, poolSize: 2, log: silent })),
    )
    try {
      await Promise.all(databases.map((database) => openStore(database, keys, () => null)))
      const applied = await databases[0]!.rows<{ n: number; kinds: number }>(
        databases[0]!.db,
        sql`select count(*) n, count(distinct hash) kinds from drizzle.__drizzle_migrations`,
      )
      expect(applied[0]!.n).toBe(applied[0]!.kinds)
      const pinned = await databases[0]!.rows(databases[0]!.db, sql`select fingerprint from key_fingerprint`)
      expect(pinned).toEqual([{ fingerprint: keys.fingerprint }])
      const wrong = openStore(databases[1]!, loadKeys({ recordKey: newRecordKey() }), () => null)
      const error = await wrong.then(
        () => undefined,
        (reason: Error) => reason,
      )
      expect(error?.name).toBe('Error')
      expect(error?.message).toContain(keys.fingerprint)
      expect(error?.message.split('\n')).toHaveLength(1)
    } finally {
      for (const database of databases) await database.close()
      await owner`drop database if exists ${owner(name)} with (force)`
      await owner.end()
    }
  })
})
