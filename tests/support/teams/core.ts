/** What every part of the local Teams shares: the state, the clocks, the way to the bot, what the bot called. */
import type { Delivery } from './delivery.ts'
import type { Dialog } from './dialogs.ts'
import type { Cursor } from './graph-messages.ts'
import type { Throttle } from './limits.ts'
import type { Json, State } from './state.ts'

export interface Call {
  /** `connector.send`, `graph.delta`, `token` … */
  readonly op: string
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
  /** 0: the connection was cut or never answered. */
  readonly status: number
  readonly answer: unknown
  /** Real time. */
  readonly at: number
}

export interface Core {
  readonly state: State
  /** Message ids derive from it. */
  readonly now: () => Date
  /** Real time: tokens live by it, never by the movable clock. */
  readonly wall: () => number
  readonly origin: () => string
  readonly serviceUrl: () => string
  readonly delivery: Delivery
  readonly dialogs: Map<string, Dialog>
  readonly toasts: { readonly person: string; readonly tone: 'info' | 'error'; readonly text: string }[]
  readonly calls: Call[]
  readonly cursors: Map<string, Cursor>
  readonly pageSize: number
  readonly maxMessageBytes: number
  /** By how much the push of a change is stamped later than the change is in Graph. */
  readonly skewMs: number
  readonly namesGroups: boolean
  readonly echoes: boolean
  readonly throttle: Throttle | undefined
  /** Calls for which Graph does not know a channel it has just made. */
  hideNewChannels: number
  tokenGeneration: number
  tokenLives: number
}

/** A mistake of whoever plays a person, told as a sentence. */
export class LocalRefusal extends Error {}
export const refuse = (sentence: string): never => {
  throw new LocalRefusal(sentence)
}

/** Milliseconds, as Teams numbers messages: follows the clock, strictly increasing, never given twice. */
export function nextId(core: Core): string {
  core.state.lastId = Math.max(core.now().getTime(), core.state.lastId + 1)
  return String(core.state.lastId)
}

/** The time of a change: after everything that has a number, so that nothing changes before it is there. */
export const stamp = (core: Core): number => Number(nextId(core))

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const record = (value: unknown): Json => (isRecord(value) ? value : {})
export const text = (value: unknown): string => (typeof value === 'string' ? value : '')
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
