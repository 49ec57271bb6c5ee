// The practice workspace: a local Slack that the real adapter runs against unchanged. Loopback only.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type Actor, createActor } from './actor.ts'
import { type Admin, createAdmin } from './admin.ts'
import { type Call, type Change, type Core, secret } from './core.ts'
import { createDelivery, type Transport } from './delivery.ts'
import { createHttpTransport } from './delivery-http.ts'
import { createSocketTransport, type DisconnectKind } from './delivery-socket.ts'
import type { FaultBook } from './faults.ts'
import { loginPage, mayReadFile } from './files.ts'
import { isFromLoopback } from './loopback.ts'
import { install, type PracticeManifest } from './manifest.ts'
import type { Json } from './page-api.ts'
import { type Advance, createPageRoutes } from './page-routes.ts'
import type { Person } from './people.ts'
import { answerResponseUrl } from './response-url.ts'
import { createSnapshots, loadSnapshot } from './snapshot.ts'
import { botUserId, freshState, teamId } from './state.ts'
import { createViews } from './view-stacks.ts'
import { multipartParts, readBody } from './web-api/args.ts'
import { failEarly, handleCall } from './web-api/call.ts'
import { receiveUpload } from './web-api/files.ts'

export type PracticeOptions = {
  host?: '127.0.0.1'
  /** 0: any free one */
  port?: number
  now: () => Date
  manifest: PracticeManifest
  delivery: { mode: 'socket' } | { mode: 'http'; url: string; signingSecret?: string }
  people?: readonly Person[]
  /** where the workspace survives a restart */
  file?: string
  /** moves the practice clock; without it the page shows no clock control */
  advance?: Advance
  /** 1 = Slack's own waits between event retries; tests make it small */
  retryScale?: number
  ackMs?: number
  triggerMs?: number
  /** real time in milliseconds since 1970, for acks, triggers, response_urls and signatures */
  wall?: () => number
}

export type Faults = Omit<FaultBook, 'event' | 'api' | 'isHolding' | 'stopHolding'> & {
  releaseEvents: (order?: 'as_sent' | 'reversed') => void
  /** socket mode: what Slack does to connections; default every one of them */
  disconnect: (kind: DisconnectKind, count?: number) => void
  /** refused: nothing listens; unavailable: everything answers 503 */
  goDown: (how: 'refused' | 'unavailable') => Promise<void>
  comeBack: () => Promise<void>
}

export type Practice = {
  url: string
  /** for clientOptions.slackApiUrl; ends with `/api/` */
  apiUrl: string
  botToken: string
  appToken: string
  signingSecret: string
  teamId: string
  botUserId: string
  readonly people: readonly Person[]
  /** plays a person, by id or handle */
  as: (who: string) => Actor
  admin: Admin
  faults: Faults
  /** the bot's Web API calls, oldest first, the last few thousand */
  calls: readonly Call[]
  /** events given up after the last retry */
  lostEvents: readonly Json[]
  connections: () => number
  onChange: (listener: (change: Change) => void) => () => void
  waitFor: <Found>(
    look: () => Found | Promise<Found>,
    what: string,
    timeoutMs?: number,
  ) => Promise<NonNullable<Found>>
  idle: () => Promise<void>
  /** http mode: Slack's check of the request URL */
  verifyUrl: () => Promise<boolean>
  reset: () => void
  close: () => Promise<void>
}

const maxBodyBytes = 64 * 1024 * 1024

const bodyOf = async (request: IncomingMessage): Promise<Buffer | null> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBodyBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const end = (response: ServerResponse, status: number, text: string, type = 'text/plain'): void => {
  response.writeHead(status, { 'content-type': type }).end(text)
}

export const startPractice = async (options: PracticeOptions): Promise<Practice> => {
  const host = options.host ?? '127.0.0.1'
  if (host !== '127.0.0.1') throw new Error('The practice workspace listens on 127.0.0.1 only.')
  const wall = options.wall ?? (() => performance.timeOrigin + performance.now())
  const ackMs = options.ackMs ?? 3000
  const given = options.delivery.mode === 'http' ? options.delivery.signingSecret : undefined
  const secrets = {
    botToken: `xoxb-practice-${secret()}`,
    appToken: `xapp-1-A0WARDROOM-${secret()}`,
    signingSecret: given ?? secret(),
    verification: secret(),
  }
  const socket =
    options.delivery.mode === 'socket'
      ? createSocketTransport(ackMs, () => core.changed({ kind: 'state' }))
      : null
  const http =
    options.delivery.mode === 'http'
      ? createHttpTransport(options.delivery.url, secrets.signingSecret, ackMs, wall, secrets.verification)
      : null
  const transport = (socket ?? http) as Transport
  const saved = options.file ? await loadSnapshot(options.file) : null
  const listeners = new Set<(change: Change) => void>()
  let port = options.port ?? 0
  let isUnavailable = false

  const core: Core = {
    state: saved ?? freshState(options.people, options.now()),
    installed: install(options.manifest),
    now: options.now,
    wall,
    triggerMs: options.triggerMs ?? 3000,
    secrets,
    origin: () => `http://${host}:${port}`,
    delivery: createDelivery(() => transport, options.retryScale ?? 1),
    views: createViews(),
    ephemerals: [],
    responseUrls: new Map(),
    calls: [],
    changed: (change) => {
      if (change.kind !== 'call' && change.kind !== 'toast') snapshots.touch()
      for (const listener of [...listeners]) listener(change)
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const snapshots = createSnapshots(options.file, () => core.state)
  const noMove = { now: '', moved: false, canMove: options.advance !== undefined, note: null }
  const page = createPageRoutes(core, options.advance, { last: noMove })
  const openSocket = socket ? () => `ws://${host}:${port}${socket.issuePath()}` : null

  const privateFile = (request: IncomingMessage, path: string, response: ServerResponse): void => {
    const id = /\/T\w+-(F\w+)\//.exec(path)?.[1]
    const file = core.state.files.find((row) => row.id === id)
    const hasToken = request.headers.authorization === `Bearer ${secrets.botToken}`
    const isAllowed = hasToken && core.installed.scopes.has('files:read')
    // Slack's trap: no rights is a login page at HTTP 200, not an error
    if (!file || !isAllowed || !mayReadFile(core, file, botUserId)) {
      end(response, 200, loginPage, 'text/html; charset=utf-8')
      return
    }
    response.writeHead(200, { 'content-type': file.mimetype, 'content-length': file.size })
    response.end(Buffer.from(file.base64, 'base64'))
  }

  const upload = (request: IncomingMessage, key: string, body: Buffer, response: ServerResponse): void => {
    const type = request.headers['content-type'] ?? ''
    const bytes = type.startsWith('multipart/form-data')
      ? (multipartParts(type, body).find((part) => part.filename !== null)?.bytes ?? Buffer.alloc(0))
      : body
    const answer = receiveUpload(core, key, bytes)
    end(response, answer ? 200 : 400, answer ?? 'upload failed')
  }

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isFromLoopback(request, port))
      return end(response, 403, 'The practice workspace answers to this machine only.')
    if (isUnavailable) return end(response, 503, 'Service Unavailable')
    const body = await bodyOf(request)
    if (!body) return end(response, 413, 'too large')
    const { pathname } = new URL(request.url ?? '/', 'http://practice')
    const [, first = '', rest = ''] = /^\/([\w-]+)\/(.*)$/.exec(pathname) ?? []
    if (first === 'api') return handleCall(core, rest, request, body, response, openSocket)
    const isOwnAddress = first === 'files-pri' || first === 'upload' || first === 'respond'
    if (isOwnAddress && failEarly(core.delivery.faults.api(first, false), response)) return
    if (first === 'files-pri') return privateFile(request, pathname, response)
    if (pathname.startsWith('/upload/v1/')) return upload(request, pathname.slice(11), body, response)
    if (first === 'respond') {
      const sent = readBody(request.headers['content-type'] ?? '', body)
      const { status, text } = sent
        ? answerResponseUrl(core, rest, sent)
        : { status: 400, text: 'invalid_payload' }
      return end(response, status, text)
    }
    if (first === 'archives') return void response.writeHead(302, { location: `/#${rest}` }).end()
    await page.handle(request, body, response)
  }

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      process.emitWarning(`practice workspace: ${error instanceof Error ? error.stack : error}`)
      if (!response.headersSent) end(response, 500, 'The practice workspace has a fault of its own.')
    })
  })
  server.on('upgrade', (request, stream, head) => {
    if (socket && !isUnavailable && isFromLoopback(request, port))
      socket.upgrade(request, stream as Socket, head)
    else stream.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })

  const listen = () =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, host, () => {
        server.off('error', reject)
        port = (server.address() as AddressInfo).port
        resolve()
      })
    })
  const stopListening = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  await listen()

  const { event: _, api: __, isHolding: ___, stopHolding: ____, ...book } = core.delivery.faults
  const faults: Faults = {
    ...book,
    releaseEvents: core.delivery.releaseEvents,
    disconnect: (kind, count) => socket?.disconnect(kind, count),
    goDown: async (how) => {
      socket?.disconnect('abrupt')
      if (how === 'unavailable') isUnavailable = true
      else await stopListening()
    },
    comeBack: async () => {
      isUnavailable = false
      if (!server.listening) await listen()
    },
  }

  const waitFor: Practice['waitFor'] = async (look, what, timeoutMs = 10_000) => {
    const until = performance.now() + timeoutMs
    for (;;) {
      const found = await look()
      if (found) return found as NonNullable<typeof found>
      if (performance.now() > until) throw new Error(`Waited ${timeoutMs} ms for ${what}; it did not happen.`)
      await new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(timer)
          stop()
          resolve()
        }
        const timer = setTimeout(wake, 25)
        const stop = core.onChange(wake)
      })
    }
  }

  return {
    url: core.origin(),
    apiUrl: `${core.origin()}/api/`,
    botToken: secrets.botToken,
    appToken: secrets.appToken,
    signingSecret: secrets.signingSecret,
    teamId,
    botUserId,
    get people() {
      return core.state.people
    },
    as: (who) => createActor(core, core.state.people.find((row) => row.name === who)?.id ?? who),
    admin: createAdmin(core),
    faults,
    calls: core.calls,
    lostEvents: core.delivery.lost,
    connections: () => socket?.connections() ?? 0,
    onChange: core.onChange,
    waitFor,
    idle: core.delivery.idle,
    verifyUrl: async () => (http ? http.verifyUrl() : false),
    reset: page.reset,
    close: async () => {
      await core.delivery.close()
      page.close()
      if (server.listening) await stopListening()
      await snapshots.flush()
    },
  }
}
