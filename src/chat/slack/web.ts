/**
 * HTTP delivery, with the checks Bolt leaves out: a body limit, timestamps from the future, a charset in the type; and
 * with nothing that a stranger may send able to end the process.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { HTTPReceiver, type Logger } from '@slack/bolt'
import { bodyWithin } from '../request-body.ts'

export interface WebOptions {
  readonly signingSecret: string
  readonly port: number
  readonly host: string
  readonly logger: Logger
  /** Real time: a practice clock that was moved must not age signatures. */
  readonly wallClock: () => Date
}

export interface Web {
  readonly receiver: HTTPReceiver
  start(): Promise<void>
  stop(): Promise<void>
  port(): number | undefined
}

const path = '/slack/events'
/** An edit of the longest message comes near a megabyte: its text and its blocks, now and before, escaped. */
const bodyLimit = 4 * 1024 * 1024
const skewMs = 5 * 60_000

export function webReceiver(options: WebOptions): Web {
  const receiver = new HTTPReceiver({
    signingSecret: options.signingSecret,
    endpoints: path,
    logger: options.logger,
    bodyLimit,
    processEventErrorHandler: async ({ response }) => {
      if (!response.headersSent) {
        response.writeHead(500)
        response.end()
      }
      return true
    },
  })
  const listener = receiver.requestListener
  receiver.requestListener = (request, response) => {
    // Bolt throws for any other request, which here would be an unhandled rejection.
    if (request.method !== 'POST' || request.url?.split('?', 1)[0] !== path) return refuse(response, 404)
    if (isFromTheFuture(request, options.wallClock())) return refuse(response)
    const type = request.headers['content-type']
    if (type) request.headers['content-type'] = type.split(';', 1)[0]!.trim().toLowerCase()
    bodyWithin(request, bodyLimit)
      .then((body) => {
        if (body === undefined) return refuse(response, 413)
        if (saysNull(body, request.headers['content-type'])) return refuse(response, 400)
        listener(Object.assign(request, { rawBody: body }), response)
      })
      .catch(() => response.destroy())
  }
  let server: Server | undefined
  return {
    receiver,
    port() {
      const address = server?.address()
      return typeof address === 'object' ? address?.port : undefined
    },
    async start() {
      server = await receiver.start({ port: options.port, host: options.host })
    },
    async stop() {
      if (!server?.listening) return
      server.closeIdleConnections()
      // What was taken in is answered by now; a request that never ends must not keep the program from ending.
      const timer = setTimeout(() => server?.closeAllConnections(), 2000)
      await receiver.stop().finally(() => clearTimeout(timer))
    },
  }
}

function isFromTheFuture(request: IncomingMessage, now: Date): boolean {
  const stamp = request.headers['x-slack-request-timestamp']
  return stamp !== undefined && !(Number(stamp) * 1000 <= now.getTime() + skewMs)
}

/** Bolt looks inside what it parsed without asking what it is: `null` would be an unhandled rejection, which ends us. */
function saysNull(body: Buffer, type: string | undefined): boolean {
  const text = body.toString()
  const json = type === 'application/x-www-form-urlencoded' ? new URLSearchParams(text).get('payload') : text
  try {
    return json !== null && JSON.parse(json) === null
  } catch {
    return false
  }
}

function refuse(response: ServerResponse, status = 401): void {
  response.writeHead(status, { connection: 'close' })
  response.end()
}
