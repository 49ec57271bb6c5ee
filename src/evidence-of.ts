/**
 * What the platform told, as evidence: pure. Order of arrival is never assumed: an edit or deletion whose original
 * was not seen records the platform's previous version as the original first.
 */
import type { InboundFile, InboundMessage, InboundReaction, MessageBody } from './chat/port.ts'
import { type Event, event, type MessageData } from './domain/events.ts'
import type { Source } from './domain/record.ts'
import type { EvidenceItem } from './store/evidence.ts'
import type { Outgoing } from './store/unit.ts'

/** The content key of a message itself; edits and deletions add to it. Adapters use the same. */
export const messageKey = (at: {
  platform: string
  workspace: string
  room: string
  message: string
}): string => `${at.platform}:${at.workspace}:${at.room}:${at.message}`

export const sourceOf = (inbound: InboundMessage | InboundReaction): Source => ({
  platform: inbound.platform,
  workspace: inbound.workspace,
  room: inbound.room,
  message: inbound.message,
  thread: inbound.type === 'message' ? (inbound.thread ?? null) : null,
  ts: inbound.at.toISOString(),
})

export function messageEvent(
  kind: 'message.posted' | 'message.edited' | 'message.deleted' | 'post.unknown',
  inbound: InboundMessage,
  body: MessageBody | undefined,
  more: { ref?: number | undefined; asToldLater?: boolean } = {},
): Event {
  const data: MessageData = {
    room: inbound.room,
    message: inbound.message,
    thread: inbound.thread ?? null,
    author: body?.author ?? inbound.actor,
    files: (body?.files ?? []).map(({ id, mime, size }) => ({ file: id, mime, size })),
    recovered: inbound.recovered ?? false,
    asToldLater: more.asToldLater ?? false,
  }
  return event(kind, data, body && textOf(body), more.ref)
}

/** Lone surrogates have no canonical form; replacing them keeps the message instead of losing it. */
export function textOf(body: MessageBody): Record<string, string> {
  const names = body.files.map((file) => [`file:${file.id}`, file.name.toWellFormed()] as const)
  return { body: body.text.toWellFormed(), ...Object.fromEntries(names) }
}

export function messageItem(inbound: InboundMessage, now: Date): EvidenceItem {
  const base = messageKey(inbound)
  return {
    key: inbound.key,
    messageKey: base,
    platform: inbound.platform,
    workspace: inbound.workspace,
    room: inbound.room,
    stamp: { actor: { id: inbound.actor, kind: inbound.actorKind }, at: now, source: sourceOf(inbound) },
    events: (original) => messageEvents(inbound, original, base),
    outgoing: (incident, seqs) => fileFetches(incident, seqs.at(-1) ?? 0, newFiles(inbound)),
  }
}

function messageEvents(inbound: InboundMessage, original: number | undefined, base: string) {
  if (inbound.change === 'posted') {
    const kind = inbound.own ? 'post.unknown' : 'message.posted'
    return [messageEvent(kind, inbound, inbound.body)]
  }
  const kind = inbound.change === 'edited' ? 'message.edited' : 'message.deleted'
  const late = original === undefined && inbound.previous
  return [
    ...(late
      ? [{ ...messageEvent('message.posted', inbound, inbound.previous, { asToldLater: true }), keyed: base }]
      : []),
    messageEvent(kind, inbound, inbound.body, { ref: original }),
  ]
}

/** Files this message brought that its previous version did not have. */
function newFiles(inbound: InboundMessage): readonly InboundFile[] {
  if (inbound.change === 'deleted') return []
  const before = new Set(inbound.previous?.files.map((file) => file.id))
  return (inbound.body?.files ?? []).filter((file) => !before.has(file.id))
}

/** File bytes are fetched after the commit, in a lane of their own. Names stay in the sealed text of the message. */
export const fileFetches = (incident: string, seq: number, files: readonly InboundFile[]): Outgoing[] =>
  files.map(({ id, mime, size }) => ({
    incident,
    lane: `files:${incident}`,
    verb: 'file',
    view: 'file',
    args: { file: id, mime, size, seq },
  }))

/** 📌 marks key evidence; taking it away is a retraction, not a deletion. Every other reaction is evidence too. */
const MARKS: readonly string[] = ['pushpin', 'round_pushpin']

export function reactionItem(inbound: InboundReaction, now: Date): EvidenceItem {
  const { message, name, added } = inbound
  return {
    key: inbound.key,
    messageKey: messageKey(inbound),
    platform: inbound.platform,
    workspace: inbound.workspace,
    room: inbound.room,
    stamp: { actor: { id: inbound.actor, kind: inbound.actorKind }, at: now, source: sourceOf(inbound) },
    events: (ref) => [
      MARKS.includes(name)
        ? event(added ? 'message.marked' : 'message.unmarked', { message, mark: name }, undefined, ref)
        : event(added ? 'message.reacted' : 'message.unreacted', { message, name }, undefined, ref),
    ],
  }
}
