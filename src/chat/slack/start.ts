/** Starts Slack: one Bolt app behind two sockets or a signed HTTP endpoint, and the port beside it. */
import { App } from '@slack/bolt'
import { ChatError, type ChatPort, type Handle } from '../port.ts'
import { connectApi } from './api.ts'
import { chatError } from './errors.ts'
import { takeIn } from './intake.ts'
import { listen } from './interact.ts'
import { codeOf, type Log, redactingLogger } from './log.ts'
import { scopes } from './manifest.ts'
import { twoSockets, wrapped } from './sockets.ts'
import { slackPort } from './verbs.ts'
import { webReceiver } from './web.ts'

export interface SlackOptions {
  readonly botToken: string
  /** Socket Mode when given. */
  readonly appToken?: string | undefined
  /** HTTP delivery when given without an app token. */
  readonly signingSecret?: string | undefined
  readonly httpPort?: number | undefined
  readonly httpHost?: string | undefined
  readonly apiUrl?: string | undefined
  /** Command words without the slash, the first one used in hints. */
  readonly commands: readonly string[]
  readonly handle: Handle
  readonly now: () => Date
  /** Real time, for signature ages; `now` when not given. */
  readonly wallClock?: (() => Date) | undefined
  readonly log: Log
  /** Events since then may have been missed: read the rooms' history. */
  readonly onGap?: ((since: Date, why: string) => void) | undefined
}

export interface SlackHealth {
  readonly ok: boolean
  readonly mode: 'socket' | 'http'
  readonly sockets: number
  readonly lastEventAt: Date | undefined
}

export interface RunningSlack {
  readonly port: ChatPort
  /** Where HTTP delivery listens. */
  readonly httpPort: number | undefined
  /** Scopes of the manifest that the installed app lacks. Empty when this server does not say. */
  readonly missingScopes: readonly string[]
  stop(): Promise<void>
  health(): SlackHealth
}

export async function startSlack(options: SlackOptions): Promise<RunningSlack> {
  const { log, now, handle } = options
  const logger = redactingLogger(log)
  const api = await connectApi({ ...options, logger })
  if (!api.self.botId || !api.self.botUser) throw new ChatError('refused', 'not_a_bot_token')
  let lastEventAt: Date | undefined
  let inFlight = 0
  let stopping = false
  const onGap = (since: Date, why: string) => {
    log.warn({ code: why, since: since.toISOString() }, 'slack gap')
    options.onGap?.(since, why)
  }
  const intake = {
    api,
    handle,
    log,
    onGap,
    onEvent: () => {
      lastEventAt = now()
    },
  }
  const delivery = deliveryOf(options, logger, onGap)
  const [first, ...others] = delivery.receivers
  const take: Parameters<typeof wrapped>[1] = async (app, event) => {
    if (stopping) throw new ChatError('transient', 'stopping')
    inFlight++
    try {
      await takeIn(intake, app, event)
    } finally {
      inFlight--
    }
  }
  for (const receiver of delivery.receivers) {
    const init = receiver.init.bind(receiver)
    receiver.init = (app) => init(wrapped(app, take))
  }
  const app = new App({
    token: options.botToken,
    botId: api.self.botId,
    botUserId: api.self.botUser,
    receiver: first!,
    logger,
    convoStore: false,
    ignoreSelf: false,
    extendedErrorHandler: true,
    deferInitialization: true,
    tokenVerificationEnabled: false,
    clientOptions: {
      ...(options.apiUrl ? { slackApiUrl: options.apiUrl } : {}),
      retryConfig: { retries: 3 },
      timeout: 10_000,
    },
  })
  for (const receiver of others) receiver.init(app)
  app.error(async (problem) => {
    const { error } = problem as { error?: unknown }
    log.error({ code: codeOf(error ?? problem) }, 'slack listener failed')
  })
  listen(app, { api, handle, log, commands: options.commands })
  await app.init()
  try {
    await delivery.start()
  } catch (error) {
    // One socket refused must not leave the other connected behind a start that failed.
    await delivery.stop()
    throw isAddressTaken(error) ? error : chatError(error)
  }
  return {
    port: slackPort(api),
    httpPort: delivery.httpPort(),
    missingScopes: missing(api.granted),
    health: () => ({ ...delivery.health(), lastEventAt }),
    async stop() {
      // Nothing new is taken in (Slack sends it again), what is being committed is let finish and be acknowledged.
      stopping = true
      for (let tries = 0; inFlight > 0 && tries < 100; tries++)
        await new Promise((resolve) => setTimeout(resolve, 50))
      await delivery.stop()
    },
  }
}

const isAddressTaken = (error: unknown) => (error as { code?: unknown })?.code === 'EADDRINUSE'

function missing(granted: readonly string[] | undefined): string[] {
  return granted ? Object.keys(scopes).filter((scope) => !granted.includes(scope)) : []
}

function deliveryOf(
  options: SlackOptions,
  logger: ReturnType<typeof redactingLogger>,
  onGap: (since: Date, why: string) => void,
) {
  const { appToken, signingSecret, apiUrl, log, now } = options
  if (appToken) {
    const sockets = twoSockets({ appToken, apiUrl, logger, log, now, onGap })
    return {
      ...sockets,
      httpPort: () => undefined,
      health: () => ({ ok: sockets.connected() > 0, mode: 'socket' as const, sockets: sockets.connected() }),
    }
  }
  if (!signingSecret) throw new ChatError('refused', 'no_app_token_or_signing_secret')
  const web = webReceiver({
    signingSecret,
    port: options.httpPort ?? 3000,
    host: options.httpHost ?? '127.0.0.1',
    logger,
    wallClock: options.wallClock ?? now,
  })
  return {
    receivers: [web.receiver],
    start: web.start,
    stop: web.stop,
    httpPort: web.port,
    health: () => ({ ok: web.port() !== undefined, mode: 'http' as const, sockets: 0 }),
  }
}
