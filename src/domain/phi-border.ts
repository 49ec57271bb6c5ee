/**
 * What leaves the sealed record, in every mode: structured data of the log, names of rooms, titles of forms,
 * notifications, announcements, calls to other systems. Each of these fields is asked here before it goes, and what looks
 * like somebody's identifier goes through none of them. A new such field is a row, and its test asks for a probe.
 */
import type { Event } from './events.ts'
import { phiIn, phiInWords } from './phi.ts'
import { type Refusal, refuse } from './refusal.ts'

/** Each as it reads in "it would stand in …". */
export const borders = {
  data: 'a part of the record that is not sealed',
  'room name': 'a room’s name',
  topic: 'a room’s topic',
  notification: 'a notification, which shows on locked phones',
  announcement: 'an announcement',
  pager: 'a call to the pager',
  'form title': 'a form’s title',
  'file name': 'the name of a file that is sent',
  reaction: 'the name of a reaction',
  'file type': 'a file’s type',
} as const

export type Border = keyof typeof borders

export const isStopped = (words: string): boolean => phiIn(words, true).length > 0

/** One sentence to whoever asked. It does not repeat what it is about. */
export function stoppedAt(border: Border, words: string): Refusal | undefined {
  const kinds = phiIn(words, true)
  if (kinds.length === 0) return undefined
  return refuse(
    'phi-outside',
    `That looks like ${phiInWords(kinds)}, and it would stand in ${borders[border]}: leave it out, or put it in a note.`,
    { unsaid: true },
  )
}

/** What an event's data would hold unsealed, string by string: words that stand apart make no number together. */
export function stoppedInData(events: readonly Event[]): Refusal | undefined {
  for (const { data } of events)
    for (const words of stringsIn(data)) {
      const stopped = stoppedAt('data', words)
      if (stopped) return stopped
    }
  return undefined
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(stringsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => [key, ...stringsIn(each)])
}
