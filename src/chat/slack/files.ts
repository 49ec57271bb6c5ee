/**
 * File bytes. An unauthorised download answers 200 with a login page, so nothing is handed on before the address, the
 * status, the type and the first bytes are checked, and the stream ends in an error unless the size is exact.
 */
import { ChatError, type InboundFile } from '../port.ts'
import type { Api } from './api.ts'
import { calling, chatError } from './errors.ts'

/** A file whose size Slack did not tell beforehand (Slack Connect). */
const unknownSizeLimit = 100 * 1024 * 1024
const stallMs = 30_000

export async function download(api: Api, wanted: InboundFile): Promise<AsyncIterable<Uint8Array>> {
  const info = await calling(() => api.read.files.info({ file: wanted.id }))
  const file = info.file ?? {}
  const url = file.url_private_download ?? file.url_private
  const size = file.size
  if (!url || size === undefined) throw new ChatError('gone', 'file_not_found')
  const limit = wanted.size > 0 ? wanted.size : unknownSizeLimit
  if (size > limit || (wanted.size > 0 && size !== wanted.size))
    throw new ChatError('refused', 'file_size_differs')
  const mime = file.mimetype ?? wanted.mime
  const stop = new AbortController()
  const response = await fetched(api, url, stop)
  const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (type === 'text/html' && mime !== 'text/html') throw refusedBytes(stop, 'login_page')
  const length = response.headers.get('content-length')
  const packed = response.headers.get('content-encoding')
  if (length !== null && !packed && Number(length) !== size) throw refusedBytes(stop, 'file_size_differs')
  const bytes = checked(response.body, size, stop)
  const first = await bytes.next()
  if (!first.done && mime !== 'text/html' && !isLikelyText(mime) && looksLikeHtml(first.value))
    throw refusedBytes(stop, 'login_page')
  return first.done ? empty() : rejoin(first.value, bytes)
}

/** No redirects: a login redirect would carry our token to whichever host it names. */
async function fetched(api: Api, url: string, stop: AbortController): Promise<Response> {
  const allowed = allowedHost(url, api.once.slackApiUrl)
  if (!allowed) throw new ChatError('refused', 'foreign_host')
  let response: Response
  const timer = setTimeout(() => stop.abort(), stallMs)
  try {
    response = await fetch(url, {
      headers: { authorization: `Bearer ${api.token}` },
      redirect: 'manual',
      signal: stop.signal,
    })
  } catch (error) {
    throw new ChatError('transient', chatError(error).code)
  } finally {
    clearTimeout(timer)
  }
  if (response.status === 429 || response.status >= 500) {
    stop.abort()
    const retryAfter = Number(response.headers.get('retry-after'))
    const wait = retryAfter > 0 ? { retryAfterMs: retryAfter * 1000 } : {}
    throw new ChatError('transient', `http_${response.status}`, wait)
  }
  if (response.status === 404 || response.status === 410) throw refusedBytes(stop, 'file_not_found', 'gone')
  if (response.status !== 200) throw refusedBytes(stop, `http_${response.status}`)
  return response
}

/** The token goes to Slack's own hosts, or to the host the operator named as its API. */
function allowedHost(url: string, apiUrl: string | undefined): boolean {
  let target: URL
  try {
    target = new URL(url)
  } catch {
    return false
  }
  if (apiUrl && new URL(apiUrl).host === target.host) return true
  return target.protocol === 'https:' && /(^|\.)slack(-files|-gov)?\.com$/.test(target.hostname)
}

function refusedBytes(stop: AbortController, code: string, failure: 'refused' | 'gone' = 'refused') {
  stop.abort()
  return new ChatError(failure, code)
}

async function* checked(
  body: ReadableStream<Uint8Array> | null,
  size: number,
  stop: AbortController,
): AsyncGenerator<Uint8Array, void> {
  let seen = 0
  const watch = () => setTimeout(() => stop.abort(), stallMs)
  let stall = watch()
  try {
    for await (const chunk of body ?? []) {
      clearTimeout(stall)
      seen += chunk.length
      if (seen > size) throw refusedBytes(stop, 'file_size_differs')
      yield chunk
      stall = watch()
    }
  } catch (error) {
    if (error instanceof ChatError) throw error
    throw new ChatError('transient', chatError(error).code)
  } finally {
    clearTimeout(stall)
    if (seen !== size) stop.abort()
  }
  if (seen !== size) throw new ChatError('transient', 'file_cut_short')
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
