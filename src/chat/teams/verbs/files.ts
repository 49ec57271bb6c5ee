/**
 * File bytes. A channel's files lie in its team's SharePoint, and a message only refers to them: Graph tells size and
 * type, and leads to an address that needs no token and gets none. Without the permission for files: `unsupported`.
 */
import { checkedBytes, checkSize, refusedDownload, stallMs } from '../../bytes.ts'
import { ChatError, type InboundFile, type MessageRef } from '../../port.ts'
import type { Api } from '../api.ts'
import { fileIdOf, hostedIn, isPicture } from '../reading/attached.ts'
import { type Attachment, type ChatMessage, chatMessageSchema } from '../reading/payload.ts'
import { chatError } from '../wire/errors.ts'
import { driveItemSchema, read } from '../wire/graph-schema.ts'
import { isLoopback } from '../wire/identity.ts'
import { teamHolding } from './channels.ts'
import { rowsSince } from './rows.ts'

export async function download(
  api: Api,
  wanted: InboundFile,
  at: MessageRef,
): Promise<AsyncIterable<Uint8Array>> {
  if (isPicture(wanted.id)) return picture(api, wanted, at)
  const attachment = await attachmentOf(api, wanted.id, at)
  if (attachment.contentType !== 'reference' || !attachment.contentUrl)
    throw new ChatError('unsupported', 'not_a_file')
  const share = Buffer.from(attachment.contentUrl, 'utf8').toString('base64url')
  const path = `/shares/u!${share}/driveItem`
  const item = read(driveItemSchema, await asked(() => api.graph.get(path)))
  checkSize(item.size, wanted.size)
  const mime = item.file?.mimeType ?? wanted.mime
  const stop = new AbortController()
  const response = await fetched(api, `${path}/content`, stop)
  return checkedBytes(response, { mime, size: item.size }, stop)
}

/**
 * An activity shows a file's id and nothing else. Its name is in the message as Graph has it, its type and size in
 * SharePoint, whose permission may never have been given: the name alone is then all there is.
 */
export async function describe(api: Api, file: InboundFile, at: MessageRef): Promise<InboundFile> {
  const { name, contentType, contentUrl } = await attachmentOf(api, file.id, at)
  const named = { ...file, name: name || file.name }
  if (contentType !== 'reference' || !contentUrl) return named
  const share = Buffer.from(contentUrl, 'utf8').toString('base64url')
  try {
    const item = read(driveItemSchema, await asked(() => api.graph.get(`/shares/u!${share}/driveItem`)))
    return { ...named, mime: item.file?.mimeType ?? '', size: item.size }
  } catch (error) {
    if (error instanceof ChatError && error.failure === 'unsupported') return named
    throw error
  }
}

/** SharePoint's permission is another one than the messages', and may never have been given. */
async function asked<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    const failure = chatError(error)
    if (failure.code === 'no_permission' || failure.code === 'unauthorized')
      throw new ChatError('unsupported', 'no_permission')
    if (failure.failure === 'gone') throw new ChatError('gone', 'file_not_found')
    throw failure
  }
}

async function attachmentOf(api: Api, id: string, at: MessageRef): Promise<Attachment> {
  const row = await asked(() => messageAt(api, at))
  const found = row?.attachments?.find((each) => fileIdOf(each) === id)
  if (!found) throw new ChatError('gone', 'file_not_found')
  return found
}

/** Graph has a reply only under its root, which nobody told us: it is looked for among what changed since it was sent. */
async function messageAt(api: Api, { room, message }: MessageRef): Promise<ChatMessage | undefined> {
  const team = await teamHolding(api, room)
  const path = `/teams/${team}/channels/${encodeURIComponent(room)}/messages/${encodeURIComponent(message)}`
  try {
    return read(chatMessageSchema, await api.graph.get(path))
  } catch (error) {
    const failure = chatError(error)
    if (failure.failure !== 'gone') throw failure
  }
  for await (const row of rowsSince(api, room, new Date(Number(message) || 0)))
    if (row.id === message) return row
  return undefined
}

/** The first answer is a redirect to the bytes. It is followed without our token, which only Graph is shown. */
async function fetched(api: Api, path: string, stop: AbortController): Promise<Response> {
  const timer = setTimeout(() => stop.abort(), stallMs)
  try {
    const answer = await api.graph.answer(path, stop.signal)
    const to = answer.headers.get('location')
    const isRedirect = answer.status >= 300 && answer.status < 400 && to !== null
    if (isRedirect) await answer.body?.cancel()
    const response = isRedirect
      ? await fetch(downloadAddress(to, answer.url), { redirect: 'error', signal: stop.signal })
      : answer
    if (response.status === 401 || response.status === 403) {
      stop.abort()
      throw new ChatError('unsupported', 'no_permission')
    }
    const refused = refusedDownload(response, stop)
    if (refused) throw refused
    return response
  } catch (error) {
    const failure = chatError(error)
    throw failure.maybeDone ? new ChatError('transient', failure.code) : failure
  } finally {
    clearTimeout(timer)
  }
}

/** https, or this machine where Graph itself is on it. */
function downloadAddress(to: string, from: string): URL {
  const target = new URL(to, from)
  const isLocal = isLoopback(target) && isLoopback(new URL(from))
  if (target.protocol !== 'https:' && !isLocal) throw new ChatError('refused', 'foreign_host')
  return target
}

/**
 * A pasted picture: Graph keeps it under its message, for whoever may read that. Only the part of its address that names
 * it is used, because the rest is what the message's author wrote. A picture that lies elsewhere is not fetched.
 */
async function picture(api: Api, { id }: InboundFile, at: MessageRef): Promise<AsyncIterable<Uint8Array>> {
  const row = await asked(() => messageAt(api, at))
  if (!row || row.deletedDateTime) throw new ChatError('gone', 'file_not_found')
  const hosted = hostedIn(row.body?.content ?? '', id)
  if (hosted === undefined) throw new ChatError('unsupported', 'not_hosted')
  const team = await teamHolding(api, at.room)
  const [channel, message, root] = [at.room, row.id, row.replyToId ?? row.id].map(encodeURIComponent)
  const thread = `/teams/${team}/channels/${channel}/messages/${root}`
  const place = root === message ? thread : `${thread}/replies/${message}`
  const stop = new AbortController()
  const response = await fetched(api, `${place}/hostedContents/${encodeURIComponent(hosted)}/$value`, stop)
  return checkedBytes(response, { mime: '' }, stop)
}
