/**
 * A database that fails at will: before or after the nth thing it does, be it a statement or a commit. "After" means
 * that it was done and the answer was lost.
 */
import { DatabaseFault, type Handle } from '../../src/store/db.ts'
import type { TestDatabase } from './database.ts'

export interface Plan {
  readonly at: number
  readonly when: 'before' | 'after'
  /** It does not come back until `mend`. */
  readonly stays?: boolean
}

export interface Failing {
  readonly database: TestDatabase
  /** Counting begins anew. */
  readonly arm: (plan: Plan | undefined) => void
  readonly mend: () => void
  /** How many statements and commits since the last `arm`. */
  readonly points: () => number
  /** Whether the plan struck. */
  readonly struck: () => boolean
}

interface Session {
  prepareQuery: (...args: unknown[]) => { execute: (...args: unknown[]) => Promise<unknown> }
}

export function failing(real: TestDatabase): Failing {
  let plan: Plan | undefined
  let points = 0
  let struck = false

  async function point<T>(work: () => Promise<T>): Promise<T> {
    points += 1
    const isDown = struck && plan?.stays
    const isHit = isDown || (!struck && plan?.at === points)
    if (!isHit) return work()
    const lost = new DatabaseFault('CONNECTION_CLOSED', 'the connection was lost')
    const isFirst = !struck
    struck = true
    if (isFirst && plan?.when === 'after') await work()
    throw lost
  }

  function watched(handle: object): void {
    const { session } = handle as { session: Session }
    const proxy = new Proxy(session, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name, target)
        if (name !== 'prepareQuery') return typeof member === 'function' ? member.bind(target) : member
        return (...args: unknown[]) => {
          const prepared = target.prepareQuery(...args)
          const execute = prepared.execute.bind(prepared)
          prepared.execute = (...given) => point(() => execute(...given))
          return prepared
        }
      },
    })
    Object.defineProperty(handle, 'session', { value: proxy })
    const { _ } = handle as { _: object }
    Object.defineProperty(handle, '_', { value: { ..._, session: proxy } })
  }

  const db = Object.create(real.db) as Handle
  watched(db)
  const transaction: TestDatabase['transaction'] = async (fn, options) => {
    let isLate = false
    const result = await real.transaction(async (tx) => {
      watched(tx)
      const done = await fn(tx)
      // The commit: refused before it happened, or its answer lost after.
      points += 1
      const isDown = struck && plan?.stays
      if (isDown || (!struck && plan?.at === points)) {
        const isFirst = !struck
        struck = true
        isLate = isFirst && plan?.when === 'after'
        if (!isLate) throw new DatabaseFault('CONNECTION_CLOSED', 'the connection was lost')
      }
      return done
    }, options)
    if (isLate) throw new DatabaseFault('CONNECTION_CLOSED', 'the connection was lost after the commit')
    return result
  }
  return {
    database: { ...real, db, transaction },
    arm(next) {
      plan = next
      points = 0
      struck = false
    },
    mend() {
      plan = undefined
    },
    points: () => points,
    struck: () => struck,
  }
}
