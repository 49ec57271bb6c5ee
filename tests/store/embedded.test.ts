/** The four guards of the embedded database, each by what would happen without it. */
import { fstatSync, fsyncSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { types } from '@electric-sql/pglite'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Database, openDatabase } from '../../src/store/db.ts'
import { startChild } from '../support/child.ts'
import { begunDataDir, silent } from '../support/database.ts'

let dataDir: string
let opened: Database[] = []

beforeEach(async () => {
  dataDir = await begunDataDir(mkdtempSync(join(tmpdir(), 'wardroom-embedded-')))
  opened = []
})
afterEach(async () => {
  vi.restoreAllMocks()
  for (const database of opened) await database.close()
  rmSync(dataDir, { recursive: true, force: true })
})

async function open(embedded: Parameters<typeof openDatabase>[0]['embedded'] = {}): Promise<Database> {
  const database = await openDatabase({ dataDir, embedded, log: silent })
  opened.push(database)
  return database
}
const child = (...args: string[]) =>
  startChild(new URL('./embedded-child.js', import.meta.url), [dataDir, ...args])
const names = async (database: Database) =>
  (await database.rows<{ name: string }>(database.db, sql`select name from key_fingerprint`)).map(
    (row) => row.name,
  )

test('bytes are handed to PGlite as hex that Node wrote in one go: its own writer, which held the one session for seconds, is never asked', async () => {
  const slow = vi.spyOn(types.serializers, types.BYTEA)
  const written = vi.spyOn(Buffer.prototype, 'toString')
  const database = await open()
  const bytes = Buffer.alloc(16 * 1024 * 1024, 7)
  const [kept] = await database.rows<{ whole: boolean }>(
    database.db,
    sql`select sha256(${bytes}::bytea) = sha256(convert_to(repeat(chr(7), ${bytes.length}::int), 'UTF8')) whole`,
  )
  expect(kept?.whole).toBe(true)
  expect(slow).not.toHaveBeenCalled()
  const ofBytes = written.mock.calls.filter((_, at) => written.mock.contexts[at]?.length === bytes.length)
  expect(ofBytes).toEqual([['hex']])
})

test('every commit syncs a file, and a checkpoint syncs the tables', async () => {
  let syncs = 0
  const database = await open({
    sync: (descriptor) => {
      syncs += 1
      fsyncSync(descriptor)
    },
  })
  const before = syncs
  for (let n = 0; n < 20; n += 1)
    await database.transaction((tx) => tx.execute(sql`insert into key_fingerprint values (${`n${n}`}, 'F')`))
  expect(syncs - before).toBeGreaterThanOrEqual(20)
  const commits = syncs
  await database.embedded!.checkpoint()
  expect(syncs - commits).toBeGreaterThanOrEqual(3)
  expect(statSync(join(dataDir, 'pg')).mode & 0o777).toBe(0o700)
  expect(statSync(join(dataDir, 'lock')).mode & 0o777).toBe(0o600)
})

test('a new file in the log is synced together with the directory that names it', async () => {
  const walDirectory = statSync(join(dataDir, 'pg', 'pg_wal')).ino
  let directorySyncs = 0
  const database = await open({
    sync: (descriptor) => {
      if (fstatSync(descriptor).ino === walDirectory) directorySyncs += 1
      fsyncSync(descriptor)
    },
  })
  await database.transaction((tx) => tx.execute(sql`insert into key_fingerprint values ('one', 'F')`))
  const before = directorySyncs
  await database.transaction((tx) => tx.execute(sql`insert into key_fingerprint values ('two', 'F')`))
  expect(directorySyncs).toBe(before)
  await database.rows(database.db, sql`select pg_switch_wal()`)
  await database.transaction((tx) => tx.execute(sql`insert into key_fingerprint values ('three', 'F')`))
  expect(directorySyncs).toBeGreaterThan(before)
})

test('a file system that never syncs refuses to start in one line and frees the directory', async () => {
  await expect(open({ countSyncs: false })).rejects.toThrow(
    /^The embedded database does not sync its commits to disk; .+$/,
  )
  await open()
})

test('a second opener is refused in one line that names the holder, in this process and in another', async () => {
  await open()
  await expect(open()).rejects.toThrow(
    new RegExp(`^The data directory is in use by process ${process.pid} on .+$`),
  )
  const other = child()
  expect(await other.line()).toBeUndefined()
  expect(await other.ended()).toBe(1)
  expect(other.errors()).toContain(`in use by process ${process.pid}`)
})

test('after kill -9 the directory opens at once and every acknowledged row is there', async () => {
  const holder = child()
  expect(await holder.line()).toBe('open')
  let acknowledged = 0
  while (acknowledged < 50) acknowledged = Number(await holder.line())
  await expect(open()).rejects.toThrow(`in use by process ${holder.process.pid}`)
  await holder.kill('SIGKILL')
  for (let line = await holder.line(); line !== undefined; line = await holder.line())
    acknowledged = Number(line)
  const found = await names(await open())
  expect(found.length).toBeGreaterThanOrEqual(acknowledged)
  for (let n = 1; n <= acknowledged; n += 1) expect(found).toContain(`row ${n}`)
})

test('kill -9 during the very first start leaves a directory that starts afresh', async () => {
  rmSync(join(dataDir, 'pg'), { recursive: true })
  const first = child()
  const half = () => statSync(join(dataDir, 'pg.new', 'base'), { throwIfNoEntry: false })
  await expect.poll(half, { timeout: 30_000, interval: 20 }).toBeDefined()
  await first.kill('SIGKILL')
  expect(statSync(join(dataDir, 'pg'), { throwIfNoEntry: false })).toBeUndefined()
  expect(await names(await open())).toEqual([])
  expect(statSync(join(dataDir, 'pg.new'), { throwIfNoEntry: false })).toBeUndefined()
})

test('a disk that refuses to sync stops the process: the commit is not acknowledged and the rest is kept', async () => {
  const failing = child('fsync')
  const lines: (string | undefined)[] = []
  for (let line = await failing.line(); line !== undefined; line = await failing.line()) lines.push(line)
  expect(lines).toEqual(['open', '1', '2', '3'])
  expect(await failing.ended()).toBe(74)
  expect(failing.errors()).toMatch(/^The disk refused to sync the database \(no such luck\)\. .+\n$/)
  expect(await names(await open())).toEqual(expect.arrayContaining(['row 1', 'row 2', 'row 3']))
})

test('the log on disk stays small under writes, and does not without checkpoints', async () => {
  const megabyte = 1024 * 1024
  const write = async (database: Database) => {
    for (let round = 0; round < 20; round += 1) {
      await database.rows(
        database.db,
        sql`select pg_logical_emit_message(false, 'fill', repeat('x', ${14 * megabyte}))`,
      )
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const watched = await open({ checkpointEveryMs: 10, checkpointWalBytes: 16 * megabyte })
  await write(watched)
  expect(await watched.embedded!.walBytes()).toBeLessThan(200 * megabyte)
  await watched.close()
  const unwatched = await open({ checkpointEveryMs: 3_600_000 })
  await write(unwatched)
  expect(await unwatched.embedded!.walBytes()).toBeGreaterThan(250 * megabyte)
  await unwatched.embedded!.checkpoint()
  expect(await unwatched.embedded!.walBytes()).toBeLessThan(200 * megabyte)
})

test('closing waits for what runs, and a closed directory opens again with everything in it', async () => {
  const database = await open()
  const last = database.transaction(async (tx) => {
    await tx.execute(sql`select pg_sleep(0.05)`)
    await tx.execute(sql`insert into key_fingerprint values ('last', 'F')`)
  })
  await Promise.all([last, database.close()])
  await database.close()
  expect(statSync(join(dataDir, 'lock'), { throwIfNoEntry: false })).toBeUndefined()
  expect(await names(await open())).toEqual(['last'])
})
