/** A throw-away Postgres on loopback, for the tests that need a server. Debian's binaries or those on the PATH. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import postgres from 'postgres'

export type TestPostgres = { url: string; stop: () => Promise<void> }
type Identity = { uid?: number; gid?: number }

/** `fsync`: as a real one syncs, where that is what is measured. */
export async function startPostgres({ fsync = false } = {}): Promise<TestPostgres> {
  const bin = findPostgres()
  if (bin === undefined) throw new Error('No Postgres here: apt-get install postgresql.')
  const identity = unprivileged()
  const directory = mkdtempSync(join(tmpdir(), 'wardroom-postgres-'))
  if (identity.uid !== undefined) chownSync(directory, identity.uid, identity.gid!)
  const data = join(directory, 'data')
  const cluster = ['-D', data, '-U', 'wardroom', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync']
  execFileSync(join(bin, 'initdb'), cluster, { ...identity, cwd: directory, stdio: 'pipe' })
  const port = await freePort()
  const settings = [
    `fsync=${fsync ? 'on' : 'off'}`,
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    `unix_socket_directories=${directory}`,
  ]
  const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])]
  const child = spawn(join(bin, 'postgres'), args, { ...identity, cwd: directory, stdio: 'ignore' })
  const kill = (): void => void child.kill('SIGQUIT')
  process.once('exit', kill)
  const url = `postgres://wardroom@127.0.0.1:${port}/postgres`
  const stop = async (): Promise<void> => {
    process.off('exit', kill)
    await ended(child)
    rmSync(directory, { recursive: true, force: true })
  }
  try {
    await answers(url)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, stop }
}

export function findPostgres(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ]
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}

/** Postgres refuses to run as root. */
function unprivileged(): Identity {
  if (process.getuid?.() !== 0) return {}
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const account = ['postgres', 'nobody']
    .map((name) => accounts.find((fields) => fields[0] === name))
    .find(Boolean)
  if (!account) throw new Error('Running as root without a postgres or nobody user to start Postgres as.')
  return { uid: Number(account[2]), gid: Number(account[3]) }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve((address as { port: number }).port))
    })
  })
}

async function answers(url: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const client = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} })
    try {
      await client`select 1`
      return
    } catch (error) {
      if (attempt === 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    } finally {
      await client.end({ timeout: 1 })
    }
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGINT')
  await exit
}
