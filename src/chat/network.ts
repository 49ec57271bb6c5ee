/** What went wrong below HTTP, as a code: the same for every platform that is called by fetch or over Node's sockets. */

interface Shape {
  readonly code?: unknown
  readonly name?: unknown
  readonly cause?: unknown
  readonly errors?: readonly unknown[]
}

/** The innermost system code: fetch wraps it in a TypeError without one. */
export function networkCode(error: unknown): string {
  for (let at = error, depth = 0; at && depth < 5; depth++) {
    const { code, name, cause, errors } = at as Shape
    if (name === 'TimeoutError' || name === 'AbortError') return 'timeout'
    if (typeof code === 'string') return code
    at = cause ?? errors?.[0]
  }
  return 'network'
}

/** Never reached the other side, so nothing can have happened. */
export const unreached: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
])
