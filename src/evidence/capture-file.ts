/**
 * A file's bytes become evidence: fetched with the bot's own token, checked by the port against what was declared
 * (a download without rights answers with a login page), sealed in chunks, committed with a salt.
 */
import { ChatError } from '../chat/port.ts'
import type { Job, Outcome } from '../delivery/delivering.ts'

import { event } from '../domain/events.ts'
import { chunkBytes, commitment, newSalt } from '../domain/seal.ts'

export async function captureFile({ row, port, delivering }: Job): Promise<Outcome> {
  const {
    file,
    mime,
    size,
    seq,
    room = '',
    message = '',
  } = row.args as {
    file: string
    mime: string
    size: number
    seq: number
    /** Rows of older versions lack them. */
    room?: string
    message?: string
  }
  const { keep, maxBytes } = delivering.capturing
  const texts = await delivering.store.texts(row.incident, [seq])
  const name = texts.get(seq)?.[`file:${file}`] ?? ''
  const common = { message: null, file, mime, size }
  const reference: Outcome = {
    outcome: 'reference',
    events: [event('file.added', { ...common, chunks: 0, bytes: null, kept: 'reference' }, { name }, seq)],
  }
  if (keep === 'reference') return reference
  const notCaptured = (why: string): Outcome => ({
    outcome: why,
    events: [event('file.not_captured', { message: null, file, size, why }, { name }, seq)],
  })
  if (size > maxBytes) return notCaptured('too-large')
  try {
    const bytes = await collect(
      await port.download({ id: file, name, mime, size }, { room, message }),
      maxBytes,
    )
    const salt = newSalt()
    const kept = keep === 'bytes' ? 'bytes' : 'hash'
    const chunks = kept === 'bytes' ? Math.max(1, Math.ceil(bytes.length / chunkBytes)) : 0
    const data = { ...common, size: bytes.length, chunks, bytes: commitment(salt, bytes), kept } as const
    return {
      outcome: kept,
      events: [event('file.added', data, { name, salt: salt.toString('base64') }, seq)],
      ...(kept === 'bytes' ? { file: { salt, bytes } } : {}),
    }
  } catch (error) {
    // The platform hands this bot no bytes (a permission not granted): what it names is kept.
    if (error instanceof ChatError && error.failure === 'unsupported') return reference
    if (error instanceof ChatError && error.failure !== 'transient') return notCaptured(error.code)
    throw error
  }
}

async function collect(stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let total = 0
  for await (const part of stream) {
    total += part.length
    // The platform's declared size was a lie: stop before it fills the memory.
    if (total > maxBytes) throw new ChatError('refused', 'too-large')
    parts.push(part)
  }
  return Buffer.concat(parts)
}
