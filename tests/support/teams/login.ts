/** Where tokens come from: the Bot Framework's OpenID metadata and keys, and Entra's metadata and token endpoint. */
import { record, text } from './core.ts'
import type { Answer, Route } from './http.ts'
import { appToken, BOT_ISSUER, BOT_SCOPE, GRAPH_SCOPE, jwks } from './signing.ts'

const denied = (error: string, description: string): Answer => ({
  status: error === 'invalid_client' ? 401 : 400,
  body: { error, error_description: description },
})

export const loginRoutes = (appPassword: string): readonly Route[] => [
  [
    'openid.metadata',
    'GET',
    /^\/openid\/v1\/\.well-known\/openidconfiguration$/,
    (core) => ({
      status: 200,
      body: {
        issuer: BOT_ISSUER,
        authorization_endpoint: 'https://invalid.botframework.com',
        jwks_uri: `${core.origin()}/openid/v1/.well-known/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['private_key_jwt'],
      },
    }),
  ],
  ['openid.keys', 'GET', /^\/openid\/v1\/\.well-known\/keys$/, () => ({ status: 200, body: jwks() })],
  [
    'login.metadata',
    'GET',
    /^\/login\/([^/]+)\/v2\.0\/\.well-known\/openid-configuration$/,
    (core, { params }) =>
      params[0] === core.state.tenant
        ? {
            status: 200,
            body: { token_endpoint: `${core.origin()}/login/${core.state.tenant}/oauth2/v2.0/token` },
          }
        : {
            status: 400,
            body: { error: 'invalid_tenant', error_description: 'AADSTS90002: Tenant not found.' },
          },
  ],
  [
    'token',
    'POST',
    /^\/login\/([^/]+)\/oauth2\/v2\.0\/token$/,
    (core, { params, body }) => {
      const { tenant, appId } = core.state
      const asked = record(body)
      const scope = text(asked.scope).replace(/\/\.default$/, '')
      if (params[0] !== tenant) return denied('invalid_request', 'AADSTS90002: Tenant not found.')
      if (asked.grant_type !== 'client_credentials') return denied('unsupported_grant_type', 'AADSTS70003')
      if (asked.client_id !== appId)
        return denied('unauthorized_client', 'AADSTS700016: Application was not found in the directory.')
      if (asked.client_secret !== appPassword)
        return denied('invalid_client', 'AADSTS7000215: Invalid client secret provided.')
      if (scope !== BOT_SCOPE && scope !== GRAPH_SCOPE) return denied('invalid_scope', 'AADSTS70011')
      const lives = core.tokenLives
      const token = appToken(core.wall(), appId, tenant, scope, core.tokenGeneration, lives)
      return {
        status: 200,
        body: { token_type: 'Bearer', expires_in: lives, ext_expires_in: lives, access_token: token },
      }
    },
  ],
]
