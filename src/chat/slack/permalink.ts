/** A message's address, as Slack itself makes it: no call is needed for what follows from ids. */
import type { MessageRef } from '../port.ts'

export function permalink(
  home: string | undefined,
  { room, message, thread }: MessageRef & { readonly thread?: string },
): string | undefined {
  if (!home || !URL.canParse(home)) return undefined
  const at = new URL(`/archives/${encodeURIComponent(room)}/p${message.replace('.', '')}`, home)
  if (thread && thread !== message) {
    at.searchParams.set('thread_ts', thread)
    at.searchParams.set('cid', room)
  }
  return at.href
}
