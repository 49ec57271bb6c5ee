/** The plainest bot there is: an endpoint that notes what arrives, and answers as it is told. For proving the local Teams. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Json } from './state.ts'

export interface Arrival {
  readonly activity: Json
  readonly authorization: string | undefined
}
export interface Reply {
  readonly status: number
  readonly body?: unknown
  /** The connection is cut instead. */
  readonly cut?: boolean
  /** Nothing is answered at all. */
  readonly silent?: boolean
}

export async function plainBot(answer: (activity: Json) => Reply = () => ({ status: 200 })) {
  const arrivals: Arrival[] = []
  let current = answer
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const activity = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Json
    arrivals.push({ activity, authorization: request.headers.authorization })
    const { status, body, cut, silent } = current(activity)
    if (cut) request.socket.destroy()
    else if (!silent) response.writeHead(status).end(body === undefined ? '' : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`,
    arrivals,
    /** The activities so far, and none of them again. */
    take: (): Json[] => arrivals.splice(0).map(({ activity }) => activity),
    answers: (next: (activity: Json) => Reply) => {
      current = next
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
