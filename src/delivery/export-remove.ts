/** Takes out of the chat again what was sent there for a day. Tried for another; then whoever has it is asked to do it. */
import { ChatError, type ChatPort } from '../chat/port.ts'
import { event } from '../domain/events.ts'
import { KEPT_MS } from '../outgoing/exports.ts'
import type { Claimed } from '../store/outbox.ts'
import type { Job, Outcome } from './delivering.ts'

const TRIED_FOR_MS = 24 * 3_600_000
/** Where time is moved by hand it is looked at again this soon. */
const LOOK_MS = 60_000

export interface SentAt {
  readonly person: string
  readonly room: string
  readonly message: string
  readonly at: string
}

export async function removeExport({ row, port, delivering }: Job): Promise<Outcome> {
  const { seq, ...sent } = row.args as unknown as SentAt & { readonly seq: number }
  const { person, room, message } = sent
  const code = await takenOut(port, row, sent, delivering.now())
  if (!code)
    return { outcome: 'removed', events: [event('export.removed', { room, message }, undefined, seq)] }
  const failed = event('export.failed', { code, step: 'remove', to: person }, undefined, seq)
  return { outcome: code, events: [failed] }
}

/** The platform's code where it stays for good; undefined once it is out. Throws to be tried again. */
export async function takenOut(
  port: ChatPort,
  row: Pick<Claimed, 'triedForMs'>,
  { room, message, at }: SentAt,
  now: Date,
): Promise<string | undefined> {
  const waitMs = Date.parse(at) + KEPT_MS - now.getTime()
  if (waitMs > 0) throw new ChatError('transient', 'not_yet', { retryAfterMs: Math.min(waitMs, LOOK_MS) })
  try {
    await port.removeFile({ room, message })
    return undefined
  } catch (error) {
    if (!(error instanceof ChatError)) throw error
    // Whoever had it may have deleted it first.
    if (error.failure === 'gone') return undefined
    if (error.failure === 'transient' && row.triedForMs < TRIED_FOR_MS) throw error
    return error.code
  }
}
