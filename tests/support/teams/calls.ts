/** The bot's side of the wire, as bare as it gets: a token from the token endpoint, and calls with it. */
import type { LocalTeams } from './local.ts'
import { BOT_SCOPE, GRAPH_SCOPE } from './signing.ts'
import type { Json } from './state.ts'

export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

export async function tokenFor(teams: LocalTeams, scope: string): Promise<string> {
  const asked = {
    grant_type: 'client_credentials',
    client_id: teams.appId,
    client_secret: teams.appPassword,
    scope: `${scope}/.default`,
  }
  const response = await fetch(teams.urls.token, { method: 'POST', body: new URLSearchParams(asked) })
  const { access_token } = (await response.json()) as { access_token: string }
  return access_token
}

export function botCalls(teams: LocalTeams) {
  const tokens = new Map<string, Promise<string>>()
  const token = (scope: string) => {
    const known = tokens.get(scope) ?? tokenFor(teams, scope)
    tokens.set(scope, known)
    return known
  }
  const call = async (scope: string, method: string, url: string, body?: Json): Promise<Answered> => {
    const headers = { authorization: `Bearer ${await token(scope)}`, 'content-type': 'application/json' }
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const said = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(said) : said }
  }
  return {
    connector: (method: string, path: string, body?: Json) =>
      call(BOT_SCOPE, method, `${teams.urls.connector}${path}`, body),
    graph: (method: string, path: string, body?: Json) =>
      call(GRAPH_SCOPE, method, path.startsWith('http') ? path : `${teams.urls.graph}${path}`, body),
  }
}
