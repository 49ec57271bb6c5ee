/**
 * Keeps a platform connected: a start that fails because the platform is down is tried again for as long as it takes,
 * while clocks, the tick and the outbox run. A first start that the platform refuses (a bad token) stops the program at
 * once; refused later, clocks and the record go on and health says so.
 */
import { ChatError, type ChatPort, type Platform } from '../chat/port.ts'
import type { Log } from '../log.ts'

const LONGEST_WAIT_MS = 30_000

/** A platform that was reached: what it can do, how it is, and how to leave it. */
export interface RunningChat {
  readonly port: ChatPort
  /** Where its HTTP delivery listens. */
  readonly httpPort: number | undefined
  readonly health: () => { readonly ok: boolean }
  readonly stop: () => Promise<void>
}

export interface Connection {
  readonly platform: Platform
  readonly current: () => RunningChat | undefined
  readonly stop: () => Promise<void>
}

export async function keepConnected(
  platform: Platform,
  start: () => Promise<RunningChat>,
  log: Log,
  onConnected: () => void,
): Promise<Connection> {
  let running: RunningChat | undefined
  let stopped = false
  let retry: NodeJS.Timeout | undefined

  async function attempt(tries: number): Promise<void> {
    try {
      const started = await start()
      if (stopped) return await started.stop()
      running = started
      onConnected()
    } catch (error) {
      if (!(error instanceof ChatError) || error.failure !== 'transient') throw error
      const waitMs = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** tries)
      log.warn(
        { platform, code: error.code, waitMs },
        'the chat platform cannot be reached; clocks run, rooms open later',
      )
      retry = setTimeout(() => {
        attempt(tries + 1).catch((refused: unknown) =>
          log.error({ err: refused, platform }, 'the chat platform refused the connection'),
        )
      }, waitMs)
    }
  }

  await attempt(0)
  return {
    platform,
    current: () => running,
    async stop() {
      stopped = true
      clearTimeout(retry)
      await running?.stop()
    },
  }
}
