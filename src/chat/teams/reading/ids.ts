/** Ids in the one form we keep, so that push, history and lists name the same thing alike. */
import { createHash } from 'node:crypto'

/** An Entra or SharePoint id; anything else is none. */
export function guid(told: string | null | undefined): string | undefined {
  const id = told?.toLowerCase()
  return id && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : undefined
}

/** The first 32 hex digits of a SHA-256. */
export const shortHash = (of: string): string => createHash('sha256').update(of).digest('hex').slice(0, 32)

/** A channel's or chat's id without the thread that Teams hangs on to it. */
export const roomId = (conversation: string): string => conversation.split(';')[0] ?? conversation

/** The root message of the thread a conversation id names: a new thread's own id. */
export const rootId = (conversation: string): string | undefined =>
  /;messageid=([^;]+)/i.exec(conversation)?.[1]
