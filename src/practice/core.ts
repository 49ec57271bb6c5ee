// What every part of the practice workspace shares: the state, the clocks, who listens for changes.
import { randomBytes } from 'node:crypto'
import type { Delivery } from './delivery.ts'
import type { Installed } from './manifest.ts'
import type { Json } from './page-api.ts'
import type { Channel, Message, State } from './state.ts'
import type { Views } from './view-stacks.ts'

export type Change =
  | { kind: 'state' }
  | { kind: 'messages'; channel: string; thread: string | null }
  | { kind: 'ephemeral'; user: string; channel: string; ts: string }
  | { kind: 'modals'; user: string; errors: Record<string, string> | null }
  | { kind: 'home'; user: string }
  | { kind: 'toast'; user: string; tone: 'info' | 'error'; text: string }
  | { kind: 'clock' }
  | { kind: 'call' }
  | { kind: 'reset' }

export type Ephemeral = { user: string; channel: string; message: Message }

/** A response_url: five uses within thirty minutes. */
export type ResponseUrl = {
  channel: string
  user: string
  /** the message the button sat on; null after a command */
  ts: string | null
  isEphemeral: boolean
  threadTs: string | null
  usesLeft: number
  expiresAt: number
}

export type Call = { method: string; args: Json; answer: Json; at: string }

export type Core = {
  state: State
  readonly installed: Installed
  /** the practice clock: Slack's `ts` derive from it */
  readonly now: () => Date
  /** real milliseconds: acks, triggers, response_urls and signatures live by it, never by the practice clock */
  readonly wall: () => number
  readonly triggerMs: number
  readonly secrets: { botToken: string; appToken: string; signingSecret: string; verification: string }
  readonly origin: () => string
  readonly delivery: Delivery
  readonly views: Views
  readonly ephemerals: Ephemeral[]
  readonly responseUrls: Map<string, ResponseUrl>
  readonly calls: Call[]
  readonly changed: (change: Change) => void
  readonly onChange: (listener: (change: Change) => void) => () => void
}

/** The next message ts: follows the practice clock, strictly increasing, never repeated, also across restarts. */
export const nextTs = (core: Core): string => {
  const micros = Math.max(core.now().getTime() * 1000, core.state.lastTsMicros + 1)
  core.state.lastTsMicros = micros
  return `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`
}

export const nowSeconds = (core: Core): number => Math.floor(core.now().getTime() / 1000)

export const nextId = (core: Core, prefix: string): string => {
  const id = core.state.nextId
  core.state.nextId += 1
  return `${prefix}0${id.toString(36).toUpperCase().padStart(9, 'P00000000')}`
}

export const secret = (bytes = 16): string => randomBytes(bytes).toString('hex')

export const findChannel = (core: Core, id: string): Channel | undefined =>
  core.state.channels.find((channel) => channel.id === id)

export const findPerson = (core: Core, id: string) => core.state.people.find((person) => person.id === id)

/** Keeps a map of short-lived things from growing for ever: the oldest go first. */
export const forgetOldest = (map: Map<string, unknown>, keep = 1_000): void => {
  for (const key of map.keys()) {
    if (map.size <= keep) return
    map.delete(key)
  }
}

/** A mistake of whoever drives the workspace as a person: shown to them as a sentence. */
export class PracticeRefusal extends Error {}
