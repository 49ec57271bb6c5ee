// Sharing, changing and deleting files in channels, with the events Slack sends (they name ids only).
import type { Core } from './core.ts'
import { emit } from './events.ts'
import { type Draft, postMessage } from './messages.ts'
import type { Channel, StoredFile } from './state.ts'

export const shareFiles = (
  core: Core,
  channel: Channel,
  user: string,
  files: readonly StoredFile[],
  text: string,
  threadTs?: string,
): string => {
  const fileIds = files.map((file) => file.id)
  const draft: Draft = { text, subtype: 'file_share', fileIds, threadTs, extra: { upload: true } }
  const message = postMessage(core, channel, user, draft)
  for (const file of files) {
    emit(core, { type: 'file_shared', ...idsOf(file), user_id: user, channel_id: channel.id }, channel)
  }
  return message.ts
}

const idsOf = (file: StoredFile) => ({ file_id: file.id, file: { id: file.id } })

const sharedWhere = (core: Core, file: StoredFile): Channel | undefined =>
  core.state.channels.find((channel) => channel.id in file.shares)

export const changeFile = (core: Core, file: StoredFile, title: string): void => {
  file.title = title
  emit(core, { type: 'file_change', ...idsOf(file) }, sharedWhere(core, file) ?? null)
  core.changed({ kind: 'state' })
}

/** The message stays; its file becomes a tombstone without a name. */
export const deleteFile = (core: Core, file: StoredFile): void => {
  const channel = sharedWhere(core, file)
  file.isDeleted = true
  file.base64 = ''
  emit(core, { type: 'file_deleted', file_id: file.id }, channel ?? null)
  if (channel) core.changed({ kind: 'messages', channel: channel.id, thread: null })
}
