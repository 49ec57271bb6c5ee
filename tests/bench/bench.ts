/**
 * `npm run bench`: the product's own append path beside plain inserts of the same bodies, in one run on each database
 * this machine has, in turns, so that whatever else the machine does meets both. Then ticks over few and many open
 * incidents; `npm run bench -- ticks` is those alone. Prints the README's tables.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { findPostgres, startPostgres } from '../support/postgres.ts'
import { type Load, median, quantile, together } from './load.ts'
import { measureTicks, tickHeading, tickRows } from './ticks.ts'
import type { Place } from './worker.ts'
import { startWorker, type Worker } from './workers.ts'

const ROUNDS = 3
const MS = 2500
const WARM_MS = 1000
const MANY = 200
const ENTRIES = 100_000
const migrationsFolder = fileURLToPath(new URL('../../../../drizzle', import.meta.url))
const recordKey = randomBytes(32).toString('base64')
const out = (line: string) => process.stdout.write(`${line}\n`)
const note = (line: string) => process.stderr.write(`${line}\n`)

const folders: string[] = []
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'wardroom-bench-'))
  folders.push(made)
  return made
}
process.once('exit', () => {
  for (const made of folders) rmSync(made, { recursive: true, force: true })
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

interface Target {
  readonly rate: number
  readonly p99: number
}

interface Row {
  readonly what: string
  readonly of: 'plain' | 'append'
  readonly incidents: number
  readonly processes: number
  readonly target?: Target
}

const rows = (processes: number, hot: Target, many: Target): Row[] => [
  { what: 'plain inserts', of: 'plain', incidents: 1, processes },
  { what: 'record, one incident', of: 'append', incidents: 1, processes, target: hot },
  { what: `record, ${MANY} incidents`, of: 'append', incidents: MANY, processes, target: many },
]
const ON_SERVER = [
  ...rows(1, { rate: 0.8, p99: 1.5 }, { rate: 0.6, p99: 1.5 }),
  ...rows(4, { rate: 0.3, p99: 2 }, { rate: 0.45, p99: 2 }),
]
const EMBEDDED = rows(1, { rate: 0.5, p99: Number.NaN }, { rate: 0.5, p99: Number.NaN })

const IN_FLIGHT = 64

async function load(
  workers: readonly Worker[],
  { of, incidents, processes }: Row,
  ms: number,
): Promise<Load> {
  const task = { do: of, incidents, ms, inFlight: IN_FLIGHT / processes } as const
  return together(await Promise.all(workers.slice(0, processes).map((worker) => worker.run<Load>(task))))
}

async function inTurns(workers: readonly Worker[], table: readonly Row[]): Promise<Map<Row, Load[]>> {
  for (const row of table) await load(workers, row, WARM_MS)
  const found = new Map<Row, Load[]>(table.map((row) => [row, []]))
  for (let round = 0; round < ROUNDS; round += 1)
    for (const row of table) found.get(row)!.push(await load(workers, row, MS))
  return found
}

function print(name: string, found: ReadonlyMap<Row, readonly Load[]>): void {
  for (const [row, loads] of found) {
    const beside = [...found.entries()].find(
      ([{ of, processes }]) => of === 'plain' && processes === row.processes,
    )![1]
    const p99s = loads.map(({ times }) => quantile(times, 0.99))
    const rate = median(loads.map(({ perSecond }, round) => perSecond / beside[round]!.perSecond))
    const slower = median(p99s.map((p99, round) => p99 / quantile(beside[round]!.times, 0.99)))
    const cells = [
      `${name}, ${row.processes === 1 ? 'one process' : `${row.processes} processes`}`,
      row.what,
      Math.round(median(loads.map(({ perSecond }) => perSecond))).toLocaleString('en-US'),
      median(loads.map(({ times }) => quantile(times, 0.5))).toFixed(1),
      median(p99s).toFixed(1),
      row.target ? `${rate.toFixed(2)}${aim(rate >= row.target.rate, `≥ ${row.target.rate}`)}` : '1',
      row.target
        ? `${slower.toFixed(2)}${row.target.p99 ? aim(slower <= row.target.p99, `≤ ${row.target.p99}`) : ''}`
        : '1',
    ]
    out(`| ${cells.join(' | ')} |`)
  }
}

const aim = (isReached: boolean, target: string) => (isReached ? ` (${target})` : ` (**not ${target}**)`)

interface Server {
  readonly url: string
  readonly close: () => Promise<void>
}

/** A database of our own on the server that was given, or a server of our own that syncs. */
async function server(): Promise<Server | undefined> {
  const given = process.env.TEST_DATABASE_URL
  if (given === undefined) {
    if (findPostgres() === undefined) return undefined
    const { url, stop } = await startPostgres({ fsync: true })
    return { url, close: stop }
  }
  return { url: given, close: async () => {} }
}

async function withDatabase<T>(serverUrl: string, work: (url: string) => Promise<T>): Promise<T> {
  const name = `wardroom_bench_${randomUUID().replaceAll('-', '')}`
  const owner = postgres(serverUrl, { max: 1, onnotice: () => {} })
  try {
    await owner`create database ${owner(name)}`
    const url = new URL(serverUrl)
    url.pathname = `/${name}`
    return await work(url.href)
  } finally {
    await owner`drop database if exists ${owner(name)} with (force)`
    await owner.end()
  }
}

async function withWorkers<T>(
  count: number,
  at: Pick<Place, 'databaseUrl' | 'dataDir'>,
  work: (workers: readonly Worker[]) => Promise<T>,
): Promise<T> {
  const workers: Worker[] = []
  try {
    for (let n = 0; n < count; n += 1)
      workers.push(
        await startWorker({ ...at, recordKey, migrationsFolder, name: `${n}-${randomUUID().slice(0, 8)}` }),
      )
    return await work(workers)
  } finally {
    await Promise.all(workers.map((worker) => worker.end()))
  }
}

const appends = (count: number, at: Pick<Place, 'databaseUrl' | 'dataDir'>, table: readonly Row[]) =>
  withWorkers(count, at, async (workers) => {
    await workers[0]!.run({ do: 'prepare', incidents: MANY })
    const found = await inTurns(workers, table)
    // What was fast and is not whole would be worth nothing: this throws.
    await workers[0]!.run({ do: 'verify' })
    return found
  })

interface Measured {
  readonly entries: number
  readonly ms: number
  readonly cpuMs: number
  readonly overIdle: number
}

/** Each in a process of its own, so that none has another's memory. */
async function ofAll(
  databaseUrl: string,
  file: string,
): Promise<Record<'verify' | 'export' | 'bundle', Measured>> {
  const inOne = <T>(work: (worker: Worker) => Promise<T>) =>
    withWorkers(1, { databaseUrl }, ([worker]) => work(worker!))
  await inOne(async (worker) => {
    await worker.run({ do: 'prepare', incidents: 1 })
    await worker.run({ do: 'fill', entries: ENTRIES })
  })
  return {
    verify: await inOne((worker) => worker.run({ do: 'verify' })),
    export: await inOne((worker) => worker.run({ do: 'export', file })),
    bundle: await inOne((worker) => worker.run({ do: 'verify-bundle', file })),
  }
}

function tell(what: string, { entries, ms, cpuMs, overIdle }: Measured, target?: number): void {
  const perCore = Math.round((entries / cpuMs) * 1000)
  const rate = target === undefined ? '' : aim(perCore >= target, `≥ ${target.toLocaleString('en-US')}`)
  out('')
  out(
    `${what} of ${entries.toLocaleString('en-US')} entries: ${(ms / 1000).toFixed(1)} s, ${perCore.toLocaleString('en-US')} entries a second and core${rate}, ${megabytes(overIdle)} MB over idle${aim(megabytes(overIdle) < 300, '< 300')}.`,
  )
}

const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024)

async function onServer({ url }: Server): Promise<void> {
  const client = postgres(url, { max: 1 })
  const [said] =
    await client`select current_setting('server_version') as version, current_setting('fsync') as fsync`
  await client.end()
  const name = `Postgres ${String(said?.version).split(' ')[0]}${said?.fsync === 'on' ? '' : ' (fsync off)'}`
  note(`${name}: appends …`)
  const found = await withDatabase(url, (databaseUrl) => appends(4, { databaseUrl }, ON_SERVER))
  print(name, found)
  note(`${name}: ${ENTRIES} entries …`)
  const file = join(folder(), 'bundle.zip')
  const all = await withDatabase(url, (databaseUrl) => ofAll(databaseUrl, file))
  tell(`${name}: verify`, all.verify, 50_000)
  tell(`${name}: export`, all.export)
  tell('Its bundle: verify', all.bundle, 50_000)
}

async function onEmbedded(): Promise<void> {
  note('Embedded: appends …')
  print('Embedded', await appends(1, { dataDir: folder() }, EMBEDDED))
}

const OPEN = [1_000, 10_000] as const

async function ticks(on: Server | undefined): Promise<void> {
  out('')
  for (const line of tickHeading(...OPEN)) out(line)
  note('Embedded: ticks …')
  const here = (open: number) => measureTicks({ dataDir: folder(), migrationsFolder }, open)
  for (const line of tickRows('Embedded', await here(OPEN[0]), await here(OPEN[1]))) out(line)
  if (!on) return
  note('Postgres: ticks …')
  const there = (open: number) =>
    withDatabase(on.url, (databaseUrl) => measureTicks({ databaseUrl, migrationsFolder }, open))
  for (const line of tickRows('Postgres', await there(OPEN[0]), await there(OPEN[1]))) out(line)
}

async function everything(on: Server | undefined): Promise<void> {
  out('| Where | What | a second | p50 ms | p99 ms | rate ÷ plain | p99 ÷ plain |')
  out('|---|---|---|---|---|---|---|')
  await onEmbedded()
  if (on) await onServer(on)
}

const found = await server()
try {
  if (process.argv[2] !== 'ticks') await everything(found)
  await ticks(found)
} finally {
  await found?.close()
}
if (!found) note('No Postgres here: apt-get install postgresql, or set TEST_DATABASE_URL.')
