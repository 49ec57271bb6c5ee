/** Practice: a local Slack beside the real bot, and the control that moves the clock ahead. */
import { join } from 'node:path'
import { type ManifestCommand, slackManifest } from '../chat/slack/manifest.ts'
import type { Config } from '../config.ts'
import type { Delivering } from '../delivery/delivering.ts'

import { addDays } from '../domain/calendar.ts'
import { digestAt } from '../domain/digest.ts'
import { nextReminder } from '../domain/due.ts'
import { dateIn } from '../domain/zone.ts'
import type { PracticeClock } from '../practice/clock.ts'
import { startPractice } from '../practice/server.ts'
import { tick } from '../tick.ts'
import { drain } from './loops.ts'

const HOUR = 3_600_000

export async function startPracticeWorkspace(
  config: Config,
  commands: readonly ManifestCommand[],
  clock: PracticeClock,
) {
  let delivering: Delivering | undefined

  async function advance(to: 'hour' | 'day' | 'next') {
    if (!delivering)
      return { now: clock.now().toISOString(), moved: false, note: 'Wardroom is still starting.' }
    const target =
      to === 'next'
        ? await nextReminderAt(delivering)
        : new Date(clock.now().getTime() + HOUR * (to === 'hour' ? 1 : 24))
    if (!target)
      return {
        now: clock.now().toISOString(),
        moved: false,
        note: 'No reminder is coming. Declare an incident first.',
      }
    const digest = digestBefore(delivering, target)
    if (digest) await pass(delivering, digest)
    await pass(delivering, target)
    return { now: clock.now().toISOString(), moved: true }
  }

  /** A jump is one consolidated pass: what fell due meanwhile is said once. */
  async function pass(delivering: Delivering, at: Date): Promise<void> {
    clock.moveTo(at)
    while ((await tick(delivering)) > 0);
    // What waits to be grouped is said at the time it is about, not after the next jump.
    await delivering.store.outbox.hurry()
    await drain(delivering)
  }

  const practice = await startPractice({
    port: config.practicePort,
    now: clock.now,
    manifest: slackManifest({ name: 'Wardroom', commands, mode: 'socket' }),
    delivery: { mode: 'socket' },
    file: join(config.dataDir, 'practice.json'),
    advance,
  })
  return {
    practice,
    attach(to: Delivering) {
      delivering = to
    },
  }
}

/** Managers have their digest in the morning or not at all: a jump over one stops there, at the last. */
function digestBefore({ now, telling, settings }: Delivering, target: Date): Date | undefined {
  if (!Object.values(telling.managersChannels ?? {}).some(Boolean)) return undefined
  const { organisation } = settings
  const today = dateIn(organisation.zone, target)
  const mornings = [today, addDays(today, -1), addDays(today, -2), addDays(today, -3)].map((day) =>
    digestAt(organisation, day),
  )
  return mornings.find((at) => at && at.getTime() > now().getTime() && at.getTime() < target.getTime())
}

/** A second past the earliest reminder of any incident. */
async function nextReminderAt({ store, now, telling }: Delivering): Promise<Date | undefined> {
  const times = (await store.incidents())
    .map((state) => nextReminder(state, now(), telling.reminding)?.getTime())
    .filter((at) => at !== undefined)
  return times.length > 0 ? new Date(Math.max(Math.min(...times), now().getTime()) + 1000) : undefined
}
