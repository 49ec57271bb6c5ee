// Workspace -> bot. An event is tried once and retried three times (at once, after a minute, after five);
// commands, buttons and forms are tried once. The first attempts go out in the order things happened.
import { createFaultBook, type FaultBook } from './faults.ts'
import type { Json } from './page-api.ts'

export type Envelope = {
  type: 'events_api' | 'slash_commands' | 'interactive'
  payload: Json
  acceptsPayload: boolean
}
export type Retry = { num: number; reason: FailedAck }
export type FailedAck = 'http_timeout' | 'http_error' | 'connection_failed'
export type Outcome =
  | { ok: true; payload: Json | null }
  | { ok: false; reason: FailedAck; stopRetrying?: boolean }

/** How an envelope reaches the bot. */
export type Transport = {
  send: (envelope: Envelope, retry: Retry | null) => Promise<Outcome>
  isOnline: () => boolean
  close: () => Promise<void>
}

export type Delivery = {
  readonly faults: FaultBook
  event: (body: Json) => void
  ask: (envelope: Envelope) => Promise<Outcome>
  isOnline: () => boolean
  releaseEvents: (order?: 'as_sent' | 'reversed') => void
  /** resolves when nothing is undelivered, unacknowledged or waiting for a retry (held events do not count) */
  idle: () => Promise<void>
  /** events given up after the last retry */
  readonly lost: Json[]
  close: () => Promise<void>
}

const retryDelaysMs = [0, 60_000, 300_000]

export const createDelivery = (transport: () => Transport, retryScale: number): Delivery => {
  const faults = createFaultBook()
  const timers = new Set<() => void>()
  const held: Json[] = []
  const lost: Json[] = []
  const waiting = new Set<() => void>()
  let pending = 0
  let isClosed = false

  const begin = () => {
    pending += 1
  }
  const end = () => {
    pending -= 1
    if (pending > 0) return
    for (const wake of waiting) wake()
    waiting.clear()
  }
  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer)
        timers.delete(done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      timers.add(done)
    })

  const attempt = async (body: Json) => {
    begin()
    try {
      const envelope: Envelope = { type: 'events_api', payload: body, acceptsPayload: false }
      let outcome = await transport().send(envelope, null)
      for (const [index, delay] of retryDelaysMs.entries()) {
        if (outcome.ok || outcome.stopRetrying || isClosed) break
        await sleep(delay * retryScale)
        if (isClosed) break
        outcome = await transport().send(envelope, { num: index + 1, reason: outcome.reason })
      }
      if (!outcome.ok && lost.push(body) > 1_000) lost.shift()
    } finally {
      end()
    }
  }

  const later = async (body: Json, ms: number) => {
    begin()
    await sleep(ms)
    if (!isClosed) void attempt(body)
    end()
  }

  return {
    faults,
    lost,
    event: (body) => {
      const { action, delayMs } = faults.event(body.event)
      if (action === 'drop') return
      if (action === 'hold') held.push(body)
      else if (delayMs > 0) void later(body, delayMs)
      else void attempt(body)
      if (action === 'duplicate') void attempt(body)
    },
    ask: async (envelope) => {
      begin()
      try {
        return await transport().send(envelope, null)
      } finally {
        end()
      }
    },
    isOnline: () => transport().isOnline(),
    releaseEvents: (order = 'as_sent') => {
      faults.stopHolding()
      const batch = held.splice(0)
      if (order === 'reversed') batch.reverse()
      for (const body of batch) void attempt(body)
    },
    idle: () => (pending === 0 ? Promise.resolve() : new Promise((resolve) => waiting.add(resolve))),
    close: async () => {
      isClosed = true
      for (const done of [...timers]) done()
      await transport().close()
    },
  }
}
