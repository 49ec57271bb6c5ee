/** The connection: who we are, the two APIs, whom we met. Made once the tokens work and the team can be read. */
import type { Person } from '../port.ts'
import type { Log } from './log.ts'
import { type Directory, makeDirectory } from './reading/directory.ts'
import { type Connector, makeConnector } from './wire/connector.ts'
import { type Graph, makeGraph } from './wire/graph.ts'
import type { Seams, TeamsIdentity } from './wire/identity.ts'
import { graphWindows, limiter, realTime, sendWindows, type Time } from './wire/limiter.ts'
import type { Self } from './wire/self.ts'
import type { Tokens } from './wire/tokens.ts'

export interface Api {
  readonly self: Self
  readonly directory: Directory
  readonly connector: Connector
  readonly graph: Graph
  /** Channels this process made, and when, for they are not known everywhere at once; by name where no answer came. */
  readonly made: Map<string, number>
  /** Rooms this process made, by name: Graph may not list one for minutes, and what was answered once need not be found. */
  readonly rooms: Map<string, string>
  /** Who was in the rooms' team when all of it was last listed. */
  readonly roster: { at: number; people: ReadonlyMap<string, Person> }
  /** The teams we serve by the bot API's id (`19:…`), as far as Graph told: their Entra groups. */
  readonly threads: Map<string, string>
  /** For waiting; what happened when is told by `now`. */
  readonly time: Time
  readonly now: () => Date
  readonly log: Log
}

export interface ConnectOptions {
  readonly identity: TeamsIdentity
  /** Entra group id of the incidents team. */
  readonly team: string
  /** Other teams the bot may be addressed in. */
  readonly teams?: readonly string[]
  readonly zone: string
  readonly sign: Self['sign']
  readonly seams?: Seams
  /** The development mode: no token is presented, and nothing is sent but to this machine. */
  readonly anonymous?: boolean
  readonly now: () => Date
  readonly log: Log
}

/** Before anything was asked of Microsoft. */
export function makeApi(options: ConnectOptions, tokens: Tokens): Api {
  const { identity, seams = {}, anonymous = false, now, log } = options
  const { time = realTime } = seams
  const team = options.team.toLowerCase()
  const teams = [team, ...(options.teams ?? []).map((id) => id.toLowerCase())]
  const self: Self = {
    tenant: identity.tenant.toLowerCase(),
    appId: identity.appId.toLowerCase(),
    team,
    teams: [...new Set(teams)],
    zone: options.zone,
    sign: options.sign,
  }
  return {
    self,
    directory: makeDirectory(),
    connector: makeConnector({
      self,
      tokens,
      limit: limiter(sendWindows, time),
      serviceUrl: seams.serviceUrl,
      anonymous,
    }),
    graph: makeGraph({ tokens, limit: limiter(graphWindows, time), graphUrl: seams.graphUrl }),
    made: new Map(),
    rooms: new Map(),
    roster: { at: 0, people: new Map() },
    threads: new Map(),
    time,
    now,
    log,
  }
}
