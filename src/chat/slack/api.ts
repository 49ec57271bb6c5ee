/**
 * The port's own Web API clients, apart from Bolt's: Socket Mode writes its retry policy into the options it is given,
 * so nothing here shares an options object. Writes are sent once: a retried write could happen twice.
 */
import { type Logger, webApi } from '@slack/bolt'
import { calling } from './errors.ts'
import type { Self } from './message.ts'

type WebClient = webApi.WebClient

export interface Api {
  readonly self: Self
  readonly token: string
  /** The workspace's own address, with a slash at its end; undefined when this server does not say. */
  readonly home: string | undefined
  /** One attempt. */
  readonly once: WebClient
  /** Reads: a lost answer is asked for again, twice. */
  readonly read: WebClient
  readonly now: () => Date
  /** What the token may do, as Slack last said; undefined when this server does not say. */
  readonly granted: readonly string[] | undefined
}

export interface ApiOptions {
  readonly botToken: string
  readonly apiUrl?: string | undefined
  readonly now: () => Date
  readonly logger: Logger
}

export async function connectApi(options: ApiOptions): Promise<Api> {
  const client = (retries: number) =>
    new webApi.WebClient(options.botToken, {
      ...(options.apiUrl ? { slackApiUrl: options.apiUrl } : {}),
      retryConfig: { retries, minTimeout: 300, maxTimeout: 2000 },
      rejectRateLimitedCalls: true,
      timeout: 10_000,
      logger: options.logger,
    })
  const read = client(2)
  const who = await calling(() => read.auth.test())
  const self = { workspace: who.team_id ?? '', botUser: who.user_id ?? '', botId: who.bot_id ?? '' }
  const granted = who.response_metadata?.scopes
  return { self, home: who.url, token: options.botToken, once: client(0), read, now: options.now, granted }
}
