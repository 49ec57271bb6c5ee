/**
 * The loops of a running Wardroom: the tick, the deliveries, and apart from them the reads of whole rooms and of files
 * and the time stamps, for which no reminder waits. A poke makes the next pass come at once; the timer
 * is what makes it certain. Stopping waits for the pass under way.
 */
import { deliverPass } from '../deliver.ts'
import type { Delivering } from '../delivery/delivering.ts'
import { roomSweeper, SWEEP_EVERY_MS } from '../delivery/read-back.ts'
import { faultRef } from '../log.ts'
import type { Loop as Outbox } from '../store/outbox.ts'
import { tick } from '../tick.ts'

const DELIVER_EVERY_MS = 1_000
const TICK_EVERY_MS = 2_000
const HEARD_EVERY_MS = 60_000

export interface Loop {
  readonly poke: () => void
  readonly stop: () => Promise<void>
  /** When the last pass ended well; null before the first. */
  readonly lastPass: () => number | null
}

function loop(pass: () => Promise<unknown>, everyMs: number, failed: (error: unknown) => void): Loop {
  let stopped = false
  let wake: () => void = () => {}
  let poked = false
  let last: number | null = null
  const running = (async () => {
    while (!stopped) {
      poked = false
      await pass().then(() => {
        last = performance.now()
      }, failed)
      if (stopped || poked) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  })()
  return {
    poke() {
      poked = true
      wake()
    },
    async stop() {
      stopped = true
      wake()
      await running
    },
    lastPass: () => last,
  }
}

/** `before`: where each record stood when this process began; `listening`: the platforms that are connected. */
export function startLoops(
  delivering: Delivering,
  before: ReadonlyMap<string, Date>,
  listening: () => readonly string[] = () => [],
): { deliver: Loop; tick: Loop; stop: () => Promise<void> } {
  const failed = (what: string) => (error: unknown) =>
    delivering.log.error({ err: error, ref: faultRef() }, `${what} pass failed`)
  const deliver = loop(() => drain(delivering, 'short'), DELIVER_EVERY_MS, failed('delivery'))
  const reading = loop(() => drain(delivering, 'long'), DELIVER_EVERY_MS, failed('reading'))
  const stamping = loop(() => drain(delivering, 'stamps'), DELIVER_EVERY_MS, failed('time stamps'))
  const exporting = loop(() => drain(delivering, 'exports'), DELIVER_EVERY_MS, failed('exports'))
  const waking: Readonly<Record<Outbox, Loop>> = {
    short: deliver,
    long: reading,
    stamps: stamping,
    exports: exporting,
  }
  // A poke comes with every commit, and most leave nothing to deliver: one question, and only who is wanted looks.
  async function look(): Promise<void> {
    for (const what of await delivering.store.outbox.wanted()) waking[what].poke()
  }
  const looking = loop(look, DELIVER_EVERY_MS, failed('outbox'))
  const ticking = loop(() => tick(delivering), TICK_EVERY_MS, failed('tick'))
  const readRooms = roomSweeper(delivering, before)
  async function sweep(): Promise<void> {
    await delivering.store.sweepQuarantine()
    await readRooms()
  }
  const sweeping = loop(sweep, SWEEP_EVERY_MS, failed('sweep'))
  const hear = () => delivering.store.hear(listening(), delivering.now())
  const hearing = loop(hear, HEARD_EVERY_MS, failed('hearing'))
  return {
    deliver: { ...deliver, poke: looking.poke },
    tick: ticking,
    async stop() {
      await Promise.all([sweeping.stop(), hearing.stop()])
      await ticking.stop()
      await looking.stop()
      await Promise.all([reading.stop(), deliver.stop(), stamping.stop(), exporting.stop()])
    },
  }
}

/** Passes until nothing can be claimed. */
export async function drain(delivering: Delivering, what?: Outbox): Promise<void> {
  while ((await deliverPass(delivering, what)) > 0);
}
