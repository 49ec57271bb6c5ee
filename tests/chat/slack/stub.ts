/** A Slack of a few lines: answers Web API calls from a table, opens sockets, and keeps what was asked. */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Log } from '../../../src/chat/slack/log.ts'

export type Args = Readonly<Record<string, string>>
type Reply = object | { status: number; headers?: Record<string, string>; body?: string } | 'cut' | 'hang'
export type Methods = Record<string, (args: Args) => Reply>

export const team = 'T01'
export const botUser = 'UBOT'
export const botId = 'BBOT'
export const self = { workspace: team, botUser, botId }

export interface Stub {
  readonly url: string
  readonly methods: Methods
  readonly calls: { method: string; args: Args }[]
  /** Anything that is not the Web API: files, response addresses. */
  readonly paths: Record<string, (request: IncomingMessage, response: ServerResponse, body: string) => void>
  readonly sockets: WebSocket[]
  /** Resolves with the ack's payload, or with undefined when none came in time. */
  envelope(payload: object, options?: { type?: string; socket?: number; waitMs?: number }): Promise<unknown>
  raw(frame: string): void
  called(method: string): Args[]
  close(): Promise<void>
}

export async function startStub(): Promise<Stub> {
  const calls: Stub['calls'] = []
  const paths: Stub['paths'] = {}
  const sockets: WebSocket[] = []
  const waiting = new Map<string, (payload: unknown) => void>()
  const methods: Methods = {
    'auth.test': () => ({ ok: true, team_id: team, user_id: botUser, bot_id: botId }),
    'apps.connections.open': () => ({ ok: true, url: `${url.replace('http', 'ws')}/link` }),
    'conversations.open': (args) => ({ ok: true, channel: { id: `D${args.users}` } }),
  }
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const path = new URL(request.url ?? '/', 'http://stub').pathname
    const custom = paths[path]
    if (custom) return custom(request, response, body)
    const method = path.replace('/api/', '')
    const args = Object.fromEntries(new URLSearchParams(body))
    calls.push({ method, args })
    const reply = methods[method]?.(args) ?? { ok: false, error: 'unknown_method' }
    if (reply === 'cut') return void request.socket.destroy()
    if (reply === 'hang') return
    const shaped = reply as { status?: number; headers?: Record<string, string>; body?: string }
    if (shaped.status) response.writeHead(shaped.status, shaped.headers ?? {}).end(shaped.body ?? '')
    else response.setHeader('content-type', 'application/json').end(JSON.stringify(reply))
  })
  const web = new WebSocketServer({ server, path: '/link' })
  web.on('connection', (socket) => {
    sockets.push(socket)
    socket.on('close', () => sockets.splice(sockets.indexOf(socket), 1))
    socket.on('message', (data) => {
      const { envelope_id, payload } = JSON.parse(String(data))
      waiting.get(envelope_id)?.(payload)
      waiting.delete(envelope_id)
    })
    socket.send(JSON.stringify({ type: 'hello' }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    methods,
    calls,
    paths,
    sockets,
    called: (method) => calls.filter((call) => call.method === method).map((call) => call.args),
    raw: (frame) => sockets[0]?.send(frame),
    envelope: (payload, { type = 'events_api', socket = 0, waitMs = 700 } = {}) =>
      new Promise((resolve) => {
        const id = randomUUID()
        const timer = setTimeout(() => resolve(undefined), waitMs)
        waiting.set(id, (answer) => {
          clearTimeout(timer)
          resolve(answer)
        })
        sockets[socket]?.send(
          JSON.stringify({ envelope_id: id, type, payload, accepts_response_payload: type !== 'events_api' }),
        )
      }),
    close: async () => {
      for (const socket of sockets) socket.terminate()
      web.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Keeps every line that was logged, to prove what is not in them. */
export function keptLog(): Log & { lines: string[] } {
  const lines: string[] = []
  const keep = (fields: object, message: string) => void lines.push(JSON.stringify({ ...fields, message }))
  return { lines, info: keep, warn: keep, error: keep }
}

export function eventBody(event: object, id = 'Ev1') {
  return { type: 'event_callback', team_id: team, event_id: id, event_time: 1_800_000_000, event }
}

export async function until(met: () => boolean, ms = 5000): Promise<void> {
  const end = performance.now() + ms
  while (!met()) {
    if (performance.now() > end) throw new Error('did not happen in time')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
