/**
 * The managers' digest is wished for once a day and platform: whoever claims the day in the database queues the post in
 * the same commit, so that neither a restart nor another replica doubles it.
 */
import { digestDay } from './domain/digest.ts'
import { ORGANISATION } from './domain/record.ts'
import { faultRef } from './log.ts'
import type { Wardroom } from './wardroom.ts'

/** Days this process has seen claimed: a pass on the same day asks the database nothing. */
const done = new WeakMap<Wardroom, Set<string>>()

export async function digests(wardroom: Wardroom): Promise<void> {
  const channels = Object.entries(wardroom.telling.managersChannels ?? {}).filter(([, channel]) => channel)
  if (channels.length === 0) return
  const known = done.get(wardroom) ?? new Set()
  done.set(wardroom, known)
  const now = wardroom.now()
  const on = digestDay(wardroom.settings.organisation, now)
  if (!on) return
  for (const [platform] of channels) {
    const key = `digest:${platform}:${on}`
    if (known.has(key)) continue
    try {
      await wardroom.store.write(async (unit) => {
        if (!(await unit.claim(key, ORGANISATION))) return
        const args = { platform, on, at: now.toISOString() }
        await unit.enqueue([
          { incident: ORGANISATION, lane: `digest:${platform}`, verb: 'digest', view: 'digest', args },
        ])
      }, {})
      known.add(key)
      wardroom.poke()
    } catch (error) {
      wardroom.log.error({ err: error, ref: faultRef() }, 'the digest could not be queued')
    }
  }
}
