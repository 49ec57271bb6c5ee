/**
 * A picture in a room: a file shared there, whose message says the same in words. Shared files are shown some time after
 * Slack took them, so the message is looked for; it is known again by the delivery's id in the file's name.
 */
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import type { Card, Line } from '../../views/card.ts'
import { ChatError, type MessageRef, type OutgoingPicture } from '../port.ts'
import type { Api } from './api.ts'
import { calling } from './errors.ts'
import { pictureFile } from './message.ts'
import { clip, mrkdwn } from './mrkdwn.ts'
import { findPost } from './posts.ts'
import { uploaded } from './send-file.ts'

/** Slack folds a long text in and cuts one over 40,000; a crowded picture says some 7,000. */
const WORDS = 20_000
/** As long as a picture's description may be in a message of blocks. */
const DESCRIPTION = 2000
const LOOKS_MS = [0, 500, 1000, 2000, 4000]
/** Nobody knows yet whether it was shared: time for it to show, before it is looked for and sent again. */
const UNSURE_MS = 20_000

export async function postPicture(
  api: Api,
  room: string,
  picture: OutgoingPicture,
  card: Card,
  delivery: string,
): Promise<MessageRef> {
  const { png, title, alt } = picture
  const since = api.now()
  const asked = {
    filename: pictureFile(picture.name, delivery),
    length: png.length,
    // Slack calls it so; the SDK's types have another name for it.
    alt_txt: clip(alt, DESCRIPTION),
  }
  const { upload_url, file_id } = await calling(() => api.once.files.getUploadURLExternal(asked))
  if (!upload_url || !file_id) throw new ChatError('transient', 'no_upload_address')
  await uploaded(api, upload_url, { bytes: png.length, read: () => Readable.from([png]) })
  try {
    await calling(() =>
      api.once.files.completeUploadExternal({
        files: [{ id: file_id, title }],
        channel_id: room,
        initial_comment: clip(wordsOf(card), WORDS),
      }),
    )
  } catch (error) {
    if (!(error instanceof ChatError && error.maybeDone)) throw error
    throw new ChatError('transient', error.code, { maybeDone: true, retryAfterMs: UNSURE_MS })
  }
  for (const ms of LOOKS_MS) {
    await wait(ms)
    const found = await findPost(api, { room }, delivery, since).catch(() => undefined)
    if (found) return found
  }
  // It is shared, and Slack is slow to show it: its echo will name the delivery.
  return { room, message: file_id }
}

/** A file's message takes one text; its buttons stay away. */
function wordsOf(card: Card): string {
  const lines = card.blocks.flatMap((block): readonly Line[] => {
    if (block.kind === 'lines' || block.kind === 'quiet') return block.lines
    return block.kind === 'title' ? [[{ bold: block.text }]] : []
  })
  return lines.map(mrkdwn).join('\n')
}
