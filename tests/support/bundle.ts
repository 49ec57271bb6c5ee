/** A log in memory, sealed and chained by the product's own functions, and the bundle written of it. */
import { randomBytes } from 'node:crypto'
import { Writable } from 'node:stream'
import { fromBufferPromise } from 'yauzl'
import type { BundleSource } from '../../src/bundle/source.ts'
import { writeBundle } from '../../src/bundle/write.ts'
import type { Scope } from '../../src/domain/bundle-scope.ts'
import { noteText, rotationText, signText } from '../../src/domain/checkpoint.ts'
import { type Event, type EventOf, event } from '../../src/domain/events.ts'
import { canonicalBytes, EMPTY_HEAD, type EntryLine, type Head, parseLine } from '../../src/domain/record.ts'
import { chunkBytes, commitment, newSalt, open } from '../../src/domain/seal.ts'
import { addEntry, noRows } from '../../src/store/append.ts'
import {
  type CheckpointKey,
  newCheckpointKeyText,
  readCheckpointKey,
} from '../../src/store/checkpoint-key.ts'
import type { LogEntry } from '../../src/store/read-log.ts'

export const INCIDENT = 'inc-2026-0007'
export const FULL: Scope = { kind: 'full', from: null, to: null }
export const DECISION_FILE: Scope = { kind: 'decision-file', from: null, to: null }

export const DECLARED: EventOf<'incident.declared'>['data'] = {
  ...{ kind: 'lost-device' as const, drill: false, noticedAt: '2026-11-21T03:41:00.000Z', excluded: [] },
  ...{ platform: 'slack', workspace: 'T0PRACTICE', roster: {} },
  organisation: {
    ...{ zone: 'America/New_York', entityType: 'covered_entity' as const, holidays: [], regimes: ['hipaa'] },
    ...{ table: '1', targetDays: 45 },
  },
}

export interface Said {
  readonly actor?: string
  readonly at?: string
  readonly room?: string
  readonly message?: string
  readonly file?: { readonly salt: Buffer; readonly bytes: Buffer }
}

export const newKey = (): CheckpointKey => readCheckpointKey(newCheckpointKeyText(), 'a test')

/** A kind that the tree may not know yet. */
export const anyEvent = (kind: string, data: object, text?: Record<string, string>, ref?: number): Event =>
  event(kind as Event['kind'], data as never, text, ref) as Event

export type MemoryLog = ReturnType<typeof memoryLog>

export function memoryLog(incident = INCIDENT) {
  const rows = noRows()
  const dek = randomBytes(32)
  const organisation: EntryLine[] = []
  const sealed = new Map<string, Buffer>()
  let head: Head = EMPTY_HEAD
  let key = newKey()
  let minute = 0

  const nextAt = (): string =>
    new Date(Date.parse('2026-11-21T03:41:00.000Z') + minute++ * 60_000).toISOString()

  function add(
    what: Event,
    { actor = 'U0SAMOKAFOR', at = nextAt(), room = 'C1', message, file }: Said = {},
  ): number {
    const place = { platform: 'slack', workspace: 'T0PRACTICE', room, thread: null, ts: null }
    const isBot = actor === ''
    const stamp = {
      actor: { id: actor, kind: isBot ? ('system' as const) : ('human' as const) },
      at: new Date(at),
      source: isBot ? null : { ...place, message: message ?? null },
    }
    const before = rows.sealed.length
    head = addEntry(rows, incident, dek, head, { event: what, stamp, ...(file ? { file } : {}) })
    for (const { seq, part, body } of rows.sealed.slice(before)) sealed.set(`${seq}/${part}`, body)
    return head.seq
  }

  function addFile(ref: number, name: string, bytes: Buffer): number {
    const salt = newSalt()
    const data = {
      ...{ message: null, file: `F${ref}`, mime: 'application/octet-stream', size: bytes.length },
      chunks: Math.max(1, Math.ceil(bytes.length / chunkBytes)),
      bytes: commitment(salt, bytes),
      kept: 'bytes' as const,
    }
    const told = event('file.added', data, { name, salt: salt.toString('base64') }, ref)
    return add(told, { actor: '', file: { salt, bytes } })
  }

  /** Its own entry's number. */
  function sign(at = nextAt()): number {
    const note = { incident, seq: head.seq, head: head.hash, at, key: key.fingerprint, practice: false }
    const data = { seq: head.seq, head: head.hash, key: key.fingerprint, why: 'decision' }
    return add(event('checkpoint.signed', { ...data, signature: signText(key.secret, noteText(note)) }), {
      actor: '',
      at,
    })
  }

  const keyEntry = (at: string, told: Event): void =>
    void organisation.push({ ...parseLine(canonicalBytes({ ...told })), at, seq: organisation.length + 1 })
  keyEntry(nextAt(), event('checkpoint.key_set', { key: key.fingerprint, publicKey: key.publicKey }))

  function rotate(): void {
    const to = newKey()
    const at = nextAt()
    const change = { from: key.fingerprint, to: to.fingerprint, publicKey: to.publicKey }
    const text = rotationText({ ...change, at })
    const signatures = { signature: signText(key.secret, text), accepted: signText(to.secret, text) }
    keyEntry(at, event('checkpoint.key_rotated', { ...change, ...signatures }))
    key = to
  }

  function read(seq: number, isOpened: boolean): LogEntry {
    const { record } = rows.entries[seq - 1]!
    const line = parseLine(record)
    const body = isOpened && line.commit !== null ? sealed.get(`${seq}/0`) : undefined
    return { seq, record, line, text: body && open(dek, { incident, seq, part: 0 }, body) }
  }

  /** Asks for a bundle and signs with it, as the export command does. */
  function source(scope: Scope = FULL, more: Partial<BundleSource> = {}): BundleSource {
    const through = add(anyEvent('export.requested', { scope: scope.kind, from: scope.from, to: scope.to }))
    sign()
    return {
      ...{ incident, scope, through },
      async *log({ from = 1, upTo = through, text = () => true }) {
        for (let seq = from; seq <= Math.min(upTo, rows.entries.length); seq += 1)
          yield read(seq, text(read(seq, false).line))
      },
      async *file({ seq, parts }) {
        for (let part = 1; part <= parts; part += 1)
          if (sealed.has(`${seq}/${part}`))
            yield open(dek, { incident, seq, part }, sealed.get(`${seq}/${part}`)!)
      },
      async *organisation() {
        for (const line of organisation) yield { line }
      },
      ...more,
    }
  }

  /** `<entry>/<part>`: gone from the database, and nothing says why. */
  const forget = (part: string) => void sealed.delete(part)

  return { forget, add, addFile, sign, rotate, source, key: () => key, head: () => head, dek, rows }
}

/** A sink that keeps what it is given. */
export function kept() {
  const chunks: Buffer[] = []
  const out = new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(chunk)
      done()
    },
  })
  return { out, bytes: () => Buffer.concat(chunks) }
}

export async function bundleOf(source: BundleSource) {
  const sink = kept()
  const written = await writeBundle(source, sink.out)
  return { bytes: sink.bytes(), written }
}

/** The files of a ZIP in the order of its directory. */
export async function unzipped(bytes: Buffer): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>()
  const zip = await fromBufferPromise(bytes, { lazyEntries: true })
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = []
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
    found.set(entry.fileName, Buffer.concat(chunks))
  }
  return found
}
