/**
 * What `wardroom doctor` reads of a database. It changes nothing and migrates nothing: beside running processes on a
 * server; alone on the embedded one, which has one opener.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { emptyOrganisation, type Organisation } from '../domain/organisation.ts'
import { ORGANISATION } from '../domain/record.ts'
import { checkpointKeys } from './checkpoint-keyring.ts'
import type { Database, Handle, StoreLog } from './database.ts'
import { openEmbedded } from './embedded.ts'
import { defaultMigrations } from './migrate.ts'
import { openServer } from './server.ts'
import { sessionGuard } from './session-guard.ts'
import { rows } from './transaction.ts'

export interface Looking extends Pick<Database, 'kind' | 'db' | 'close'> {}

export interface Login {
  readonly user: string
  readonly superuser: boolean
  /** Owns the record, so that it may take its triggers away. */
  readonly owner: boolean
  /** Holds a right to change or remove entries (the triggers still refuse). */
  readonly mayChange: boolean
  readonly mayWrite: boolean
  /** May take the role in which sealed content can be deleted. */
  readonly mayDispose: boolean
}

export interface Contents {
  readonly fingerprint: string | undefined
  /** Of the checkpoint keys, first to last: the last one is in use. */
  readonly checkpointKeys: readonly string[]
  readonly organisation: Organisation
  readonly incidents: number
  readonly rooms: readonly { readonly platform: string; readonly workspace: string; readonly room: string }[]
  readonly waiting: number
  readonly oldestSeconds: number
  /** The most often tried of what waits. */
  readonly attempts: number
  readonly quarantined: number
}

export interface Inspected {
  readonly version: number
  readonly versionText: string
  /** This process's clock before and after, and the database's between. */
  readonly at: Date
  /** Undefined when this login may not look. */
  readonly migrated: number | undefined
  readonly login: Login | undefined
  readonly contents: Contents | undefined
}

export const knownMigrations = (): number =>
  (
    JSON.parse(readFileSync(join(defaultMigrations, 'meta/_journal.json'), 'utf8')) as {
      entries: unknown[]
    }
  ).entries.length

export async function openToLook(options: {
  databaseUrl: string | undefined
  dataDir: string
  log: StoreLog
}): Promise<Looking> {
  const { databaseUrl, dataDir, log } = options
  if (databaseUrl !== undefined)
    return { ...(await openServer({ databaseUrl, poolSize: 1 }, sessionGuard())), kind: 'server' }
  const { db, close } = await openEmbedded({ dataDir, log }, sessionGuard())
  return { kind: 'embedded', db, close }
}

export async function inspect(db: Handle): Promise<Inspected> {
  const [row] = await rows<{ version: number; text: string; ms: number; entry: boolean }>(
    db,
    sql`select current_setting('server_version_num')::int as version, current_setting('server_version') as text,
      extract(epoch from clock_timestamp())::float8 * 1000 as ms, to_regclass('entry') is not null as entry`,
  )
  const { version, text, ms, entry } = row!
  const login = entry ? await loginOf(db) : undefined
  return {
    version,
    versionText: text,
    at: new Date(ms),
    migrated: await migrationsOf(db),
    login,
    contents: login?.mayWrite ? await contentsOf(db) : undefined,
  }
}

/** The owner's schema: an application login usually may not look into it. */
export async function migrationsOf(db: Handle): Promise<number | undefined> {
  const [schema] = await rows<{ may: boolean }>(
    db,
    sql`select has_schema_privilege(oid, 'usage') as may from pg_namespace where nspname = 'drizzle'`,
  )
  if (!schema) return 0
  if (!schema.may) return undefined
  const [table] = await rows<{ found: boolean; may: boolean }>(
    db,
    sql`select true as found, has_table_privilege(oid, 'select') as may from pg_class
      where oid = to_regclass('drizzle.__drizzle_migrations')`,
  )
  if (!table?.found) return 0
  if (!table.may) return undefined
  const [count] = await rows<{ n: number }>(
    db,
    sql`select count(*)::int as n from drizzle.__drizzle_migrations`,
  )
  return count!.n
}

async function loginOf(db: Handle): Promise<Login> {
  const [login] = await rows<Login & Record<string, unknown>>(
    db,
    sql`select current_user::text as "user", r.rolsuper as superuser,
        pg_has_role(c.relowner, 'member') as owner,
        has_table_privilege(c.oid, 'update') or has_table_privilege(c.oid, 'delete')
          or has_table_privilege(c.oid, 'truncate') as "mayChange",
        has_table_privilege(c.oid, 'insert') and has_table_privilege(c.oid, 'select')
          and has_table_privilege('log', 'update') and has_table_privilege('outbox', 'update') as "mayWrite",
        coalesce((select pg_has_role(oid, 'member') from pg_roles where rolname = 'wardroom_disposal'), false)
          as "mayDispose"
      from pg_roles r, pg_class c where r.rolname = current_user and c.oid = to_regclass('entry')`,
  )
  return login!
}

async function contentsOf(db: Handle): Promise<Contents> {
  const [key] = await rows<{ fingerprint: string }>(
    db,
    sql`select fingerprint from key_fingerprint where name = 'record'`,
  )
  const logs = await rows<{ n: number; state: unknown }>(
    db,
    sql`select (select count(*)::int from log where incident <> ${ORGANISATION} and seq > 0) as n,
      (select state from log where incident = ${ORGANISATION}) as state`,
  )
  const places = await rows<{ platform: string; workspace: string; room: string }>(
    db,
    sql`select platform, workspace, room from room order by platform, workspace, room`,
  )
  const [outbox] = await rows<{ n: number; seconds: number; attempts: number }>(
    db,
    sql`select count(*)::int as n, coalesce(max(attempt), 0)::int as attempts,
        greatest(0, coalesce(extract(epoch from clock_timestamp() - min(greatest(queued_at, not_before))), 0))::int as seconds
      from outbox where done_at is null`,
  )
  const [quarantine] = await rows<{ n: number }>(db, sql`select count(*)::int as n from quarantine`)
  const { state } = logs[0]!
  return {
    fingerprint: key?.fingerprint,
    checkpointKeys: await checkpointKeys(db),
    organisation: { ...emptyOrganisation, ...((state as Organisation | null) ?? {}) },
    incidents: logs[0]!.n,
    rooms: places,
    waiting: outbox!.n,
    oldestSeconds: outbox!.seconds,
    attempts: outbox!.attempts,
    quarantined: quarantine!.n,
  }
}
