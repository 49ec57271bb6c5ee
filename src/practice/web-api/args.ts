// Reads a Web API call's arguments: form, JSON or multipart, each name typed, unknown and missing ones refused.
import type { Json } from '../page-api.ts'

/** An `ok: false` answer, thrown from anywhere inside a method. */
export class SlackError extends Error {
  readonly answer: Json
  constructor(code: string, extra: Json = {}) {
    super(code)
    this.answer = { ok: false, error: code, ...extra }
  }
}

export const invalidArguments = (...messages: string[]): SlackError =>
  new SlackError('invalid_arguments', { response_metadata: { messages } })

type Kind = 'boolean' | 'number' | 'json'

const kinds: Record<string, Kind> = {
  is_private: 'boolean',
  force: 'boolean',
  inclusive: 'boolean',
  include_all_metadata: 'boolean',
  include_num_members: 'boolean',
  include_locale: 'boolean',
  include_users: 'boolean',
  include_count: 'boolean',
  include_disabled: 'boolean',
  exclude_archived: 'boolean',
  return_im: 'boolean',
  prevent_creation: 'boolean',
  reply_broadcast: 'boolean',
  link_names: 'boolean',
  mrkdwn: 'boolean',
  unfurl_links: 'boolean',
  unfurl_media: 'boolean',
  full: 'boolean',
  limit: 'number',
  length: 'number',
  blocks: 'json',
  attachments: 'json',
  metadata: 'json',
  view: 'json',
  files: 'json',
}

const formatErrors: Record<string, string> = {
  blocks: 'invalid_blocks_format',
  metadata: 'invalid_metadata_format',
  attachments: 'invalid_attachments',
}

const asBoolean = (name: string, value: unknown): boolean => {
  if (value === true || value === 'true' || value === '1' || value === 1) return true
  if (value === false || value === 'false' || value === '0' || value === 0) return false
  throw invalidArguments(`[ERROR] must be a boolean [json-pointer:/${name}]`)
}

const asNumber = (name: string, value: unknown): number => {
  const number = Number(value)
  if (value !== '' && Number.isFinite(number)) return number
  throw invalidArguments(`[ERROR] must be a number [json-pointer:/${name}]`)
}

const asJson = (name: string, value: unknown): unknown => {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    throw formatErrors[name]
      ? new SlackError(formatErrors[name])
      : invalidArguments(`[ERROR] invalid JSON: ${name}`)
  }
}

const typed = (name: string, value: unknown): unknown => {
  const kind = kinds[name]
  if (kind === 'boolean') return asBoolean(name, value)
  if (kind === 'number') return asNumber(name, value)
  if (kind === 'json') return asJson(name, value)
  return typeof value === 'object' ? value : String(value)
}

/** Arguments as a reader of the call log wants them: JSON parsed where it parses. */
export const forLog = (raw: Json): Json =>
  Object.fromEntries(
    Object.entries(raw).flatMap(([name, value]) => {
      if (name === 'token') return []
      try {
        return [[name, typed(name, value)]]
      } catch {
        return [[name, value]]
      }
    }),
  )

/** Bolt's listener client adds `team_id` to every call; a token may come as an argument. */
const everywhere = new Set(['token', 'team_id'])

export const checkArgs = (raw: Json, required: readonly string[], optional: readonly string[]): Json => {
  const known = new Set([...required, ...optional])
  const given = Object.entries(raw).filter(([, value]) => value !== undefined && value !== null)
  const messages = given
    .filter(([name]) => !known.has(name) && !everywhere.has(name))
    .map(([name]) => `[ERROR] unknown argument: ${name} (Slack ignores it; practice refuses it)`)
  const names = new Set(given.filter(([, value]) => value !== '').map(([name]) => name))
  for (const name of required) if (!names.has(name)) messages.push(`[ERROR] missing required field: ${name}`)
  if (messages.length > 0) throw invalidArguments(...messages)
  return Object.fromEntries(
    given.filter(([name]) => name !== 'token').map(([name, value]) => [name, typed(name, value)]),
  )
}

export const readBody = (contentType: string, body: Buffer): Json | null => {
  if (contentType.startsWith('application/json')) {
    try {
      const parsed: unknown = JSON.parse(body.toString('utf8') || '{}')
      return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Json) : null
    } catch {
      return null
    }
  }
  if (contentType.startsWith('multipart/form-data')) return readMultipart(contentType, body)
  return Object.fromEntries(new URLSearchParams(body.toString('utf8')))
}

export type Part = { name: string; filename: string | null; bytes: Buffer }

export const multipartParts = (contentType: string, body: Buffer): Part[] => {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1]
  if (!boundary) return []
  const mark = Buffer.from(`--${boundary}`)
  const parts: Part[] = []
  for (let at = body.indexOf(mark); at >= 0; ) {
    const next = body.indexOf(mark, at + mark.length)
    if (next < 0) break
    const chunk = body.subarray(at + mark.length + 2, next - 2)
    const gap = chunk.indexOf('\r\n\r\n')
    const head = chunk.subarray(0, Math.max(gap, 0)).toString('utf8')
    const name = /name="([^"]*)"/.exec(head)?.[1]
    if (gap >= 0 && name !== undefined) {
      parts.push({
        name,
        filename: /filename="([^"]*)"/.exec(head)?.[1] ?? null,
        bytes: chunk.subarray(gap + 4),
      })
    }
    at = next
  }
  return parts
}

const readMultipart = (contentType: string, body: Buffer): Json =>
  Object.fromEntries(
    multipartParts(contentType, body).map((part) => [part.name, part.bytes.toString('utf8')]),
  )
