// Failures on demand. Each rule is used up after `times`; rules are tried in the order they were made.
import type { Json } from './page-api.ts'

export type ApiFault =
  | { kind: 'rate_limited'; retryAfterSeconds: number }
  | { kind: 'server_error'; status?: number }
  /** never answers; the caller's own time-out ends it */
  | { kind: 'timeout' }
  /** done and stored, then the connection is cut: the caller cannot know */
  | { kind: 'lost_answer' }
  /** the connection is cut before anything is done */
  | { kind: 'connection_cut' }
  | { kind: 'unknown_method' }
  | { kind: 'error'; error: string }

export type EventMatch = (event: Json) => boolean
type EventRule = { action: 'drop' | 'duplicate' | 'delay'; ms: number; match: EventMatch; left: number }
type ApiRule = { method: string; fault: ApiFault; left: number }

export type FaultBook = {
  /** what to do with this event now */
  event: (event: Json) => { action: 'send' | 'drop' | 'duplicate' | 'hold'; delayMs: number }
  /** `isApi`: a Web API method, which `*` also means */
  api: (method: string, isApi?: boolean, nowMs?: number) => ApiFault | null
  dropEvents: (times: number, match?: EventMatch) => void
  duplicateEvents: (times: number, match?: EventMatch) => void
  delayEvents: (ms: number, times: number, match?: EventMatch) => void
  /** keep matching events back until `releaseEvents` */
  holdEvents: (match?: EventMatch) => void
  isHolding: () => boolean
  stopHolding: () => void
  /** `method` may be `*`, every Web API method; or `files-pri`, `upload`, `respond` for those addresses */
  failCalls: (method: string, fault: ApiFault, times?: number) => void
  /** as for apps sold outside Slack's marketplace: a channel's history once a minute, fifteen messages at most */
  slowHistory: () => void
  /** rows a page of history may have */
  historyRows: () => number
  clear: () => void
}

const slowMethods: readonly string[] = ['conversations.history', 'conversations.replies']
const slowMs = 60_000
const slowRows = 15

export const createFaultBook = (): FaultBook => {
  const events: EventRule[] = []
  const calls: ApiRule[] = []
  let holding: EventMatch | null = null
  let slowSince: Map<string, number> | null = null
  const tooSoon = (method: string, nowMs: number): ApiFault | null => {
    if (!slowSince || !slowMethods.includes(method)) return null
    const left = (slowSince.get(method) ?? Number.NEGATIVE_INFINITY) + slowMs - nowMs
    if (left > 0) return { kind: 'rate_limited', retryAfterSeconds: Math.ceil(left / 1000) }
    slowSince.set(method, nowMs)
    return null
  }
  const every: EventMatch = () => true
  const add = (action: EventRule['action'], ms: number, left: number, match: EventMatch) => {
    events.push({ action, ms, match, left })
  }
  return {
    event: (event) => {
      const rule = events.find((row) => row.left > 0 && row.match(event))
      if (rule) rule.left -= 1
      if (rule && rule.action !== 'delay') return { action: rule.action, delayMs: 0 }
      if (holding?.(event)) return { action: 'hold', delayMs: 0 }
      return { action: 'send', delayMs: rule?.ms ?? 0 }
    },
    api: (method, isApi = true, nowMs = 0) => {
      const rule = calls.find(
        (row) => row.left > 0 && (row.method === method || (isApi && row.method === '*')),
      )
      if (!rule) return tooSoon(method, nowMs)
      rule.left -= 1
      return rule.fault
    },
    dropEvents: (times, match = every) => add('drop', 0, times, match),
    duplicateEvents: (times, match = every) => add('duplicate', 0, times, match),
    delayEvents: (ms, times, match = every) => add('delay', ms, times, match),
    holdEvents: (match = every) => {
      holding = match
    },
    isHolding: () => holding !== null,
    stopHolding: () => {
      holding = null
    },
    failCalls: (method, fault, times = 1) => {
      calls.push({ method, fault, left: times })
    },
    slowHistory: () => {
      slowSince = new Map()
    },
    historyRows: () => (slowSince ? slowRows : Number.POSITIVE_INFINITY),
    clear: () => {
      slowSince = null
      events.length = 0
      calls.length = 0
      holding = null
    },
  }
}
