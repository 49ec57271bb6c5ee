/** Who the bot is in Entra, and the seams a test sets. An identity that would let anybody in is refused at once. */
import { ChatError } from '../../port.ts'
import type { Time } from './limiter.ts'

export interface TeamsIdentity {
  readonly appId: string
  readonly appType: 'SingleTenant' | 'UserAssignedMSI'
  /** The client secret; a managed identity has none. */
  readonly appPassword?: string | undefined
  readonly tenant: string
}

/** Where Microsoft is. Only the composition root and tests set these. */
export interface Seams {
  readonly openIdUrl?: string | undefined
  readonly issuer?: string | undefined
  readonly loginUrl?: string | undefined
  /** With its version: `https://graph.microsoft.com/v1.0`. */
  readonly graphUrl?: string | undefined
  /** Where the bot API is until an activity told. */
  readonly serviceUrl?: string | undefined
  readonly token?: ((scope: string) => Promise<string>) | undefined
  /** What limits and asked-for pauses are waited by. */
  readonly time?: Time | undefined
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** botbuilder takes an empty app id, or one without a type, for leave to accept anyone. */
export function checkIdentity(identity: TeamsIdentity): void {
  const { appId, appType, appPassword, tenant } = identity
  const mistake =
    appType !== 'SingleTenant' && appType !== 'UserAssignedMSI'
      ? 'app_type_not_supported'
      : !guid.test(appId)
        ? 'no_app_id'
        : !guid.test(tenant)
          ? 'no_tenant'
          : appType === 'SingleTenant' && !appPassword?.trim()
            ? 'no_app_password'
            : appType === 'UserAssignedMSI' && appPassword?.trim()
              ? 'password_with_managed_identity'
              : undefined
  if (mistake) throw new ChatError('refused', mistake)
}

/** The bot API's address: https, or plain http on this machine. Undefined: neither. */
export function serviceAddress(url: unknown): URL | undefined {
  if (typeof url !== 'string' || !URL.canParse(url)) return undefined
  const at = new URL(url)
  if (at.username || at.password) return undefined
  return at.protocol === 'https:' || (at.protocol === 'http:' && isLoopback(at)) ? at : undefined
}

export const isLoopback = (at: URL): boolean =>
  at.hostname === 'localhost' || at.hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(at.hostname)
