// One Web API call: faults on demand, token, method, arguments, scope, then the method. Always logged.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Core } from '../core.ts'
import type { ApiFault } from '../faults.ts'
import type { Json } from '../page-api.ts'
import { needScope } from './access.ts'
import { checkArgs, forLog, readBody, SlackError } from './args.ts'
import { methods } from './table.ts'

const maxCallsKept = 5_000

const tokenOf = (request: IncomingMessage, raw: Json): string => {
  const header = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  return header ?? String(raw.token ?? '')
}

const authorise = (core: Core, name: string, token: string): void => {
  const { botToken, appToken } = core.secrets
  if (!token) throw new SlackError('not_authed')
  if (token !== botToken && token !== appToken) throw new SlackError('invalid_auth')
  const isAppMethod = name === 'apps.connections.open'
  if (methods[name]?.anyToken) return
  if (isAppMethod !== (token === appToken)) throw new SlackError('not_allowed_token_type')
}

const perform = (core: Core, name: string, raw: Json, openSocket: (() => string) | null): Json => {
  if (name === 'apps.connections.open') {
    if (!openSocket) throw new SlackError('forbidden_team')
    return { url: openSocket() }
  }
  const method = methods[name]
  if (!method) throw new SlackError('unknown_method', { req_method: name })
  needScope(core, method.scope ?? [])
  return method.run(core, checkArgs(raw, method.required, method.optional))
}

/** The answer's body. Never throws for what a caller sent. */
const answerCall = (
  core: Core,
  name: string,
  token: string,
  raw: Json | null,
  openSocket: (() => string) | null,
): Json => {
  try {
    if (!raw) throw new SlackError('invalid_json')
    authorise(core, name, token)
    return { ok: true, ...perform(core, name, raw, openSocket) }
  } catch (error) {
    if (error instanceof SlackError) return error.answer
    throw error
  }
}

const log = (core: Core, method: string, args: Json, answer: Json): void => {
  core.calls.push({ method, args: forLog(args), answer, at: core.now().toISOString() })
  if (core.calls.length > maxCallsKept) core.calls.shift()
  core.changed({ kind: 'call' })
}

const send = (
  response: ServerResponse,
  status: number,
  body: Json,
  headers: Record<string, string> = {},
): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(JSON.stringify(body))
}

/** Faults that answer without doing anything: what was answered, or null. */
export const failEarly = (fault: ApiFault | null, response: ServerResponse): Json | null => {
  if (fault?.kind === 'rate_limited') {
    const body = { ok: false, error: 'ratelimited' }
    send(response, 429, body, { 'retry-after': String(fault.retryAfterSeconds) })
    return body
  }
  if (fault?.kind === 'server_error') {
    response.writeHead(fault.status ?? 500, { 'content-type': 'text/html' }).end('<html>Server Error</html>')
    return { ok: false, error: 'server_error' }
  }
  if (fault?.kind === 'connection_cut') {
    response.socket?.destroy()
    return { ok: false, error: 'connection_cut' }
  }
  if (fault?.kind === 'timeout') return { ok: false, error: 'timeout' }
  if (fault?.kind === 'unknown_method' || fault?.kind === 'error') {
    const body = { ok: false, error: fault.kind === 'error' ? fault.error : 'unknown_method' }
    send(response, 200, body)
    return body
  }
  return null
}

export const handleCall = (
  core: Core,
  name: string,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  openSocket: (() => string) | null,
): void => {
  const query = Object.fromEntries(new URL(request.url ?? '/', 'http://practice').searchParams)
  const read = request.method === 'GET' ? {} : readBody(request.headers['content-type'] ?? '', body)
  const raw = read && { ...query, ...read }
  const fault = core.delivery.faults.api(name, true, core.now().getTime())
  const early = failEarly(fault, response)
  if (early) {
    log(core, name, raw ?? {}, early)
    return
  }
  const answer = answerCall(core, name, tokenOf(request, raw ?? {}), raw, openSocket)
  log(core, name, raw ?? {}, answer)
  if (fault?.kind === 'lost_answer') {
    response.socket?.destroy()
    return
  }
  send(response, 200, answer, { 'x-oauth-scopes': [...core.installed.scopes].join(',') })
}
