/** What `wardroom doctor` asks of Slack: who the tokens are, what they may do, what time it is there. Nothing is posted. */
import type { ChatPort } from '../port.ts'
import { connectApi } from './api.ts'
import { chatError } from './errors.ts'
import { type Log, redactingLogger } from './log.ts'
import { scopes } from './manifest.ts'
import { slackPort } from './verbs.ts'

export interface SlackCheckOptions {
  readonly botToken: string
  readonly appToken?: string | undefined
  readonly apiUrl?: string | undefined
  readonly now: () => Date
  readonly log: Log
}

export interface SlackAnswer {
  /** Slack's code, or the network's; undefined when all is well. */
  readonly code: string | undefined
  readonly body: Readonly<Record<string, unknown>>
  readonly scopes: readonly string[] | undefined
  /** Slack's clock less ours, to about a second. */
  readonly skewMs: number | undefined
}

export interface SlackCheck {
  readonly host: string
  readonly bot: SlackAnswer
  /** Undefined without an app-level token. */
  readonly app: SlackAnswer | undefined
  readonly wanted: Readonly<Record<string, string>>
  /** Only with a token that works. */
  readonly port: ChatPort | undefined
}

const TIMEOUT_MS = 10_000

export async function checkSlack(options: SlackCheckOptions): Promise<SlackCheck> {
  const base = (options.apiUrl ?? 'https://slack.com/api').replace(/\/*$/, '/')
  const bot = await ask(base, 'auth.test', options.botToken, options.now)
  // Opens a ticket for a socket and no socket: the running process keeps its own.
  const app = options.appToken
    ? await ask(base, 'apps.connections.open', options.appToken, options.now)
    : undefined
  return {
    host: new URL(base).host,
    bot,
    app,
    wanted: scopes,
    port: bot.code === undefined ? await portOf(options) : undefined,
  }
}

async function portOf(options: SlackCheckOptions): Promise<ChatPort | undefined> {
  const { botToken, apiUrl, now, log } = options
  try {
    return slackPort(await connectApi({ botToken, apiUrl, now, logger: redactingLogger(log) }))
  } catch {
    return undefined
  }
}

async function ask(base: string, method: string, token: string, now: () => Date): Promise<SlackAnswer> {
  try {
    const before = now().getTime()
    const response = await fetch(new URL(method, base), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const middle = (before + now().getTime()) / 2
    const at = Date.parse(response.headers.get('date') ?? '')
    const granted = response.headers.get('x-oauth-scopes')
    const body = response.ok ? ((await response.json()) as Record<string, unknown>) : {}
    const failed = !response.ok
      ? `http_${response.status}`
      : body.ok === true
        ? undefined
        : String(body.error)
    return {
      code: failed,
      body,
      scopes: granted?.split(',').map((scope) => scope.trim()),
      // The header has whole seconds: half of one is the best guess at the rest.
      skewMs: Number.isNaN(at) ? undefined : at + 500 - middle,
    }
  } catch (error) {
    return { code: chatError(error).code, body: {}, scopes: undefined, skewMs: undefined }
  }
}
