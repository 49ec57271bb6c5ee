/**
 * What `wardroom doctor` asks of Microsoft: whether the tokens work, what the team is, what its owner granted, what time it
 * is there. Nothing is posted.
 */
import { ChatError, type ChatPort } from '../../port.ts'
import { type Api, type ConnectOptions, makeApi } from '../api.ts'
import { teamMembers } from '../verbs/people.ts'
import { teamsPort } from '../verbs.ts'
import { chatError } from '../wire/errors.ts'
import { GRAPH_URL } from '../wire/graph.ts'
import {
  type Channel,
  channelSchema,
  grantSchema,
  read,
  type Team,
  teamSchema,
} from '../wire/graph-schema.ts'
import { CONNECTOR_SCOPE, GRAPH_SCOPE, tokenSource } from '../wire/tokens.ts'
import { permissions } from './manifest.ts'

export interface TeamsCheckOptions extends Omit<ConnectOptions, 'sign'> {
  readonly channels: { readonly announce: string | undefined; readonly managers: string | undefined }
}

/** A channel the organisation named, and the team it is in. */
export interface Place {
  readonly channel: Channel
  readonly team: Team
}

/** What was found; or the code of what went wrong, and Entra's own where it gave one. */
export type Outcome<T> =
  | { readonly code: undefined; readonly found: T }
  | { readonly code: string; readonly entra?: string | undefined }

export interface TeamsCheck {
  readonly hosts: { readonly login: string; readonly graph: string }
  readonly tokens: { readonly bot: Outcome<true>; readonly graph: Outcome<true> }
  /** Whether Entra knows the tenant; asked only where a token was not given. */
  readonly tenant: Outcome<true> | undefined
  readonly wanted: Readonly<Record<string, string>>
  /** Only with tokens that work. */
  readonly team: TeamCheck | undefined
}

export interface TeamCheck {
  readonly api: Api
  readonly port: ChatPort
  readonly team: Outcome<Team>
  /** The bot API lets the app into the team; undefined where the team could not be read. */
  readonly installed: Outcome<true> | undefined
  readonly people: Outcome<{ readonly members: number; readonly guests: number }>
  /** Names of the permissions its owner granted this app. */
  readonly grants: Outcome<readonly string[]>
  readonly others: readonly { readonly team: string; readonly outcome: Outcome<Team> }[]
  readonly announce: Outcome<Place> | undefined
  readonly managers: Outcome<Place> | undefined
  /** Graph's clock less ours, to about a second. */
  readonly skewMs: number | undefined
}

const LOGIN_URL = 'https://login.microsoftonline.com'
const TIMEOUT_MS = 10_000

export async function checkTeams(options: TeamsCheckOptions): Promise<TeamsCheck> {
  const { identity, seams = {} } = options
  const login = seams.loginUrl ?? LOGIN_URL
  const source = tokenSource(identity, seams)
  const given = (scope: string) => tried(async () => Boolean(await source(scope)) as true)
  const tokens = { bot: await given(CONNECTOR_SCOPE), graph: await given(GRAPH_SCOPE) }
  const works = tokens.bot.code === undefined && tokens.graph.code === undefined
  // A managed identity gets its tokens from the machine it runs on.
  const asksEntra = !works && identity.appType === 'SingleTenant'
  return {
    hosts: { login: new URL(login).host, graph: new URL(seams.graphUrl ?? GRAPH_URL).host },
    tokens,
    tenant: asksEntra ? await tried(() => knownTenant(login, identity.tenant)) : undefined,
    wanted: permissions,
    team: works ? await checkTeam(makeApi({ ...options, sign }, source), options.channels) : undefined,
  }
}

/** Dialogs are signed with a key that only a running Wardroom has; doctor opens none. */
function sign(): never {
  throw new Error('doctor signs nothing')
}

async function tried<T>(call: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { code: undefined, found: await call() }
  } catch (error) {
    const { code, cause } = chatError(error)
    return { code, entra: typeof cause === 'string' ? cause : undefined }
  }
}

async function knownTenant(login: string, tenant: string): Promise<true> {
  const address = `${login.replace(/\/+$/, '')}/${tenant}/v2.0/.well-known/openid-configuration`
  const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) })
  await response.body?.cancel()
  if (!response.ok)
    throw new ChatError('refused', response.status === 400 ? 'tenant_not_found' : `http_${response.status}`)
  return true
}

async function checkTeam(api: Api, channels: TeamsCheckOptions['channels']): Promise<TeamCheck> {
  const { team, teams } = api.self
  const found = await tried(() => teamAt(api, team))
  const others = []
  for (const other of teams.filter((each) => each !== team))
    others.push({ team: other, outcome: await tried(() => teamAt(api, other)) })
  return {
    api,
    port: teamsPort(api),
    team: found,
    installed: found.code === undefined ? await tried(() => isInstalled(api, found.found)) : undefined,
    people: await tried(() => counted(api)),
    grants: await tried(() => granted(api)),
    others,
    announce: await placeAt(api, channels.announce),
    managers: await placeAt(api, channels.managers),
    skewMs: await skewOf(api),
  }
}

const teamAt = async (api: Api, team: string): Promise<Team> =>
  read(teamSchema, await api.graph.get(`/teams/${team}`))

async function isInstalled(api: Api, { internalId }: Team): Promise<true> {
  if (internalId) await api.connector.members(internalId)
  return true
}

async function counted(api: Api) {
  const members = await teamMembers(api)
  return {
    members: members.length,
    guests: members.filter((id) => api.directory.byId(id)?.guest).length,
  }
}

/** Documentation and examples disagree on which of the two ids is the app's; another app's grants bear neither. */
async function granted(api: Api): Promise<readonly string[]> {
  const found: string[] = []
  for await (const row of api.graph.rows(`/teams/${api.self.team}/permissionGrants`)) {
    const { clientId, clientAppId, permission } = read(grantSchema, row)
    const isOurs = [clientId, clientAppId].some((id) => id?.toLowerCase() === api.self.appId)
    if (isOurs && permission) found.push(permission)
  }
  return found
}

const placeAt = async (api: Api, channel: string | undefined): Promise<Outcome<Place> | undefined> =>
  channel === undefined ? undefined : tried(() => placeOf(api, channel))

/** In whichever of our teams it is; that one of them does not have it explains less than that one may not be asked. */
async function placeOf(api: Api, id: string): Promise<Place> {
  let failure: unknown
  for (const team of api.self.teams) {
    try {
      const row = await api.graph.get(`/teams/${team}/channels/${encodeURIComponent(id)}`)
      const place = { channel: read(channelSchema, row), team: await teamAt(api, team) }
      // Graph's answer shows what the team's owner granted; whether the bot may post there is the bot API's to say.
      await isInstalled(api, place.team)
      return place
    } catch (error) {
      if (failure === undefined || chatError(error).code !== 'channel_not_found') failure = error
    }
  }
  throw failure
}

async function skewOf(api: Api): Promise<number | undefined> {
  try {
    const before = api.now().getTime()
    const response = await api.graph.answer(`/teams/${api.self.team}`, AbortSignal.timeout(TIMEOUT_MS))
    const middle = (before + api.now().getTime()) / 2
    await response.body?.cancel()
    const at = Date.parse(response.headers.get('date') ?? '')
    // The header has whole seconds: half of one is the best guess at the rest.
    return Number.isNaN(at) ? undefined : at + 500 - middle
  } catch {
    return undefined
  }
}
