/** File bytes, asked for with our token of the platform's own hosts only, and checked as they come (`chat/bytes.ts`). */
import { checkedBytes, checkSize, refusedDownload, stallMs } from '../bytes.ts'
import { ChatError, type InboundFile } from '../port.ts'
import type { Api } from './api.ts'
import { calling, chatError } from './errors.ts'

export async function download(api: Api, wanted: InboundFile): Promise<AsyncIterable<Uint8Array>> {
  const info = await calling(() => api.read.files.info({ file: wanted.id }))
  const file = info.file ?? {}
  const url = file.url_private_download ?? file.url_private
  const size = file.size
  if (!url || size === undefined) throw new ChatError('gone', 'file_not_found')
  checkSize(size, wanted.size)
  const stop = new AbortController()
  const response = await fetched(api, url, stop)
  return checkedBytes(response, { mime: file.mimetype ?? wanted.mime, size }, stop)
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
  const refused = refusedDownload(response, stop)
  if (refused) throw refused
  return response
}

/** The token goes to Slack's own hosts, or to the host the operator named as its API. */
export function allowedHost(url: string, apiUrl: string | undefined): boolean {
  let target: URL
  try {
    target = new URL(url)
  } catch {
    return false
  }
  if (apiUrl && new URL(apiUrl).host === target.host) return true
  return target.protocol === 'https:' && /(^|\.)slack(-files|-gov)?\.com$/.test(target.hostname)
}
