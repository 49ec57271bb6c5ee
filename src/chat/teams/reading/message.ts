/**
 * Channel messages → Inbound, pushed as activities or read from Graph. Push, retry and history of the same fact carry the
 * same key; an edit and a deletion a coarser one too, because the two sources may stamp them with times of their own.
 */
import type { InboundMessage } from '../../port.ts'
import type { Self } from '../wire/self.ts'
import { deliveryIn } from './attached.ts'
import { type Author, authorIn, authorOf, strangerIn } from './author.ts'
import type { Directory } from './directory.ts'
import { roomId, rootId } from './ids.ts'
import type { Activity, ChatMessage } from './payload.ts'
import { bodyOf, type Said, saidInActivity, saidInRow } from './said.ts'
import { idDate, messageKey } from './stamps.ts'

type Where = ReturnType<typeof whereIn>

/** Undefined: it lacks what the record cannot do without, the author or the time of a change. History will tell it. */
export function messageInbound(
  self: Self,
  directory: Directory,
  activity: Activity,
): InboundMessage | undefined {
  const { id, type } = activity
  const at = activity.timestamp ? new Date(activity.timestamp) : undefined
  const author = authorIn(self, directory, activity.from)
  if (!id) return undefined
  const where = whereIn(self, roomId(activity.conversation.id), id, rootId(activity.conversation.id))
  if (type === 'messageDelete') return at && deleted(where, at, author)
  if (!author) return undefined
  const said = saidInActivity(self, directory, activity)
  if (type === 'message') {
    const sent = at ?? idDate(id)
    const isLine = author.kind === 'human' && said.line !== undefined
    return sent && { ...posted(where, sent, author, said), ...(isLine ? { line: said.line } : {}) }
  }
  if (!at) return undefined
  const isBack = activity.channelData?.eventType === 'undeleteMessage'
  return isBack ? restored(where, at, author, said) : edited(where, at, author, said)
}

/** A row of Graph's messages, replies or delta. Undefined where it is not a message that somebody wrote. */
export function recoveredMessage(self: Self, room: string, row: ChatMessage): InboundMessage | undefined {
  const message = rowInbound(self, room, row)
  return message && { ...message, recovered: true }
}

function rowInbound(self: Self, room: string, row: ChatMessage): InboundMessage | undefined {
  if ((row.messageType ?? 'message') !== 'message') return undefined
  const where = whereIn(self, room, row.id, row.replyToId ?? undefined)
  const author = authorOf(self, row.from)
  if (row.deletedDateTime) return deleted(where, new Date(row.deletedDateTime), author)
  const sent = row.createdDateTime ? new Date(row.createdDateTime) : idDate(row.id)
  const said = saidInRow(self, row)
  const writer = author ?? strangerIn(row.from)
  const delivery = writer.isUs ? deliveryIn(row.attachments) : undefined
  const echo = delivery === undefined ? {} : { delivery }
  if (row.lastEditedDateTime)
    return { ...edited(where, new Date(row.lastEditedDateTime), writer, said), ...echo }
  return sent && { ...posted(where, sent, writer, said), ...echo }
}

function posted(where: Where, at: Date, author: Author, said: Said): InboundMessage {
  return { ...where, change: 'posted', ...by(author), at, body: bodyOf(said, author) }
}

function edited(where: Where, at: Date, author: Author, said: Said): InboundMessage {
  const { key } = where
  const keys = { key: `${key}:e${at.getTime()}`, sameAs: `${key}:v${said.mark}` }
  return { ...where, change: 'edited', ...keys, ...by(author), at, body: bodyOf(said, author) }
}

function restored(where: Where, at: Date, author: Author, said: Said): InboundMessage {
  const key = `${where.key}:u${at.getTime()}`
  return { ...where, change: 'restored', key, ...by(author), at, body: bodyOf(said, author) }
}

/** Teams names the author, not who deleted, who may own the team: so there is no actor. Nor does it tell any words. */
function deleted(where: Where, at: Date, author: Author | undefined): InboundMessage {
  const keys = { key: `${where.key}:d${at.getTime()}`, sameAs: `${where.key}:d` }
  const own = author?.isUs ? { own: true } : {}
  return { ...where, change: 'deleted', ...keys, actor: '', actorKind: 'system', at, ...own }
}

const by = ({ id, kind, isUs }: Author) => ({
  actor: id,
  actorKind: kind,
  ...(isUs ? { own: true } : {}),
})

function whereIn(self: Self, room: string, message: string, root: string | undefined) {
  return {
    type: 'message' as const,
    platform: 'teams' as const,
    workspace: self.tenant,
    room,
    message,
    key: messageKey(self, room, message),
    ...(root !== undefined && root !== message ? { thread: root } : {}),
  }
}
