/** The Teams part of the environment: its variables, what is wrong with them in a line each, and what they say. */
import { z } from 'zod'
import { isLoopback } from './chat/teams/wire/identity.ts'
import { GUID } from './domain/platforms.ts'

const guid = z
  .string()
  .regex(GUID, 'an Entra id such as 00000000-0000-0000-0000-000000000000')
  .transform((id) => id.toLowerCase())

export const list = (text: string | undefined) =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)

export const teamsShape = {
  TEAMS_APP_ID: guid.optional(),
  TEAMS_APP_TYPE: z.string().default('SingleTenant'),
  TEAMS_APP_PASSWORD: z.string().optional(),
  TEAMS_TENANT_ID: guid.optional(),
  TEAMS_TEAM_ID: guid.optional(),
  TEAMS_OTHER_TEAMS: z.string().optional(),
  /** The tenant is covered by a business associate agreement. */
  TEAMS_BAA: z.enum(['yes', 'no']).default('no'),
  TEAMS_HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(3980),
  TEAMS_HTTP_HOST: z.string().default('127.0.0.1'),
  TEAMS_SERVICE_URL: z.url({ protocol: /^https?$/ }).optional(),
  TEAMS_GRAPH_URL: z.url({ protocol: /^https?$/ }).optional(),
  TEAMS_ANNOUNCE_CHANNEL: z.string().optional(),
  TEAMS_MANAGERS_CHANNEL: z.string().optional(),
  /** Anybody on this machine may speak as anybody: a local client, and nothing else. */
  TEAMS_ANONYMOUS: z.enum(['yes', 'no']).default('no'),
}

type Values = z.infer<z.ZodObject<typeof teamsShape>>

export const isOnTeams = (values: Values): boolean =>
  values.TEAMS_APP_ID !== undefined || values.TEAMS_ANONYMOUS === 'yes'

/** Whoever set these meant Teams: without the app's id Wardroom would start as if they had not, and practise. */
export function teamsWithoutApp(values: Values): string[] {
  const meant = (
    ['TEAMS_TENANT_ID', 'TEAMS_TEAM_ID', 'TEAMS_APP_PASSWORD', 'TEAMS_OTHER_TEAMS'] as const
  ).filter((name) => values[name] !== undefined)
  return meant.length > 0 ? [`TEAMS_APP_ID: the bot’s Entra app id, because ${meant.join(', ')} is set`] : []
}

/** An app that would listen to anybody, or open rooms in no particular team, does not start. */
export function teamsMistakes(values: Values, nodeEnv: string | undefined): string[] {
  const type = values.TEAMS_APP_TYPE
  const isMsi = type === 'UserAssignedMSI'
  const isAnonymous = values.TEAMS_ANONYMOUS === 'yes'
  const isHere = /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(values.TEAMS_HTTP_HOST)
  return [
    ...(type !== 'SingleTenant' && !isMsi
      ? [`TEAMS_APP_TYPE: ${type} would let other tenants in; SingleTenant or UserAssignedMSI`]
      : []),
    ...(!isAnonymous && !values.TEAMS_TENANT_ID ? ['TEAMS_TENANT_ID: your Entra tenant’s id'] : []),
    ...(!isAnonymous && !values.TEAMS_TEAM_ID
      ? ['TEAMS_TEAM_ID: the Entra group id of the team that holds the rooms']
      : []),
    ...(!isAnonymous && !isMsi && !values.TEAMS_APP_PASSWORD
      ? ['TEAMS_APP_PASSWORD: the app registration’s client secret']
      : []),
    ...(isMsi && values.TEAMS_APP_PASSWORD
      ? ['TEAMS_APP_PASSWORD: a managed identity has none; unset it']
      : []),
    ...(isAnonymous && values.TEAMS_APP_ID
      ? ['TEAMS_ANONYMOUS: not together with TEAMS_APP_ID; a real app checks who calls']
      : []),
    ...(isAnonymous && (nodeEnv === 'production' || !isHere)
      ? ['TEAMS_ANONYMOUS: for development on this machine only; refused in production and off loopback']
      : []),
    ...(['TEAMS_SERVICE_URL', 'TEAMS_GRAPH_URL'] as const)
      .filter((name) => isPlain(values[name]))
      .map((name) => `${name}: https; plain http would show the app’s token to the network`),
    ...list(values.TEAMS_OTHER_TEAMS)
      .filter((id) => !GUID.test(id))
      .map((id) => `TEAMS_OTHER_TEAMS: ${id} is not an Entra group id`),
    ...(['TEAMS_ANNOUNCE_CHANNEL', 'TEAMS_MANAGERS_CHANNEL'] as const)
      .filter((name) => values[name] && !/^19:.+@thread\.(tacv2|skype)$/.test(values[name]))
      .map((name) => `${name}: the channel’s id, 19:…@thread.tacv2`),
  ]
}

function isPlain(url: string | undefined): boolean {
  const at = url === undefined ? undefined : new URL(url)
  return at?.protocol === 'http:' && !isLoopback(at)
}

const NOBODY = '00000000-0000-0000-0000-000000000000'

export const teamsOf = (values: Values) => ({
  identity: {
    appId: values.TEAMS_APP_ID ?? NOBODY,
    appType: values.TEAMS_APP_TYPE as 'SingleTenant' | 'UserAssignedMSI',
    appPassword: values.TEAMS_APP_PASSWORD,
    tenant: values.TEAMS_TENANT_ID ?? NOBODY,
  },
  team: values.TEAMS_TEAM_ID ?? NOBODY,
  teams: list(values.TEAMS_OTHER_TEAMS).map((id) => id.toLowerCase()),
  httpHost: values.TEAMS_HTTP_HOST,
  httpPort: values.TEAMS_HTTP_PORT,
  serviceUrl: values.TEAMS_SERVICE_URL,
  graphUrl: values.TEAMS_GRAPH_URL,
  anonymous: values.TEAMS_ANONYMOUS === 'yes',
})
