/**
 * A fresh, migrated database for a suite: on the server of TEST_DATABASE_URL a copy of a template made once per set of
 * migrations, else PGlite in memory restored from a dump, because making a cluster costs seconds.
 */
import { createHash, randomUUID } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { loadCheckpointKey } from '../../src/store/checkpoint-key.ts'
import { type Database, openDatabase, type StoreLog } from '../../src/store/db.ts'
import { loadKeys } from '../../src/store/keys.ts'
import { defaultMigrations, migrateServer } from '../../src/store/migrate.ts'

/** With a server: its URL, for a second replica on the same data. `close` drops it. */
export type TestDatabase = Database & { url: string | undefined }

export const silent: StoreLog = { info() {}, warn() {}, error() {} }
export const testServerUrl = process.env.TEST_DATABASE_URL

const cache = fileURLToPath(new URL('../../node_modules/.cache/wardroom/', import.meta.url))
const templateLock = 7_211_904_013_378

export async function testDatabase(options: { poolSize?: number } = {}): Promise<TestDatabase> {
  return testServerUrl === undefined ? inMemory() : onServer(testServerUrl, options.poolSize)
}

/** What every test and every worker shares, until a migration or the engine changes. */
function schemaHash(): string {
  const hash = createHash('sha256').update(readFileSync(new URL('../../package.json', import.meta.url)))
  const files = readdirSync(defaultMigrations).filter((name) => name.endsWith('.sql'))
  for (const name of [...files.sort(), 'meta/_journal.json'])
    hash.update(readFileSync(join(defaultMigrations, name)))
  return hash.digest('hex').slice(0, 16)
}

let image: Promise<Blob> | undefined

async function inMemory(): Promise<TestDatabase> {
  image ??= memoryImage()
  const database = await openDatabase({ memory: true, memoryImage: await image, log: silent })
  return { ...database, url: undefined }
}

async function memoryImage(): Promise<Blob> {
  const file = join(cache, `pglite-${schemaHash()}.tar`)
  if (!existsSync(file)) {
    const database = await openDatabase({ memory: true, log: silent })
    const dump = Buffer.from(await (await database.embedded!.dump()).arrayBuffer())
    await database.close()
    mkdirSync(cache, { recursive: true })
    const aside = `${file}.${randomUUID()}`
    writeFileSync(aside, dump)
    renameSync(aside, file)
  }
  return new Blob([readFileSync(file)], { type: 'application/x-tar' })
}

/** A data directory as a first start leaves it, with keys of its own: making its cluster costs seconds, copying it a moment. */
export async function begunDataDir(dataDir: string): Promise<string> {
  const made = join(cache, `pg-${schemaHash()}`)
  if (!existsSync(made)) {
    const aside = `${made}.${randomUUID()}`
    await (await openDatabase({ dataDir: aside, log: silent })).close()
    if (!existsSync(made)) renameSync(join(aside, 'pg'), made)
    rmSync(aside, { recursive: true, force: true })
  }
  // Keys first: a cluster without them is known to have lost them.
  loadKeys({ dataDir })
  loadCheckpointKey({ dataDir })
  cpSync(made, join(dataDir, 'pg'), { recursive: true })
  return dataDir
}

async function onServer(serverUrl: string, poolSize: number | undefined): Promise<TestDatabase> {
  const name = `wardroom_test_${randomUUID().replaceAll('-', '')}`
  await asOwner(serverUrl, async (owner) => {
    const template = await templateOf(owner, serverUrl)
    await owner`create database ${owner(name)} template ${owner(template)}`
  })
  const url = databaseOf(serverUrl, name)
  const database = await openDatabase({ databaseUrl: url, poolSize, log: silent })
  const close = async (): Promise<void> => {
    await database.close()
    await asOwner(
      serverUrl,
      async (owner) => void (await owner`drop database if exists ${owner(name)} with (force)`),
    )
  }
  return { ...database, url, close }
}

// Made under another name and renamed: a run that dies half-way leaves no half-migrated template behind.
async function templateOf(owner: postgres.Sql, serverUrl: string): Promise<string> {
  const template = `wardroom_template_${schemaHash()}`
  const [known] = await owner`select 1 from pg_database where datname = ${template}`
  if (known) return template
  const making = `${template}_making`
  await owner`drop database if exists ${owner(making)} with (force)`
  await owner`create database ${owner(making)}`
  await migrateServer(databaseOf(serverUrl, making))
  await owner`alter database ${owner(making)} rename to ${owner(template)}`
  return template
}

/** One at a time: a template must have no other session while it is copied. */
async function asOwner(serverUrl: string, fn: (owner: postgres.Sql) => Promise<void>): Promise<void> {
  const owner = postgres(serverUrl, { max: 1, onnotice: () => {} })
  try {
    await owner`select pg_advisory_lock(${templateLock})`
    await fn(owner)
  } finally {
    await owner.end({ timeout: 5 })
  }
}

export function databaseOf(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}
