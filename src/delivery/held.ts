/** Work longer than a lease: while it goes on, its delivery is nobody else's. */
import type { Job } from './delivering.ts'

const LEASE_MS = 60_000
const EVERY_MS = 15_000

export async function held<T>({ row, delivering }: Job, work: () => Promise<T>): Promise<T> {
  const { store, log } = delivering
  const timer = setInterval(() => {
    store.outbox.hold(row, LEASE_MS).catch((error: unknown) => {
      // It runs out then, and another attempt begins: what is done twice is found to have been done.
      log.warn({ err: error, delivery: row.id }, 'a lease could not be prolonged')
    })
  }, EVERY_MS)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
