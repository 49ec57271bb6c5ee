/**
 * Doctor listens in Wardroom's place while it waits for the canary: through the same address, the same check of who calls,
 * the same reading. What is not of the canary's channel is not acknowledged, because nobody commits it.
 */
import type { Api } from '../api.ts'
import { activityInbound } from '../reading/events.ts'
import { roomId } from '../reading/ids.ts'
import { originOf } from '../reading/origin.ts'
import { AuthFailure, verifier } from '../serving/auth.ts'
import { teamsWeb } from '../serving/web.ts'
import type { Seams, TeamsIdentity } from '../wire/identity.ts'
import { type Seen, type Times, watchCanary } from './canary-watch.ts'

export interface CanaryListening {
  readonly seen: () => Seen | undefined
  readonly of: (message: string) => Times
  /** Why callers were turned away, each reason once. */
  readonly refused: () => readonly string[]
  readonly stop: () => Promise<void>
}

interface Where {
  readonly identity: TeamsIdentity
  readonly seams?: Seams | undefined
  readonly host: string
  readonly port: number
  readonly channel: string
}

/** Rejects with the system's error where the port cannot be had. */
export async function listenForCanary(api: Api, where: Where): Promise<CanaryListening> {
  const { identity, seams, host, port, channel } = where
  const verify = verifier(identity, seams)
  const watch = watchCanary()
  const refused = new Set<string>()
  const web = teamsWeb({
    host,
    port,
    log: api.log,
    async take(activity, authorization) {
      try {
        await verify(activity, authorization)
        if (originOf(activity)?.tenant !== api.self.tenant) throw new AuthFailure('wrong_tenant')
      } catch (error) {
        if (error instanceof AuthFailure) refused.add(error.code)
        throw error
      }
      const { conversation } = activity as { conversation: { id: string } }
      if (roomId(conversation.id) !== channel) throw new Error('not of the canary')
      for (const inbound of activityInbound(api.self, api.directory, activity, api.now())) watch.note(inbound)
      return undefined
    },
  })
  await web.start()
  return { seen: watch.seen, of: watch.of, refused: () => [...refused], stop: web.stop }
}
