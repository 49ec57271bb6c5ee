/** What Teams pushes while doctor waits: it listens itself, and where a running Wardroom has the port it asks that. */
import { listenForCanary } from '../../chat/teams/app/canary-listen.ts'
import { latest, type Seen, type Times } from '../../chat/teams/app/canary-watch.ts'
import type { TeamCheck } from '../../chat/teams/app/check.ts'
import type { Seams } from '../../chat/teams/wire/identity.ts'
import type { Config } from '../../config.ts'
import { askHealth } from './running.ts'

export interface Pushes {
  /** The last message that was a canary. */
  last(): Promise<string | undefined>
  of(message: string): Promise<Times>
  /** A running Wardroom tells it, and there may be several. */
  readonly isOfRunning: boolean
  /** Why callers were turned away, as far as that can be told. */
  refused(): readonly string[]
  stop(): Promise<void>
}

/** The system's code where neither is to be had. */
export async function openPushes(tools: CanaryTools, channel: string): Promise<Pushes | string> {
  const { config, on, check, seams } = tools
  const { identity, httpHost: host, httpPort: port } = on
  try {
    const listening = await listenForCanary(check.api, { identity, seams, host, port, channel })
    return {
      isOfRunning: false,
      last: async () => listening.seen()?.message,
      of: async (message) => listening.of(message),
      refused: listening.refused,
      stop: listening.stop,
    }
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code)
    const isRunning = code === 'EADDRINUSE' && (await askHealth(config.healthPort))?.teams !== undefined
    return isRunning ? pushesTo(config.healthPort) : code
  }
}

function pushesTo(healthPort: number): Pushes {
  const seen = async () => dated((await askHealth(healthPort))?.teams?.seen)
  return {
    isOfRunning: true,
    last: async () => (await seen())?.message,
    async of(message) {
      const found = await seen()
      return found?.message === message ? latest(found) : {}
    },
    refused: () => [],
    stop: async () => {},
  }
}

type Told = Readonly<Partial<Record<'message' | keyof Times, string>>>

function dated(told: Told | undefined): Seen | undefined {
  if (told?.message === undefined) return undefined
  const { message, ...times } = told
  const entries = Object.entries(times).map(([change, at]) => [change, new Date(at)] as const)
  return { message, ...Object.fromEntries(entries) }
}

export interface CanaryTools {
  readonly config: Config
  readonly on: NonNullable<Config['teams']>
  readonly check: TeamCheck
  readonly seams: Seams
  /** The record knows it as an incident's room. */
  readonly isRoom: (channel: string) => boolean
  readonly out: (line: string) => void
}
