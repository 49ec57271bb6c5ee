/**
 * What Teams pushed of the canary: the last message that begins with that word, as ids and times and nothing else. A
 * running Wardroom tells it on its health page, and doctor while it listens itself.
 */
import type { Inbound } from '../../port.ts'

export type Change = 'posted' | 'edited' | 'deleted'

/** By Teams' own time stamps. */
export type Times = Readonly<Partial<Record<Change, Date>>>

export interface Seen extends Times {
  readonly message: string
}

/** Changes overtake each other, and one that arrives first may not have the word. */
const kept = 50

export const isCanary = (text: string | undefined): boolean => /^\s*canary\b/i.test(text ?? '')

/** An edit may be followed by another, and overtaken by it. */
export function latest(one: Times = {}, other: Times = {}): Times {
  const both = (['posted', 'edited', 'deleted'] as const).flatMap((change) => {
    const at = Math.max(one[change]?.getTime() ?? 0, other[change]?.getTime() ?? 0)
    return at > 0 ? [[change, new Date(at)] as const] : []
  })
  return Object.fromEntries(both)
}

export function watchCanary() {
  const times = new Map<string, Times>()
  let last: string | undefined
  return {
    note(inbound: Inbound): void {
      if (inbound.type !== 'message' || inbound.change === 'restored') return
      const { message, change, at, body } = inbound
      times.set(message, latest(times.get(message), { [change]: at }))
      if (isCanary(body?.text)) last = message
      const [oldest] = times.keys()
      if (times.size > kept && oldest !== undefined) times.delete(oldest)
    },
    of: (message: string): Times => times.get(message) ?? {},
    seen: (): Seen | undefined => (last === undefined ? undefined : { message: last, ...times.get(last) }),
  }
}
