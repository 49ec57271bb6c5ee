/**
 * An authority outside says when a checkpoint existed (RFC 3161). Its answer is checked in full before it is kept;
 * whatever else comes back, or nothing, is tried again, ever more seldom, and nobody waits for it.
 */
import { randomBytes } from 'node:crypto'
import { ChatError } from '../chat/port.ts'
import { noteText, type SignedNote } from '../domain/checkpoint.ts'
import { event } from '../domain/events.ts'
import { checkTimeStamp } from '../domain/timestamp/check.ts'
import { nonceOf, timeStampRequest } from '../domain/timestamp/request.ts'
import { type Job, NOTHING, type Outcome, type TimeStamp } from './delivering.ts'

/** Says, in words of our own, why an answer was not taken. */
export class Refused extends Error {}

/** Shorter than a delivery's lease. */
const TIMEOUT_MS = 10_000
/** A stamp with its certificates has some six thousand bytes. */
const MOST_BYTES = 64 * 1024
const LONGEST_WAIT_MS = 3_600_000

export async function timestamp({ row, delivering }: Job): Promise<Outcome> {
  if (!delivering.timeStamp) return NOTHING
  const note = row.args.note as SignedNote
  try {
    const { response, at, tsa } = await delivering.timeStamp(noteText(note))
    const data = { entry: note.entry, token: response.toString('base64'), at, tsa }
    return { outcome: 'stamped', events: [event('checkpoint.timestamped', data, undefined, note.entry)] }
  } catch (error) {
    if (!(error instanceof ChatError)) throw error
    const { code } = error
    const why = error.cause instanceof Refused ? error.cause.message : undefined
    delivering.log.warn({ incident: row.incident, code, why, attempt: row.attempt }, 'no time stamp yet')
    const retryAfterMs = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** Math.min(row.attempt, 12))
    throw new ChatError('transient', code, { retryAfterMs, cause: error })
  }
}

/** Asks an authority; `caPem`: the roots that its certificate must lead to. Throws a ChatError with a code. */
export function timeStamper(
  url: string,
  caPem: string | undefined,
  timeoutMs = TIMEOUT_MS,
): (text: string) => Promise<TimeStamp> {
  const tsa = new URL(url).host
  return async (text) => {
    const nonce = nonceOf(randomBytes(8))
    const response = await asked(url, timeStampRequest(text, nonce), timeoutMs)
    const checked = checkTimeStamp(response, text, caPem, nonce)
    if (checked.fault !== null)
      throw new ChatError('transient', 'tsa_no_time_stamp', { cause: new Refused(checked.fault) })
    return { response, at: checked.at, tsa }
  }
}

async function asked(url: string, request: Buffer, timeoutMs: number): Promise<Buffer> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: new Uint8Array(request),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (!answer.ok) {
      await answer.body?.cancel()
      throw new ChatError('transient', `tsa_${answer.status}`)
    }
    return await bounded(answer.body)
  } catch (cause) {
    if (cause instanceof ChatError) throw cause
    throw new ChatError('transient', 'tsa_unreachable', { cause })
  }
}

async function bounded(body: AsyncIterable<Uint8Array> | null): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let total = 0
  for await (const part of body ?? []) {
    total += part.length
    if (total > MOST_BYTES) throw new ChatError('transient', 'tsa_too_large')
    parts.push(part)
  }
  return Buffer.concat(parts)
}
