/** Runs on PGlite in memory, and on Postgres when TEST_DATABASE_URL is set: both must answer alike. */
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DatabaseFault, isTryAgain, isUniqueViolation } from '../../src/store/db.ts'
import { keyFingerprint, sealed } from '../../src/store/schema.ts'
import { type TestDatabase, testDatabase, testServerUrl } from '../support/database.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase({ poolSize: 2 })
})
afterAll(() => database.close())

const names = async () => (await database.db.select().from(keyFingerprint)).map((row) => row.name)
const add = (name: string) => ({ name, fingerprint: 'F' })

test('a transaction commits what it returns and nothing when it throws', async () => {
  const answer = await database.transaction(async (tx) => {
    await tx.insert(keyFingerprint).values(add('kept'))
    return 42
  })
  expect(answer).toBe(42)
  const failed = database.transaction(async (tx) => {
    await tx.insert(keyFingerprint).values(add('dropped'))
    throw new Error('changed my mind')
  })
  await expect(failed).rejects.toThrow('changed my mind')
  expect(await names()).toContain('kept')
  expect(await names()).not.toContain('dropped')
})

test('raw rows have the same values from both drivers', async () => {
  const when = new Date('2026-03-01T10:00:00.123Z')
  const [row] = await database.rows(
    database.db,
    sql`select count(*) n, '\\x0001'::bytea bytes, ${when}::timestamptz at, null::text nothing, '{"a":1}'::jsonb json
        from (values (1), (2)) v`,
  )
  expect(row).toEqual({
    n: 2,
    bytes: Buffer.from([0, 1]),
    at: '2026-03-01 10:00:00.123+00',
    nothing: null,
    json: { a: 1 },
  })
})

test('the outer handle inside a transaction throws at once instead of waiting for itself', async () => {
  const started = performance.now()
  await database.transaction(async (tx) => {
    await expect(database.rows(database.db, sql`select 1`)).rejects.toThrow(/Pass the transaction/)
    await expect(database.db.select().from(keyFingerprint)).rejects.toThrow()
    await expect(database.transaction(async () => 1)).rejects.toThrow(/Pass the transaction/)
    await expect(database.clock()).rejects.toThrow(/Pass the transaction/)
    await expect(database.listen('heard', () => {})).rejects.toThrow(/Pass the transaction/)
    expect(await database.clock(tx)).toBeInstanceOf(Date)
  })
  await database.db.transaction(async () => {
    await expect(database.rows(database.db, sql`select 1`)).rejects.toThrow(/Pass the transaction/)
  })
  expect(performance.now() - started).toBeLessThan(2_000)
})

test('work that outlives the transaction it was started in may use the outer handle', async () => {
  let after: Promise<unknown> = Promise.resolve()
  await database.transaction(async () => {
    after = sleep(50).then(() => database.rows(database.db, sql`select 1 one`))
  })
  expect(await after).toEqual([{ one: 1 }])
})

test('a transaction that cannot get a session in time is refused and records nothing later', async () => {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const holders = [1, 2].map(() => database.transaction(() => held))
  await sleep(100)
  const late = database.transaction(async (tx) => tx.insert(keyFingerprint).values(add('late')), {
    lockTimeoutMs: 150,
  })
  const error = await late.catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(DatabaseFault)
  expect(isTryAgain(error)).toBe(true)
  release()
  await Promise.all(holders)
  await database.transaction(async () => {})
  expect(await names()).not.toContain('late')
})

test('a fault names code and constraint, never the values or the parameters', async () => {
  const secret = 'Jane Roe, MRN 4711'
  const insert = () =>
    database.transaction((tx) => tx.insert(keyFingerprint).values({ name: 'twice', fingerprint: secret }))
  await insert()
  const error = (await insert().catch((caught: unknown) => caught)) as DatabaseFault
  expect(isUniqueViolation(error, 'key_fingerprint_pkey')).toBe(true)
  expect(isTryAgain(error)).toBe(false)
  const bad = (await database
    .transaction((tx) => database.rows(tx, sql`select ${secret}::text::int`))
    .catch((e) => e)) as Error
  expect(bad).toMatchObject({ code: '22P02' })
  for (const fault of [error, bad]) {
    expect(fault.cause).toBeUndefined()
    expect(`${JSON.stringify(fault)} ${fault.message} ${fault.stack}`).not.toMatch(/Jane|4711/)
  }
})

test('a broken foreign key is a fault too, and the next transaction works', async () => {
  const orphan = { incident: 'none', seq: 1, part: 0, body: Buffer.from('x') }
  await expect(database.transaction((tx) => tx.insert(sealed).values(orphan))).rejects.toMatchObject({
    code: '23503',
  })
  expect(await database.transaction(async () => 'fine')).toBe('fine')
})

test('a notification is heard after the commit, not after a rollback', async () => {
  const heard: string[] = []
  const stop = await database.listen('heard', (payload) => heard.push(payload))
  await database.transaction(async (tx) => {
    await database.notify(tx, 'heard', 'one')
    expect(heard).toEqual([])
  })
  await database
    .transaction(async (tx) => {
      await database.notify(tx, 'heard', 'rolled back')
      throw new Error('no')
    })
    .catch(() => {})
  await expect.poll(() => heard).toEqual(['one'])
  await stop()
  await database.transaction((tx) => database.notify(tx, 'heard', 'two'))
  await sleep(100)
  expect(heard).toEqual(['one'])
  await expect(database.listen('bad; drop table entry', () => {})).rejects.toThrow(/channel name/)
})

test('a savepoint rolls back alone', async () => {
  await database.transaction(async (tx) => {
    await tx.insert(keyFingerprint).values(add('outer'))
    await tx
      .transaction(async (inner) => {
        await inner.insert(keyFingerprint).values(add('inner'))
        throw new Error('inner')
      })
      .catch(() => {})
  })
  expect(await names()).toContain('outer')
  expect(await names()).not.toContain('inner')
})

test.skipIf(testServerUrl === undefined)(
  'on a server a long statement and a held row end in "try again"',
  async () => {
    const slow = database.transaction((tx) => database.rows(tx, sql`select pg_sleep(5)`), {
      statementTimeoutMs: 100,
    })
    expect(isTryAgain(await slow.catch((error: unknown) => error))).toBe(true)
    await database.transaction((tx) => tx.insert(keyFingerprint).values(add('row')))
    const lock = sql`select 1 from key_fingerprint where name = 'row' for update`
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const holder = database.transaction(async (tx) => {
      await database.rows(tx, lock)
      await held
    })
    await sleep(100)
    const waiting = database.transaction((tx) => database.rows(tx, lock), { lockTimeoutMs: 100 })
    expect(isTryAgain(await waiting.catch((error: unknown) => error))).toBe(true)
    release()
    await holder
  },
)

test.skipIf(testServerUrl === undefined)(
  'a transaction that stalls loses its session, and the pool recovers',
  async () => {
    // The insert has a second, so that a loaded machine does not end it; the idle session has the sum of both limits.
    const stalled = database.transaction(
      async (tx) => {
        await tx.insert(keyFingerprint).values(add('stalled'))
        await sleep(2_000)
      },
      { lockTimeoutMs: 100, statementTimeoutMs: 1_000 },
    )
    await expect(stalled).rejects.toMatchObject({
      code: expect.stringMatching(/^(CONNECTION_CLOSED|25P03)$/),
    })
    expect(await names()).not.toContain('stalled')
  },
)

test.skipIf(testServerUrl !== undefined)(
  'embedded, a long statement cannot be interrupted: it ends and commits',
  async () => {
    const slow = database.transaction((tx) => database.rows(tx, sql`select pg_sleep(0.3)`), {
      statementTimeoutMs: 100,
    })
    await expect(slow).resolves.toHaveLength(1)
  },
)

test('the serializable level is passed on', async () => {
  const level = await database.transaction((tx) => database.rows(tx, sql`show transaction_isolation`), {
    isolation: 'serializable',
  })
  expect(level).toEqual([{ transaction_isolation: 'serializable' }])
})
