/**
 * A file sent to one person, and taken back. The bytes go straight from their source to the address Slack names for
 * them, never through memory; whether an interrupted attempt landed is read in the chat with the person.
 */
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { pipeline } from 'node:stream/promises'
import { networkCode } from '../network.ts'
import { ChatError, type MessageRef, type OutgoingFile } from '../port.ts'
import type { Api } from './api.ts'
import { calling } from './errors.ts'
import { allowedHost } from './files.ts'
import { isOwn } from './message.ts'
import { messageSchema } from './payload.ts'
import { directRoom } from './posts.ts'
import { dateTs } from './text.ts'

/** What Slack takes of one file, on every plan. */
export const LARGEST = 1_000_000_000
/** How long nothing may move. */
const stallMs = 30_000

export async function sendFile(
  api: Api,
  person: string,
  file: OutgoingFile,
  since?: Date,
): Promise<MessageRef> {
  const channel = await directRoom(api, person)
  const earlier = since && (await landedBefore(api, channel, file.name, since))
  if (earlier) return { room: channel, message: earlier }
  const { upload_url, file_id } = await calling(() =>
    api.once.files.getUploadURLExternal({ filename: file.name, length: file.bytes }),
  )
  if (!upload_url || !file_id) throw new ChatError('transient', 'no_upload_address')
  await uploaded(api, upload_url, file)
  await calling(() =>
    api.once.files.completeUploadExternal({
      files: [{ id: file_id, title: file.name }],
      channel_id: channel,
      initial_comment: file.comment,
    }),
  )
  return { room: channel, message: file_id }
}

/** Slack keeps the message and says that its file was deleted. */
export async function removeFile(api: Api, { message }: MessageRef): Promise<void> {
  await calling(() => api.once.files.delete({ file: message }))
}

async function landedBefore(
  api: Api,
  channel: string,
  name: string,
  since: Date,
): Promise<string | undefined> {
  let cursor: string | undefined
  do {
    const page = await calling(() =>
      api.read.conversations.history({
        channel,
        oldest: dateTs(since),
        limit: 200,
        ...(cursor ? { cursor } : {}),
      }),
    )
    for (const row of page.messages ?? []) {
      const message = messageSchema.safeParse(row).data
      const file = message && isOwn(api.self, message) && message.files?.find((each) => each.name === name)
      if (file) return file.id
    }
    cursor = page.response_metadata?.next_cursor || undefined
  } while (cursor)
  return undefined
}

export async function uploaded(
  api: Api,
  url: string,
  file: Pick<OutgoingFile, 'bytes' | 'read'>,
): Promise<void> {
  if (!allowedHost(url, api.once.slackApiUrl)) throw new ChatError('refused', 'foreign_host')
  const ask = new URL(url).protocol === 'https:' ? httpsRequest : httpRequest
  const headers = {
    authorization: `Bearer ${api.token}`,
    'content-type': 'application/octet-stream',
    'content-length': file.bytes,
  }
  const outgoing = ask(url, { method: 'POST', headers, timeout: stallMs })
  outgoing.once('timeout', () =>
    outgoing.destroy(Object.assign(new Error('stalled'), { name: 'TimeoutError' })),
  )
  const answered = new Promise<number>((resolve, reject) => {
    outgoing.once('response', (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    outgoing.once('error', reject)
  })
  try {
    const [status] = await Promise.all([answered, pipeline(file.read(), outgoing)])
    if (status !== 200)
      throw new ChatError(status >= 500 || status === 429 ? 'transient' : 'refused', `http_${status}`)
  } catch (error) {
    if (error instanceof ChatError) throw error
    // Nobody sees what was uploaded and not completed, so a second attempt shows no second file.
    throw new ChatError('transient', networkCode(error))
  }
}
