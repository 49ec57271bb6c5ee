/** Connecting to Microsoft: the tokens are proved, and the teams we serve are read, before anything else. */
import { ChatError } from '../port.ts'
import { type Api, type ConnectOptions, makeApi } from './api.ts'
import { codeOf } from './log.ts'
import { learnRoster } from './verbs/people.ts'
import { read, teamSchema } from './wire/graph-schema.ts'
import { checkIdentity } from './wire/identity.ts'
import { CONNECTOR_SCOPE, GRAPH_SCOPE, type Tokens, tokenSource } from './wire/tokens.ts'

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
