/**
 * Is this activity Microsoft's, meant for this bot? botbuilder checks the token (signature, issuer, audience, age,
 * endorsement, service address); what it leaves open is closed here. Any doubt is an `AuthFailure`, which carries a code
 * for our log and nothing for the sender.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import {
  checkIdentity,
  isLoopback,
  type Seams,
  serviceAddress,
  type TeamsIdentity,
} from '../wire/identity.ts'

export type { Seams, TeamsIdentity } from '../wire/identity.ts'

export class AuthFailure extends Error {
  readonly code: string
  constructor(code: string) {
    super(`teams: ${code}`)
    this.name = 'AuthFailure'
    this.code = code
  }
}

export interface Verified {
  /** Where this tenant's bot API is, as the signed token says. */
  readonly serviceUrl: string
}

/** Rejects with `AuthFailure` and nothing else. */
export type Verify = (activity: unknown, authorization: string | undefined) => Promise<Verified>

const ISSUER = 'https://api.botframework.com'
const TIMEOUT_MS = 10_000

export function verifier(identity: TeamsIdentity, seams: Seams = {}): Verify {
  checkIdentity(identity)
  const issuer = seams.issuer ?? ISSUER
  const authentication = new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: identity.appId,
      MicrosoftAppTenantId: identity.tenant,
      ...(seams.openIdUrl
        ? {
            ToBotFromChannelOpenIdMetadataUrl: seams.openIdUrl,
            ToBotFromEmulatorOpenIdMetadataUrl: seams.openIdUrl,
            ToBotFromChannelTokenIssuer: issuer,
            ToChannelFromBotOAuthScope: ISSUER,
          }
        : {}),
    },
    onlyThisApp(identity.appId) as never,
  )
  return async (activity, authorization) => {
    const serviceUrl = addressOf(activity)
    if (!authorization) throw new AuthFailure('no_token')
    const checked = await silently(() =>
      inTime(() => authentication.authenticateRequest(activity as never, authorization)),
    ).catch((error: unknown) => {
      throw error instanceof AuthFailure ? error : new AuthFailure(codeOf(error))
    })
    const { claimsIdentity } = checked
    // An emulator's or another bot's token takes another path, in which no service address is compared.
    if (!claimsIdentity.isAuthenticated || claimsIdentity.getClaimValue('iss') !== issuer)
      throw new AuthFailure('wrong_issuer')
    if (claimsIdentity.getClaimValue('serviceurl') !== serviceUrl) throw new AuthFailure('wrong_service')
    return { serviceUrl }
  }
}

/** The development mode behind a flag of its own: no token, and the other side must be on this machine. */
export function anonymousVerifier(): Verify {
  return async (activity) => {
    const serviceUrl = addressOf(activity)
    if (!isLoopback(new URL(serviceUrl))) throw new AuthFailure('not_loopback')
    return { serviceUrl }
  }
}

/** botbuilder compares no address when the activity has none, and lets another channel choose another kind of token. */
function addressOf(activity: unknown): string {
  const { channelId, serviceUrl } = (activity ?? {}) as { channelId?: unknown; serviceUrl?: unknown }
  if (channelId !== 'msteams') throw new AuthFailure('wrong_channel')
  if (!serviceAddress(serviceUrl)) throw new AuthFailure('wrong_service')
  return serviceUrl as string
}

const onlyThisApp = (appId: string) => ({
  isValidAppId: async (id: string) => id.toLowerCase() === appId.toLowerCase(),
  isAuthenticationDisabled: async () => false,
  createCredentials: async () => {
    throw new AuthFailure('no_credentials_here')
  },
})

/** The keys are fetched without a limit of their own. */
async function inTime<T>(check: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AuthFailure('keys_unavailable')), TIMEOUT_MS)
  })
  try {
    return await Promise.race([check(), late])
  } finally {
    clearTimeout(timer)
  }
}

/** What was wrong, in words of ours: theirs quote the token. */
function codeOf(error: unknown): string {
  const { name, type, message } = (error ?? {}) as { name?: unknown; type?: unknown; message?: unknown }
  if (name === 'FetchError' || type === 'system' || /^Failed to load/.test(String(message)))
    return 'keys_unavailable'
  return 'token_not_valid'
}

const unheard = new AsyncLocalStorage<true>()
let isWrapped = false

/** botbuilder prints the keys and the token's error to the console: said inside this call, it is said to nobody. */
function silently<T>(check: () => Promise<T>): Promise<T> {
  if (!isWrapped) {
    isWrapped = true
    const print = console.error
    console.error = (...said: unknown[]) => {
      if (!unheard.getStore()) print(...said)
    }
  }
  return unheard.run(true, check)
}
