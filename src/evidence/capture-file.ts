/**
 * A file's bytes become evidence: fetched with the bot's own token, checked by the port against what was declared
 * (a download without rights answers with a login page), sealed in chunks, committed with a salt.
 */
import { ChatError, type InboundFile, type MessageRef } from '../chat/port.ts'
import type { Job, Outcome } from '../delivery/delivering.ts'

import { type EventOf, event } from '../domain/events.ts'
import { phiIn } from '../domain/phi.ts'
import { sha256Hex } from '../domain/record.ts'
import { chunkBytes, commitment, newSalt } from '../domain/seal.ts'
import { typeName } from '../domain/type-name.ts'
import type { Claimed } from '../store/outbox.ts'
import { messageKey } from './evidence-of.ts'
import { fileText } from './file-text.ts'
import { nudges } from './nudges.ts'
import { watchOn } from './watch.ts'

/**
 * A day outlasts what a platform calls an outage, and ends while whoever shared the file can still be asked for it:
 * past that, a copy nobody knows to be missing is worse than one known to be.
 */
const TRIED_FOR_MS = 24 * 3_600_000

/** The entry that says a file is not on the record, and why. Its name is sealed, here or with the message it came in. */
export function notCaptured(
  { args }: Pick<Claimed, 'args'>,
  why: string,
  name?: string,
): EventOf<'file.not_captured'> {
  const { file, size, seq } = args as { file: string; size: number; seq: number }
  const data = { message: null, file, size, why }
  return event('file.not_captured', data, name === undefined ? undefined : { name }, seq)
}

export async function captureFile(job: Job): Promise<Outcome> {
  const { row, port, delivering } = job
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
  const at = { room, message }
  const told = { id: file, name: texts.get(seq)?.[`file:${file}`] ?? '', mime, size }
  const asked = await describedFile(job, told, at)
  if (!asked) return { outcome: 'gone', events: [notCaptured(row, 'file_not_found', told.name)] }
  const { name } = asked
  const common = { message: null, file, mime: asked.mime, size: asked.size }
  const reference: Outcome = {
    outcome: 'reference',
    events: [event('file.added', { ...common, chunks: 0, bytes: null, kept: 'reference' }, { name }, seq)],
  }
  if (keep === 'reference') return reference
  const without = (why: string): Outcome => ({ outcome: why, events: [notCaptured(row, why, name)] })
  if (asked.size > maxBytes) return without('too-large')
  try {
    const bytes = await collect(await port.download(asked, at), maxBytes)
    const salt = newSalt()
    const kept = keep === 'bytes' ? 'bytes' : 'hash'
    const chunks = kept === 'bytes' ? Math.max(1, Math.ceil(bytes.length / chunkBytes)) : 0
    const data = { ...common, size: bytes.length, chunks, bytes: commitment(salt, bytes), kept } as const
    return {
      outcome: kept,
      // The plain hash would tell a guesser of a short file what is in it: it is sealed with the name.
      events: [
        event('file.added', data, { name, salt: salt.toString('base64'), sha256: sha256Hex(bytes) }, seq),
      ],
      ...(kept === 'bytes' ? { file: { salt, bytes } } : {}),
      ...askedAbout(job, bytes, { name, mime: asked.mime }),
    }
  } catch (error) {
    // The platform hands this bot no bytes (a permission not granted): what it names is kept.
    if (error instanceof ChatError && error.failure === 'unsupported') return reference
    const isOver = row.triedForMs >= TRIED_FOR_MS
    if (error instanceof ChatError && (error.failure !== 'transient' || isOver)) return without(error.code)
    throw error
  }
}

/** Whoever shared it is asked to look again where its text carries somebody's identifier, in the commit of its entry. */
function askedAbout(
  { row, port, delivering }: Job,
  bytes: Uint8Array,
  file: { mime: string; name: string },
): Pick<Outcome, 'also'> {
  // A form's file came in no message.
  const {
    author,
    at,
    room = '',
    message = '',
    thread,
    file: id,
  } = row.args as Readonly<Record<string, string>>
  // Nobody is asked about what a program shared, or what was read from history.
  if (!author || !at) return {}
  const watch = watchOn(delivering, port.platform)
  if (watch.mode === 'off') return {}
  const kinds = phiIn(fileText(bytes, file) ?? '')
  if (kinds.length === 0) return {}
  const { platform, workspace } = port
  const key = `${messageKey({ platform, workspace, room, message })}:f:${id}`
  const found = {
    platform,
    workspace,
    room,
    message,
    thread,
    author,
    at,
    kinds,
    carrier: 'file',
    key,
  } as const
  return {
    async also(unit, seq = Number(row.args.seq)) {
      for (const { key, row: follow } of nudges(found, watch))
        if (await unit.claim(key, row.incident, seq)) await unit.enqueue([follow(row.incident, seq)])
    },
  }
}

/** A message may name a file and no more of it: the platform is asked for the rest. Undefined: it is no more. */
async function describedFile(
  { row, port }: Job,
  file: InboundFile,
  at: MessageRef,
): Promise<InboundFile | undefined> {
  if (file.name !== '') return file
  try {
    const told = await port.describe(file, at)
    return { ...told, mime: typeName(told.mime) }
  } catch (error) {
    if (!(error instanceof ChatError)) throw error
    if (error.failure === 'gone') return undefined
    if (error.failure === 'transient' && row.triedForMs < TRIED_FOR_MS) throw error
    return file
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
