/** Every failure of a Slack call as a `ChatError`: its kind, Slack's code, and whether the call may have happened. */
import { networkCode, unreached } from '../network.ts'
import { ChatError } from '../port.ts'

const gone = new Set([
  'channel_not_found',
  'is_archived',
  'not_in_channel',
  'message_not_found',
  'thread_not_found',
  'user_not_found',
  'users_not_found',
  'file_not_found',
  'file_deleted',
])

const transient = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
])

/** A token taken away must not end every reminder there is: what is to be posted waits until somebody gives another. */
const credentials = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'org_login_required',
  'ekm_access_denied',
])

interface Shape {
  readonly code?: unknown
  readonly message?: unknown
  readonly cause?: unknown
  readonly data?: { readonly error?: unknown }
  readonly statusCode?: unknown
  readonly retryAfter?: unknown
}

export function chatError(error: unknown): ChatError {
  if (error instanceof ChatError) return error
  const shape = (error ?? {}) as Shape
  if (shape.code === 'slack_webapi_rate_limited_error') {
    const retryAfterMs = Number(shape.retryAfter) * 1000
    return new ChatError('transient', 'ratelimited', Number.isFinite(retryAfterMs) ? { retryAfterMs } : {})
  }
  if (shape.code === 'slack_webapi_platform_error')
    return platformError(String(shape.data?.error ?? 'unknown_error'))
  if (shape.code === 'slack_webapi_http_error') {
    const status = Number(shape.statusCode)
    if (status >= 500 || status === 408)
      return new ChatError('transient', `http_${status}`, { maybeDone: true })
    return new ChatError('refused', `http_${status}`)
  }
  if (shape.code === 'slack_webapi_request_error') {
    const code = networkCode(shape.cause)
    return new ChatError('transient', code, { maybeDone: !unreached.has(code) })
  }
  // The SDK throws a plain Error for a 429 whose Retry-After it cannot read.
  if (String(shape.message ?? '').startsWith('Retry header')) return new ChatError('transient', 'ratelimited')
  return new ChatError('transient', networkCode(error), { maybeDone: true })
}

function platformError(code: string): ChatError {
  if (code === 'unknown_method') return new ChatError('unsupported', code)
  if (gone.has(code)) return new ChatError('gone', code)
  if (code === 'ratelimited' || code === 'rate_limited') return new ChatError('transient', code)
  if (transient.has(code)) return new ChatError('transient', code, { maybeDone: true })
  return new ChatError('refused', code, { credentials: credentials.has(code) })
}

/** Runs one call; rejects with `ChatError` and nothing else. */
export async function calling<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw chatError(error)
  }
}
