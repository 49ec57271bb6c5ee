/** Real RS256: the keys of a Bot Framework of our own, tokens signed with them, and tokens with one thing wrong. */
import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { Json } from './state.ts'

export const BOT_ISSUER = 'https://api.botframework.com'
export const BOT_SCOPE = 'https://api.botframework.com'
export const GRAPH_SCOPE = 'https://graph.microsoft.com'

/** What may be wrong with the token of a delivery. */
export interface Wrong {
  readonly audience?: string
  readonly issuer?: string
  /** Expired this many seconds ago, beyond any tolerance. */
  readonly expiredFor?: number
  readonly notBeforeIn?: number
  readonly serviceUrl?: string | null
  /** `other`: signed by a key the service does not publish, under a key id it does. */
  readonly key?: 'other' | 'unendorsed' | 'unpublished'
  readonly algorithm?: 'none' | 'HS256'
  /** Claims that the service does not put in. */
  readonly claims?: Json
}

interface Pair {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly jwk: Json
}

let made: readonly Pair[] | undefined

/** Once a process: making a key takes longer than a test. */
function pairs(): readonly Pair[] {
  made ??= ['published', 'unendorsed', 'unpublished'].map((kid) => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    return {
      kid,
      privateKey: createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' })),
      jwk: publicKey.export({ format: 'jwk' }) as Json,
    }
  })
  return made
}
const pair = (kid: string): Pair => pairs().find((each) => each.kid === kid) as Pair

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

function signed(header: Json, claims: Json, key: Pair | undefined): string {
  const content = `${part(header)}.${part(claims)}`
  const mark = key ? sign('RSA-SHA256', Buffer.from(content), key.privateKey).toString('base64url') : ''
  return `${content}.${mark}`
}

/** As the Bot Framework signs what it delivers. */
export function botToken(wall: number, appId: string, serviceUrl: string, wrong: Wrong = {}): string {
  const seconds = Math.floor(wall / 1000)
  const at = wrong.expiredFor ? seconds - wrong.expiredFor - 3600 : seconds
  const service = wrong.serviceUrl === undefined ? serviceUrl : wrong.serviceUrl
  const claims = {
    ...(service === null ? {} : { serviceurl: service }),
    nbf: at + (wrong.notBeforeIn ?? 0),
    exp: at + 3600,
    iss: wrong.issuer ?? BOT_ISSUER,
    aud: wrong.audience ?? appId,
    ...wrong.claims,
  }
  if (wrong.algorithm === 'none')
    return signed({ alg: 'none', typ: 'JWT', kid: 'published' }, claims, undefined)
  const kid = wrong.key === 'unendorsed' || wrong.key === 'unpublished' ? wrong.key : 'published'
  const key = pair(wrong.key === 'other' ? 'unpublished' : kid)
  return signed({ alg: wrong.algorithm ?? 'RS256', typ: 'JWT', kid, x5t: kid }, claims, key)
}

/** As Entra signs what the bot presents. `generation` dies with `expireTokens`. */
export const appToken = (
  wall: number,
  appId: string,
  tenant: string,
  scope: string,
  generation: number,
  lives: number,
): string =>
  signed(
    { alg: 'RS256', typ: 'JWT', kid: 'published' },
    {
      aud: scope,
      iss: `https://sts.windows.net/${tenant}/`,
      appid: appId,
      tid: tenant,
      exp: Math.floor(wall / 1000) + lives,
      generation,
    },
    pair('published'),
  )

/** Presented tokens are ours, so reading them is checking that they are. */
export function readAppToken(
  token: string,
): { aud?: unknown; exp?: unknown; generation?: unknown } | undefined {
  const [header, claims, mark] = token.split('.')
  if (!header || !claims || !mark) return undefined
  if (
    sign('RSA-SHA256', Buffer.from(`${header}.${claims}`), pair('published').privateKey).toString(
      'base64url',
    ) !== mark
  )
    return undefined
  return JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as Json
}

/** A key without endorsements is accepted for every channel by botbuilder, so the unendorsed one names another channel. */
export const jwks = () => ({
  keys: ['published', 'unendorsed'].map((kid) => ({
    ...pair(kid).jwk,
    use: 'sig',
    kid,
    x5t: kid,
    endorsements: kid === 'published' ? ['msteams'] : ['webchat'],
  })),
})
