// Files: stored bytes, who may read them, and the trap of a login page at HTTP 200 for whoever may not.
import { type Core, nextId, nowSeconds } from './core.ts'
import type { Json } from './page-api.ts'
import { botUserId, type StoredFile, teamId } from './state.ts'

const mimetypes: Record<string, string> = {
  txt: 'text/plain',
  log: 'text/plain',
  md: 'text/plain',
  csv: 'text/csv',
  json: 'application/json',
  html: 'text/html',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  zip: 'application/zip',
}

const extension = (name: string): string => name.toLowerCase().split('.').slice(1).at(-1) ?? 'bin'

export const storeFile = (core: Core, user: string, name: string, bytes: Uint8Array): StoredFile => {
  const file: StoredFile = {
    id: nextId(core, 'F'),
    name,
    title: name,
    mimetype: mimetypes[extension(name)] ?? 'application/octet-stream',
    size: bytes.length,
    user,
    createdAt: nowSeconds(core),
    altText: '',
    base64: Buffer.from(bytes).toString('base64'),
    shares: {},
    isDeleted: false,
  }
  core.state.files.push(file)
  return file
}

const slug = (name: string): string => name.toLowerCase().replace(/[^a-z0-9.]+/g, '_') || 'file'

export const fileWire = (core: Core, file: StoredFile): Json => {
  if (file.isDeleted) return { id: file.id, mode: 'tombstone' }
  const url = `${core.origin()}/files-pri/${teamId}-${file.id}/${slug(file.name)}`
  return {
    id: file.id,
    created: file.createdAt,
    timestamp: file.createdAt,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: extension(file.name),
    pretty_type: extension(file.name).toUpperCase(),
    user: file.user,
    user_team: teamId,
    editable: false,
    size: file.size,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: false,
    public_url_shared: false,
    display_as_bot: false,
    url_private: url,
    url_private_download: url.replace('/files-pri/', '/files-pri/download/'),
    permalink: `${core.origin()}/files/${file.user}/${file.id}/${slug(file.name)}`,
    has_rich_preview: false,
    file_access: 'visible',
    ...(file.altText ? { alt_txt: file.altText } : {}),
  }
}

/** What one form takes of a file, as Slack says. */
export const mostFormBytes = 10 * 1024 * 1024

/** What a `file_input` brings: the files whole, as Slack's client uploaded them before; whoever is not theirs is left out. */
export const givenFiles = (core: Core, user: string, ids: readonly string[]): Json[] =>
  ids.flatMap((id) => {
    const file = core.state.files.find((row) => row.id === id && row.user === user)
    if (!file) return []
    file.isGiven = true
    return [fileWire(core, file)]
  })

/** Who may read a file: its author, the members of the channels it was shared to, and the bot whose form it was given to. */
export const mayReadFile = (core: Core, file: StoredFile, user: string): boolean =>
  !file.isDeleted &&
  (file.user === user ||
    (file.isGiven === true && user === botUserId) ||
    core.state.channels.some((channel) => channel.id in file.shares && channel.members.includes(user)))

export const loginPage = `<!DOCTYPE html><html lang="en"><head><title>Sign in | Practice</title></head>
<body><h1>Sign in to Practice Hospital</h1><p>You need to sign in to see this page.</p></body></html>`
