/**
 * Group commit: whatever is in flight shares one transaction, so a chained record costs less than unchained inserts.
 * Resolves only when the entry is committed. A batch that fails is tried again entry by entry, so that one bad entry
 * harms nobody; entries of an incident somebody else is writing wait without holding up the others.
 */
import type { EvidenceItem, EvidenceResult } from '../store/evidence.ts'

type Recorded = Exclude<EvidenceResult, 'busy'>

export type Capture = (item: EvidenceItem) => Promise<Recorded>

interface Waiting {
  readonly item: EvidenceItem
  readonly resolve: (result: Recorded) => void
  readonly reject: (error: unknown) => void
  busy: number
}

const MAX_BATCH = 500
/** Past this many tries of some 25 ms the head is stuck: not committed, so the platform will bring it again. */
const MAX_BUSY = 400
const BUSY_WAIT_MS = 25

export function makeCapture(
  write: (items: readonly EvidenceItem[]) => Promise<EvidenceResult[]>,
  afterCommit: () => void = () => {},
  { maxBusy = MAX_BUSY, busyWaitMs = BUSY_WAIT_MS } = {},
): Capture {
  const queue: Waiting[] = []
  let running = false

  async function drain() {
    running = true
    // Yield once, so that everything that arrived in the same turn shares the first transaction too.
    await Promise.resolve()
    while (queue.length > 0) {
      const batch = queue.splice(0, MAX_BATCH)
      await commit(batch)
    }
    running = false
  }

  async function commit(batch: readonly Waiting[]) {
    try {
      const results = await write(batch.map((waiting) => waiting.item))
      batch.forEach((waiting, index) => {
        settle(waiting, results[index]!)
      })
      afterCommit()
    } catch (error) {
      if (batch.length === 1) batch[0]!.reject(error)
      else for (const waiting of batch) await commit([waiting])
    }
  }

  function settle(waiting: Waiting, result: EvidenceResult) {
    if (result !== 'busy') return waiting.resolve(result)
    waiting.busy += 1
    if (waiting.busy > maxBusy) return waiting.reject(new Error('the incident stayed locked'))
    setTimeout(() => enqueue(waiting), busyWaitMs)
  }

  function enqueue(waiting: Waiting) {
    queue.push(waiting)
    if (!running) void drain()
  }

  return (item) =>
    new Promise((resolve, reject) => {
      enqueue({ item, resolve, reject, busy: 0 })
    })
}
