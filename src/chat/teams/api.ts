/** The connection: who we are, the two APIs, whom we met. Made once the tokens work and the team can be read. */
import { ChatError, type Person } from '../port.ts'
import { codeOf, type Log } from './log.ts'
import { type Directory, makeDirectory } from './reading/directory.ts'
import { learnRoster } from './verbs/people.ts'
import { type Connector, makeConnector } from './wire/connector.ts'
import { type Graph, makeGraph } from './wire/graph.ts'
import { read, teamSchema } from './wire/graph-schema.ts'
import { checkIdentity, type Seams, type TeamsIdentity } from './wire/identity.ts'
import { graphWindows, limiter, realTime, sendWindows, type Time } from './wire/limiter.ts'
import type { Self } from './wire/self.ts'
import { CONNECTOR_SCOPE, GRAPH_SCOPE, type Tokens, tokenSource } from './wire/tokens.ts'

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

/** Transient: Microsoft cannot be reached. Refused: what the operator gave is wrong, by its code. */
export async function connectTeams(options: ConnectOptions): Promise<Api> {
  const { identity, seams, anonymous } = options
  if (anonymous) return makeApi(options, async () => '')
  checkIdentity(identity)
  const tokens = tokenSource(identity, seams)
  const api = makeApi(options, tokens)
  await prove(api, tokens)
  return api
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

async function prove(api: Api, tokens: Tokens): Promise<void> {
  try {
    await tokens(CONNECTOR_SCOPE)
    await tokens(GRAPH_SCOPE)
    const team = read(teamSchema, await api.graph.get(`/teams/${api.self.team}`))
    if (team.internalId) await learned(api, team.internalId, api.self.team)
    for (const other of api.self.teams.filter((each) => each !== api.self.team))
      await learnedOther(api, other)
  } catch (error) {
    const failure = error instanceof ChatError ? starts[error.code] : undefined
    throw failure ? new ChatError(...failure) : error
  }
}

/**
 * What is worth waiting for while it runs is a mistake to be mended when it starts. But not that the app is not in the
 * team: whoever took it out must not stop the clocks of every incident with the next restart.
 */
const starts: Readonly<Record<string, readonly [ChatError['failure'], string]>> = {
  token_refused: ['refused', 'token_refused'],
  unauthorized: ['refused', 'token_refused'],
  no_permission: ['transient', 'team_not_readable'],
  channel_not_found: ['refused', 'team_not_found'],
}

/** Names only: without them people are looked up one by one. */
async function learned(api: Api, internalId: string, team: string): Promise<void> {
  api.threads.set(internalId, team)
  try {
    learnRoster(api, await api.connector.members(internalId))
  } catch (error) {
    api.log.warn({ code: codeOf(error) }, 'teams roster not read')
  }
}

/** A team where people may only speak to us: without it they are looked up when they do. */
async function learnedOther(api: Api, team: string): Promise<void> {
  try {
    const { internalId } = read(teamSchema, await api.graph.get(`/teams/${team}`))
    if (internalId) await learned(api, internalId, team)
  } catch (error) {
    api.log.warn({ code: codeOf(error), team }, 'a team on the allow-list could not be looked up')
  }
}
