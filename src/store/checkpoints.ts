/** PGlite never checkpoints by itself: its log would grow for ever and every restart would replay it all. */
import type { PGlite } from '@electric-sql/pglite'
import type { StoreLog } from './database.ts'

type Options = {
  checkpointEveryMs?: number | undefined
  checkpointWalBytes?: number | undefined
  log: StoreLog
}
export type Checkpoints = { now: () => Promise<void>; stop: () => Promise<void> }

const lookEveryMs = 15_000

export function startCheckpoints(client: PGlite, options: Options): Checkpoints {
  const everyMs = options.checkpointEveryMs ?? 5 * 60_000
  const walBytes = options.checkpointWalBytes ?? 64 * 1024 * 1024
  let running: Promise<void> | undefined
  let last = { position: -1, at: performance.now() }

  async function position(): Promise<number> {
    const { rows } = await client.query<{ bytes: number }>(
      `select (pg_current_wal_lsn() - '0/0')::int8 bytes`,
    )
    return rows[0]!.bytes
  }

  async function now(): Promise<void> {
    await client.exec('checkpoint')
    last = { position: await position(), at: performance.now() }
  }

  async function look(): Promise<void> {
    const written = (await position()) - last.position
    if (written === 0) return
    if (written >= walBytes || performance.now() - last.at >= everyMs) await now()
  }

  const timer = setInterval(
    () => {
      if (running) return
      running = look()
        .catch((error: unknown) => options.log.error({ code: codeOf(error) }, 'checkpoint failed'))
        .finally(() => {
          running = undefined
        })
    },
    Math.min(lookEveryMs, everyMs),
  )
  timer.unref()

  async function stop(): Promise<void> {
    clearInterval(timer)
    await running
    await now()
  }

  return { now, stop }
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code ?? 'unknown')
}
