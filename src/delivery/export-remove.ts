/** Takes a copy of the record out of the chat again. Tried for a day; then whoever has it is asked to do it. */
import { ChatError } from '../chat/port.ts'
import { event } from '../domain/events.ts'
import { KEPT_MS } from '../outgoing/exports.ts'
import type { Job, Outcome } from './delivering.ts'

const TRIED_FOR_MS = 24 * 3_600_000
/** Where time is moved by hand it is looked at again this soon. */
const LOOK_MS = 60_000

export async function removeExport({ row, port, delivering }: Job): Promise<Outcome> {
  const { seq, person, room, message, at } = row.args as Record<
    'person' | 'room' | 'message' | 'at',
    string
  > & {
    readonly seq: number
  }
  const waitMs = Date.parse(at) + KEPT_MS - delivering.now().getTime()
  if (waitMs > 0) throw new ChatError('transient', 'not_yet', { retryAfterMs: Math.min(waitMs, LOOK_MS) })
  const removed = { outcome: 'removed', events: [event('export.removed', { room, message }, undefined, seq)] }
  try {
    await port.removeFile({ room, message })
    return removed
  } catch (error) {
    if (!(error instanceof ChatError)) throw error
    // Whoever had it may have deleted it first.
    if (error.failure === 'gone') return removed
    if (error.failure === 'transient' && row.triedForMs < TRIED_FOR_MS) throw error
    const failed = event('export.failed', { code: error.code, step: 'remove', to: person }, undefined, seq)
    return { outcome: error.code, events: [failed] }
  }
}
