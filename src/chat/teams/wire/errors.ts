/** Every failure of a bot API or Graph call as a `ChatError`: its kind, a code of ours, and whether it may have happened. */
import { networkCode, unreached } from '../../network.ts'
import { ChatError } from '../../port.ts'

/** What an answer that is no success says. `words`: its error, as text; looked through, never passed on. */
export interface Refusal {
  readonly status: number
  readonly retryAfter?: string | null | undefined
  readonly words?: string | undefined
}

interface Row {
  readonly status: number
  /** Found in the answer's words. */
  readonly words?: RegExp
  readonly failure: ChatError['failure']
  readonly code: string
  readonly maybeDone?: true
}

/** The first row that fits. The names in `words` are Microsoft's. */
const rows: readonly Row[] = [
  // Credentials are the operator's to mend: what is to be posted waits for them.
  { status: 401, failure: 'transient', code: 'unauthorized' },
  {
    status: 403,
    words: /MessageWritesBlocked|ConversationBlockedByUser/,
    failure: 'refused',
    code: 'blocked',
  },
  {
    status: 403,
    words: /BotNotInConversationRoster|ForbiddenOperationException/,
    failure: 'refused',
    code: 'app_not_installed',
  },
  { status: 403, words: /BotDisabledByAdmin/, failure: 'refused', code: 'app_disabled' },
  { status: 403, words: /InvalidBotApiHost/, failure: 'refused', code: 'wrong_cloud' },
  { status: 403, words: /"ServiceError"/, failure: 'refused', code: 'service_error_403' },
  { status: 403, failure: 'refused', code: 'no_permission' },
  {
    status: 404,
    words: /ActivityNotFoundInConversation|MessageNotFound/,
    failure: 'gone',
    code: 'message_not_found',
  },
  { status: 404, words: /MemberNotFound/, failure: 'gone', code: 'user_not_found' },
  { status: 404, failure: 'gone', code: 'channel_not_found' },
  { status: 408, failure: 'transient', code: 'http_408', maybeDone: true },
  { status: 409, failure: 'refused', code: 'name_taken' },
  { status: 400, words: /NameAlreadyExists|name already exist/i, failure: 'refused', code: 'name_taken' },
  { status: 410, failure: 'gone', code: 'channel_not_found' },
  { status: 412, failure: 'transient', code: 'busy' },
  { status: 413, failure: 'refused', code: 'too_large' },
  { status: 423, failure: 'transient', code: 'busy' },
  { status: 429, failure: 'transient', code: 'ratelimited' },
]

export function refusal({ status, retryAfter, words = '' }: Refusal): ChatError {
  const row = rows.find((each) => each.status === status && (each.words?.test(words) ?? true))
  const wait = retryAfterMs(retryAfter)
  const options = wait === undefined ? {} : { retryAfterMs: wait }
  if (row)
    return new ChatError(row.failure, row.code, {
      ...options,
      ...(row.maybeDone ? { maybeDone: row.maybeDone } : {}),
    })
  if (status >= 500) return new ChatError('transient', `http_${status}`, { ...options, maybeDone: true })
  return new ChatError('refused', `http_${status}`)
}

/** Seconds. A date would need the other side's clock, so it counts as not told. */
function retryAfterMs(told: string | null | undefined): number | undefined {
  const seconds = told === null || told === undefined || told.trim() === '' ? Number.NaN : Number(told)
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds * 1000) : undefined
}

interface Shape {
  readonly code?: unknown
  readonly statusCode?: unknown
  readonly details?: unknown
  readonly response?: {
    readonly headers?: { get(name: string): string | null | undefined }
    readonly bodyAsText?: string | null
  }
}

/** What fetch or the connector's library threw. */
export function chatError(error: unknown): ChatError {
  if (error instanceof ChatError) return error
  const shape = (error ?? {}) as Shape
  if (typeof shape.statusCode === 'number')
    return refusal({
      status: shape.statusCode,
      retryAfter: shape.response?.headers?.get('retry-after'),
      words: shape.response?.bodyAsText ?? JSON.stringify([shape.code, shape.details]),
    })
  const code = networkCode(error)
  return new ChatError('transient', code, { maybeDone: !unreached.has(code) })
}

/** Runs one call; rejects with `ChatError` and nothing else. */
export async function calling<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw chatError(error)
  }
}
