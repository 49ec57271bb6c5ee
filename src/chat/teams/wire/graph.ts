/**
 * Graph, by fetch: four calls a second for each team, an answer in ten seconds or none, a 401 answered with a new token
 * once, and the token for Graph's own address alone: no redirect is followed, no next page taken from elsewhere.
 */
import { networkCode } from '../../network.ts'
import { ChatError } from '../../port.ts'
import { calling, refusal } from './errors.ts'
import type { Limiter } from './limiter.ts'
import { GRAPH_SCOPE, type Tokens } from './tokens.ts'

export interface Graph {
  /** A path below the version, or a next page's whole address. */
  get(path: string): Promise<unknown>
  post(path: string, body: object): Promise<unknown>
  patch(path: string, body: object): Promise<unknown>
  /** The rows of every page. */
  rows(path: string): AsyncIterable<unknown>
  /** The answer itself, redirects included and not followed. The caller reads or cancels the body. */
  answer(path: string, stop: AbortSignal): Promise<Response>
}

export interface GraphOptions {
  readonly tokens: Tokens
  readonly limit: Limiter
  readonly graphUrl?: string | undefined
}

/** One page: OData's envelope. */
export interface Page {
  readonly value?: readonly unknown[]
  readonly '@odata.nextLink'?: string
}

export const GRAPH_URL = 'https://graph.microsoft.com/v1.0'
const TIMEOUT_MS = 10_000

export function makeGraph({ tokens, limit, graphUrl = GRAPH_URL }: GraphOptions): Graph {
  const base = `${graphUrl.replace(/\/+$/, '')}/`
  const address = (path: string): string => {
    const url = new URL(path.replace(/^\/+/, ''), base).href
    if (!url.startsWith(base)) throw new ChatError('refused', 'foreign_host')
    return url
  }
  async function fetched(path: string, init: RequestInit, stop?: AbortSignal): Promise<Response> {
    const url = address(path)
    const send = async (fresh: boolean) => {
      const token = await tokens(GRAPH_SCOPE, fresh)
      await limit(/\/teams\/([^/?]+)/.exec(url)?.[1] ?? '')
      return fetch(url, {
        redirect: 'manual',
        ...init,
        signal: stop ?? AbortSignal.timeout(TIMEOUT_MS),
        headers: { ...init.headers, ...(token ? { authorization: `Bearer ${token}` } : {}) },
      })
    }
    // A connection kept open may have been closed meanwhile: a read is asked for again, what acts is not.
    const isRead = (init.method ?? 'GET') === 'GET'
    const response = await send(false).catch((error: unknown) => {
      const isCut = !(error instanceof ChatError) && networkCode(error) !== 'timeout'
      if (isRead && isCut) return send(false)
      throw error
    })
    if (response.status !== 401) return response
    await response.body?.cancel()
    return send(true)
  }
  const call = (method: string, path: string, body?: object): Promise<unknown> =>
    calling(async () => {
      const response = await fetched(path, {
        method,
        ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
      })
      const words = await response.text()
      if (response.ok) return parsed(words)
      throw refusal({ status: response.status, retryAfter: response.headers.get('retry-after'), words })
    })
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    patch: (path, body) => call('PATCH', path, body),
    async *rows(path) {
      for (let at: string | undefined = path; at; ) {
        const page = (await call('GET', at)) as Page
        yield* page.value ?? []
        at = page['@odata.nextLink']
      }
    },
    answer: (path, stop) => calling(() => fetched(path, {}, stop)),
  }
}

function parsed(words: string): unknown {
  try {
    return words ? JSON.parse(words) : undefined
  } catch {
    // A gateway's page with a good status: nobody knows what was done.
    throw new ChatError('transient', 'not_json', { maybeDone: true })
  }
}
