/**
 * Socket Mode, hardened. Two connections, because each refresh silences one for some five seconds. Slack's client ends
 * the process when its retries end or when a frame has no event, so its retries never end and such frames go round it.
 */
import { type App, type Logger, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt'
import { codeOf, type Log } from './log.ts'

export interface SocketOptions {
  readonly appToken: string
  readonly apiUrl?: string | undefined
  readonly logger: Logger
  readonly log: Log
  readonly now: () => Date
  readonly onGap: (since: Date, why: string) => void
}

export interface Sockets {
  readonly receivers: readonly SocketModeReceiver[]
  start(): Promise<void>
  stop(): Promise<void>
  connected(): number
}

/** Two sockets, counted together: only when both are down is anything missed. */
export function twoSockets(options: SocketOptions): Sockets {
  let stopped = false
  let started = false
  let darkSince: Date | undefined
  const up = [false, false]
  const connected = () => up.filter(Boolean).length
  const changed = (at: number, isUp: boolean) => {
    if (up[at] === isUp) return
    up[at] = isUp
    options.log.info({ socket: at, connected: connected() }, isUp ? 'slack socket up' : 'slack socket down')
    if (!started || stopped) return
    if (connected() === 0) darkSince ??= options.now()
    else if (darkSince) {
      const since = darkSince
      darkSince = undefined
      options.onGap(since, 'sockets_down')
    }
  }
  const receivers = [0, 1].map((at) => {
    const receiver = makeReceiver(options, () => stopped)
    receiver.client.on('connected', () => changed(at, true))
    receiver.client.on('close', () => changed(at, false))
    receiver.client.on('disconnected', () => changed(at, false))
    return receiver
  })
  return {
    receivers,
    connected,
    async start() {
      await Promise.all(receivers.map((receiver) => receiver.start()))
      for (const receiver of receivers) surviveRestarts(receiver, options.log)
      started = true
    },
    async stop() {
      stopped = true
      await Promise.all(receivers.map(closed))
    },
  }
}

function makeReceiver(options: SocketOptions, stopped: () => boolean): SocketModeReceiver {
  const receiver = new SocketModeReceiver({
    appToken: options.appToken,
    logger: options.logger,
    installerOptions: {
      clientOptions: {
        ...(options.apiUrl ? { slackApiUrl: options.apiUrl } : {}),
        retryConfig: { forever: true, minTimeout: 500, maxTimeout: 30_000, randomize: true },
        timeout: 10_000,
        fetch: untilStopped(stopped),
      },
    },
    processEventErrorHandler: async () => false,
  })
  ownEnvelopes(receiver)
  return receiver
}

/** Slack's client would go on connecting after a stop: its last request simply never ends. */
function untilStopped(stopped: () => boolean): typeof fetch {
  const never = () => new Promise<Response>(() => {})
  return async (input, init) => {
    if (stopped()) return never()
    const response = await fetch(input, init)
    return stopped() ? never() : response
  }
}

interface Frame {
  readonly type?: unknown
  readonly envelope_id?: unknown
  readonly payload?: unknown
  readonly retry_attempt?: number
  readonly retry_reason?: string
}

/**
 * The client reads `payload.event.type` of every frame and emits it as an event name of its own: a frame without an
 * event is an unhandled rejection, and one whose type is `error` or `close` drives the client itself. It is left the
 * greeting and the goodbye; envelopes go straight to Bolt, anything else nowhere.
 */
function ownEnvelopes(receiver: SocketModeReceiver): void {
  const { client } = receiver
  const listeners = client.listeners('ws_message') as ((data: unknown, isBinary: boolean) => unknown)[]
  client.removeAllListeners('ws_message')
  client.on('ws_message', (data: unknown, isBinary: boolean) => {
    const frame = isBinary ? undefined : parsed(data)
    if (frame?.type === 'hello' || frame?.type === 'disconnect')
      for (const listener of listeners) listener(data, isBinary)
    else if (typeof frame?.envelope_id === 'string') emitEnvelope(client, frame, frame.envelope_id)
  })
}

type Sender = { send(id: string, body?: object): Promise<void> }

function emitEnvelope(client: SocketModeReceiver['client'], frame: Frame, envelope_id: string): void {
  client.emit('slack_event', {
    ack: (answer?: object) => (client as unknown as Sender).send(envelope_id, answer),
    envelope_id,
    type: frame.type,
    body: frame.payload ?? {},
    retry_num: frame.retry_attempt,
    retry_reason: frame.retry_reason,
  })
}

function parsed(data: unknown): Frame | undefined {
  try {
    const text = typeof data === 'string' ? data : new TextDecoder().decode(data as ArrayBuffer)
    const frame: unknown = JSON.parse(text)
    return typeof frame === 'object' && frame !== null ? (frame as Frame) : undefined
  } catch {
    return undefined
  }
}

/** After the first start, a reconnect that Slack refuses for good (a revoked token) is said once and harms nothing else. */
function surviveRestarts(receiver: SocketModeReceiver, log: Log): void {
  const { client } = receiver
  const start = client.start.bind(client)
  client.start = () =>
    start().catch((error: unknown) => {
      log.error({ code: codeOf(error) }, 'slack socket stays down')
      return { ok: false }
    })
}

async function closed(receiver: SocketModeReceiver): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, 2000)
  })
  await Promise.race([receiver.client.disconnect(), enough]).catch(() => {})
  clearTimeout(timer)
}

/** Puts `take` between a receiver and the app. */
export function wrapped(app: App, take: (app: App, event: ReceiverEvent) => Promise<void>): App {
  return { processEvent: (event: ReceiverEvent) => take(app, event) } as unknown as App
}
