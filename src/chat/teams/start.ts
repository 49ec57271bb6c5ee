/** Starts Teams: the address its activities come to, and the port beside it. */
import type { Card } from '../../views/card.ts'
import type { ChatPort, Handle, Inbound, MessageRef } from '../port.ts'
import type { ConnectOptions } from './api.ts'
import { type Seen, watchCanary } from './app/canary-watch.ts'
import { adaptivePages } from './cards/adaptive.ts'
import { drawings } from './cards/drawing.ts'
import { connectTeams } from './connect.ts'
import type { Log } from './log.ts'
import { anonymousVerifier, verifier } from './serving/auth.ts'
import { takeIn } from './serving/intake.ts'
import { servedAlways, withEntraIds } from './serving/local-client.ts'
import { servedTeams } from './serving/served.ts'
import { teamsWeb } from './serving/web.ts'
import { peopleLookup } from './verbs/people.ts'
import { activityOf, chatWith } from './verbs/posts.ts'
import { teamsPort } from './verbs.ts'

export interface TeamsOptions extends ConnectOptions {
  readonly httpHost: string
  readonly httpPort: number
  readonly handle: Handle
  readonly log: Log
}

export interface RunningTeams {
  readonly port: ChatPort
  readonly httpPort: number | undefined
  stop(): Promise<void>
  health(): {
    readonly ok: boolean
    readonly mode: 'http'
    readonly lastEventAt: Date | undefined
    /** The last canary, for doctor. */
    readonly seen: Seen | undefined
  }
}

export async function startTeams(options: TeamsOptions): Promise<RunningTeams> {
  const { identity, seams, anonymous, handle, log, now } = options
  // Before anything is asked of Microsoft: an identity that would let anybody in ends the start.
  const verify = anonymous ? anonymousVerifier() : verifier(identity, seams)
  if (anonymous)
    log.warn({}, 'TEAMS_ANONYMOUS: anybody on this machine may speak as anybody. For development only.')
  const api = await connectTeams(options)
  const draw = drawings(api, peopleLookup(api))
  const canary = watchCanary()
  let lastEventAt: Date | undefined

  async function whisper(person: string, card: Card): Promise<MessageRef | undefined> {
    const drawing = { ...(await draw(card)), mentions: false }
    const room = await chatWith(api, person)
    const sent: string[] = []
    for (const page of adaptivePages(card, drawing))
      sent.push(await api.connector.send(room, activityOf(card, page)))
    const [message, ...more] = sent
    // What stands on several pages cannot be updated in place.
    return message !== undefined && more.length === 0 ? { room, message } : undefined
  }
  const intake = {
    api,
    log,
    whisper,
    handle(inbound: Inbound) {
      canary.note(inbound)
      return handle(inbound)
    },
    isAnonymous: anonymous === true,
    served: anonymous ? servedAlways(api.self) : servedTeams(api),
    onEvent: () => {
      lastEventAt = now()
    },
  }
  const web = teamsWeb({
    host: options.httpHost,
    port: options.httpPort,
    log,
    async take(activity, authorization) {
      const { serviceUrl } = await verify(activity, authorization)
      return takeIn(intake, anonymous ? withEntraIds(activity) : activity, serviceUrl)
    },
  })
  await web.start()
  return {
    port: teamsPort(api),
    httpPort: web.port(),
    stop: web.stop,
    health: () => ({ ok: web.port() !== undefined, mode: 'http', lastEventAt, seen: canary.seen() }),
  }
}
