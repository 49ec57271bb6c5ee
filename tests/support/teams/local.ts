/**
 * A local Microsoft Teams that the real adapter runs against: Bot Framework tokens, the bot API, Graph, and people at
 * their clients. Loopback only. What it does is what Teams was seen or is documented to do; see the marks of the facts.
 */
import type { AddressInfo } from 'node:net'
import { type Actor, makeActor } from './actor.ts'
import { type Admin, makeAdmin } from './admin.ts'
import { connectorRoutes } from './connector.ts'
import { type Call, type Core, refuse } from './core.ts'
import { type Answered, makeDelivery } from './delivery.ts'
import type { FaultBook } from './faults.ts'
import { graphRoutes } from './graph.ts'
import { localServer, type Route } from './http.ts'
import { makeThrottle } from './limits.ts'
import { loginRoutes } from './login.ts'
import { type LocalPerson, localPeople } from './people.ts'
import type { Wrong } from './signing.ts'
import { freshState, type Json, personOf } from './state.ts'

export type { Actor, MessagePlace, Which } from './actor.ts'
export { type Call, LocalRefusal } from './core.ts'
export type { LocalPerson } from './people.ts'
export type { SeenChannel, SeenMessage } from './seen.ts'
export type { Wrong } from './signing.ts'

export interface LocalTeamsOptions {
  readonly now: () => Date
  /** The bot's messaging endpoint, once it has one. */
  readonly botUrl?: string
  /** Multiplies the fifteen seconds before an unanswered activity comes again. */
  readonly retryScale?: number
  /** Real milliseconds for which an answer is waited for. */
  readonly answerMs?: number
  readonly repeatsAfterErrors?: boolean
  /** False: only events of a team itself name its Entra group; what happens in a channel does not (botbuilder-dotnet#3910). */
  readonly namesGroups?: boolean
  /** What a bot does itself is pushed to it too: whether Teams does that, only a tenant shows. */
  readonly echoes?: boolean
  /** Enforce the documented limits: 429 with Retry-After. */
  readonly throttles?: boolean
  readonly people?: readonly LocalPerson[]
  readonly wall?: () => number
  /** Seconds a token of the bot lives. */
  readonly tokenLives?: number
  /** People on one page of a roster, at most. */
  readonly pageSize?: number
  readonly maxMessageBytes?: number
  readonly skewMs?: number
}

export type Faults = Omit<FaultBook, 'fateOf' | 'callFault' | 'stopHolding'> & {
  /** What was held back, one after the other in this order. */
  readonly releaseActivities: (order?: 'as_sent' | 'reversed') => void
  /** Channels made from now on are unknown to Graph for so many calls. */
  readonly hideNewChannels: (calls: number) => void
  /** Every token issued so far is refused from now on. */
  readonly expireTokens: () => void
  /** Nothing listens. */
  readonly goDown: () => Promise<void>
  readonly comeBack: () => Promise<void>
}

export interface LocalTeams {
  readonly urls: {
    readonly openId: string
    /** The service URL in activities; ends with `/`. */
    readonly connector: string
    /** Ends with `/v1.0`. */
    readonly graph: string
    /** Of the token endpoint, whole. */
    readonly token: string
    /** What stands for `https://login.microsoftonline.com`. */
    readonly login: string
  }
  readonly tenant: string
  readonly appId: string
  readonly appPassword: string
  /** The Entra group of the incidents team, and of the one everybody is in. */
  readonly teamId: string
  readonly hospitalTeamId: string
  readonly people: readonly LocalPerson[]
  /** Plays a person, by id or handle. */
  readonly as: (who: string) => Actor
  readonly admin: Admin
  /** Nothing is on its way to the bot. */
  readonly idle: () => Promise<void>
  /** Every call the bot made, oldest first. */
  readonly calls: readonly Call[]
  readonly faults: Faults
  /** Activities in the order they happened, whatever became of them. */
  readonly sent: readonly Json[]
  /** Activities given up. */
  readonly lost: readonly Json[]
  /** One attempt with a token of any kind, or none. */
  readonly deliver: (activity: Json, wrong?: Wrong | null) => Promise<Answered>
  readonly setBot: (url: string | undefined) => void
  readonly close: () => Promise<void>
}

const host = '127.0.0.1'
const realMs = () => performance.timeOrigin + performance.now()

export async function startLocalTeams(options: LocalTeamsOptions): Promise<LocalTeams> {
  const state = freshState(options.people ?? localPeople, options.now().getTime())
  const wall = options.wall ?? realMs
  let port = 0
  const origin = () => `http://${host}:${port}`
  const serviceUrl = () => `${origin()}/amer/`
  const delivery = makeDelivery({
    appId: state.appId,
    serviceUrl,
    wall,
    botUrl: options.botUrl,
    retryScale: options.retryScale ?? 1,
    answerMs: options.answerMs ?? 15_000,
    repeatsAfterErrors: options.repeatsAfterErrors ?? true,
  })
  const core: Core = {
    state,
    now: options.now,
    wall,
    origin,
    serviceUrl,
    delivery,
    dialogs: new Map(),
    toasts: [],
    calls: [],
    cursors: new Map(),
    pageSize: options.pageSize ?? 500,
    maxMessageBytes: options.maxMessageBytes ?? 28 * 1024,
    skewMs: options.skewMs ?? 38,
    namesGroups: options.namesGroups ?? true,
    echoes: options.echoes ?? false,
    throttle: options.throttles ? makeThrottle(wall) : undefined,
    hideNewChannels: 0,
    tokenGeneration: 0,
    tokenLives: options.tokenLives ?? 3599,
  }
  const appPassword = `local-${state.appId.slice(0, 8)}~secret`
  const routes: readonly Route[] = [...loginRoutes(appPassword), ...connectorRoutes, ...graphRoutes]
  const server = localServer(() => core, routes)

  const listen = () =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, host, () => {
        server.off('error', reject)
        port = (server.address() as AddressInfo).port
        resolve()
      })
    })
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  await listen()

  const { fateOf: _, callFault: __, stopHolding: ___, ...book } = delivery.faults
  const faults: Faults = {
    ...book,
    releaseActivities: delivery.release,
    hideNewChannels: (calls) => {
      core.hideNewChannels = calls
    },
    expireTokens: () => {
      core.tokenGeneration += 1
    },
    goDown: stop,
    comeBack: async () => {
      if (!server.listening) await listen()
    },
  }
  const teamNamed = (wanted: string) =>
    state.teams.find(({ name }) => name === wanted)?.id ?? refuse(`There is no team ${wanted}.`)

  return {
    urls: {
      openId: `${origin()}/openid/v1/.well-known/openidconfiguration`,
      connector: serviceUrl(),
      graph: `${origin()}/graph/v1.0`,
      token: `${origin()}/login/${state.tenant}/oauth2/v2.0/token`,
      login: `${origin()}/login`,
    },
    tenant: state.tenant,
    appId: state.appId,
    appPassword,
    teamId: teamNamed('Incidents'),
    hospitalTeamId: teamNamed('Hospital'),
    get people() {
      return state.people
    },
    as: (who) =>
      makeActor(core, state.people.find(({ name }) => name === who)?.id ?? personOf(state, who)?.id ?? who),
    admin: makeAdmin(core),
    idle: delivery.idle,
    calls: core.calls,
    faults,
    sent: delivery.sent,
    lost: delivery.lost,
    deliver: delivery.deliver,
    setBot: delivery.setBot,
    close: async () => {
      delivery.close()
      if (server.listening) await stop()
    },
  }
}
