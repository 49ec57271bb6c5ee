/** HTTP delivery, with the checks Bolt leaves out: a body limit, timestamps from the future, a charset in the type. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { HTTPReceiver, type Logger } from '@slack/bolt'

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

const bodyLimit = 1024 * 1024
const skewMs = 5 * 60_000

export function webReceiver(options: WebOptions): Web {
  const receiver = new HTTPReceiver({
    signingSecret: options.signingSecret,
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
    if (isFromTheFuture(request, options.wallClock())) return refuse(response)
    const type = request.headers['content-type']
    if (type) request.headers['content-type'] = type.split(';', 1)[0]!.trim().toLowerCase()
    listener(request, response)
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
      await receiver.stop()
    },
  }
}

function isFromTheFuture(request: IncomingMessage, now: Date): boolean {
  const stamp = request.headers['x-slack-request-timestamp']
  return stamp !== undefined && !(Number(stamp) * 1000 <= now.getTime() + skewMs)
}

function refuse(response: ServerResponse): void {
  response.writeHead(401, { connection: 'close' })
  response.end()
}
