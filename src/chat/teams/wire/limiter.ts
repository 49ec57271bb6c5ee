/**
 * Stays under Microsoft's limits instead of running into them: so many calls in so long, for each team or conversation
 * by itself, in the order they came. A wait that would outlast a delivery's lease is refused, with the time to try again.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { ChatError } from '../../port.ts'

export interface Window {
  readonly most: number
  readonly inMs: number
}

export interface Time {
  /** Milliseconds of a clock nobody moves. */
  now(): number
  wait(ms: number): Promise<unknown>
}

/** Resolves when a call for this key may go out. */
export type Limiter = (key: string) => Promise<void>

export const realTime: Time = { now: () => performance.now(), wait }

const LONGEST_WAIT_MS = 20_000

/** Graph, for one team. */
export const graphWindows: readonly Window[] = [{ most: 4, inMs: 1000 }]

/** The bot API, for one conversation. */
export const sendWindows: readonly Window[] = [
  { most: 7, inMs: 1000 },
  { most: 8, inMs: 2000 },
  { most: 60, inMs: 30_000 },
  { most: 1800, inMs: 3_600_000 },
]

export function limiter(windows: readonly Window[], time: Time = realTime): Limiter {
  const longest = Math.max(...windows.map(({ inMs }) => inMs))
  const sent = new Map<string, number[]>()
  return async (key) => {
    const now = time.now()
    for (const [other, times] of sent) if (times.at(-1)! + longest <= now) sent.delete(other)
    const times = (sent.get(key) ?? []).filter((at) => at + longest > now)
    // Each window lets the next one out when its oldest call has left it; `times` holds those still waiting as well.
    const at = Math.max(now, times.at(-1) ?? now, ...windows.map((window) => freeAt(times, window)))
    if (at - now > LONGEST_WAIT_MS)
      throw new ChatError('transient', 'ratelimited', { retryAfterMs: at - now })
    sent.set(key, [...times, at])
    if (at > now) await time.wait(at - now)
  }
}

function freeAt(times: readonly number[], { most, inMs }: Window): number {
  const oldest = times.at(-most)
  return oldest === undefined ? 0 : oldest + inMs
}
