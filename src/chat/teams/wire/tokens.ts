/**
 * Tokens for the bot API and for Graph, by botbuilder's own credentials: kept until five minutes before they expire,
 * asked for once however many wait, and anew when one was answered with 401.
 */
import { ConfigurationServiceClientCredentialFactory } from 'botbuilder'
import { ChatError } from '../../port.ts'
import type { Seams, TeamsIdentity } from './identity.ts'

export const CONNECTOR_SCOPE = 'https://api.botframework.com'
export const GRAPH_SCOPE = 'https://graph.microsoft.com'

/** `fresh`: the last one was refused. */
export type Tokens = (scope: string, fresh?: boolean) => Promise<string>

type Acquire = (scope: string, fresh: boolean) => Promise<string>

const TIMEOUT_MS = 10_000

export function tokenSource(identity: TeamsIdentity, seams: Seams = {}): Tokens {
  const acquire = seams.token ? kept(seams.token) : entra(identity, seams)
  const underWay = new Map<string, Promise<string>>()
  return (scope, fresh = false) => {
    const key = `${fresh} ${scope}`
    const running = underWay.get(key)
    if (running) return running
    const asked = inTime(acquire(scope, fresh))
      .catch((error: unknown) => {
        throw tokenError(error)
      })
      .finally(() => underWay.delete(key))
    underWay.set(key, asked)
    return asked
  }
}

/** botbuilder keeps Entra's tokens itself; a seam's are kept here. */
function kept(token: NonNullable<Seams['token']>): Acquire {
  const known = new Map<string, string>()
  return async (scope, fresh) => {
    const last = known.get(scope)
    if (last !== undefined && !fresh) return last
    const got = await token(scope)
    known.set(scope, got)
    return got
  }
}

interface Credentials {
  getToken(forceRefresh: boolean): Promise<string>
}

function entra(identity: TeamsIdentity, seams: Seams): Acquire {
  const factory = new ConfigurationServiceClientCredentialFactory({
    MicrosoftAppId: identity.appId,
    MicrosoftAppType: identity.appType,
    MicrosoftAppTenantId: identity.tenant,
    ...(identity.appPassword ? { MicrosoftAppPassword: identity.appPassword } : {}),
  })
  const login = seams.loginUrl ?? 'https://login.microsoftonline.com/'
  const known = new Map<string, Promise<Credentials>>()
  return async (scope, fresh) => {
    const credentials =
      known.get(scope) ??
      // Declared as what signs a request; every kind the factory makes also tells its token.
      (factory.createCredentials(
        identity.appId,
        scope,
        login,
        true,
      ) as Promise<unknown> as Promise<Credentials>)
    known.set(scope, credentials)
    return (await credentials).getToken(fresh)
  }
}

/** The libraries set no limit of their own: a login that never answers must not hold a post for ever. */
async function inTime(asked: Promise<string>): Promise<string> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ChatError('transient', 'token_timeout')), TIMEOUT_MS)
  })
  try {
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Entra's own words for "these credentials are wrong". */
const wrong = /^(invalid_client|unauthorized_client|invalid_grant|invalid_request|access_denied)$/

/** Always worth another try, for a secret that ran out is the operator's to renew and what is to be posted can wait. */
function tokenError(error: unknown): ChatError {
  if (error instanceof ChatError) return error
  const { errorCode, message } = (error ?? {}) as { errorCode?: unknown; message?: unknown }
  const isWrong = typeof errorCode === 'string' && wrong.test(errorCode)
  // Entra's number says which of them is wrong; its sentence names ids and is not passed on.
  const cause = /AADSTS\d+/.exec(String(message))?.[0]
  return new ChatError('transient', isWrong ? 'token_refused' : 'token_unavailable', { cause })
}
