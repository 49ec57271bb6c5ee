/**
 * Declare from this message: its author, time and words become the first entry after the declaration. So do typed words
 * longer than the form's sentence.
 */
import { type Event, event } from '../domain/events.ts'
import type { DeclareArgs } from './declare-args.ts'

/** Said over a message that stands in its form. */
export const MESSAGE_CARRIED = 'The message, as it will be recorded:'

export function aboutEntry(args: DeclareArgs): Event | undefined {
  const { about_author, about_at, about_text, about_message } = args
  if (!about_text) return undefined
  const known = about_at !== undefined && !Number.isNaN(Date.parse(about_at))
  return event(
    'evidence.recorded',
    {
      message: about_message ?? null,
      ...(known ? { occurredAt: new Date(about_at).toISOString() } : {}),
      ...(about_author ? { byPerson: about_author } : {}),
    },
    { body: about_text },
  )
}
