/**
 * Who sees every room of a platform, remembered so that declaring can refuse to keep such a person out without a call.
 * It may be some minutes old: opening the room asks again, and makes none that a kept-out person would see.
 */
import { ChatError, type ChatPort, type Inbound } from '../chat/port.ts'
import type { Log } from '../log.ts'

const LOOK_EVERY_MS = 5 * 60_000

export function watchAudiences(ports: () => readonly ChatPort[], log: Log) {
  const known = new Map<string, readonly string[]>()
  async function look(): Promise<void> {
    for (const port of ports().filter(({ capabilities }) => capabilities.audience === 'team')) {
      try {
        known.set(port.platform, await port.audience())
      } catch (error) {
        const code = error instanceof ChatError ? error.code : 'unknown'
        log.warn({ platform: port.platform, code }, 'who sees the rooms could not be asked')
      }
    }
  }
  const timer = setInterval(() => void look(), LOOK_EVERY_MS)
  timer.unref()
  return {
    look,
    of: (platform: string): readonly string[] => known.get(platform) ?? [],
    /** Whoever was refused because somebody is in the team takes them out, and asks again at once. */
    heard(inbound: Inbound): void {
      if (inbound.type !== 'room' || !inbound.everyRoom || !inbound.person) return
      const { platform, change, person } = inbound
      const others = (known.get(platform) ?? []).filter((each) => each !== person)
      if (change === 'joined') known.set(platform, [...others, person])
      if (change === 'left') known.set(platform, others)
    },
    stop: () => clearInterval(timer),
  }
}
