/**
 * Group commit: whatever is in flight shares one transaction, so a chained record costs less than unchained inserts.
 * Resolves only when the entry is committed. A batch that fails is tried again entry by entry, so that one bad entry
 * harms nobody. Entries of an incident somebody else is writing wait in a lane of their own: no other waits with them.
 */
import { isTryAgain } from '../store/db.ts'
import { type EvidenceItem, type EvidenceResult, placeKey } from '../store/evidence.ts'

type Recorded = Exclude<EvidenceResult, 'busy'>

export type Capture = (item: EvidenceItem) => Promise<Recorded>

/** `waits`: for the heads that others hold, a short while; without, what belongs to them comes back as busy. */
export type WriteEvidence = (items: readonly EvidenceItem[], waits: boolean) => Promise<EvidenceResult[]>

interface Waiting {
  readonly item: EvidenceItem
  readonly resolve: (result: Recorded) => void
  readonly reject: (error: unknown) => void
  /** When it was first found to be held by somebody else. */
  busySince: number | undefined
}

const MAX_BATCH = 500
/** Past this the head is stuck: not committed, so the platform will bring it again. */
const GIVE_UP_MS = 10_000
const BUSY_WAIT_MS = 25
/** A room in which replicas meet is not looked at in passing each time: so many batches of it go straight to the lane that waits. */
const CROWDED_FOR = 16

export function makeCapture(
  write: WriteEvidence,
  afterCommit: () => void = () => {},
  { giveUpMs = GIVE_UP_MS, busyWaitMs = BUSY_WAIT_MS } = {},
): Capture {
  const crowded = new Map<string, number>()
  const passing = lane(async (batch) => settle(batch, await write(items(batch), false)))
  const patient = lane(async (batch) => {
    for (const place of placesOf(batch)) calm(place)
    try {
      settle(batch, await write(items(batch), true))
    } catch (error) {
      if (!isTryAgain(error)) throw error
      // One of these heads is held for long: which one shows when they are looked at in passing.
      for (const waiting of batch) waiting.busySince ??= performance.now()
      later(batch)
    }
  })

  function lane(commit: (batch: readonly Waiting[]) => Promise<void>) {
    const queue: Waiting[] = []
    let running = false

    async function drain() {
      running = true
      // Yield once, so that everything that arrived in the same turn shares the first transaction too.
      await Promise.resolve()
      while (queue.length > 0) await attempt(queue.splice(0, MAX_BATCH))
      running = false
    }

    async function attempt(batch: readonly Waiting[]): Promise<void> {
      try {
        await commit(batch)
        afterCommit()
      } catch (error) {
        if (batch.length === 1) batch[0]!.reject(error)
        else for (const waiting of batch) await attempt([waiting])
      }
    }

    return (waiting: Waiting) => {
      queue.push(waiting)
      if (!running) void drain()
    }
  }

  function settle(batch: readonly Waiting[], results: readonly EvidenceResult[]): void {
    for (const [index, waiting] of batch.entries()) {
      const result = results[index]!
      if (result === 'busy') wait(waiting)
      else waiting.resolve(result)
    }
  }

  function wait(waiting: Waiting): void {
    const now = performance.now()
    // A second time: its head is held for longer than anybody waits.
    const isStuck = waiting.busySince !== undefined
    waiting.busySince ??= now
    if (now - waiting.busySince > giveUpMs) waiting.reject(new Error('the incident stayed locked'))
    else if (isStuck) later([waiting])
    else {
      crowded.set(placeKey(waiting.item), CROWDED_FOR)
      patient(waiting)
    }
  }

  function later(batch: readonly Waiting[]): void {
    for (const place of placesOf(batch)) crowded.delete(place)
    setTimeout(() => {
      for (const waiting of batch) passing(waiting)
    }, busyWaitMs)
  }

  function calm(place: string): void {
    const left = (crowded.get(place) ?? 0) - 1
    if (left > 0) crowded.set(place, left)
    else crowded.delete(place)
  }

  return (item) =>
    new Promise((resolve, reject) => {
      const waiting: Waiting = { item, resolve, reject, busySince: undefined }
      if (crowded.has(placeKey(item))) patient(waiting)
      else passing(waiting)
    })
}

const items = (batch: readonly Waiting[]) => batch.map(({ item }) => item)
const placesOf = (batch: readonly Waiting[]) => new Set(batch.map(({ item }) => placeKey(item)))
