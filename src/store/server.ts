/** Postgres through postgres.js: a pool shared by everything in this process, any number of processes. */
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { Handle } from './database.ts'
import { DatabaseFault, databaseFault } from './fault.ts'
import type { SessionGuard } from './session-guard.ts'
import { int8 } from './values.ts'

export type ServerOptions = { databaseUrl: string; poolSize?: number | undefined }
export type Server = {
  db: Handle
  listen: (channel: string, fn: (payload: string) => void) => Promise<() => Promise<void>>
  close: () => Promise<void>
}

const timestamps = ['1082', '1083', '1114', '1184']

export async function openServer(options: ServerOptions, guard: SessionGuard): Promise<Server> {
  const client = postgres(options.databaseUrl, {
    max: options.poolSize ?? 10,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { application_name: 'wardroom', TimeZone: 'UTC' },
    types: { int8: { to: 20, from: [20], serialize: String, parse: int8 } },
  })
  const db = drizzle({ client: guard.guard(client) })
  // Drizzle hands instants through as text and, with them, Date parameters of raw SQL, which postgres.js then refuses.
  for (const type of timestamps)
    client.options.serializers[Number(type)] = (value: unknown) =>
      value instanceof Date ? value.toISOString() : value
  try {
    await client`select 1`
  } catch (error) {
    await client.end({ timeout: 1 })
    throw unreachable(options.databaseUrl, error)
  }
  return {
    db: db as unknown as Handle,
    async listen(channel, fn) {
      const { unlisten } = await client.listen(channel, fn)
      return unlisten
    },
    close: () => client.end({ timeout: 5 }),
  }
}

/** Names the host, never the login or the password. */
export function unreachable(url: string, error: unknown): unknown {
  const fault = databaseFault(error)
  if (!(fault instanceof DatabaseFault) || /^[0-9]/.test(fault.code)) return fault
  const host = URL.canParse(url) ? new URL(url).host : 'the given address'
  return new DatabaseFault(fault.code, `Cannot reach Postgres at ${host} (${fault.code}).`)
}
