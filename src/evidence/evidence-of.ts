/**
 * What the platform told, as evidence: pure. Order of arrival is never assumed: an edit or deletion whose original
 * was not seen records the platform's previous version as the original first.
 */
import type { InboundFile, InboundMessage, InboundReaction, MessageBody } from '../chat/port.ts'
import { type Event, event, type MessageData } from '../domain/events.ts'
import { isStopped } from '../domain/phi-border.ts'
import type { Source } from '../domain/record.ts'
import { typeName } from '../domain/type-name.ts'
import type { EvidenceItem, Version } from '../store/evidence-plan.ts'
import type { Outgoing } from '../store/unit.ts'
import { messageKey } from './message-key.ts'
import { isWatched, nudgesOf, type Watch } from './nudges.ts'

export { messageKey } from './message-key.ts'

export const sourceOf = (inbound: InboundMessage | InboundReaction): Source => ({
  platform: inbound.platform,
  workspace: inbound.workspace,
  room: inbound.room,
  message: inbound.message,
  thread: inbound.type === 'message' ? (inbound.thread ?? null) : null,
  ts: inbound.at.toISOString(),
})

const changeKinds = {
  edited: 'message.edited',
  deleted: 'message.deleted',
  restored: 'message.restored',
} as const

export function messageEvent(
  kind: 'message.posted' | (typeof changeKinds)[keyof typeof changeKinds] | 'post.unknown',
  inbound: InboundMessage,
  body: MessageBody | undefined,
  more: { asToldLater?: boolean } = {},
): Event {
  const data: MessageData = {
    room: inbound.room,
    message: inbound.message,
    thread: inbound.thread ?? null,
    author: body?.author ?? inbound.actor,
    files: (body?.files ?? []).map(({ id, mime, size }) => ({ file: id, mime: typeName(mime), size })),
    recovered: inbound.recovered ?? false,
    asToldLater: more.asToldLater ?? false,
  }
  return event(kind, data, body && textOf(body))
}

/** Lone surrogates have no canonical form; replacing them keeps the message instead of losing it. */
export function textOf(body: MessageBody): Record<string, string> {
  const names = body.files.map((file) => [`file:${file.id}`, file.name.toWellFormed()] as const)
  const original = body.original === undefined ? {} : { original: body.original.toWellFormed() }
  return { body: body.text.toWellFormed(), ...original, ...Object.fromEntries(names) }
}

export function messageItem(inbound: InboundMessage, now: Date, watch: Watch): EvidenceItem {
  return {
    messageKey: messageKey(inbound),
    platform: inbound.platform,
    workspace: inbound.workspace,
    room: inbound.room,
    stamp: { actor: { id: inbound.actor, kind: inbound.actorKind }, at: now, source: sourceOf(inbound) },
    thread: inbound.thread ?? '',
    versions: messageVersions(inbound, watch),
  }
}

/** The version before it, where the platform told it, and then itself: whichever was seen already is skipped. */
function messageVersions(inbound: InboundMessage, watch: Watch): Version[] {
  const { key, change, body, previous } = inbound
  const files = change === 'deleted' ? [] : fileFetches(inbound, body?.files ?? [])
  const fetches = [...files, ...nudgesOf(inbound, watch)]
  if (change === 'posted') {
    const kind = inbound.own ? 'post.unknown' : 'message.posted'
    return [{ key, event: messageEvent(kind, inbound, body), fetches }]
  }
  const base = messageKey(inbound)
  const before = inbound.previousKey ?? base
  const told = previous && {
    key: before,
    event: messageEvent(before === base ? 'message.posted' : 'message.edited', inbound, previous, {
      asToldLater: true,
    }),
    fetches: fileFetches(inbound, previous.files),
  }
  const itself = {
    key,
    event: messageEvent(changeKinds[change], inbound, body),
    fetches,
    ...(inbound.sameAs === undefined
      ? {}
      : { coarseKey: inbound.sameAs, isRetelling: inbound.recovered ?? false }),
  }
  return told ? [told, itself] : [itself]
}

/**
 * File bytes are fetched after the commit, in a lane of their own, once a file however often its message is told.
 * Names stay in the sealed text of the message.
 */
export const fileFetches = (inbound: InboundMessage, files: readonly InboundFile[]) =>
  files.map(({ id, mime, size }) => ({
    key: `${messageKey(inbound)}:f:${id}`,
    row: (incident: string, seq: number): Outgoing => ({
      incident,
      lane: `files:${incident}`,
      verb: 'file',
      view: 'file',
      args: {
        ...{ file: id, mime: typeName(mime), size, seq, room: inbound.room, message: inbound.message },
        // Whose file it is, where they are to be asked about what it carries.
        ...(isWatched(inbound)
          ? { author: inbound.body?.author ?? inbound.actor, at: inbound.at.toISOString() }
          : {}),
        ...(inbound.thread === undefined ? {} : { thread: inbound.thread }),
      },
    }),
  }))

/** 📌 marks key evidence; taking it away is a retraction, not a deletion. Every other reaction is evidence too. */
const MARKS: readonly string[] = ['pushpin', 'round_pushpin']

export function reactionItem(inbound: InboundReaction, now: Date): EvidenceItem {
  const { message, added, recovered, untimed } = inbound
  const source = sourceOf(inbound)
  const more = recovered ? { recovered } : {}
  // A workspace names its own, and a name is outside the seal.
  const name = isStopped(inbound.name) ? 'withheld' : inbound.name
  const told = MARKS.includes(name)
    ? event(added ? 'message.marked' : 'message.unmarked', { message, mark: name, ...more })
    : event(added ? 'message.reacted' : 'message.unreacted', { message, name, ...more })
  return {
    messageKey: messageKey(inbound),
    platform: inbound.platform,
    workspace: inbound.workspace,
    room: inbound.room,
    stamp: {
      actor: { id: inbound.actor, kind: inbound.actorKind },
      at: now,
      source: untimed ? { ...source, ts: null } : source,
    },
    versions: [{ key: inbound.key, event: told }],
  }
}
