/**
 * One session per transaction: while a transaction is open, only its own `tx` may be used. The outer handle would wait
 * for the session that its caller holds: a deadlock on the embedded database, an exhausted pool on a server. So it throws.
 */
import { AsyncLocalStorage } from 'node:async_hooks'

export const outerHandleMessage =
  'The outer database handle was used inside a transaction. Pass the transaction (tx) down and use it instead.'

export type SessionGuard = {
  assertOutside: () => void
  /** Hands out the driver's client with its queries refused inside a transaction and its transactions marked. */
  guard: <C extends object>(client: C) => C
}

const queries = new Set<PropertyKey>(['query', 'sql', 'exec', 'unsafe', 'listen'])
const transactions = new Set<PropertyKey>(['transaction', 'begin'])

export function sessionGuard(): SessionGuard {
  const current = new AsyncLocalStorage<{ open: boolean }>()

  function assertOutside(): void {
    if (current.getStore()?.open) throw new Error(outerHandleMessage)
  }

  // Work started inside a transaction may outlive it (a timer, a queue); the mark is closed with the transaction.
  async function marked<T>(fn: () => Promise<T>): Promise<T> {
    const mark = { open: true }
    try {
      return await current.run(mark, fn)
    } finally {
      mark.open = false
    }
  }

  function guard<C extends object>(client: C): C {
    return new Proxy(client, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name, target)
        if (typeof member !== 'function') return member
        if (!queries.has(name) && !transactions.has(name)) return member.bind(target)
        return (...args: unknown[]) => {
          assertOutside()
          if (transactions.has(name)) {
            const body = args.pop() as (tx: unknown) => Promise<unknown>
            args.push((tx: unknown) => marked(() => body(tx)))
          }
          return member.apply(target, args)
        }
      },
    })
  }

  return { assertOutside, guard }
}
