// files.*: the three-step upload, and files.info.
import { type Core, secret } from '../core.ts'
import { deleteFile, shareFiles } from '../file-sharing.ts'
import { fileWire, mayReadFile, storeFile } from '../files.ts'
import { findMessage } from '../messages.ts'
import type { Json } from '../page-api.ts'
import { botUserId, type StoredFile } from '../state.ts'
import { channelArg, mustBeMember, mustBeOpen } from './access.ts'
import { invalidArguments, SlackError } from './args.ts'
import type { Methods } from './method.ts'

type Upload = { fileId: string; length: number; isReceived: boolean }
const uploads = new WeakMap<Core, Map<string, Upload>>()
const uploadsOf = (core: Core): Map<string, Upload> => {
  const known = uploads.get(core) ?? new Map<string, Upload>()
  uploads.set(core, known)
  return known
}

const fileArg = (core: Core, id: unknown): StoredFile => {
  const file = core.state.files.find((row) => row.id === id)
  if (!file || (!file.isDeleted && !mayReadFile(core, file, botUserId)))
    throw new SlackError('file_not_found')
  if (file.isDeleted) throw new SlackError('file_deleted')
  return file
}

/** The bytes posted to an upload URL; null when the URL is unknown, used, or the length differs. */
export const receiveUpload = (core: Core, key: string, bytes: Buffer): string | null => {
  const upload = uploadsOf(core).get(key)
  const file = core.state.files.find((row) => row.id === upload?.fileId)
  if (!upload || !file || upload.isReceived || bytes.length !== upload.length) return null
  upload.isReceived = true
  file.base64 = bytes.toString('base64')
  file.size = bytes.length
  return `OK - ${bytes.length}`
}

export const fileMethods: Methods = {
  'files.getUploadURLExternal': {
    scope: ['files:write'],
    required: ['filename', 'length'],
    optional: ['alt_txt', 'snippet_type'],
    run: (core, args) => {
      if (args.length < 1) throw invalidArguments('[ERROR] must be positive [json-pointer:/length]')
      const file = storeFile(core, botUserId, args.filename, new Uint8Array())
      file.altText = args.alt_txt ?? ''
      const key = secret()
      uploadsOf(core).set(key, { fileId: file.id, length: args.length, isReceived: false })
      return { file_id: file.id, upload_url: `${core.origin()}/upload/v1/${key}` }
    },
  },
  'files.completeUploadExternal': {
    scope: ['files:write'],
    required: ['files'],
    optional: ['channel_id', 'channels', 'thread_ts', 'initial_comment', 'blocks'],
    run: (core, args) => {
      if (!Array.isArray(args.files)) throw invalidArguments('[ERROR] must be an array [json-pointer:/files]')
      const files = args.files.map((row: Json) => {
        const upload = [...uploadsOf(core).values()].find((known) => known.fileId === row.id)
        if (!upload?.isReceived) throw new SlackError('file_not_found')
        const file = fileArg(core, row.id)
        file.title = row.title ?? file.name
        return file
      })
      const ids = [args.channel_id, ...String(args.channels ?? '').split(',')].filter(Boolean)
      for (const id of ids) {
        const channel = channelArg(core, id)
        mustBeMember(channel)
        mustBeOpen(channel)
        const threadTs = args.thread_ts
        if (threadTs && !findMessage(channel, threadTs)) throw new SlackError('invalid_thread_ts')
        shareFiles(core, channel, botUserId, files, args.initial_comment ?? '', threadTs)
      }
      return { files: files.map((file: StoredFile) => ({ id: file.id, title: file.title })) }
    },
  },
  'files.delete': {
    scope: ['files:write'],
    required: ['file'],
    optional: [],
    run: (core, args) => {
      const file = fileArg(core, args.file)
      if (file.user !== botUserId) throw new SlackError('cant_delete_file')
      deleteFile(core, file)
      return {}
    },
  },
  'files.info': {
    scope: ['files:read'],
    required: ['file'],
    optional: ['count', 'cursor', 'limit', 'page'],
    run: (core, args) => ({
      file: fileWire(core, fileArg(core, args.file)),
      comments: [],
      response_metadata: { next_cursor: '' },
    }),
  },
}
