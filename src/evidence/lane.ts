/**
 * What waits to be written, in batches. A room is in one batch at a time, so that its entries stand in the order in which
 * they came; where the database can, a second batch is on its way beside the first: of other rooms, or of the same ones,
 * behind it. A batch that fails is tried again entry by entry, so that one bad entry harms nobody.
 */
import { AsyncResource } from 'node:async_hooks'
import type { Standing } from '../store/evidence-plan.ts'

interface Queued {
  /** A room, under a name that no other has. */
  readonly place: string
  readonly arrived: number
  readonly reject: (error: unknown) => void
}

/** How the logs will stand once a batch is committed, told as soon as it is known. */
export type Planned = (after: Standing) => void

export interface Commit<T> {
  readonly commit: (batch: readonly T[], planned: Planned) => Promise<void>
  /** Behind a batch that is not committed yet. Fails with nothing recorded where that one, or a log, is not as told. */
  readonly behind?: ((batch: readonly T[], before: Standing, planned: Planned) => Promise<void>) | undefined
  /** Whether others write to the same logs now: then half a batch at a time costs more than it gains. */
  readonly isMet?: () => boolean
  readonly onMissed?: () => void
  readonly afterCommit: () => void
}

interface Flight {
  readonly places: ReadonlySet<string>
  readonly count: number
  after: Standing | undefined
  isFollowed: boolean
  landed: Promise<void>
}

const MAX_BATCH = 500

export function makeLane<T extends Queued>({
  commit,
  behind,
  isMet = () => false,
  onMissed = () => {},
  afterCommit,
}: Commit<T>): (one: T) => void {
  const width = () => (behind && !isMet() ? 2 : 1)
  /** By place, in the order in which each first had to wait. */
  const queues = new Map<string, T[]>()
  const flights = new Set<Flight>()
  let waiting = 0
  let running = 0

  const isFlying = (place: string) => [...flights].some(({ places }) => places.has(place))

  /** Its part of all there is: another batch has something to take too. */
  function take(isWanted: (place: string) => boolean): T[] {
    const flying = [...flights].reduce((sum, { count }) => sum + count, 0)
    const part = Math.min(MAX_BATCH, Math.ceil((waiting + flying) / width()))
    const batch: T[] = []
    for (const [place, queue] of queues) {
      if (batch.length === part) break
      if (!isWanted(place)) continue
      batch.push(...queue.splice(0, part - batch.length))
      queues.delete(place)
      if (queue.length > 0) queues.set(place, queue)
    }
    waiting -= batch.length
    return batch.sort((one, other) => one.arrived - other.arrived)
  }

  function next(): { batch: T[]; ahead?: Flight } {
    const batch = take((place) => !isFlying(place))
    if (batch.length > 0) return { batch }
    const ahead = [...flights].find(({ after, isFollowed }) => after && !isFollowed)
    return ahead ? { batch: take((place) => ahead.places.has(place)), ahead } : { batch }
  }

  // Told of from inside a transaction, and no part of it.
  const wake = AsyncResource.bind(() => {
    if (waiting > 0 && running < width()) void drain()
  })

  async function drain(): Promise<void> {
    running += 1
    // Yield once, so that everything that arrived in the same turn shares the first transaction too.
    await Promise.resolve()
    while (running <= width()) {
      const { batch, ahead } = next()
      if (batch.length === 0) break
      await fly(batch, ahead)
    }
    running -= 1
  }

  async function fly(batch: readonly T[], ahead: Flight | undefined): Promise<void> {
    let land = () => {}
    const flight: Flight = {
      places: new Set(batch.map(({ place }) => place)),
      count: batch.length,
      after: undefined,
      isFollowed: false,
      landed: new Promise((resolve) => {
        land = resolve
      }),
    }
    flights.add(flight)
    wake()
    const planned: Planned = (after) => {
      flight.after = after
      wake()
    }
    if (!ahead || !(await isWrittenBehind(batch, ahead, planned))) await attempt(batch, planned)
    flights.delete(flight)
    land()
  }

  /** Whatever went wrong, the usual way decides: it finds what was recorded all the same, and waits for the one before it. */
  async function isWrittenBehind(batch: readonly T[], ahead: Flight, planned: Planned): Promise<boolean> {
    ahead.isFollowed = true
    try {
      await behind!(batch, ahead.after!, planned)
      afterCommit()
      return true
    } catch {
      onMissed()
      await ahead.landed
      return false
    }
  }

  async function attempt(batch: readonly T[], planned: Planned = () => {}): Promise<void> {
    try {
      await commit(batch, planned)
      afterCommit()
    } catch (error) {
      if (batch.length === 1) batch[0]!.reject(error)
      else for (const one of batch) await attempt([one])
    }
  }

  return (one) => {
    const queue = queues.get(one.place)
    if (queue) queue.push(one)
    else queues.set(one.place, [one])
    waiting += 1
    if (running === 0 || (running < width() && !isHopeless(one.place))) void drain()
  }

  /** It waits for a batch of its room whose outcome is not known yet. */
  function isHopeless(place: string): boolean {
    return [...flights].some(({ places, after, isFollowed }) => places.has(place) && (!after || isFollowed))
  }
}
