/** The one failure a chat platform may end in, for every verb of the port. */

/**
 * How a platform refused. `transient`: worth retrying, after `retryAfterMs` when the platform named it;
 * `refused`: the same call will never work as it stands; `gone`: the room, person or message is no more;
 * `unsupported`: this server does not know the call (a nicety that failed, not a fault).
 * `maybeDone` says the call may have taken effect although no answer came; `credentials`, that it was us who were refused
 * and not what was asked: the operator mends that, and what is to be posted waits for it.
 */
export class ChatError extends Error {
  readonly failure: 'transient' | 'refused' | 'gone' | 'unsupported'
  readonly code: string
  readonly retryAfterMs: number | undefined
  readonly maybeDone: boolean
  readonly credentials: boolean
  constructor(
    failure: ChatError['failure'],
    code: string,
    options: { retryAfterMs?: number; maybeDone?: boolean; credentials?: boolean; cause?: unknown } = {},
  ) {
    super(`chat platform: ${code}`, { cause: options.cause })
    this.name = 'ChatError'
    this.failure = failure
    this.code = code
    this.retryAfterMs = options.retryAfterMs
    this.maybeDone = options.maybeDone ?? false
    this.credentials = options.credentials ?? false
  }
}
