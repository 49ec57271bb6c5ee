/**
 * Group commit: whatever is in flight shares one transaction, so a chained record costs less than unchained inserts.
 * Resolves only when the entry is committed. Entries of an incident somebody else is writing wait in a lane of their own:
 * no other waits with them.
 */
import { isTryAgain } from '../store/db.ts'
import { type EvidenceItem, type EvidenceResult, placeKey, type Standing } from '../store/evidence-plan.ts'
import { makeLane, type Planned } from './lane.ts'

type Recorded = Exclude<EvidenceResult, 'busy'>

export type Capture = (item: EvidenceItem) => Promise<Recorded>

/** `waits`: for the heads that others hold, a short while; without, what belongs to them comes back as busy. */
export type WriteEvidence = (
  items: readonly EvidenceItem[],
  waits: boolean,
  planned: Planned,
) => Promise<EvidenceResult[]>

/** Behind a batch of the same rooms that is not committed yet; fails where anything is not as told. */
export type WriteAhead = (
  items: readonly EvidenceItem[],
  before: Standing,
  planned: Planned,
) => Promise<EvidenceResult[]>

interface Waiting {
  readonly item: EvidenceItem
  readonly place: string
  readonly arrived: number
  readonly resolve: (result: Recorded) => void
  readonly reject: (error: unknown) => void
  /** When it was first found to be held by somebody else, and how often it was since. */
  busySince: number | undefined
  looks: number
  hasWaited: boolean
}

/** Past this the head is stuck: not committed, so the platform will bring it again. */
const GIVE_UP_MS = 10_000
const BUSY_WAIT_MS = 25
/** A room in which replicas meet is not looked at in passing each time: so many batches of it go straight to the lane that waits. */
const CROWDED_FOR = 16
/** How often a held room is looked at again in passing, with the next batch, before anybody waits for it. */
const LOOKS = 3
/** Where replicas met in any room, so many batches go one by one. */
const ALONE_FOR = 500

interface CaptureOptions {
  readonly giveUpMs?: number
  readonly busyWaitMs?: number
  readonly ahead?: WriteAhead | undefined
}

export function makeCapture(
  write: WriteEvidence,
  afterCommit: () => void = () => {},
  { giveUpMs = GIVE_UP_MS, busyWaitMs = BUSY_WAIT_MS, ahead }: CaptureOptions = {},
): Capture {
  const crowded = new Map<string, number>()
  let arrivals = 0
  let alone = 0
  const met = () => {
    alone = ALONE_FOR
  }
  const passing = makeLane<Waiting>({
    async commit(batch, planned) {
      alone -= 1
      settle(batch, await write(items(batch), false, planned))
    },
    behind:
      ahead && (async (batch, before, planned) => settle(batch, await ahead(items(batch), before, planned))),
    isMet: () => alone > 0,
    onMissed: met,
    afterCommit,
  })
  const patient = makeLane<Waiting>({
    async commit(batch, planned) {
      for (const place of placesOf(batch)) calm(place)
      try {
        settle(batch, await write(items(batch), true, planned))
      } catch (error) {
        if (!isTryAgain(error)) throw error
        // One of these heads is held for long: which one shows when they are looked at in passing.
        for (const waiting of batch) {
          waiting.busySince ??= performance.now()
          waiting.hasWaited = true
        }
        later(batch)
      }
    },
    afterCommit,
  })

  function settle(batch: readonly Waiting[], results: readonly EvidenceResult[]): void {
    // Others of the batch went through: looking once more costs nothing. Where all is held, it would be for nothing.
    const isOnTheWay = results.some((result) => result !== 'busy')
    for (const [index, waiting] of batch.entries()) {
      const result = results[index]!
      if (result === 'busy') wait(waiting, isOnTheWay)
      else waiting.resolve(result)
    }
  }

  function wait(waiting: Waiting, isOnTheWay: boolean): void {
    met()
    const now = performance.now()
    waiting.busySince ??= now
    waiting.looks += 1
    if (now - waiting.busySince > giveUpMs) waiting.reject(new Error('the incident stayed locked'))
    // Its head is held for longer than anybody waits.
    else if (waiting.hasWaited) later([waiting])
    else if (isOnTheWay && waiting.looks < LOOKS) passing(waiting)
    else {
      waiting.hasWaited = true
      crowded.set(waiting.place, CROWDED_FOR)
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
      arrivals += 1
      const place = placeKey(item)
      const held = { busySince: undefined, looks: 0, hasWaited: false }
      const waiting: Waiting = { item, place, resolve, reject, arrived: arrivals, ...held }
      if (crowded.has(place)) patient(waiting)
      else passing(waiting)
    })
}

const items = (batch: readonly Waiting[]) => batch.map(({ item }) => item)
const placesOf = (batch: readonly Waiting[]) => new Set(batch.map(({ place }) => place))
