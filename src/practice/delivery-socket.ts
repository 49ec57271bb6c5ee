// Socket Mode: up to ten connections, each envelope to exactly one of them, its answer by envelope_id.
// A connection that goes before it answered fails its envelopes at once, so that the retry can take another one.
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { secret } from './core.ts'
import type { Envelope, Outcome, Retry, Transport } from './delivery.ts'
import type { Json } from './page-api.ts'
import { appId } from './state.ts'

type Connection = {
  socket: WebSocket
  isDraining: boolean
  unanswered: Map<string, (outcome: Outcome) => void>
}

export type DisconnectKind = 'refresh_requested' | 'warning' | 'link_disabled' | 'abrupt'

export type SocketTransport = Transport & {
  /** for apps.connections.open: a path that opens one connection, once */
  issuePath: () => string
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** the oldest `count` connections (default: all) */
  disconnect: (kind: DisconnectKind, count?: number) => void
  connections: () => number
}

const maxConnections = 10
const pingEveryMs = 5_000

export const createSocketTransport = (ackMs: number, onChange: () => void): SocketTransport => {
  const server = new WebSocketServer({ noServer: true })
  const tickets = new Set<string>()
  const connections: Connection[] = []
  let turn = 0

  const pings = setInterval(() => {
    for (const { socket } of connections) socket.ping()
  }, pingEveryMs)
  pings.unref()

  const drop = (connection: Connection) => {
    const index = connections.indexOf(connection)
    if (index >= 0) connections.splice(index, 1)
    onChange()
    for (const settle of connection.unanswered.values()) settle({ ok: false, reason: 'connection_failed' })
    connection.unanswered.clear()
  }

  const hear = (connection: Connection, data: string) => {
    let ack: Json
    try {
      ack = JSON.parse(data)
    } catch {
      return
    }
    const settle = connection.unanswered.get(String(ack.envelope_id))
    const payload = ack.payload
    const isEmpty = typeof payload !== 'object' || payload === null || Object.keys(payload).length === 0
    settle?.({ ok: true, payload: isEmpty ? null : payload })
  }

  const welcome = (socket: WebSocket) => {
    if (connections.length >= maxConnections) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }))
      socket.close()
      return
    }
    const connection: Connection = { socket, isDraining: false, unanswered: new Map() }
    connections.push(connection)
    onChange()
    socket.on('message', (data) => hear(connection, String(data)))
    socket.on('close', () => drop(connection))
    socket.on('error', () => socket.terminate())
    const hello = {
      type: 'hello',
      num_connections: connections.length,
      connection_info: { app_id: appId },
      debug_info: { host: 'practice', approximate_connection_time: 18_060 },
    }
    socket.send(JSON.stringify(hello))
  }

  const pick = (): Connection | undefined => {
    const open = connections.filter((row) => !row.isDraining && row.socket.readyState === row.socket.OPEN)
    turn += 1
    return open[turn % Math.max(open.length, 1)]
  }

  const send = (envelope: Envelope, retry: Retry | null): Promise<Outcome> => {
    const connection = pick()
    if (!connection) return Promise.resolve({ ok: false, reason: 'connection_failed' })
    const id = `${secret(4)}-${secret(6)}`
    return new Promise((resolve) => {
      const settle = (outcome: Outcome) => {
        clearTimeout(timer)
        connection.unanswered.delete(id)
        resolve(outcome)
      }
      const timer = setTimeout(() => settle({ ok: false, reason: 'http_timeout' }), ackMs)
      connection.unanswered.set(id, settle)
      const retried =
        envelope.type === 'events_api'
          ? { retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? '' }
          : {}
      connection.socket.send(
        JSON.stringify({
          envelope_id: id,
          type: envelope.type,
          accepts_response_payload: envelope.acceptsPayload,
          payload: envelope.payload,
          ...retried,
        }),
      )
    })
  }

  const end = ({ socket, unanswered }: Connection, kind: DisconnectKind) => {
    if (kind === 'abrupt') return socket.terminate()
    socket.send(JSON.stringify({ type: 'disconnect', reason: kind, debug_info: { host: 'practice' } }))
    // Slack closes a refreshed connection by itself when the client has not
    if (kind !== 'warning') setTimeout(() => unanswered.size === 0 && socket.close(), 10_000).unref()
  }

  return {
    send,
    isOnline: () => connections.length > 0,
    connections: () => connections.length,
    issuePath: () => {
      const ticket = secret()
      tickets.add(ticket)
      return `/link/?ticket=${ticket}&app_id=${appId}`
    },
    upgrade: (request, socket, head) => {
      const url = new URL(request.url ?? '/', 'http://practice')
      if (url.pathname !== '/link/' || !tickets.delete(url.searchParams.get('ticket') ?? '')) {
        socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n')
        return
      }
      server.handleUpgrade(request, socket, head, welcome)
    },
    disconnect: (kind, count = connections.length) => {
      for (const connection of connections.slice(0, count)) {
        if (kind !== 'warning') connection.isDraining = true
        end(connection, kind)
      }
    },
    close: async () => {
      clearInterval(pings)
      for (const { socket } of [...connections]) socket.terminate()
      server.close()
    },
  }
}
