/**
 * Where Teams posts its activities: one address, one method, a body limit. Whatever cannot prove that it is Microsoft's
 * and of our tenant is answered 401 with an empty body, whoever it may be and whatever was wrong with it.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bodyWithin } from '../../request-body.ts'
import { codeOf, type Log } from '../log.ts'
import { AuthFailure } from './auth.ts'

export interface WebOptions {
  readonly host: string
  /** 0: any that is free. */
  readonly port: number
  /** Rejects with `AuthFailure` when the sender must not be listened to, with anything else when nothing was committed. */
  readonly take: (activity: unknown, authorization: string | undefined) => Promise<object | undefined>
  readonly log: Log
}

export interface Web {
  readonly port: () => number | undefined
  readonly start: () => Promise<void>
  /** Nothing new is taken in; what is being committed is let finish. */
  readonly stop: () => Promise<void>
}

export const path = '/api/messages'

/** Teams' own limit for a message is a tenth of it. */
const bodyLimit = 1024 * 1024
const finishMs = 5_000

export function teamsWeb({ host, port, take, log }: WebOptions): Web {
  let server: Server | undefined
  let stopping = false

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.split('?', 1)[0] !== path) return end(response, 404)
    if (request.method !== 'POST') return end(response, 405)
    if (stopping) return end(response, 503)
    const body = await bodyWithin(request, bodyLimit)
    if (body === undefined) return end(response, 413)
    const activity = parsed(body.toString('utf8'))
    try {
      const invoked = await take(activity, request.headers.authorization)
      return invoked ? json(response, invoked) : end(response, 200)
    } catch (error) {
      if (error instanceof AuthFailure) {
        log.warn({ code: error.code }, 'teams request refused')
        return end(response, 401)
      }
      // Not committed, so not acknowledged: Teams sends it again, and history has it after that.
      log.error({ code: codeOf(error) }, 'not recorded, not acknowledged')
      return end(response, 500)
    }
  }

  return {
    port() {
      const address = server?.address() as AddressInfo | null | undefined
      return address?.port
    },
    async start() {
      const made = createServer((request, response) => {
        answer(request, response).catch((error: unknown) => {
          log.warn({ code: codeOf(error) }, 'teams request broke off')
          response.destroy()
        })
      })
      await new Promise<void>((resolve, reject) => {
        made.once('error', reject)
        made.listen(port, host, resolve)
      })
      server = made
    },
    async stop() {
      stopping = true
      if (!server?.listening) return
      server.closeIdleConnections()
      const timer = setTimeout(() => server?.closeAllConnections(), finishMs)
      await new Promise<void>((resolve) => server?.close(() => resolve()))
      clearTimeout(timer)
    },
  }
}

/** What is no JSON is no activity, and no activity is let in. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, status === 200 ? {} : { connection: 'close' })
  response.end()
}

function json(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(body))
}
