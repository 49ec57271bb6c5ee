/**
 * How fast a room's history may be read. Apps that are sold outside Slack's marketplace get one request a minute and
 * fifteen messages a request, and learn it from being turned away: from then on this asks no faster, and after an hour
 * tries again whether it may.
 */
import { ChatError } from '../port.ts'

export interface Pace {
  /** Runs a call with as many rows as may be asked for. */
  asking<T>(call: (limit: number) => Promise<T>): Promise<T>
  /** How long to leave Slack alone before the next call. */
  rest(): { readonly afterMs?: number }
}

const FULL_PAGE = 999
const SLOW_PAGE = 15
const SLOW_EVERY_MS = 60_000
/** A tier's own limit is over sooner, and comes after many calls, not after these few in a minute. */
const SIGN_MS = 30_000
const SIGN_CALLS = 5
const SLOW_FOR_MS = 3_600_000

export function historyPace(now: () => Date): Pace {
  let slowUntil = 0
  let answered: readonly number[] = []
  const lastMinute = () => answered.filter((at) => at > now().getTime() - 60_000)
  const isSlow = () => now().getTime() < slowUntil
  return {
    async asking(call) {
      try {
        const answer = await call(isSlow() ? SLOW_PAGE : FULL_PAGE)
        answered = [...lastMinute(), now().getTime()]
        return answer
      } catch (error) {
        const retryAfterMs = error instanceof ChatError ? (error.retryAfterMs ?? 0) : 0
        if (retryAfterMs >= SIGN_MS && lastMinute().length <= SIGN_CALLS)
          slowUntil = now().getTime() + SLOW_FOR_MS
        throw error
      }
    },
    rest: () => (isSlow() ? { afterMs: SLOW_EVERY_MS } : {}),
  }
}
