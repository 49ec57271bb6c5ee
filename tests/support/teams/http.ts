/** The servers' common part: routes by name, bodies, tokens, faults, and a note of every call. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type Core, isRecord } from './core.ts'
import type { CallFault } from './faults.ts'
import { readAppToken } from './signing.ts'

export interface Ask {
  readonly params: readonly string[]
  readonly query: URLSearchParams
  readonly body: unknown
  readonly headers: IncomingMessage['headers']
}

export interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export type Route = readonly [
  op: string,
  method: string,
  path: RegExp,
  answer: (core: Core, ask: Ask) => Answer,
]

export const connectorError = (status: number, code: string, message: string): Answer => ({
  status,
  body: { error: { code, message } },
})
export const graphError = (status: number, code: string, message: string): Answer => ({
  status,
  body: {
    error: {
      code,
      message,
      innerError: { date: '2026-01-01T00:00:00', 'request-id': '0', 'client-request-id': '0' },
    },
  },
})

const maxBodyBytes = 8 * 1024 * 1024

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBodyBytes) return undefined
    chunks.push(chunk)
  }
  const sent = Buffer.concat(chunks).toString('utf8')
  if (sent === '') return undefined
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(sent))
  try {
    return JSON.parse(sent)
  } catch {
    return undefined
  }
}

/** Whether the call carries a token we issued for this service, which is still alive. */
export function isAuthorised(core: Core, headers: IncomingMessage['headers'], scope: string): boolean {
  const token = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1]
  const claims = token ? readAppToken(token) : undefined
  if (!claims || claims.aud !== scope || claims.generation !== core.tokenGeneration) return false
  return typeof claims.exp === 'number' && claims.exp * 1000 > core.wall()
}

function faultAnswer(op: string, fault: Extract<CallFault, { kind: 'status' | 'page' }>): Answer {
  if (fault.kind === 'page') {
    return {
      status: 200,
      body: '<!DOCTYPE html><html><body>Sign in to your account</body></html>',
      headers: { 'content-type': 'text/html; charset=utf-8' },
    }
  }
  const {
    status,
    code = defaultCodes[status] ?? 'Error',
    message = `asked to fail with ${status}`,
    retryAfterSeconds,
  } = fault
  const refused = op.startsWith('graph.')
    ? graphError(status, code, message)
    : connectorError(status, code, message)
  return retryAfterSeconds === undefined
    ? refused
    : { ...refused, headers: { 'retry-after': String(retryAfterSeconds) } }
}

const defaultCodes: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'ForbiddenOperationException',
  404: 'ConversationNotFound',
  412: 'PreconditionFailed',
  413: 'MessageSizeTooBig',
  429: 'Throttled',
  502: 'ServiceError',
  504: 'GatewayTimeout',
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const isBytes = Buffer.isBuffer(body) || typeof body === 'string'
  const content = body === undefined ? '' : isBytes ? body : JSON.stringify(body)
  const type: Record<string, string> =
    body === undefined || isBytes ? {} : { 'content-type': 'application/json; charset=utf-8' }
  response.writeHead(status, { ...type, ...headers }).end(content)
}

const maxCalls = 5_000

export function localServer(core: () => Core, routes: readonly Route[]): Server {
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request)
    const url = new URL(request.url ?? '/', 'http://local')
    const path = url.pathname
    const found = routes.find(([, method, pattern]) => method === request.method && pattern.test(path))
    const op = found?.[0] ?? 'unknown'
    const note = (status: number, answer: unknown) => {
      const { calls } = core()
      calls.push({
        op,
        method: request.method ?? '',
        path: decodeURIComponent(path),
        query: Object.fromEntries(url.searchParams),
        body,
        status,
        answer,
        at: core().wall(),
      })
      if (calls.length > maxCalls) calls.shift()
    }
    const work = (): Answer => {
      if (!found)
        return {
          status: 404,
          body: { error: { code: 'NotFound', message: `The local Teams has no ${request.method} ${path}` } },
        }
      const params =
        found[2]
          .exec(path)
          ?.slice(1)
          .map((each) => decodeURIComponent(each ?? '')) ?? []
      return found[3](core(), { params, query: url.searchParams, body, headers: request.headers })
    }
    const fault: CallFault | undefined = core().delivery.faults.callFault(op)
    if (fault && fault.kind !== 'page' && fault.done) work()
    if (fault?.kind === 'cut' || fault?.kind === 'hang') {
      note(0, undefined)
      if (fault.kind === 'cut') request.socket.destroy()
      return
    }
    const wait = fault ? undefined : core().throttle?.wait(op, decodeURIComponent(path))
    const tooMany: CallFault | undefined =
      wait === undefined ? undefined : { kind: 'status', status: 429, retryAfterSeconds: wait }
    const failure = fault ?? tooMany
    const answer = failure ? faultAnswer(op, failure) : work()
    note(answer.status, Buffer.isBuffer(answer.body) ? undefined : answer.body)
    send(response, answer)
  }
  return createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      process.emitWarning(`local Teams: ${error instanceof Error ? error.stack : String(error)}`)
      if (!response.headersSent)
        send(response, {
          status: 500,
          body: { error: { code: 'LocalFault', message: 'The local Teams has a fault of its own.' } },
        })
    })
  })
}

export const fields = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {})
