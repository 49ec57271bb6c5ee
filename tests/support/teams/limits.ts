/** The documented limits: the bot API a thread, Graph a team. Over them: 429, and how long to wait. */

export interface Throttle {
  /** Seconds to wait, where this call is one too many. */
  readonly wait: (op: string, path: string) => number | undefined
}

interface Limit {
  readonly of: RegExp
  /** Calls that share what this finds in the path count together. */
  readonly by: RegExp
  /** At most so many in so many seconds, every pair of them. */
  readonly most: readonly (readonly [calls: number, seconds: number])[]
}

const limits: readonly Limit[] = [
  {
    of: /^connector\.(?:create|send|reply|update|delete)$/,
    by: /conversations(?:\/([^/]+))?/,
    most: [
      [7, 1],
      [8, 2],
      [60, 30],
      [1800, 3600],
    ],
  },
  {
    of: /^connector\.(?:members|member|pagedMembers)$/,
    by: /conversations\/([^/]+)/,
    most: [
      [14, 1],
      [16, 2],
      [120, 30],
      [3600, 3600],
    ],
  },
  { of: /^graph\./, by: /teams\/([^/]+)/, most: [[4, 1]] },
]

export function makeThrottle(wall: () => number): Throttle {
  const made = new Map<string, number[]>()
  return {
    wait(op, path) {
      const at = limits.findIndex(({ of }) => of.test(op))
      const limit = limits[at]
      const shared = limit?.by.exec(path)
      if (!limit || !shared) return undefined
      const name = `${at} ${shared[1] ?? ''}`
      const times = made.get(name) ?? []
      made.set(name, times)
      const now = wall()
      for (const [calls, seconds] of limit.most) {
        const recent = times.filter((each) => each > now - seconds * 1000)
        const oldest = recent[recent.length - calls]
        if (oldest !== undefined) return Math.ceil((oldest + seconds * 1000 - now) / 1000)
      }
      times.push(now)
      return undefined
    },
  }
}
