/**
 * A file's bytes as they come. An unauthorised download may answer 200 with a login page, so nothing is handed on before
 * type, length and first bytes are checked, and the stream ends in an error unless the size is exact. Where the platform
 * tells no size, only the transfer itself says that it was cut.
 */
import { ChatError } from './chat-error.ts'
import { networkCode } from './network.ts'

/** How long nothing may come. */
export const stallMs = 30_000

/** A file whose size the platform did not tell beforehand. */
const unknownSizeLimit = 100 * 1024 * 1024

/** Refused where the platform's size is not the one that was told with the message. */
export function checkSize(size: number, told: number): void {
  const limit = told > 0 ? told : unknownSizeLimit
  if (size > limit || (told > 0 && size !== told)) throw new ChatError('refused', 'file_size_differs')
}

/** `stop` ends the download: called for whatever is refused. */
export async function checkedBytes(
  response: Response,
  { mime, size }: { readonly mime: string; readonly size?: number },
  stop: AbortController,
): Promise<AsyncIterable<Uint8Array>> {
  const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (type === 'text/html' && mime !== 'text/html') throw refusedBytes(stop, 'login_page')
  const length = response.headers.get('content-length')
  const packed = response.headers.get('content-encoding')
  const isOther = length !== null && !packed && Number(length) !== size
  if (size !== undefined && isOther) throw refusedBytes(stop, 'file_size_differs')
  const bytes = exactly(response.body, size, stop)
  const first = await bytes.next()
  if (!first.done && mime !== 'text/html' && !isLikelyText(mime) && looksLikeHtml(first.value))
    throw refusedBytes(stop, 'login_page')
  return first.done ? empty() : rejoin(first.value, bytes)
}

/** What a download that is no success means, told as every other failure is. Undefined: it is one. */
export function refusedDownload(response: Response, stop: AbortController): ChatError | undefined {
  if (response.status === 429 || response.status >= 500) {
    stop.abort()
    const retryAfter = Number(response.headers.get('retry-after'))
    const wait = retryAfter > 0 ? { retryAfterMs: retryAfter * 1000 } : {}
    return new ChatError('transient', `http_${response.status}`, wait)
  }
  if (response.status === 404 || response.status === 410) return refusedBytes(stop, 'file_not_found', 'gone')
  if (response.status !== 200) return refusedBytes(stop, `http_${response.status}`)
  return undefined
}

function refusedBytes(stop: AbortController, code: string, failure: 'refused' | 'gone' = 'refused') {
  stop.abort()
  return new ChatError(failure, code)
}

async function* exactly(
  body: ReadableStream<Uint8Array> | null,
  size: number | undefined,
  stop: AbortController,
): AsyncGenerator<Uint8Array, void> {
  let seen = 0
  const watch = () => setTimeout(() => stop.abort(), stallMs)
  let stall = watch()
  try {
    for await (const chunk of body ?? []) {
      clearTimeout(stall)
      seen += chunk.length
      if (seen > (size ?? unknownSizeLimit)) throw refusedBytes(stop, 'file_size_differs')
      yield chunk
      stall = watch()
    }
  } catch (error) {
    if (error instanceof ChatError) throw error
    throw new ChatError('transient', networkCode(error))
  } finally {
    clearTimeout(stall)
    if (seen !== size) stop.abort()
  }
  if (size !== undefined && seen !== size) throw new ChatError('transient', 'file_cut_short')
}

/** Source and mark-up files may open with a tag and be what they say. */
function isLikelyText(mime: string): boolean {
  return /^text\/|xml|svg|json|javascript|markdown/.test(mime)
}

function looksLikeHtml(chunk: Uint8Array): boolean {
  const head = Buffer.from(chunk.subarray(0, 256)).toString('latin1').trimStart().toLowerCase()
  return head.startsWith('<!doctype html') || head.startsWith('<html')
}

async function* empty(): AsyncGenerator<Uint8Array, void> {}

async function* rejoin(first: Uint8Array, rest: AsyncGenerator<Uint8Array, void>) {
  yield first
  yield* rest
}
