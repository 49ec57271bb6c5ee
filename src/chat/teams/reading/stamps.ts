/** What every inbound from Teams begins with: who, when, and a key that a retry of the same activity carries too. */
import { createHash } from 'node:crypto'
import type { InboundUnknown } from '../../port.ts'
import type { Self } from '../wire/self.ts'
import type { Author } from './author.ts'
import { roomId } from './ids.ts'
import type { Activity } from './payload.ts'

const sha256 = (of: string): string => createHash('sha256').update(of).digest('hex')

/** Nobody: the platform did it by itself, or does not tell who. */
export function stampOf(self: Self, author?: Author) {
  return {
    platform: 'teams' as const,
    workspace: self.tenant,
    actor: author?.id ?? '',
    actorKind: author?.kind ?? ('system' as const),
  }
}

export function timeOf({ timestamp, id }: Activity, now: Date): Date {
  return timestamp ? new Date(timestamp) : (idDate(id) ?? now)
}

/** A message's id is the millisecond it was sent at. */
export const idDate = (id: string | null | undefined): Date | undefined =>
  id && /^\d{13}$/.test(id) ? new Date(Number(id)) : undefined

/** A retry brings the same id; without one, the same content. */
export const markOf = (activity: Activity): string => activity.id ?? sha256(JSON.stringify(activity))

/** With its conversation, because a message's id is unique there only. */
export const activityKey = (self: Self, activity: Activity): string =>
  `teams:${self.tenant}:activity:${roomId(activity.conversation.id)}:${markOf(activity)}`

export const messageKey = (self: Self, room: string, message: string): string =>
  `teams:${self.tenant}:${room}:${message}`

export function unknownInbound(self: Self, payload: unknown, at: Date): InboundUnknown {
  const text = JSON.stringify(payload) ?? 'undefined'
  const key = `teams:${self.tenant}:unknown:${sha256(text)}`
  return { type: 'unknown', key, ...stampOf(self), at, payload: text }
}
