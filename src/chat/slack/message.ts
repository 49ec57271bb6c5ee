/**
 * Slack message events and history rows → Inbound. Push, retry and history of the same fact carry the same key.
 * Undefined means the payload says nothing new about what people said: link previews, thread counters, join notices.
 */
import type { InboundFile, InboundMessage, MessageBody } from '../port.ts'
import type { SlackFile, SlackMessage, SlackMessageEvent } from './payload.ts'
import { addressedLine, attachmentsText, blocksText, decodeEntities, tsDate } from './text.ts'

/** Who we are on this workspace. */
export interface Self {
  readonly workspace: string
  readonly botUser: string
  readonly botId: string
}

export const deliveryEvent = 'wardroom_delivery'

/** Told by their own events (member_joined_channel, group_rename …), so the notices would double them. */
const notices =
  /^(channel|group)_(join|leave|name|archive|unarchive)$|^(bot_add|bot_remove|channel_convert_to_public)$/

/** What Slack says when the bot itself sets a topic or pins a card: our own doing, known already. */
const ownNotices = /^(channel|group)_(topic|purpose|posting_permissions)$|^(un)?pinned_item$/

/** A file that was deleted stays in the list as a tombstone. */
const gone = /^(tombstone|hidden_by_limit)$/

export function messageInbound(self: Self, event: SlackMessageEvent): InboundMessage | undefined {
  const { subtype, channel } = event
  if (subtype === 'message_deleted') {
    const ts = event.deleted_ts ?? event.previous_message?.ts
    return ts ? deleted(self, channel, ts, event.previous_message ?? undefined, event.event_ts) : undefined
  }
  if (subtype === 'message_changed') return changed(self, event)
  if (subtype === 'message_replied') return undefined
  return posted(self, channel, event, true)
}

/** A row of conversations.history or conversations.replies. */
export function recoveredMessage(self: Self, room: string, row: SlackMessage): InboundMessage | undefined {
  const found =
    row.subtype === 'tombstone'
      ? deleted(self, room, row.ts, undefined, undefined, row)
      : row.edited
        ? edited(self, room, row, undefined, row.edited.ts)
        : posted(self, room, row, false)
  return found && { ...found, recovered: true }
}

function changed(self: Self, event: SlackMessageEvent): InboundMessage | undefined {
  const { message, channel } = event
  const previous = event.previous_message ?? undefined
  if (!message) return undefined
  if (message.subtype === 'tombstone')
    return deleted(self, channel, message.ts, previous, event.event_ts, message)
  if (previous ? sameWords(message, previous) : !message.edited) return undefined
  return edited(self, channel, message, previous, editMark(event, message, previous))
}

/** Without a fresh edit mark (a file taken out of a message) the event's own time tells the versions apart. */
function editMark(event: SlackMessageEvent, message: SlackMessage, previous: SlackMessage | undefined) {
  const mark = message.edited?.ts
  return mark && mark !== previous?.edited?.ts ? mark : (event.event_ts ?? mark ?? message.ts)
}

function sameWords(a: SlackMessage, b: SlackMessage): boolean {
  return fingerprint(a) === fingerprint(b)
}

function fingerprint(message: SlackMessage): string {
  const body = bodyOf(message)
  return JSON.stringify([body.text, blocksText(message.blocks), body.files.map((file) => file.id)])
}

function posted(self: Self, room: string, message: SlackMessage, live: boolean): InboundMessage | undefined {
  if (notices.test(message.subtype ?? '')) return undefined
  const base = common(self, room, message)
  if (base.own && ownNotices.test(message.subtype ?? '')) return undefined
  const body = bodyOf(message)
  const human = base.actorKind === 'human' && !base.own
  const line = live && human ? addressedLine(message.text ?? '', self.botUser) : undefined
  return {
    ...base,
    change: 'posted',
    key: keyOf(self, room, message.ts),
    actor: body.author,
    at: tsDate(message.ts),
    body,
    ...(line === undefined ? {} : { line }),
  }
}

function edited(
  self: Self,
  room: string,
  message: SlackMessage,
  previous: SlackMessage | undefined,
  mark: string,
): InboundMessage {
  const body = bodyOf(message)
  return {
    ...common(self, room, message),
    change: 'edited',
    key: `${keyOf(self, room, message.ts)}:e${mark}`,
    actor: message.edited?.user ?? body.author,
    at: tsDate(mark),
    body,
    ...(previous ? before(self, room, previous) : {}),
  }
}

/** Slack does not say who deleted, so there is no actor. History does not say when, so its time is the message's. */
function deleted(
  self: Self,
  room: string,
  ts: string,
  previous: SlackMessage | undefined,
  eventTs?: string | null,
  stone?: SlackMessage,
): InboundMessage {
  return {
    ...common(self, room, previous ?? { ts, thread_ts: stone?.thread_ts }),
    change: 'deleted',
    message: ts,
    key: `${keyOf(self, room, ts)}:d`,
    actor: '',
    actorKind: 'system',
    at: tsDate(eventTs ?? ts),
    ...(previous ? before(self, room, previous) : {}),
  }
}

/** An edited message carries the mark of its last edit: what it was before may have been an edit, not the original. */
function before(self: Self, room: string, previous: SlackMessage) {
  const mark = previous.edited?.ts
  const key = keyOf(self, room, previous.ts)
  return { previous: bodyOf(previous), previousKey: mark ? `${key}:e${mark}` : key }
}

function keyOf(self: Self, room: string, ts: string): string {
  return `slack:${self.workspace}:${room}:${ts}`
}

function common(self: Self, room: string, message: SlackMessage) {
  const own = isOwn(self, message)
  const delivery = deliveryOf(self, message)
  const bot = own || Boolean(message.bot_id) || message.subtype === 'bot_message'
  const kind = bot ? ('bot' as const) : authorOf(message) ? ('human' as const) : ('system' as const)
  return {
    type: 'message' as const,
    platform: 'slack' as const,
    workspace: self.workspace,
    room,
    message: message.ts,
    actorKind: kind,
    ...(message.thread_ts && message.thread_ts !== message.ts ? { thread: message.thread_ts } : {}),
    ...(own ? { own: true } : {}),
    ...(delivery === undefined ? {} : { delivery }),
  }
}

export function isOwn(self: Self, message: Pick<SlackMessage, 'user' | 'bot_id'>): boolean {
  return message.user === self.botUser || message.bot_id === self.botId
}

/** A file's message has no metadata: the name that we gave the file carries the id. Anyone may use such a name. */
export const pictureFile = (name: string, delivery: string): string => `${name}-${delivery}.png`
const ID_IN_NAME = /-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.png$/

export function deliveryOf(self: Self, message: SlackMessage): string | undefined {
  if (!isOwn(self, message)) return undefined
  const { event_type: type, event_payload: payload } = message.metadata ?? {}
  if (type === deliveryEvent && typeof payload?.delivery === 'string') return payload.delivery
  return (message.files ?? []).map(({ name }) => ID_IN_NAME.exec(name ?? '')?.[1]).find(Boolean)
}

function authorOf(message: SlackMessage): string {
  return message.user || message.bot_id || ''
}

export function bodyOf(message: SlackMessage): MessageBody {
  return { text: textOf(message), author: authorOf(message), files: filesOf(message) }
}

export function textOf(message: SlackMessage): string {
  if (message.text) return decodeEntities(message.text)
  return blocksText(message.blocks) || attachmentsText(message.attachments)
}

/** Slack Connect may send ids only: the rest is asked for when the file is fetched, and size 0 says unknown. */
function filesOf(message: SlackMessage): InboundFile[] {
  return (message.files ?? []).flatMap((file) => fileOf(file) ?? [])
}

/** Undefined: it is no more. */
export function fileOf(file: SlackFile): InboundFile | undefined {
  if (gone.test(file.mode ?? '') || file.file_access === 'file_not_found') return undefined
  return {
    id: file.id,
    name: file.name ?? file.title ?? '',
    mime: file.mimetype ?? '',
    size: file.size ?? 0,
  }
}
