/** Replicas that start together migrate once; a folder that is not there is an incomplete installation. */
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { expect, test } from 'vitest'
import { type Database, openDatabase } from '../../src/store/db.ts'
import { defaultMigrations } from '../../src/store/migrate.ts'
import { databaseOf, silent, testDatabase, testServerUrl } from '../support/database.ts'

async function emptyDatabase<T>(fn: (url: string) => Promise<T>): Promise<T> {
  const owner = postgres(testServerUrl!, { max: 1, onnotice: () => {} })
  const name = `wardroom_empty_${randomUUID().replaceAll('-', '')}`
  try {
    await owner`create database ${owner(name)}`
    return await fn(databaseOf(testServerUrl!, name))
  } finally {
    await owner`drop database if exists ${owner(name)} with (force)`
    await owner.end()
  }
}

const applied = (database: Database) =>
  database.rows<{ hash: string; times: number }>(
    database.db,
    sql`select hash, count(*) times from drizzle.__drizzle_migrations group by hash`,
  )

test.skipIf(testServerUrl === undefined)(
  'six replicas that start together on an empty server migrate once',
  async () => {
    for (let round = 0; round < 3; round += 1)
      await emptyDatabase(async (databaseUrl) => {
        const start = () => openDatabase({ databaseUrl, poolSize: 1, log: silent })
        const replicas = await Promise.all([start(), start(), start(), start(), start(), start()])
        for (const { times } of await applied(replicas[0]!)) expect(times).toBe(1)
        expect(await replicas[5]!.rows(replicas[5]!.db, sql`select count(*) n from entry`)).toEqual([
          { n: 0 },
        ])
        for (const replica of replicas) await replica.close()
      })
  },
)

test.skipIf(testServerUrl === undefined)('the migrations run with the login meant for them', async () => {
  await emptyDatabase(async (databaseUrl) => {
    const wrong = new URL(databaseUrl)
    wrong.username = 'nobody_here'
    const refused = openDatabase({ databaseUrl, migrateDatabaseUrl: wrong.href, log: silent })
    await expect(refused).rejects.toMatchObject({ code: '28000' })
  })
})

test('a second start finds nothing to do', async () => {
  const database = await testDatabase()
  expect((await applied(database)).length).toBeGreaterThan(0)
  await database.close()
})

test('an absent folder is named in one line', async () => {
  const migrationsFolder = join(tmpdir(), `wardroom-none-${randomUUID()}`)
  await expect(openDatabase({ memory: true, migrationsFolder, log: silent })).rejects.toThrow(
    /^No migrations in .+$/,
  )
  expect(defaultMigrations).toMatch(/drizzle\/$/)
})

test('a server that does not answer is named without its password', async () => {
  const error = await openDatabase({ databaseUrl: 'postgres://me:secret@127.0.0.1:1/x', log: silent }).catch(
    (e: Error) => e,
  )
  expect(String(error)).toMatch(/Cannot reach Postgres at 127\.0\.0\.1:1 \(ECONNREFUSED\)/)
  expect(String(error)).not.toContain('secret')
})
